"""What is broken, one thing at a time. Each fault ends by itself and gives the seconds that the service needed to answer again."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.chaos.service import Etabli
from bench.facteur import Facteur
from bot.base import ouvrir


def tuer(service: Etabli, module: str, numero: signal.Signals) -> float:
    pid = service.pid(module)
    if not pid:
        return 0.0
    os.kill(pid, numero)
    debut = time.monotonic()
    while service.pid(module) == pid and time.monotonic() - debut < 60:
        time.sleep(0.1)  # a stopped process still holds its port: wait for the launcher to see it
    service.attendre(module)
    return time.monotonic() - debut


def verrouiller(base: str, duree: float) -> float:
    if not base.startswith("sqlite"):
        return 0.0
    moteur = ouvrir(base)
    with moteur.connect() as connexion:
        connexion.exec_driver_sql("PRAGMA busy_timeout=20000")
        connexion.exec_driver_sql("BEGIN EXCLUSIVE")
        time.sleep(duree)
        connexion.rollback()
    moteur.dispose()
    return 0.0


def remplir(dossier: Path, duree: float) -> float:
    """Take all the space that is left on a small file system, then give it back."""
    bouchon = dossier / "bouchon"
    with bouchon.open("wb", buffering=0) as sortie:
        try:
            while True:
                sortie.write(b"\0" * 65536)
        except OSError:
            time.sleep(duree)
    bouchon.unlink()
    return 0.0


def bouder(facteur: Facteur, humeur: str, duree: float) -> float:
    facteur.humeur = humeur
    time.sleep(duree)
    facteur.humeur = "accepte"
    return 0.0


@contextmanager
def petit_disque(dossier: Path) -> Iterator[bool]:
    """A small file system for the database; False, and said aloud, where mounting is refused."""
    monte = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(dossier)], check=False, capture_output=True).returncode == 0
    if not monte:
        print("SAUTÉ : disque plein (le montage d'un petit disque est refusé ici).", flush=True)
    try:
        yield monte
    finally:
        if monte:
            subprocess.run(["umount", str(dossier)], check=False)


def pannes(service: Etabli, facteur: Facteur, dossier: Path, petit: bool) -> list[tuple[str, Callable[[], float]]]:
    liste: list[tuple[str, Callable[[], float]]] = []
    for module in service.santes:
        liste += [(f"{s.name} de {module}", lambda m=module, s=s: tuer(service, m, s)) for s in (signal.SIGKILL, signal.SIGSTOP)]
    if service.base.startswith("sqlite"):
        liste.append(("base verrouillée 6 s", lambda: verrouiller(service.base, 6)))
    liste += [(f"serveur de courrier qui {h} 8 s", lambda h=h: bouder(facteur, h, 8)) for h in ("refuse", "pend", "coupe")]
    if petit:
        liste.append(("disque plein 6 s", lambda: remplir(dossier, 6)))
    return liste
