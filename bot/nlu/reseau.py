"""A small neural network on a sparse and a dense view, in NumPy and SciPy: one hidden layer. It reads letters alone, or both.

Measured better than a linear model on the same two views (docs/mesures.md). NumPy loads back in milliseconds where
scikit-learn through ``skops`` takes 7 s. How it is trained: ``descente.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.creux import lire_lignes

_PRESQUE_RIEN = 1e-4
ECHELLE = 3.0  # both views are unit vectors: without it the hidden layer starts almost flat


@dataclass(frozen=True)
class Reseau:
    """Weights of one draw: ``creux`` (S, H), ``dense`` (D, H), ``biais`` (H,), ``sortie`` (H, K), ``biais_sortie`` (K,)."""

    creux: np.ndarray
    dense: np.ndarray
    biais: np.ndarray
    sortie: np.ndarray
    biais_sortie: np.ndarray

    def lettres(self, creux: csr_matrix) -> np.ndarray:
        """What letters (N, S) bring to the hidden layer (N, H)."""
        return lire_lignes(self.creux, creux)

    def scores(self, lettres: np.ndarray, dense: Optional[np.ndarray] = None) -> np.ndarray:
        """Scores (N, K) from ``lettres`` (N, H) alone, or with the sentences' meaning (N, D)."""
        entree = lettres if dense is None else lettres + dense @ self.dense
        return np.maximum(ECHELLE * entree + self.biais, 0.0) @ self.sortie + self.biais_sortie


@dataclass(frozen=True)
class Classifieur:
    """A network that reads letters, or letters and meaning. Each ``temperature`` > 0 makes the probability of the best label mean
    how often it is right."""

    etiquettes: tuple[str, ...]
    reseau: Reseau
    temperature: float = 1.0
    temperature_lettres: float = 1.0

    def lettres(self, creux: csr_matrix) -> np.ndarray:
        """What is worked out once of ``creux`` (N, S), for both ``probabilites``."""
        return self.reseau.lettres(creux)

    def probabilites(self, lettres: np.ndarray, dense: Optional[np.ndarray] = None) -> np.ndarray:
        """Probabilities (N, K) of N messages from ``lettres`` (N, H), with their meaning ``dense`` (N, D) or without."""
        temperature = self.temperature_lettres if dense is None else self.temperature
        return softmax(self.reseau.scores(lettres, dense) / temperature)

    def enregistrer(self, fichier: Path) -> None:
        """Write ``.npz``; the n-gram weights, by far the largest, in half precision."""
        poids = {champ: getattr(self.reseau, champ) for champ in Reseau.__dataclass_fields__}
        poids = {nom: w.astype(np.float16 if nom == "creux" else np.float32) for nom, w in poids.items()}
        temperatures = np.array([self.temperature, self.temperature_lettres])
        np.savez(fichier, etiquettes=np.array(self.etiquettes), temperatures=temperatures, **poids)

    @classmethod
    def charger(cls, fichier: Path) -> Classifieur:
        with np.load(fichier) as lu:
            reseau = Reseau(**{champ: lu[champ].astype(np.float32, copy=False) for champ in Reseau.__dataclass_fields__})
            return cls(tuple(lu["etiquettes"].tolist()), reseau, *map(float, lu["temperatures"]))


def calibrer(classifieur: Classifieur, dense: np.ndarray, creux: csr_matrix, etiquettes: list[str]) -> Classifieur:
    """Set both temperatures on messages that were not learned from; messages with an unknown label are passed over."""
    rang = {nom: i for i, nom in enumerate(classifieur.etiquettes)}
    juges = [i for i, e in enumerate(etiquettes) if e in rang]
    if not juges:
        return classifieur
    cible = np.array([rang[etiquettes[i]] for i in juges])
    lettres = classifieur.lettres(creux[juges])
    avec, sans = (_temperature(classifieur.reseau.scores(lettres, sens), cible) for sens in (dense[juges], None))
    return replace(classifieur, temperature=avec, temperature_lettres=sans)


def _temperature(scores: np.ndarray, cible: np.ndarray) -> float:
    """The one that makes the right labels likeliest."""

    def invraisemblance(temperature: float) -> float:
        return -float(np.log(softmax(scores / temperature)[np.arange(len(cible)), cible] + 1e-12).mean())

    return float(min(np.arange(0.3, 2.55, 0.05), key=invraisemblance))


def peser(entier: np.ndarray, propositions: np.ndarray) -> np.ndarray:
    """Probabilities (K,) of a message, weighed by the mean of those of its clauses (N, K); with fewer than two, as they are."""
    if len(propositions) < 2:
        return entier
    pesees = entier * np.sqrt(propositions.mean(axis=0) + _PRESQUE_RIEN)
    return pesees / pesees.sum()


def softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores - scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores
