"""The labels that a message most likely has, and a reading that needs no probability."""

from __future__ import annotations

from heapq import nlargest
from typing import Any, Sequence

from rasa.shared.nlu.training_data.message import Message

from bot.nlu.classifieur import PROBABILITES
from bot.nlu.lecture import DETRESSES, INCONNU, Question, donnees_de_lecture


def lecture_sure(nom: str, texte: str) -> dict[str, Any]:
    question = Question(nom, 1.0, texte)
    return donnees_de_lecture(question.intention, 1.0, [question])


def meilleur(message: Message) -> tuple[str, float]:
    return deux_meilleurs(message)[0]


def deux_meilleurs(message: Message, detresse: bool = True) -> Sequence[tuple[str, float]]:
    """The two best labels; distress left out where it has been ruled out (a message without a word)."""
    probabilites = message.get(PROBABILITES) or {}
    retenues = [(p, nom) for nom, p in probabilites.items() if detresse or nom not in DETRESSES]
    tries = [(nom, p) for p, nom in nlargest(2, retenues)]
    return tries if len(tries) == 2 else [*tries, (INCONNU, 0.0), (INCONNU, 0.0)][:2]
