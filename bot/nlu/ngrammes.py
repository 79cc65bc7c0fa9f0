"""Character and word n-grams of a message, weighted by tf-idf: what survives SMS spelling."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator, Optional

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.nlu.creux import assembler
from bot.nlu.normalisation import TEXTE_NORMALISE

_MOT = re.compile(r"[^\W\d_]+")


def extraire(texte: str, longueurs: range) -> Iterator[str]:
    """Character n-grams inside each word (edges marked by a space), then words and pairs of words."""
    mots = texte.casefold().split()
    for mot in mots:
        yield from _du_mot(mot, longueurs)
    yield from _mots_et_paires(mots)


def _du_mot(mot: str, longueurs: range) -> Iterator[str]:
    borde = f" {mot} "
    for n in longueurs:
        for debut in range(max(1, len(borde) - n + 1)):
            yield borde[debut : debut + n]


def _mots_et_paires(mots: list[str]) -> Iterator[str]:
    for i, mot in enumerate(mots):
        yield f"m:{mot}"
        if i:
            yield f"m:{mots[i - 1]}_{mot}"


@dataclass(frozen=True)
class Vocabulaire:
    """Known n-grams, in columns, with their inverse document frequency. ``lus``: the columns of words met in training, as they come."""

    colonnes: dict[str, int]
    idf: np.ndarray
    longueurs: range
    lus: dict[str, np.ndarray] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def apprendre(cls, textes: list[str], longueurs: range, frequence_minimale: int) -> Vocabulaire:
        presences: Counter[str] = Counter()
        for texte in textes:
            presences.update(set(extraire(texte, longueurs)))
        gardes = sorted(n for n, combien in presences.items() if combien >= frequence_minimale)
        idf = np.array([1.0 + math.log((1 + len(textes)) / (1 + presences[n])) for n in gardes], dtype=np.float32)
        return cls({n: i for i, n in enumerate(gardes)}, idf, longueurs)

    def mots_connus(self, texte: str) -> int:
        """How many words of a text were seen in training: none at all means that it is not French, or not a word."""
        return sum(f"m:{mot}" in self.colonnes for mot in _MOT.findall(texte.casefold()))

    def vecteurs(self, textes: list[str]) -> csr_matrix:
        """Rows of unit length, (len(textes), number of n-grams)."""
        inconnus: dict[str, np.ndarray] = {}  # a clause has words of its message: looked at once
        lignes = [self._ligne(texte, inconnus) for texte in textes]
        bornes = np.cumsum([0, *(len(colonnes) for colonnes, _ in lignes)])
        indices, poids = (np.concatenate([ligne[i] for ligne in lignes]) for i in (0, 1))
        return assembler(poids, indices, bornes, len(self.idf))

    def _ligne(self, texte: str, inconnus: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Columns in order, int32, and their weights, float32."""
        mots = texte.casefold().split()
        toutes = [*(self._colonnes_du_mot(mot, inconnus) for mot in mots), self._connues(_mots_et_paires(mots))]
        colonnes, comptes = _compter(np.concatenate(toutes))
        poids = (1.0 + np.log(comptes)) * self.idf[colonnes]
        return colonnes, (poids / (math.sqrt(poids @ poids) or 1.0)).astype(np.float32)

    def _connues(self, ngrammes: Iterator[str]) -> np.ndarray:
        return np.array([c for c in map(self.colonnes.get, ngrammes) if c is not None], dtype=np.int32)

    def _colonnes_du_mot(self, mot: str, inconnus: dict[str, np.ndarray]) -> np.ndarray:
        trouvees = self.lus.get(mot)
        if trouvees is None:
            trouvees = inconnus.get(mot)
        if trouvees is None:
            trouvees = self._connues(_du_mot(mot, self.longueurs))
            garde = self.lus if f"m:{mot}" in self.colonnes else inconnus  # what only this person types (a name, a number) is not kept
            garde[mot] = trouvees
        return trouvees


def _compter(colonnes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """``np.unique`` with counts, twice as fast on a few hundred."""
    triees = np.sort(colonnes)
    nouvelles = np.ones(len(triees) + 1, bool)
    np.not_equal(triees[1:], triees[:-1], out=nouvelles[1:-1])
    (debuts,) = nouvelles.nonzero()
    return triees[debuts[:-1]], debuts[1:] - debuts[:-1]


MOTS_CONNUS = "mots_connus"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class NgrammesDeCaracteres(SparseFeaturizer, GraphComponent):
    """Sparse sentence features over the raw and the normalised view, side by side."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**SparseFeaturizer.get_default_config(), "de": 2, "a": 5, "frequence_minimale": 3}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        if not 1 <= config["de"] <= config["a"]:
            raise InvalidConfigException(f"NgrammesDeCaracteres : de {config['de']} à {config['a']} lettres ; attendu 1 ≤ de ≤ a dans config.yml.")

    def __init__(
        self, config: dict[str, Any], nom: str, stockage: ModelStorage, ressource: Resource, vocabulaire: Optional[Vocabulaire] = None
    ) -> None:
        super().__init__(nom, config)
        self._config = config
        self._stockage = stockage
        self._ressource = ressource
        self._vocabulaire = vocabulaire

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> NgrammesDeCaracteres:
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any
    ) -> NgrammesDeCaracteres:
        with model_storage.read_from(resource) as dossier:
            colonnes = json.loads((Path(dossier) / "ngrammes.json").read_text())
            idf = np.load(Path(dossier) / "idf.npy")
        vocabulaire = Vocabulaire({n: i for i, n in enumerate(colonnes)}, idf, range(config["de"], config["a"] + 1))
        return cls(config, execution_context.node_name, model_storage, resource, vocabulaire)

    def train(self, training_data: TrainingData) -> Resource:
        textes = [_deux_vues(m) for m in training_data.training_examples if m.get(TEXT)]
        self._vocabulaire = Vocabulaire.apprendre(textes, range(self._config["de"], self._config["a"] + 1), self._config["frequence_minimale"])
        with self._stockage.write_to(self._ressource) as dossier:
            (Path(dossier) / "ngrammes.json").write_text(json.dumps(list(self._vocabulaire.colonnes), ensure_ascii=False))
            np.save(Path(dossier) / "idf.npy", self._vocabulaire.idf)
        return self._ressource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if message.get(TEXT):
                vecteur = self._vocabulaire.vecteurs([_deux_vues(message)])
                message.set(MOTS_CONNUS, self._vocabulaire.mots_connus(_deux_vues(message)))
                message.add_features(Features(vecteur, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages


def _deux_vues(message: Message) -> str:
    brut, normalise = message.get(TEXT), message.get(TEXTE_NORMALISE)
    return brut if not normalise or normalise == brut.casefold() else f"{brut} {normalise}"
