"""A small neural network on a sparse and a dense view, in NumPy and SciPy: one hidden layer. It reads letters alone, or both.

Measured better than a linear model on the same two views (docs/mesures.md). NumPy loads back in milliseconds where
scikit-learn through ``skops`` takes 7 s. How it is trained: ``descente.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional

import numpy as np

_PRESQUE_RIEN = 1e-4
_SANS_LETTRES = ("dense", "biais", "sortie", "biais_sortie")
ECHELLE = 3.0  # both views are unit vectors: without it the hidden layer starts almost flat


@dataclass(frozen=True)
class Reseau:
    """Weights of one draw: ``creux`` (S, H), ``dense`` (D, H), ``biais`` (H,), ``sortie`` (H, K), ``biais_sortie`` (K,).

    ``creux`` is None once it is in a ``Table``, apart: by far the largest, and read a few rows at a time.
    """

    creux: Optional[np.ndarray]
    dense: np.ndarray
    biais: np.ndarray
    sortie: np.ndarray
    biais_sortie: np.ndarray

    def scores(self, lettres: np.ndarray, dense: Optional[np.ndarray] = None) -> np.ndarray:
        """Scores (N, K) from what letters bring to the hidden layer, ``lettres`` (N, H), alone or with the sentences' meaning (N, D)."""
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

    def probabilites(self, lettres: np.ndarray, dense: Optional[np.ndarray] = None) -> np.ndarray:
        """Probabilities (N, K) of N messages from ``lettres`` (N, H), with their meaning ``dense`` (N, D) or without."""
        temperature = self.temperature_lettres if dense is None else self.temperature
        return softmax(self.reseau.scores(lettres, dense) / temperature)

    def enregistrer(self, fichier: Path) -> None:
        """Write ``.npz``, but for ``creux``."""
        poids = {champ: getattr(self.reseau, champ).astype(np.float32) for champ in _SANS_LETTRES}
        np.savez(fichier, etiquettes=np.array(self.etiquettes), temperatures=np.array([self.temperature, self.temperature_lettres]), **poids)

    @classmethod
    def charger(cls, fichier: Path) -> Classifieur:
        with np.load(fichier) as lu:
            reseau = Reseau(creux=None, **{champ: lu[champ] for champ in _SANS_LETTRES})
            return cls(tuple(lu["etiquettes"].tolist()), reseau, *map(float, lu["temperatures"]))


def calibrer(classifieur: Classifieur, lettres: np.ndarray, dense: np.ndarray, etiquettes: list[str]) -> Classifieur:
    """Set both temperatures on N messages that were not learned from (``lettres`` (N, H), ``dense`` (N, D)); messages with an unknown
    label are passed over."""
    rang = {nom: i for i, nom in enumerate(classifieur.etiquettes)}
    juges = [i for i, e in enumerate(etiquettes) if e in rang]
    if not juges:
        return classifieur
    cible = np.array([rang[etiquettes[i]] for i in juges])
    avec, sans = (_temperature(classifieur.reseau.scores(lettres[juges], sens), cible) for sens in (dense[juges], None))
    return replace(classifieur, temperature=avec, temperature_lettres=sans)


def _temperature(scores: np.ndarray, cible: np.ndarray) -> float:
    """The one that makes the right labels likeliest."""

    def invraisemblance(temperature: float) -> float:
        return -float(np.log(softmax(scores / temperature)[np.arange(len(cible)), cible] + 1e-12).mean())

    return float(min(np.arange(0.3, 2.55, 0.05), key=invraisemblance))


def peser(entier: np.ndarray, propositions: np.ndarray, part: float) -> np.ndarray:
    """Probabilities (K,) of a message, weighed by the mean of those of its clauses (N, K) to the power ``part``: a story is also what its
    sentences say one by one. With fewer than two, as they are."""
    if len(propositions) < 2:
        return entier
    pesees = entier * (propositions.mean(axis=0) + _PRESQUE_RIEN) ** part
    return pesees / pesees.sum()


def softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores - scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores
