"""The tests open the web page in a real browser: make sure there is one, or say loudly that there is none."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from affichage import dire, executer

NOMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
RESEAU = ["-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20", "-o", "DPkg::Lock::Timeout=60"]


def assurer(env: dict, journal: Path) -> bool:
    """True when a Chromium is there, installed now if need be: as root, on a Debian-like machine."""
    if any(shutil.which(nom, path=env.get("PATH")) for nom in NOMS):
        return True
    if os.geteuid() == 0 and shutil.which("apt-get", path=env.get("PATH")):
        apt = dict(env, DEBIAN_FRONTEND="noninteractive")
        liste = ["apt-get", "update", "-qq"] + RESEAU
        paquet = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"] + RESEAU + ["chromium"]
        # A failed update is no reason to give up: the lists on the machine may be enough.
        executer("Mise à jour de la liste des paquets", liste, apt, journal)
        if executer("Installation du navigateur chromium pour les tests", paquet, apt, journal):
            return True
    dire("ATTENTION : aucun navigateur trouvé, les tests dans le navigateur seront SAUTÉS.")
    dire("Pour les lancer : installe chromium (sous Debian : apt-get install chromium), puis relance make test.")
    return False
