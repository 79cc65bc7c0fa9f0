"""Which subject is it? A linear model on the sentence's meaning (dense) and its letters (sparse)."""

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

from bot.nlu.lineaire import ModeleLineaire, entrainer

CLASSEMENT = "intent_ranking"
PROBABILITES = "probabilites"
_RANGS_MONTRES = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ClassifieurLineaire(IntentClassifier, GraphComponent):
    """Writes the probability of every label; the decision is taken later, with the conversation in view."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"c": 10.0, "poids_creux": 1.0, "iterations": 60, "part_de_calibrage": 0.1, "graine": 2026}

    def __init__(self, config: dict[str, Any], stockage: ModelStorage, ressource: Resource, modele: Optional[ModeleLineaire] = None) -> None:
        self._config = config
        self._stockage = stockage
        self._ressource = ressource
        self._modele = modele

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> ClassifieurLineaire:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> ClassifieurLineaire:
        with model_storage.read_from(resource) as dossier:
            modele = ModeleLineaire.charger(Path(dossier) / "classifieur.npz")
        return cls(config, model_storage, resource, modele)

    def train(self, training_data: TrainingData) -> Resource:
        messages = [m for m in training_data.intent_examples if m.get(TEXT)]
        dense, creux = self._vues(messages)
        etiquettes = [m.get_full_intent() for m in messages]
        temperature = self._calibrer(dense, creux, etiquettes)
        modele = entrainer(dense, creux, etiquettes, self._config["c"], self._config["iterations"])
        self._modele = ModeleLineaire(modele.etiquettes, modele.dense, modele.creux, modele.biais, temperature)
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
        creux = vstack([_vue(m, creuse=True) for m in messages], format="csr") * self._config["poids_creux"]
        return dense, creux

    def _calibrer(self, dense: np.ndarray, creux: csr_matrix, etiquettes: list[str]) -> float:
        """The temperature that makes confidence mean frequency, found on messages that were not learned from."""
        hasard = np.random.default_rng(self._config["graine"]).permutation(len(etiquettes))
        combien = int(len(etiquettes) * self._config["part_de_calibrage"])
        vus, tenus = hasard[combien:], hasard[:combien]
        essai = entrainer(dense[vus], creux[vus], [etiquettes[i] for i in vus], self._config["c"], self._config["iterations"])
        rang = {nom: i for i, nom in enumerate(essai.etiquettes)}
        juges = [i for i in tenus if etiquettes[i] in rang]
        if not juges:
            return 1.0
        scores = np.log(essai.probabilites(dense[juges], creux[juges]) + 1e-12)
        cible = np.array([rang[etiquettes[i]] for i in juges])
        return min(np.arange(0.5, 2.55, 0.05), key=lambda t: _vraisemblance(scores / t, cible))


def _vraisemblance(scores: np.ndarray, cible: np.ndarray) -> float:
    scores = scores - scores.max(axis=1, keepdims=True)
    log_proba = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -float(log_proba[np.arange(len(cible)), cible].mean())


def _vue(message: Message, creuse: bool) -> Any:
    vecteurs = [f.features for f in message.features if f.attribute == TEXT and f.is_sparse() == creuse]
    if len(vecteurs) != 1:
        raise ValueError(f"Le classifieur attend une vue {'creuse' if creuse else 'dense'} par message, pas {len(vecteurs)} : vérifie config.yml.")
    return vecteurs[0]
