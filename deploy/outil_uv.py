"""Find uv, or put it into the project folder; hand it the package index that this machine uses. Standard library only."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import telechargement
from affichage import Arret, executer

VERSION_MINIMALE = (0, 5)
DELAI_S = 20
# Set for another project, these would send uv to another Python or make it refuse our own package.
VARIABLES_ECARTEES = [
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_SYSTEM_PYTHON",
    "UV_PYTHON",
    "UV_REQUIRE_HASHES",
    "UV_CONSTRAINT",
    "UV_OVERRIDE",
    "UV_NO_DEPS",
]
SANS_PIP = (
    "Il manque pip pour installer uv : installe-le (sous Debian ou Ubuntu : apt-get install python3-pip), puis relance la même commande."
)


def preparer_environnement(env: dict) -> dict:
    """The environment for uv: the index, certificate and time-out already chosen for pip also serve uv, which ignores them."""
    propre = {cle: valeur for cle, valeur in env.items() if cle not in VARIABLES_ECARTEES}
    propre.setdefault("UV_HTTP_TIMEOUT", env.get("PIP_DEFAULT_TIMEOUT") or "120")
    if not any(env.get(cle) for cle in ("UV_INDEX_URL", "UV_DEFAULT_INDEX")):
        index = env.get("PIP_INDEX_URL") or _reglage_pip("index-url", env)
        if index:
            propre["UV_INDEX_URL"] = index
    if not env.get("SSL_CERT_FILE"):
        certificat = env.get("PIP_CERT") or _reglage_pip("cert", env)
        if certificat and os.path.isfile(certificat):
            propre["SSL_CERT_FILE"] = certificat
    return propre


def trouver_ou_installer(env: dict, outils: Path, amorce: Path, autre_python: str | None) -> str:
    """Path of a working uv: on the path, in the project, else installed there by whichever pip the machine has."""
    local = outils / "uv" / "bin" / "uv"
    for candidat in (shutil.which("uv", path=env.get("PATH")), str(local)):
        if candidat and fonctionne(candidat):
            return candidat
    shutil.rmtree(str(outils / "uv"), ignore_errors=True)
    journal = outils / "uv.log"
    for pip in _pips(env, outils, autre_python):
        options = ["install", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--target", str(outils / "uv")]
        if executer("Installation de l'outil uv", pip + options + ["-r", str(amorce)], env, journal) and fonctionne(str(local)):
            return str(local)
    index = next((env[cle] for cle in ("UV_DEFAULT_INDEX", "UV_INDEX_URL") if env.get(cle)), None)
    if index and telechargement.installer_uv(index, amorce, outils / "uv", env) and fonctionne(str(local)):
        return str(local)
    if not journal.exists():
        raise Arret(SANS_PIP)
    raise Arret(
        "uv n'a pas pu être téléchargé : vérifie la connexion ou donne l'adresse de ton index dans PIP_INDEX_URL, "
        "puis relance la même commande (détail : .outils/uv.log)."
    )


def fonctionne(uv: str) -> bool:
    """Whether this uv runs and is recent enough for the options used here."""
    try:
        sortie = subprocess.run([uv, "--version"], check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=DELAI_S)
    except (OSError, subprocess.TimeoutExpired):
        return False
    version = re.search(r"(\d+)\.(\d+)", sortie.stdout.decode("utf-8", "replace"))
    return sortie.returncode == 0 and bool(version) and tuple(int(n) for n in version.groups()) >= VERSION_MINIMALE


def _pips(env: dict, outils: Path, autre_python: str | None) -> Iterator[list]:
    """Ways to call pip, cheapest first. Debian ships Python without pip, sometimes with `venv`, which brings its own."""
    pythons = [python for python in (sys.executable, autre_python) if python]
    for python in pythons:
        if _reussit([python, "-m", "pip", "--version"], env):
            yield [python, "-m", "pip"]
    environnement = outils / "amorce"
    for python in pythons:
        if _reussit([python, "-m", "venv", "--clear", str(environnement)], env):
            yield [str(environnement / "bin" / "python"), "-m", "pip"]


def _reussit(commande: list, env: dict) -> bool:
    try:
        return subprocess.run(commande, check=False, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def _reglage_pip(cle: str, env: dict) -> str | None:
    """What pip's own files say; read by hand, since the machine may have no pip to ask."""
    maison = Path(env.get("HOME") or "/nonexistent")
    fichiers = [Path("/etc/xdg/pip/pip.conf"), Path("/etc/pip.conf"), maison / ".pip" / "pip.conf", maison / ".config" / "pip" / "pip.conf"]
    if env.get("PIP_CONFIG_FILE"):
        fichiers.append(Path(env["PIP_CONFIG_FILE"]))
    lecteur = configparser.RawConfigParser()
    try:
        lecteur.read([str(fichier) for fichier in fichiers])
    except (configparser.Error, OSError, UnicodeDecodeError):
        return None
    return lecteur.get("global", cle, fallback=None)
