"""A small neural network on a dense and a sparse view, in NumPy and SciPy: one hidden layer, several draws, averaged.

Measured better than a linear model on the same two views (docs/mesures.md). NumPy loads back in milliseconds where
scikit-learn through ``skops`` takes 7 s. How it is trained: ``descente.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

ECHELLE = 3.0  # both views are unit vectors: without it the hidden layer starts almost flat


@dataclass(frozen=True)
class Reseau:
    """Weights of one draw: ``creux`` (S, H), ``dense`` (D, H), ``biais`` (H,), ``sortie`` (H, K), ``biais_sortie`` (K,)."""

    creux: np.ndarray
    dense: np.ndarray
    biais: np.ndarray
    sortie: np.ndarray
    biais_sortie: np.ndarray

    def scores(self, dense: np.ndarray, creux: csr_matrix) -> np.ndarray:
        """Only the rows of the n-grams that are there are read: the table stays in half precision in memory."""
        colonnes, compact = colonnes_touchees(creux)
        cache = np.maximum(ECHELLE * (compact @ self.creux[colonnes].astype(np.float32) + dense @ self.dense) + self.biais, 0.0)
        return cache @ self.sortie + self.biais_sortie


@dataclass(frozen=True)
class Classifieur:
    """Draws that vote. ``temperature`` > 0 makes the probability of the best label mean how often it is right."""

    etiquettes: tuple[str, ...]
    reseaux: tuple[Reseau, ...]
    temperature: float = 1.0

    def probabilites(self, dense: np.ndarray, creux: csr_matrix) -> np.ndarray:
        """Probabilities (N, K) for N messages given as ``dense`` (N, D) and ``creux`` (N, S)."""
        scores = sum(reseau.scores(dense, creux) for reseau in self.reseaux) / len(self.reseaux)
        return softmax(scores / self.temperature)

    def enregistrer(self, fichier: Path) -> None:
        """Write ``.npz``; the n-gram weights, by far the largest, in half precision."""
        poids = {f"{champ}{i}": getattr(r, champ) for i, r in enumerate(self.reseaux) for champ in Reseau.__dataclass_fields__}
        poids = {nom: w.astype(np.float16 if nom.startswith("creux") else np.float32) for nom, w in poids.items()}
        np.savez(fichier, etiquettes=np.array(self.etiquettes), temperature=np.array(self.temperature), combien=np.array(len(self.reseaux)), **poids)

    @classmethod
    def charger(cls, fichier: Path) -> Classifieur:
        with np.load(fichier) as lu:
            reseaux = tuple(Reseau(**{c: lu[f"{c}{i}"] for c in Reseau.__dataclass_fields__}) for i in range(int(lu["combien"])))
            return cls(tuple(lu["etiquettes"].tolist()), reseaux, float(lu["temperature"]))


def calibrer(classifieur: Classifieur, dense: np.ndarray, creux: csr_matrix, etiquettes: list[str]) -> Classifieur:
    """Set the temperature on messages that were not learned from; messages with an unknown label are passed over."""
    rang = {nom: i for i, nom in enumerate(classifieur.etiquettes)}
    juges = [i for i, e in enumerate(etiquettes) if e in rang]
    if not juges:
        return classifieur
    scores = np.log(replace(classifieur, temperature=1.0).probabilites(dense[juges], creux[juges]) + 1e-12)
    cible = np.array([rang[etiquettes[i]] for i in juges])

    def vraisemblance(temperature: float) -> float:
        return -float(np.log(softmax(scores / temperature)[np.arange(len(cible)), cible] + 1e-12).mean())

    return replace(classifieur, temperature=float(min(np.arange(0.5, 2.55, 0.05), key=vraisemblance)))


def colonnes_touchees(creux: csr_matrix) -> tuple[np.ndarray, csr_matrix]:
    colonnes, indices = np.unique(creux.indices, return_inverse=True)
    return colonnes, csr_matrix((creux.data.copy(), indices.astype(np.int32), creux.indptr), shape=(creux.shape[0], len(colonnes)))


def softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores - scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores
