"""``etabli entrainer``: a new model when what it learns has changed, and only then."""

from __future__ import annotations

import fcntl
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import journal, modele, processus
from bot.cli.environnement import environnement_enfant
from bot.cli.messages import Arret, court, dire, patience
from bot.reglages import RACINE, lire_reglages

JOURNAL = RACINE / "var" / "entrainement.log"


def entrainer(forcer: Annotated[bool, typer.Option("--forcer", help="Entraîne même si rien n'a changé.")] = False) -> None:
    """Entraîne le modèle, si ce qu'il apprend a changé."""
    if not forcer and modele.a_jour():
        dire("Le modèle est à jour.")
        return
    with _un_seul_entrainement():
        if not forcer and modele.a_jour():  # the training we waited for did it
            dire("Le modèle est à jour.")
            return
        _entrainer(forcer)


def _entrainer(forcer: bool) -> None:
    debut = time.monotonic()
    sommes = modele.calculer_empreintes()  # before: a file changed meanwhile means another training, next time
    ancien = modele.en_place()
    greffe = not forcer and ancien is not None and ancien.reseau == sommes.reseau
    brouillon = modele.vider_brouillon()
    try:
        _remplacer(brouillon / modele.MODELE.name, sommes, *_lancer_entraineur(brouillon, greffe))
    finally:
        shutil.rmtree(brouillon, ignore_errors=True)
    dire(f"Modèle entraîné en {time.monotonic() - debut:.0f} s.")


def _remplacer(nouveau: Path, sommes: modele.Empreintes, position: int, code: int) -> None:
    if code != 0 or not nouveau.is_file():
        raison = journal.raison(JOURNAL, position) or processus.expliquer_code(code)
        garde = " ; l'ancien modèle reste en place" if modele.MODELE.is_file() else ""
        raise Arret(f"L'entraînement a échoué : « {raison} »{garde} ; lis {court(JOURNAL)}, corrige, puis relance make entrainer.")
    modele.mettre_en_place(nouveau, sommes)


# Blocks of a few megabytes come and go at every batch: kept by the process rather than asked of the system each time.
_MEMOIRE = {"MALLOC_MMAP_THRESHOLD_": "4294967296", "MALLOC_TRIM_THRESHOLD_": "8589934592"}


def _lancer_entraineur(brouillon: Path, greffe: bool) -> tuple[int, int]:
    """Run the child to its end; returns where its story begins in the log, and its exit code."""
    commande = [sys.executable, "-m", "bot.cli.entraineur", str(brouillon), *([str(modele.MODELE)] if greffe else [])]
    annonce = "Mise à jour des réponses et des règles (une vingtaine de secondes)" if greffe else "Entraînement du modèle (deux à quatre minutes)"
    with journal.ouvrir(JOURNAL) as sortie, patience(annonce) as attendre:
        position = sortie.tell()
        enfant = processus.demarrer(commande, sortie, {**environnement_enfant(lire_reglages()), **_MEMOIRE})
        try:
            while enfant.poll() is None:
                attendre()
                time.sleep(0.2)
        finally:
            processus.arreter(enfant, delai=2)
    return position, enfant.returncode


@contextmanager
def _un_seul_entrainement() -> Iterator[None]:
    """Two trainings at once would share a draft folder: the second one waits. The lock dies with its owner."""
    modele.DOSSIER.mkdir(exist_ok=True)
    with (modele.DOSSIER / ".verrou").open("w") as verrou:
        try:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            dire("Un autre entraînement est en cours : j'attends qu'il finisse…")
            fcntl.flock(verrou, fcntl.LOCK_EX)
        yield
