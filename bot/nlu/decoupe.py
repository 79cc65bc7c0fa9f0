"""One message, several questions: its clauses travel beside it through the pipeline, each understood on its own.

The first message of the list is the whole; its clauses follow it and are taken out again by ``LectureEnContexte``. They
share one batch of the encoder, so a message with two questions costs little more than one.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

PROPOSITIONS = "propositions"
# « et si » opens the clause that it links: without it « et si je rate » is no question.
_COUPURE = re.compile(
    r"[?!;\n…]+|\.(?=\s|$)|,|(?<=\s)[+/](?=\s)|(?<=\S)\s*[()]"
    r"|\b(?:et(?!\s+si\b)|puis|pis|sinon|aussi|mais|ou(?=\s+(?:est|sont|c\b|ça)))\b|(?=\bet\s+si\b)",
    re.IGNORECASE,
)
_MOTS_MINIMUM, _LETTRES_MINIMUM = 2, 3
_VIDES = frozenset("bah ben bon dsl euh heu lol mdr nan non ouf oui ptn slt stp svp vla wsh".split())
_PROPOSITIONS_MAXIMUM = 6


def decouper(texte: str) -> list[str]:
    """Clauses that might each hold a question; empty when there is only one. Never rejoins or changes words."""
    morceaux = [m for m in (m.strip(" '’") for m in _COUPURE.split(texte)) if _peut_demander(m)]
    return morceaux[:_PROPOSITIONS_MAXIMUM] if len(morceaux) > 1 else []


def _peut_demander(morceau: str) -> bool:
    """« bus ? » asks, « stp » does not."""
    if len(morceau.split()) >= _MOTS_MINIMUM or len(morceau) > _LETTRES_MINIMUM:
        return True
    return len(morceau) == _LETTRES_MINIMUM and morceau.casefold() not in _VIDES


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Decoupe(GraphComponent):
    """Adds a message for each clause (when understanding only: training examples stay whole)."""

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> Decoupe:
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        tous: list[Message] = []
        for message in messages:
            propositions = [Message({TEXT: p}) for p in decouper(message.get(TEXT) or "")]
            message.set(PROPOSITIONS, len(propositions))
            tous += [message, *propositions]
        return tous
