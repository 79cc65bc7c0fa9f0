"""What is broken, one thing at a time. Each fault ends by itself; how long the service needs to answer again is measured from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Optional

from bench.chaos.postgresql import Grappe
from bench.chaos.service import Etabli
from bench.facteur import Facteur
from bot.base import ouvrir

Panne = Callable[[], float]


def tuer(service: Etabli, module: str, numero: signal.Signals) -> float:
    service.attendre(module)  # up again since the last time
    pid = service.pid(module)
    debut = time.monotonic()
    os.kill(pid, numero)
    while service.pid(module) == pid and time.monotonic() - debut < 60:
        time.sleep(0.1)  # a stopped process still holds its port: wait for the launcher to see it
    service.attendre(module)
    service.repondre()
    return time.monotonic() - debut


def verrouiller(service: Etabli, duree: float) -> float:
    moteur = ouvrir(service.base)
    with moteur.connect() as connexion:
        connexion.exec_driver_sql("PRAGMA busy_timeout=20000")
        connexion.exec_driver_sql("BEGIN EXCLUSIVE")
        time.sleep(duree)
        connexion.rollback()
    moteur.dispose()
    return service.repondre()


def remplir(service: Etabli, dossier: Path, duree: float) -> float:
    """Take all the space that is left on a small file system, then give it back."""
    bouchon = dossier / "bouchon"
    with bouchon.open("wb", buffering=0) as sortie:
        try:
            while True:
                sortie.write(b"\0" * 65536)
        except OSError:
            time.sleep(duree)
    bouchon.unlink()
    return service.repondre()


def redemarrer(service: Etabli, serveur: Grappe, mode: str) -> float:
    """``fast`` closes the connections under the turns being played; ``immediate`` is a crash, with a recovery at the start."""
    debut = time.monotonic()
    serveur.commander("restart", "-m", mode)
    service.repondre()
    return time.monotonic() - debut


def bouder(service: Etabli, facteur: Facteur, humeur: str, duree: float) -> float:
    facteur.humeur = humeur
    time.sleep(duree)
    facteur.humeur = "accepte"
    return service.repondre()


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


def pannes(service: Etabli, facteur: Facteur, disque: Optional[Path], serveur: Optional[Grappe]) -> list[tuple[str, Panne]]:
    """``disque``: the small file system of the database, when there is one; ``serveur``: the PostgreSQL that holds it, when it is one."""
    liste: list[tuple[str, Panne]] = []
    for module in service.santes:
        liste += [(f"{s.name} de {module}", lambda m=module, s=s: tuer(service, m, s)) for s in (signal.SIGKILL, signal.SIGSTOP)]
    liste += [(f"serveur de courrier qui {h} 8 s", lambda h=h: bouder(service, facteur, h, 8)) for h in ("refuse", "pend", "coupe")]
    if serveur:
        liste += [(f"PostgreSQL redémarré ({mode})", lambda m=mode: redemarrer(service, serveur, m)) for mode in ("fast", "immediate")]
    else:
        liste.append(("base verrouillée 6 s", lambda: verrouiller(service, 6)))
    if disque:
        liste.append(("disque plein 6 s", lambda: remplir(service, disque, 6)))
    return liste
