"""What the installer says, and how it waits for a long command. Standard library only: nothing is installed yet."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

BATTEMENT_S = 0.2
RAPPEL_S = 30  # without a terminal, one line every so often proves that the work goes on


class Arret(Exception):
    """The installation cannot go on; the message is one French sentence with the next step."""


def dire(texte: str) -> None:
    """Print one line now; a terminal that lacks a character gets « ? » instead of a crash."""
    codage = sys.stdout.encoding or "utf-8"
    print(texte.encode(codage, "replace").decode(codage), flush=True)


def executer(annonce: str, commande: list, env: dict, journal: Path) -> bool:
    """Run a command to its end while showing elapsed seconds; its output goes to ``journal``. True when it succeeded."""
    journal.parent.mkdir(parents=True, exist_ok=True)
    debut = time.monotonic()
    with journal.open("w", encoding="utf-8") as sortie:
        enfant = subprocess.Popen(
            commande,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=sortie,
            stderr=subprocess.STDOUT,
            close_fds=False,  # see the lock in installer.py
        )
        try:
            _attendre(enfant, annonce, debut)
        except BaseException:
            enfant.terminate()
            enfant.wait()
            raise
    reussi = enfant.returncode == 0
    duree = int(time.monotonic() - debut)
    dire("{}{} : {} en {} s".format(_retour(), annonce, "fait" if reussi else "échec", duree))
    return reussi


def _attendre(enfant: subprocess.Popen, annonce: str, debut: float) -> None:
    terminal = sys.stdout.isatty()
    if not terminal:
        dire(annonce + "…")
    prochain = RAPPEL_S
    while enfant.poll() is None:
        secondes = int(time.monotonic() - debut)
        if terminal:
            print(f"\r{annonce}… {secondes} s ", end="", flush=True)
        elif secondes >= prochain:
            dire(f"  {annonce}… {secondes} s")
            prochain += RAPPEL_S
        time.sleep(BATTEMENT_S)


def _retour() -> str:
    return "\r" if sys.stdout.isatty() else ""
