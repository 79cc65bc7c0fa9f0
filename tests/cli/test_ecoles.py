"""``etabli ecoles …`` as the person who keeps the list types it, on a real base."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def etabli(base_chargee: str, tmp_path: Path):
    """Run a command on a copy of the loaded base."""
    copie = tmp_path / "etabli.db"
    copie.write_bytes(Path(base_chargee.removeprefix("sqlite:///")).read_bytes())
    env = {**os.environ, "ETABLI_BASE": f"sqlite:///{copie}"}

    def lancer(*arguments: str) -> subprocess.CompletedProcess[str]:
        commande = [sys.executable, "-c", "from bot.cli import main; main()", "ecoles", *arguments]
        return subprocess.run(
            commande, check=False, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120
        )

    return lancer


def test_exporter_changer_importer_puis_lire_l_histoire(etabli, tmp_path: Path) -> None:
    fichier = tmp_path / "liste.csv"
    assert "88 écoles écrites" in etabli("exporter", "--vers", str(fichier)).stdout
    fichier.write_bytes(fichier.read_bytes().replace(b"13 rue Fran\xc3\xa7ois Rochaix", b"15 rue Fran\xc3\xa7ois Rochaix"))
    refus = etabli("importer", str(fichier))
    assert refus.returncode == 1 and "1 changées" in refus.stdout and "relance avec --oui" in refus.stdout
    assert "13 rue François Rochaix" in refus.stdout and "15 rue François Rochaix" in refus.stdout
    montre = json.loads(etabli("importer", str(fichier), "--json").stdout)
    assert montre["applique"] is False and montre["comptes"] == {"changee": 1, "identique": 87}
    assert "C'est appliqué." in etabli("importer", str(fichier), "--oui", "--qui", "Claire").stdout
    assert "Rien à changer." in etabli("importer", str(fichier)).stdout
    (evenement,) = json.loads(etabli("historique", "edp002", "--json").stdout)
    assert (evenement["qui"], evenement["champ"], evenement["origine"]) == ("Claire", "adresse", "liste.csv")


def test_corriger_demande_une_raison_et_une_valeur_juste(etabli) -> None:
    assert "Dis pourquoi avec --raison" in etabli("corriger", "edp002", "telephone", "01 99 00 12 34").stdout
    assert "il faut un numéro français" in etabli("corriger", "edp002", "telephone", "abc", "--raison", "essai").stdout
    assert "ne se corrige pas ; choisis parmi" in etabli("corriger", "edp002", "couleur", "bleu", "--raison", "essai").stdout
    assert "je ne connais pas l'école" in etabli("corriger", "edp999", "note", "x", "--raison", "essai").stdout
    fait = etabli("corriger", "edp007", "position", "43.70 7.25", "--raison", "vu sur la carte")
    assert fait.returncode == 0 and "latitude : «  » devient « 43.7 »" in fait.stdout
    a_revoir = json.loads(etabli("verifier", "--json").stdout)["a_revoir"]
    assert ("sans_coordonnees", "edp011") in {(une["genre"], une["ecole_id"]) for une in a_revoir}
    assert ("sans_coordonnees", "edp007") not in {(une["genre"], une["ecole_id"]) for une in a_revoir}


def test_un_fichier_inconnu_est_explique_en_une_phrase(etabli, tmp_path: Path) -> None:
    (tmp_path / "autre.csv").write_text("prenom,age\nLea,15\n", encoding="utf-8")
    resultat = etabli("importer", str(tmp_path / "autre.csv"))
    assert resultat.returncode == 1 and resultat.stdout.startswith("Je ne reconnais pas « autre.csv »")
    assert "n'existe pas" in etabli("importer", str(tmp_path / "absent.csv")).stdout
