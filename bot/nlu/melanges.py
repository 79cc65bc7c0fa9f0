"""Training messages made of two: what people write when they ask two things at once, or cry for help in the middle of a question.

Writers give one question a message. Joined two by two, with half the target for each, they teach the network to say that a
message holds both; joined with a distress, they teach it that the distress wins. Made anew at each training, from a seed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.lecture import COMBINABLES, DETRESSE

MELANGE = "melange"
_LIAISONS = (" et ", " et ", " et ", " ? ", " ? et ", "? ", ", ", ". ", " pis ", " et aussi ", " sinon ", " ", " et puis ", "\n")
_MOTS_MAXIMUM = 11


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Melanges(GraphComponent):
    """Adds the joined messages to the training data; does nothing when a person writes."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"doubles": 3000, "detresses": 600, "graine": 2026}

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> Melanges:
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        simples = [m for m in training_data.intent_examples if m.get(TEXT)]
        hasard = np.random.default_rng(self._config["graine"])
        questions = [m for m in simples if m.get(INTENT) in COMBINABLES and len(m.get(TEXT).split()) <= _MOTS_MAXIMUM]
        detresses = [m for m in simples if m.get(INTENT) == DETRESSE]
        ajoutes: list[Message] = []
        if len(questions) > 1:
            ajoutes += [_joindre(questions, questions, hasard) for _ in range(self._config["doubles"])]
        if questions and detresses:
            ajoutes += [_joindre(questions, detresses, hasard) for _ in range(self._config["detresses"])]
        return TrainingData([*training_data.training_examples, *(m for m in ajoutes if m)])

    def process(self, messages: list[Message]) -> list[Message]:
        return messages


def etiquettes_de(message: Message) -> tuple[str, str]:
    """The two labels of a joined message, or twice the label of a simple one."""
    return message.get(MELANGE) or (message.get_full_intent(), message.get_full_intent())


def _joindre(premiers: list[Message], seconds: list[Message], hasard: np.random.Generator) -> Message:
    a, b = premiers[hasard.integers(len(premiers))], seconds[hasard.integers(len(seconds))]
    detresse = b.get(INTENT) == DETRESSE
    if detresse and hasard.random() < 0.5:
        a, b = b, a
    texte = a.get(TEXT).rstrip(" ?.!") + _LIAISONS[hasard.integers(len(_LIAISONS))] + b.get(TEXT)
    vraies = [m.get_full_intent() for m in (a, b) if not detresse or m.get(INTENT) == DETRESSE]
    return Message({TEXT: texte, INTENT: a.get(INTENT), MELANGE: (vraies[0], vraies[-1])})
