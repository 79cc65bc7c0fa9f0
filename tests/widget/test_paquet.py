"""The one file that sites load: light, and really built from the source beside it. No Node is needed to check that."""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.reglages import RACINE

WIDGET = RACINE / "widget"
BUDGET = 40_000  # bytes, gzip


def sources() -> list[str]:
    return sorted([*(f"src/{f.name}" for f in (WIDGET / "src").iterdir()), "construire.mjs", "package-lock.json", "tsconfig.json"])


def test_le_fichier_vient_de_sa_source() -> None:
    somme = hashlib.sha256()
    for nom in sources():
        somme.update(nom.encode())
        somme.update((WIDGET / nom).read_bytes())
    dite = re.search(r"sources sha256:([0-9a-f]{64})", (WIDGET / "dist" / "etabli.js").read_text(encoding="utf-8")[:300])
    assert dite and dite[1] == somme.hexdigest(), "widget/dist/etabli.js n'est pas à jour : lance « npm run build » dans widget/."


def test_le_poids_tient_dans_le_budget() -> None:
    assert len(gzip.compress((WIDGET / "dist" / "etabli.js").read_bytes(), 9)) <= BUDGET


def test_rien_que_safari_15_ne_sache_lire() -> None:
    """One lookbehind stops the whole file there, and esbuild lets it through."""
    assert not re.search(r"\(\?<[=!]", (WIDGET / "dist" / "etabli.js").read_text(encoding="utf-8"))


def test_le_verrou_ne_dit_aucune_adresse() -> None:
    assert "resolved" not in (WIDGET / "package-lock.json").read_text(encoding="utf-8")


def test_rien_n_est_cherche_ailleurs_ni_ecrit_en_html() -> None:
    for fichier in (WIDGET / "src").glob("*.ts"):
        code = fichier.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|unsafeHTML|document\.write|eval\(|localStorage|document\.cookie", code), fichier.name
        assert not re.search(r"https?://[a-z]", code), f"{fichier.name} nomme une adresse"


@pytest.fixture
def node() -> str:
    chemin = shutil.which("npm")
    if not chemin or not (WIDGET / "node_modules").is_dir():
        pytest.skip("LES ESSAIS TYPESCRIPT DU WIDGET NE SONT PAS LANCÉS : il faut Node 20, puis « npm ci » dans widget/.")
    return chemin


def test_essais_typescript_et_construction_a_l_identique(node: str, tmp_path: Path) -> None:
    essais = subprocess.run([node, "test"], cwd=WIDGET, capture_output=True, text=True, timeout=300)
    assert essais.returncode == 0, essais.stdout[-3000:] + essais.stderr[-2000:]
    neuf = tmp_path / "etabli.js"
    subprocess.run([shutil.which("node") or "node", "construire.mjs", str(neuf)], cwd=WIDGET, check=True, capture_output=True, timeout=120)
    assert neuf.read_bytes() == (WIDGET / "dist" / "etabli.js").read_bytes()
