"""Our decision on the probabilities of any classifier: what Établi would answer had it learned only some of the examples."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence

from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bench.apprentissage import Probabilites, peser_par_nom
from bench.messages import MessageEvalue
from bench.mesures import Compris
from bench.projet import compris
from bot.nlu.classifieur import PAIRES, PART_POUR_COMPARER, PART_POUR_DECIDER, PROBABILITES
from bot.nlu.contexte import LectureEnContexte
from bot.nlu.decoupe import PROPOSITIONS, decouper
from bot.nlu.lecture import AIDE_DISCRETE, POLITESSES, QUESTIONS
from bot.nlu.plusieurs import juger
from bot.nlu.reperes import reperes


def comprendre(messages: Sequence[MessageEvalue], lire: Probabilites, seuils: Optional[Mapping[str, Any]] = None) -> list[Compris]:
    """The same clauses, landmarks and decision as in the bot; ``lire`` gives the probabilities of texts."""
    lus: list[Message] = []
    entiers: list[Message] = []
    for message in messages:
        propositions = decouper(message.texte)
        entier, *siennes = lire([message.texte, *propositions])
        paires = juger(message.texte, peser_par_nom(entier, siennes, PART_POUR_COMPARER), list(zip(propositions, siennes)))
        lu = {PROBABILITES: peser_par_nom(entier, siennes, PART_POUR_DECIDER), PAIRES: paires, ENTITIES: reperes(message.texte), PROPOSITIONS: len(propositions)}
        entiers.append(Message({TEXT: message.texte, **lu}))
        lus += [entiers[-1], *(Message({TEXT: t, PROBABILITES: p, PROPOSITIONS: 0}) for t, p in zip(propositions, siennes))]
    LectureEnContexte({**LectureEnContexte.get_default_config(), **(seuils or {})}).process(lus)
    return [compris(_lecture(message)) for message in entiers]


def _lecture(message: Message) -> dict[str, Any]:
    """The answer in the shape that Rasa gives it."""
    tries = sorted(message.get(PROBABILITES).items(), key=lambda couple: -couple[1])
    return {
        **{nom: message.get(nom) for nom in (INTENT, QUESTIONS, POLITESSES, AIDE_DISCRETE)},
        "intent_ranking": [{"name": nom, "confidence": p} for nom, p in tries],
    }
