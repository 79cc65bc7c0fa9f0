"""Train and start both sides, measure them by turns, print both beside the bars, and draw latency against the turn."""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.vitesse import cotes
from bench.vitesse.charge import MESURES, TOURS, Banc, Releve, mesurer
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
    with ExitStack() as pile:
        avance = pile.enter_context(Progress(console=console, transient=True))
        eux = _en_marche(cotes.stock(_dossier(pile), PORT + 10, epoques), pile, avance)
        nous = _en_marche(cotes.etabli(_dossier(pile), PORT), pile, avance)
        mesurer([nous, eux], avance)
    console.print(f"Rasa d'usage : DIET, {epoques} passages.")
    console.print(_tableau(nous.releve, eux.releve))
    console.print(f"L'encodeur seul : {_encodeur_seul():.1f} ms par question (le plancher).")
    dessiner(COURBE, nous.releve.tours, eux.releve.tours)
    console.print(f"Durée d'une réponse selon le tour : {COURBE.relative_to(RACINE)}")


def _dossier(pile: ExitStack) -> Path:
    return Path(pile.enter_context(tempfile.TemporaryDirectory()))


def _en_marche(cote: cotes.Cote, pile: ExitStack, avance: Progress) -> Banc:
    """The side trained, started, and left running until ``pile`` is closed."""
    attente = avance.add_task(f"{cote.nom} : entraînement et départ", total=None)
    entrainement = cote.entrainer()
    marche = pile.enter_context(cote.en_marche())
    avance.remove_task(attente)
    return Banc(cote.nom, cote.adresse, marche.memoire_mo, Releve(depart=marche.depart, entrainement=entrainement))


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
        manches = [a / b for a, b in zip(nous.debit[clients], eux.debit[clients])]
        rapport = float(np.median(manches))
        tableau.add_row(
            f"messages par seconde, {clients} client{'s'[: clients - 1]}",
            *(f"{np.median(r.debit[clients]):.0f}" for r in (nous, eux)),
            f"{rapport:.1f} ({min(manches):.1f} à {max(manches):.1f})",
            f"≥ {barre:.0f}" if barre else "",
            _tenue(barre, rapport) if barre else "",
        )
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
