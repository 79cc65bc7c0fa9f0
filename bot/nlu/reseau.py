"""A small neural network on a dense and a sparse view, in NumPy and SciPy: one hidden layer, several draws, averaged.

Measured better than a linear model on the same two views (docs/mesures.md). Trained here rather than with TensorFlow: a batch
touches a few thousand of the n-grams, so updating only these is several times faster, and NumPy loads back in milliseconds
where scikit-learn through ``skops`` takes 7 s. Deterministic: same data and seed, same weights.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

_LOT = 128
_ECHELLE = 3.0  # both views are unit vectors: without it the hidden layer starts almost flat
_BETA1, _BETA2, _EPSILON = 0.9, 0.999, 1e-8


@dataclass(frozen=True)
class Apprentissage:
    """How to train. ``abandon_*`` are dropout rates; ``lissage`` softens the target labels."""

    caches: int = 256
    passages: int = 10
    pas: float = 2e-3
    abandon_entree: float = 0.3
    abandon_cache: float = 0.5
    lissage: float = 0.05


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
        colonnes, compact = _colonnes_touchees(creux)
        cache = np.maximum(_ECHELLE * (compact @ self.creux[colonnes].astype(np.float32) + dense @ self.dense) + self.biais, 0.0)
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
        return _softmax(scores / self.temperature)

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


def entrainer(
    dense: np.ndarray,
    creux: csr_matrix,
    etiquettes: list[str],
    reglages: Apprentissage,
    graines: tuple[int, ...],
) -> Classifieur:
    """Fit one network a seed on N messages: ``dense`` (N, D), ``creux`` (N, S), one label each."""
    noms = tuple(sorted(set(etiquettes)))
    rang = {nom: i for i, nom in enumerate(noms)}
    cible = np.array([rang[e] for e in etiquettes])
    dense, creux = dense.astype(np.float32), creux.astype(np.float32)
    reseaux = tuple(_entrainer_un(dense, creux, cible, len(noms), reglages, np.random.default_rng(graine)) for graine in graines)
    return Classifieur(noms, reseaux)


def calibrer(classifieur: Classifieur, dense: np.ndarray, creux: csr_matrix, etiquettes: list[str]) -> Classifieur:
    """Set the temperature on messages that were not learned from; messages with an unknown label are passed over."""
    rang = {nom: i for i, nom in enumerate(classifieur.etiquettes)}
    juges = [i for i, e in enumerate(etiquettes) if e in rang]
    if not juges:
        return classifieur
    scores = np.log(replace(classifieur, temperature=1.0).probabilites(dense[juges], creux[juges]) + 1e-12)
    cible = np.array([rang[etiquettes[i]] for i in juges])

    def vraisemblance(temperature: float) -> float:
        return -float(np.log(_softmax(scores / temperature)[np.arange(len(cible)), cible] + 1e-12).mean())

    return replace(classifieur, temperature=float(min(np.arange(0.5, 2.55, 0.05), key=vraisemblance)))


def _entrainer_un(dense: np.ndarray, creux: csr_matrix, cible: np.ndarray, k: int, reglages: Apprentissage, hasard: np.random.Generator) -> Reseau:
    d, s, h = dense.shape[1], creux.shape[1], reglages.caches
    poids = [
        (hasard.standard_normal((s, h)) * 0.05).astype(np.float32),
        _glorot(hasard, d, h),
        np.zeros(h, np.float32),
        _glorot(hasard, h, k),
        np.zeros(k, np.float32),
    ]
    adam = _Adam(poids, reglages.pas)
    poids_exemples = _poids_des_exemples(cible, k)
    for _ in range(reglages.passages):
        ordre = hasard.permutation(len(cible))
        for debut in range(0, len(ordre), _LOT):
            lot = ordre[debut : debut + _LOT]
            _pas(poids, adam, dense[lot], creux[lot], cible[lot], poids_exemples[lot], reglages, hasard)
    return Reseau(*poids)


def _pas(
    poids: list[np.ndarray],
    adam: _Adam,
    dense: np.ndarray,
    creux: csr_matrix,
    cible: np.ndarray,
    exemples: np.ndarray,
    reglages: Apprentissage,
    hasard: np.random.Generator,
) -> None:
    """One batch: forward with dropout, backward, and an update of what was touched."""
    colonnes, creux = _colonnes_touchees(creux)
    garde = 1.0 - reglages.abandon_entree
    creux.data *= (hasard.random(creux.nnz, dtype=np.float32) < garde) / np.float32(garde)
    w_creux, w_dense, biais, sortie, biais_sortie = poids
    avant = _ECHELLE * (creux @ w_creux[colonnes] + dense @ w_dense) + biais
    masque = (hasard.random(avant.shape, dtype=np.float32) < 1.0 - reglages.abandon_cache) / np.float32(1.0 - reglages.abandon_cache)
    cache = np.maximum(avant, 0.0) * masque
    proba = _softmax(cache @ sortie + biais_sortie)
    k = proba.shape[1]
    proba -= np.float32(reglages.lissage / k)
    proba[np.arange(len(cible)), cible] -= np.float32(1.0 - reglages.lissage)
    proba *= (exemples / len(cible))[:, None]
    g_cache = (proba @ sortie.T) * masque * (avant > 0.0)
    adam.avancer()
    adam.corriger(3, cache.T @ proba)
    adam.corriger(4, proba.sum(axis=0))
    adam.corriger(2, g_cache.sum(axis=0))
    g_cache *= _ECHELLE
    adam.corriger(1, dense.T @ g_cache)
    adam.corriger(0, np.asarray(creux.T @ g_cache), colonnes)


def _colonnes_touchees(creux: csr_matrix) -> tuple[np.ndarray, csr_matrix]:
    colonnes, indices = np.unique(creux.indices, return_inverse=True)
    return colonnes, csr_matrix((creux.data.copy(), indices, creux.indptr), shape=(creux.shape[0], len(colonnes)))


class _Adam:
    """Adam whose rows sleep while nothing touches them (their moments stay as they are)."""

    def __init__(self, poids: list[np.ndarray], pas: float) -> None:
        self._poids, self._pas, self._t = poids, pas, 0
        self._m = [np.zeros_like(w) for w in poids]
        self._v = [np.zeros_like(w) for w in poids]

    def avancer(self) -> None:
        self._t += 1
        self._taux = np.float32(self._pas * np.sqrt(1 - _BETA2**self._t) / (1 - _BETA1**self._t))

    def corriger(self, i: int, gradient: np.ndarray, lignes: np.ndarray | slice = slice(None)) -> None:
        m = self._m[i][lignes] * np.float32(_BETA1) + gradient * np.float32(1 - _BETA1)
        v = self._v[i][lignes] * np.float32(_BETA2) + gradient * gradient * np.float32(1 - _BETA2)
        self._m[i][lignes], self._v[i][lignes] = m, v
        self._poids[i][lignes] -= self._taux * m / (np.sqrt(v) + np.float32(_EPSILON))


def _glorot(hasard: np.random.Generator, entree: int, sortie: int) -> np.ndarray:
    borne = np.sqrt(6.0 / (entree + sortie))
    return hasard.uniform(-borne, borne, (entree, sortie)).astype(np.float32)


def _poids_des_exemples(cible: np.ndarray, k: int) -> np.ndarray:
    """Softened towards equal classes (square root), so that small talk is not drowned by off-topic. Mean about 1."""
    effectifs = np.bincount(cible, minlength=k).astype(float)
    return ((effectifs.mean() / effectifs) ** 0.5)[cible].astype(np.float32)


def _softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores - scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores
