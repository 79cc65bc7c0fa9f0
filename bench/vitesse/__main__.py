"""Start each side in turn, measure it, print both beside the bars, and draw latency against the turn."""

from __future__ import annotations

import argparse
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Callable

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.vitesse import cotes
from bench.vitesse.charge import MESURES, TOURS, Releve, mesurer
from bench.vitesse.courbe import dessiner
from bench.vitesse.phrases import phrases
from bot.reglages import RACINE

PORT = 5305
COURBE = RACINE / "docs" / "vitesse.svg"


def main() -> None:
    console = Console(width=120)
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--epoques", type=int, default=100, help="passages de DIET ; moins pour aller vite : seul l'entraînement et la justesse en dépendent")
    epoques = lecteur.parse_args().epoques
    with Progress(console=console, transient=True) as avance:
        eux = _cote(partial(cotes.stock, epoques=epoques), PORT + 10, avance)
        nous = _cote(cotes.etabli, PORT, avance)
    console.print(f"Rasa d'usage : DIET, {epoques} passages.")
    console.print(_tableau(nous, eux))
    console.print(f"L'encodeur seul : {_encodeur_seul():.1f} ms par question (le plancher).")
    dessiner(COURBE, nous.tours, eux.tours)
    console.print(f"Durée d'une réponse selon le tour : {COURBE.relative_to(RACINE)}")


def _cote(fabrique: Callable[[Path, int], cotes.Cote], port: int, avance: Progress) -> Releve:
    with tempfile.TemporaryDirectory() as dossier:
        cote = fabrique(Path(dossier), port)
        attente = avance.add_task(f"{cote.nom} : entraînement", total=None)
        entrainement = cote.entrainer()
        avance.remove_task(attente)
        with cote.en_marche() as marche:
            releve = mesurer(cote.adresse, phrases(), marche.memoire_mo, avance, cote.nom)
        releve.entrainement, releve.depart = entrainement, marche.depart
        return releve


def _encodeur_seul() -> float:
    """Median milliseconds for one new message, in this process."""
    from bot.nlu.encodeur import encodeur

    modele, suite, durees = encodeur(), phrases().questions, []
    for _ in range(MESURES):
        texte = next(suite)
        debut = time.perf_counter()
        modele.encoder([texte])
        durees.append((time.perf_counter() - debut) * 1000)
    return float(np.median(durees))


def _tableau(nous: Releve, eux: Releve) -> Table:
    tableau = Table("", "Établi", "Rasa d'usage", "rapport", "barre", "")
    for nom, a, b, unite, barre in (
        ("question, p50", _p(nous.question, 50), _p(eux.question, 50), "ms", 1 / 4),
        ("question, p95", _p(nous.question, 95), _p(eux.question, 95), "ms", None),
        ("message avec action, p50", _p(nous.recherche, 50), _p(eux.recherche, 50), "ms", None),
        ("message avec action, p95", _p(nous.recherche, 95), _p(eux.recherche, 95), "ms", None),
        ("tour 1", nous.tour(1), eux.tour(1), "ms", None),
        ("tour 100", nous.tour(100), eux.tour(100), "ms", None),
        (f"tour {TOURS}", nous.tour(TOURS), eux.tour(TOURS), "ms", None),
        ("départ à première réponse", nous.depart, eux.depart, "s", 1 / 3),
        ("entraînement, mêmes exemples", nous.entrainement, eux.entrainement, "s", 1 / 3),
        ("mémoire après 500 conversations", nous.memoire, eux.memoire, "Mo", 1 / 3),
    ):
        tableau.add_row(nom, f"{a:.1f} {unite}", f"{b:.1f} {unite}", f"{a / b:.2f}", f"≤ {barre:.2f}" if barre else "", _tenue(a / b, barre))
    for clients, barre in ((1, None), (8, 5.0)):
        a, b = nous.debit[clients], eux.debit[clients]
        tenue = _tenue(barre, a / b) if barre else ""
        tableau.add_row(f"messages par seconde, {clients} client{'s'[: clients - 1]}", f"{a:.0f}", f"{b:.0f}", f"{a / b:.1f}", f"≥ {barre:.0f}" if barre else "", tenue)
    for nom, haut, bas, barre in (
        ("action / question, p50", "recherche", "question", 2.0),
        (f"tour {TOURS} / tour 1", TOURS, 1, 1.3),
    ):
        rapports = [_rapport(releve, haut, bas) for releve in (nous, eux)]
        tableau.add_row(nom, f"{rapports[0]:.2f}", f"{rapports[1]:.2f}", "", f"≤ {barre}", _tenue(rapports[0], barre))
    return tableau


def _rapport(releve: Releve, haut: str | int, bas: str | int) -> float:
    if isinstance(haut, int) and isinstance(bas, int):
        return releve.tour(haut) / releve.tour(bas)
    return _p(getattr(releve, str(haut)), 50) / _p(getattr(releve, str(bas)), 50)


def _p(durees: list[float], centile: int) -> float:
    return float(np.percentile(durees, centile))


def _tenue(valeur: float, barre: float | None) -> str:
    if barre is None:
        return ""
    return "[green]tenue[/]" if valeur <= barre else "[red]manquée[/]"


if __name__ == "__main__":
    main()
