"""The messages that are sent: never the same twice to one side, so that no cache helps; the same ones to both sides.

What is timed was learned by neither side: ours reads what it knows for certain faster.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
from dataclasses import dataclass
from typing import Iterator

from bench.apprentissage import Exemple, exemples
from bench.messages import MOITIES, lire
from bot.reglages import RACINE

# Trades that are surely understood by both sides: what is measured is speed, not understanding.
_METIERS = ("usinage", "menuiserie", "soudure", "chaudronnerie", "couture", "mécanique automobile", "électricité", "cuisine")
_EXEMPLES_PAR_SUJET = 12
_HABITANTS = 2000
_INTENTIONS = ("faq/", "chercher_ecole", "saluer", "remercier", "dire_au_revoir", "hors_sujet")


@dataclass
class Phrases:
    """``questions``: FAQ messages that nobody learned; ``connues``: FAQ messages, many of them learned, for what is not timed;
    ``recherches``: messages that run an action. Each is given once."""

    questions: Iterator[str]
    connues: Iterator[str]
    recherches: Iterator[str]


def tirage() -> list[Exemple]:
    """What the stock bot learns: a few examples of each subject, drawn by a hash of their text."""
    gardes: dict[str, list[Exemple]] = {}
    for exemple in sorted(exemples(), key=lambda e: _rang(e.texte)):
        if exemple.etiquettes[0].startswith(_INTENTIONS):
            siens = gardes.setdefault(exemple.etiquettes[0], [])
            if len(siens) < _EXEMPLES_PAR_SUJET:
                siens.append(exemple)
    return [e for siens in gardes.values() for e in siens]


def phrases() -> Phrases:
    """A new supply, always in the same order: give each side its own."""
    appris = {e.texte for e in tirage()}
    connues = [e.texte for e in exemples() if e.etiquettes[0].startswith("faq/") and e.texte not in appris and len(e.texte) < 200]
    questions = [m.texte for moitie in MOITIES for m in lire(moitie) if m.genre == "dans_le_sujet" and m.etiquettes[0].startswith("faq/")]
    villes = sorted(_villes(), key=_rang)
    recherches = (f"je cherche une école de {metier} vers {ville}" for ville, metier in zip(villes, itertools.cycle(_METIERS)))
    return Phrases(iter(sorted(questions, key=_rang)), iter(sorted(connues, key=_rang)), recherches)


def _villes() -> set[str]:
    with (RACINE / "data" / "ecoles" / "communes.csv").open(encoding="utf-8", newline="") as lu:
        return {ligne["nom"] for ligne in csv.DictReader(lu, delimiter=";") if int(ligne["population"] or 0) > _HABITANTS}


def _rang(texte: str) -> str:
    return hashlib.sha256(texte.encode()).hexdigest()
