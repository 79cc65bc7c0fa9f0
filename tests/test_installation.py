"""The installer: which Python it takes, when it has work to do, what it refuses to write down."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import installer
import interprete
import navigateur
import outil_uv
import pytest
from affichage import Arret

from bot.reglages import RACINE

FAUX_310 = "#!/bin/sh\nexit 0\n"
FAUX_CASSE = "#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n"


def executable(chemin: Path, texte: str) -> str:
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(texte)
    chemin.chmod(0o755)
    return str(chemin)


@pytest.fixture
def ailleurs(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the installer ran with some other Python: this one is 3.10, and would always be found."""
    monkeypatch.setattr(sys, "version_info", (3, 12, 0))


@pytest.mark.usefixtures("ailleurs")
class TestRecherche:
    def test_un_relais_pyenv_qui_echoue_est_saute(self, tmp_path: Path) -> None:
        executable(tmp_path / "relais" / "python3.10", FAUX_CASSE)
        bon = executable(tmp_path / "bin" / "python3.10", FAUX_310)
        env = {"PATH": f"{tmp_path}/relais:{tmp_path}/bin", "HOME": str(tmp_path)}
        assert interprete.chercher_sur_place(env) == bon

    def test_le_chemin_passe_avant_pyenv_et_pyenv_donne_le_plus_recent(self, tmp_path: Path) -> None:
        for version in ("3.10.9", "3.10.13", "3.10-dev"):
            executable(tmp_path / ".pyenv" / "versions" / version / "bin" / "python3.10", FAUX_310)
        env = {"PATH": f"{tmp_path}/bin", "HOME": str(tmp_path)}
        assert "/3.10.13/" in (interprete.chercher_sur_place(env) or "")
        bon = executable(tmp_path / "bin" / "python3.10", FAUX_310)
        assert interprete.chercher_sur_place(env) == bon

    def test_pyenv_root_deplace(self, tmp_path: Path) -> None:
        bon = executable(tmp_path / "ailleurs" / "versions" / "3.10.2" / "bin" / "python3.10", FAUX_310)
        env = {"PATH": "", "HOME": str(tmp_path), "PYENV_ROOT": str(tmp_path / "ailleurs")}
        assert interprete.chercher_sur_place(env) == bon

    def test_rien_sur_place_puis_uv_telecharge_dans_le_projet(self, tmp_path: Path) -> None:
        assert interprete.chercher_sur_place({"PATH": "", "HOME": str(tmp_path)}) is None
        prive = tmp_path / "prive" / "python3.10"
        faux = f"""#!/bin/sh
        [ "$2" = install ] && mkdir -p "{prive.parent}" && printf '#!/bin/sh\\nexit 0\\n' > "{prive}" && chmod +x "{prive}"
        [ "$2" = find ] && [ "$UV_PYTHON_INSTALL_DIR" = "{prive.parent}" ] && [ -e "{prive}" ] && echo "{prive}"
        """
        uv = executable(tmp_path / "uv", faux)
        assert interprete.chercher_avec_uv(uv, dict(os.environ), prive.parent) == str(prive)

    def test_uv_ne_trouve_rien(self, tmp_path: Path) -> None:
        uv = executable(tmp_path / "uv", FAUX_CASSE)
        assert interprete.chercher_avec_uv(uv, dict(os.environ), tmp_path) is None


def test_ce_python_est_un_vrai_310() -> None:
    assert interprete.fonctionne(sys.executable)
    assert not interprete.fonctionne("/nulle/part/python3.10")


@pytest.fixture
def projet(tmp_path: Path) -> installer.Installation:
    """A project with a space in its path, installed by hand."""
    racine = tmp_path / "mon projet"
    for nom in ("python", "etabli"):
        executable(racine / ".venv" / "bin" / nom, FAUX_310)
    (racine / "requirements.lock").write_text("rasa==3.6.21\n")
    (racine / "pyproject.toml").write_text("[project]\n")
    installation = installer.Installation(racine)
    installation.tampon.write_text("\n".join(installation._attendu()))
    return installation


def test_rien_a_faire_quand_rien_n_a_change(projet: installer.Installation) -> None:
    assert projet.a_jour()


@pytest.mark.parametrize("nom", ["requirements.lock", "pyproject.toml"])
def test_un_fichier_change_demande_une_mise_a_jour(projet: installer.Installation, nom: str) -> None:
    (projet.racine / nom).write_text("autre chose\n")
    assert not projet.a_jour()


def test_interpreteur_disparu(projet: installer.Installation) -> None:
    python = projet.venv / "bin" / "python"
    python.unlink()
    python.symlink_to("/nulle/part/python3.10")
    assert not projet.a_jour()


def test_installation_interrompue_ou_projet_deplace(projet: installer.Installation, tmp_path: Path) -> None:
    deplace = projet.racine.rename(tmp_path / "autre nom")
    assert not installer.Installation(deplace).a_jour()
    installer.Installation(deplace).tampon.unlink()
    assert not installer.Installation(deplace).a_jour()


@pytest.mark.parametrize("garde", [True, False], ids=["mise a jour", "refaite"])
def test_le_tampon_disparait_pendant_l_installation(
    projet: installer.Installation, tmp_path: Path, garde: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed lock is a sync; a missing stamp means starting again. A failure in between leaves no stamp."""
    appels = tmp_path / "appels"
    uv = executable(
        tmp_path / "bin" / "uv", f'#!/bin/sh\n[ "$1" = --version ] && echo "uv 9.9.9" && exit\necho "$@" >> "{appels}"\n[ "$1" = venv ]\n'
    )
    executable(tmp_path / "bin" / "python3.10", FAUX_310)
    monkeypatch.setattr(sys, "version_info", (3, 12, 0))
    (projet.racine / "requirements.lock").write_text("rasa==9\n")
    if not garde:
        projet.tampon.unlink()
    with pytest.raises(Arret, match="installation.log"):
        projet.installer({"PATH": f"{Path(uv).parent}:/usr/bin:/bin", "HOME": str(tmp_path)})
    assert not projet.tampon.exists()
    assert ("venv" in appels.read_text().split()) is not garde


def test_les_reglages_de_pip_servent_a_uv(tmp_path: Path) -> None:
    certificat = tmp_path / "ca.pem"
    certificat.touch()
    env = {"HOME": str(tmp_path), "PIP_INDEX_URL": "http://miroir.exemple/simple", "PIP_CERT": str(certificat), "UV_SYSTEM_PYTHON": "1"}
    pour_uv = outil_uv.preparer_environnement(env)
    assert pour_uv["UV_INDEX_URL"] == env["PIP_INDEX_URL"]
    assert pour_uv["SSL_CERT_FILE"] == str(certificat)
    assert "UV_SYSTEM_PYTHON" not in pour_uv
    pour_uv = outil_uv.preparer_environnement({**env, "UV_DEFAULT_INDEX": "http://autre.exemple/simple"})
    assert "UV_INDEX_URL" not in pour_uv


def test_le_fichier_de_pip_donne_l_index(tmp_path: Path) -> None:
    fichier = tmp_path / "pip.conf"
    fichier.write_text("[global]\nindex-url = http://miroir.exemple/simple\n")
    pour_uv = outil_uv.preparer_environnement({"HOME": str(tmp_path), "PIP_CONFIG_FILE": str(fichier)})
    assert pour_uv["UV_INDEX_URL"] == "http://miroir.exemple/simple"


def test_une_panne_devient_une_phrase() -> None:
    assert "le disque est plein" in installer.expliquer("error: ... No space left on device (os error 28)")
    assert "« boum »" in installer.expliquer("bla\nboum\n\n")


@pytest.mark.parametrize("nom", ["requirements.lock", "deploy/amorce.lock"])
def test_les_verrous_ne_nomment_aucune_machine(nom: str) -> None:
    """No address of an index, no path of whoever made it, and a hash for each package."""
    texte = (RACINE / nom).read_text()
    assert not re.findall(r"https?://|file:|--(?:index|extra-index|find-links)\S*|/(?:root|home|Users)/", texte)
    paquets = re.findall(r"^[a-z0-9][\w.-]*(?:\[\w+\])?==\S+(.*)$", texte, re.MULTILINE)
    assert paquets and all(suite.strip().endswith("\\") for suite in paquets)
    assert texte.count("--hash=sha256:") >= len(paquets)


def test_le_makefile_reste_une_porte() -> None:
    lignes = (RACINE / "Makefile").read_text().splitlines()
    assert len(lignes) < 60
    aide = subprocess.run(
        ["make", "--no-print-directory", "-C", str(RACINE), "aide"], check=False, stdout=subprocess.PIPE, text=True
    ).stdout
    assert {"run", "test", "entrainer", "evaluate", "verrou", "nettoyer"} <= set(re.findall(r"make (\w+) :", aide))


def test_ci_run_appelle_exactement_make_test() -> None:
    lignes = [ligne for ligne in (RACINE / ".ci" / "run").read_text().splitlines() if "make" in ligne and not ligne.startswith("#")]
    assert lignes == ["exec make test </dev/null"]


def test_l_installeur_n_importe_que_la_bibliotheque_standard() -> None:
    """With any Python, in isolation: no site-packages at all."""
    essai = [sys.executable, "-S", "-E", str(RACINE / "deploy" / "installer.py"), "--verifier"]
    assert subprocess.run(essai, check=False, stderr=subprocess.PIPE, text=True).stderr == ""


@pytest.mark.parametrize(("code", "trouve"), [(0, True), (100, False)])
def test_le_navigateur_des_tests(
    tmp_path: Path, code: int, trouve: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Root on a Debian without a browser: it is installed, or its absence is said loudly."""
    executable(tmp_path / "apt-get", f'#!/bin/sh\necho "$@" >> "{tmp_path}/appels"\nexit {code}\n')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert navigateur.assurer({"PATH": str(tmp_path)}, tmp_path / "journal.log") is trouve
    assert "install" in (tmp_path / "appels").read_text() and "chromium" in (tmp_path / "appels").read_text()
    assert ("ATTENTION" in capsys.readouterr().out) is not trouve


def test_sans_navigateur_ni_droits_rien_n_est_installe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    executable(tmp_path / "apt-get", f'#!/bin/sh\ntouch "{tmp_path}/appele"\n')
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not navigateur.assurer({"PATH": str(tmp_path)}, tmp_path / "journal.log")
    assert not (tmp_path / "appele").exists() and "SAUTÉS" in capsys.readouterr().out
