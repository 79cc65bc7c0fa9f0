"""Which subject is it? Two small networks on the letters of the message (sparse), and on its meaning (dense) where they leave a doubt.

Three messages in four are told by their letters, and the same label then comes out with their meaning (docs/mesures.md); the
encoder, half of a message's time, is run for the others.
"""

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
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.nlu.creux import empiler
from bot.nlu.decoupe import PROPOSITIONS
from bot.nlu.descente import Apprentissage
from bot.nlu.ecoute import Ecoute, apprendre
from bot.nlu.encodeur import Sens
from bot.nlu.ngrammes import MOTS_CONNUS
from bot.nlu.plusieurs import Paire, juger
from bot.nlu.reseau import peser

CLASSEMENT = "intent_ranking"
PROBABILITES = "probabilites"
PAIRES = "paires"  # of clauses, each with the likelihood that both ask something
_RANGS_MONTRES = 5
# What the clauses of a message count for in it: for its subject, and for what the pairs of ``plusieurs.py`` are fitted on.
PART_POUR_DECIDER, PART_POUR_COMPARER = 0.25, 0.5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ClassifieurNeuronal(IntentClassifier, GraphComponent):
    """Writes the probability of every label; the decision is taken later, with the conversation in view.

    ``sur``: from this probability on, letters are enough, except where they leave ``detresse_possible`` to distress, or leave two
    questions neither unlikely nor certain (``deux_possibles``: from, to).
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        apprentissage = {"caches": 256, "caches_veille": 32, "passages": 12, "abandon_entree": 0.5, "abandon_sens": 0.4}
        return {**apprentissage, "graine": 2026, "part_de_calibrage": 0.02, "sur": 0.85, "detresse_possible": 0.3, "deux_possibles": (0.3, 0.8)}

    def __init__(self, config: dict[str, Any], stockage: ModelStorage, ressource: Resource, modele: Optional[Ecoute] = None) -> None:
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
            modele = Ecoute.charger(Path(dossier))
        return cls(config, model_storage, resource, modele)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all messages but one in fifty, drawn once, which only set the temperatures."""
        messages = [m for m in training_data.intent_examples if m.get(TEXT)]
        creux, dense = _lettres(messages), Sens.lire([_vue(m, creuse=False) for m in messages])
        etiquettes = [m.get_full_intent() for m in messages]
        hasard = np.random.default_rng(self._config["graine"]).permutation(len(etiquettes))
        combien = int(len(etiquettes) * self._config["part_de_calibrage"])
        tenus, vus = hasard[:combien], hasard[combien:]
        reglages = Apprentissage(**{nom: self._config[nom] for nom in ("caches", "passages", "abandon_entree", "abandon_sens")})
        ecoute = apprendre(dense[vus], creux[vus], [etiquettes[i] for i in vus], reglages, self._config["caches_veille"], self._config["graine"])
        self._modele = ecoute.calibre(dense[tenus], creux[tenus], [etiquettes[i] for i in tenus])
        with self._stockage.write_to(self._ressource) as dossier:
            self._modele.enregistrer(Path(dossier))
        return self._ressource

    def process(self, messages: list[Message]) -> list[Message]:
        parlants = [m for m in messages if m.get(TEXT)]
        if not parlants:
            return messages
        lettres = self._modele.lettres(_lettres(parlants))
        probabilites = self._modele.probabilites(lettres)
        groupes = _groupes(parlants)
        jugees = {groupe.start: self._juger(parlants[groupe], probabilites[groupe]) for groupe in groupes}
        doutes = {groupe.start: self._doutes(parlants, probabilites, groupe, jugees[groupe.start]) for groupe in groupes}
        if a_lire := [i for siens in doutes.values() for i in siens]:
            sens = Sens.lire([_vue(parlants[i], creuse=False) for i in a_lire])
            probabilites[a_lire] = self._modele.probabilites(lettres[a_lire], sens)
            for groupe in (g for g in groupes if doutes[g.start]):
                jugees[groupe.start] = self._juger(parlants[groupe], probabilites[groupe])
                probabilites[groupe.start] = peser(probabilites[groupe.start], probabilites[groupe.start + 1 : groupe.stop], PART_POUR_DECIDER)
        for i, (message, proba) in enumerate(zip(parlants, probabilites)):
            ordre = np.argsort(-proba, kind="stable")[:_RANGS_MONTRES]
            classement = [{"name": self._modele.etiquettes[i], "confidence": round(float(proba[i]), 4)} for i in ordre]
            message.set(PROBABILITES, self._par_nom(proba))
            message.set(PAIRES, jugees.get(i, []))
            message.set(CLASSEMENT, classement, add_to_output=True)
            message.set(INTENT, classement[0], add_to_output=True)
        return messages

    def _doutes(self, messages: list[Message], probabilites: np.ndarray, groupe: slice, jugees: list[tuple[Paire, float]]) -> list[int]:
        """Whose meaning must be read, of a message and its clauses: the message when its letters do not settle it, or when it has no known
        word; what sounds like distress; and all, when it may be two questions or one."""
        siennes = probabilites[groupe]
        inquiets = siennes[:, self._modele.detresses].sum(axis=1) >= self._config["detresse_possible"]
        flou = siennes[0].max() < self._config["sur"] or messages[groupe.start].get(MOTS_CONNUS) == 0
        une, deux = self._config["deux_possibles"]
        hesite = une <= max((p for _, p in jugees), default=0.0) < deux
        return [groupe.start + i for i in range(len(siennes)) if hesite or inquiets[i] or (flou and i == 0)]

    def _juger(self, messages: list[Message], probabilites: np.ndarray) -> list[tuple[Paire, float]]:
        """The pairs of clauses of a message: it stands first, then come its clauses, with their ``probabilites`` (N, K)."""
        if len(messages) < 3:
            return []
        propositions = [(m.get(TEXT), self._par_nom(p)) for m, p in zip(messages[1:], probabilites[1:])]
        return juger(messages[0].get(TEXT), self._par_nom(peser(probabilites[0], probabilites[1:], PART_POUR_COMPARER)), propositions)

    def _par_nom(self, probabilites: np.ndarray) -> dict[str, float]:
        return dict(zip(self._modele.etiquettes, probabilites.tolist()))


def _groupes(messages: list[Message]) -> list[slice]:
    """Where each message stands with its clauses, which follow it."""
    groupes, debut = [], 0
    while debut < len(messages):
        groupes.append(slice(debut, debut + 1 + (messages[debut].get(PROPOSITIONS) or 0)))
        debut = groupes[-1].stop
    return groupes


def _lettres(messages: list[Message]) -> csr_matrix:
    return empiler([_vue(m, creuse=True).features for m in messages])


def _vue(message: Message, creuse: bool) -> Features:
    vues = [v for v in message.features if v.attribute == TEXT and v.is_sparse() == creuse]
    if len(vues) != 1:
        raise ValueError(f"Le classifieur attend une vue {'creuse' if creuse else 'dense'} par message, pas {len(vues)} : vérifie config.yml.")
    return vues[0]
