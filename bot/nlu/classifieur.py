"""Which subject is it? A small network on the sentence's meaning (dense) and its letters (sparse)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from bot.nlu.descente import Apprentissage, entrainer
from bot.nlu.reseau import Classifieur, calibrer

CLASSEMENT = "intent_ranking"
PROBABILITES = "probabilites"
_RANGS_MONTRES = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ClassifieurNeuronal(IntentClassifier, GraphComponent):
    """Writes the probability of every label; the decision is taken later, with the conversation in view."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"caches": 256, "passages": 8, "abandon_entree": 0.5, "graines": [2026], "part_de_calibrage": 0.02}

    def __init__(self, config: dict[str, Any], stockage: ModelStorage, ressource: Resource, modele: Optional[Classifieur] = None) -> None:
        self._config = config
        self._stockage = stockage
        self._ressource = ressource
        self._modele = modele

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> ClassifieurNeuronal:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> ClassifieurNeuronal:
        with model_storage.read_from(resource) as dossier:
            modele = Classifieur.charger(Path(dossier) / "classifieur.npz")
        return cls(config, model_storage, resource, modele)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all messages but one in fifty, drawn once, which only set the temperature."""
        messages = [m for m in training_data.intent_examples if m.get(TEXT)]
        dense, creux = self._vues(messages)
        etiquettes = [m.get_full_intent() for m in messages]
        graines = tuple(self._config["graines"])
        hasard = np.random.default_rng(graines[0]).permutation(len(etiquettes))
        combien = int(len(etiquettes) * self._config["part_de_calibrage"])
        tenus, vus = hasard[:combien], hasard[combien:]
        reglages = Apprentissage(self._config["caches"], self._config["passages"], abandon_entree=self._config["abandon_entree"])
        modele = entrainer(dense[vus], creux[vus], [etiquettes[i] for i in vus], reglages, graines)
        self._modele = calibrer(modele, dense[tenus], creux[tenus], [etiquettes[i] for i in tenus])
        with self._stockage.write_to(self._ressource) as dossier:
            self._modele.enregistrer(Path(dossier) / "classifieur.npz")
        return self._ressource

    def process(self, messages: list[Message]) -> list[Message]:
        parlants = [m for m in messages if m.get(TEXT)]
        if not parlants:
            return messages
        for message, proba in zip(parlants, self._modele.probabilites(*self._vues(parlants))):
            ordre = np.argsort(-proba, kind="stable")[:_RANGS_MONTRES]
            classement = [{"name": self._modele.etiquettes[i], "confidence": round(float(proba[i]), 4)} for i in ordre]
            message.set(PROBABILITES, dict(zip(self._modele.etiquettes, proba.tolist())))
            message.set(CLASSEMENT, classement, add_to_output=True)
            message.set(INTENT, classement[0], add_to_output=True)
        return messages

    def _vues(self, messages: list[Message]) -> tuple[np.ndarray, csr_matrix]:
        dense = np.vstack([_vue(m, creuse=False) for m in messages])
        creux = vstack([_vue(m, creuse=True) for m in messages], format="csr")
        return dense, creux


def _vue(message: Message, creuse: bool) -> Any:
    vecteurs = [f.features for f in message.features if f.attribute == TEXT and f.is_sparse() == creuse]
    if len(vecteurs) != 1:
        raise ValueError(f"Le classifieur attend une vue {'creuse' if creuse else 'dense'} par message, pas {len(vecteurs)} : vérifie config.yml.")
    return vecteurs[0]
