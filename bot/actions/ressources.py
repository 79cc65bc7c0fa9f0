"""What actions share: the database and the words of ``data/reponses/``. Opened at the first use, once per process."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Mapping

import yaml
from sqlalchemy.orm import sessionmaker

from bot.base import fabrique_de_sessions, ouvrir
from bot.francais.lieux import Gazetteer, Lieu, gazetteer_de
from bot.reglages import RACINE, lire_reglages

DONNEES = RACINE / "data" / "ecoles"
_LECTEUR = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, ten times faster


@lru_cache(maxsize=1)
def sessions() -> sessionmaker:
    """For what must outlive a power cut: requests, and their erasure."""
    return fabrique_de_sessions(ouvrir(lire_reglages().base))


@lru_cache(maxsize=1)
def consultations() -> sessionmaker:
    """For what reads, and counts searches without a result: waiting for the disk to count would take a third of such a search."""
    return fabrique_de_sessions(ouvrir(lire_reglages().base, durable=False))


def gazetteer() -> Gazetteer:
    return gazetteer_de(DONNEES, RACINE / "data" / "francais")


@lru_cache(maxsize=1)
def _reponses() -> Mapping[str, Any]:
    reponses: dict[str, Any] = {}
    for fichier in sorted((RACINE / "data" / "reponses").glob("*.yml")):
        reponses.update(yaml.load(fichier.read_text(encoding="utf-8"), Loader=_LECTEUR)["responses"])
    return reponses


def formule(nom: str, /, **variables: Any) -> str:
    """The text of a response, filled: for pieces of a message (a line of a list), never for a whole one."""
    return str(_reponses()[nom][0]["text"]).format(**variables)


def titre(sujet: str) -> str:
    """A subject's title for people, at most 20 characters: « Le prix »."""
    return _reponses()[f"utter_{sujet}"][0]["metadata"]["titre"]


def question_type(sujet: str) -> str:
    """A subject as a question: « Combien ça coûte ? »."""
    return _reponses()[f"utter_{sujet}"][0]["metadata"]["question"]


def existe(nom: str) -> bool:
    return nom in _reponses()


def lieu_de_code(code: str) -> Lieu | None:
    """The place written ``genre:code`` in a slot or a payload; None when there is no such place."""
    genre, _, valeur = code.partition(":")
    return gazetteer().par_code(genre, valeur)
