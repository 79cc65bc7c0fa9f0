"""How the network of ``reseau.py`` learns: here rather than with TensorFlow, because a batch touches a few thousand of the
n-grams, and updating only these is several times faster. Deterministic: same data and seed, same weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.creux import colonnes_touchees
from bot.nlu.reseau import ECHELLE, Classifieur, Reseau, softmax

_LOT = 256
_TRANCHE = 256  # rows of the table of n-grams corrected at a time
_BETA1, _BETA2, _EPSILON = 0.9, 0.999, 1e-8


@dataclass(frozen=True)
class Apprentissage:
    """How to train. ``abandon_*`` are dropout rates; ``lissage`` softens the target labels.

    ``abandon_sens`` drops the whole dense view of an example: the same network then also reads letters alone.
    """

    caches: int = 256
    passages: int = 12
    pas: float = 3e-3
    abandon_entree: float = 0.5
    abandon_sens: float = 0.4
    abandon_cache: float = 0.5
    lissage: float = 0.05


def entrainer(
    dense: np.ndarray,
    creux: csr_matrix,
    etiquettes: list[str],
    reglages: Apprentissage,
    graine: int,
) -> Classifieur:
    """Fit the network on N messages: ``dense`` (N, D), ``creux`` (N, S), one label each."""
    noms = tuple(sorted(set(etiquettes)))
    rang = {nom: i for i, nom in enumerate(noms)}
    cible = np.array([rang[e] for e in etiquettes])
    dense, creux = dense.astype(np.float32), creux.astype(np.float32)
    return Classifieur(noms, _descendre(dense, creux, cible, len(noms), reglages, np.random.default_rng(graine)))


def _descendre(dense: np.ndarray, creux: csr_matrix, cible: np.ndarray, k: int, reglages: Apprentissage, hasard: np.random.Generator) -> Reseau:
    d, s, h = dense.shape[1], creux.shape[1], reglages.caches
    poids = [
        hasard.standard_normal((s, h), dtype=np.float32) * np.float32(0.05),
        _glorot(hasard, d, h),
        np.zeros(h, np.float32),
        _glorot(hasard, h, k),
        np.zeros(k, np.float32),
    ]
    adam = _Adam(poids, reglages.pas, reglages.passages * -(-len(cible) // _LOT))
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
    colonnes, creux = colonnes_touchees(creux)
    garde = 1.0 - reglages.abandon_entree
    creux.data *= (hasard.random(creux.nnz, dtype=np.float32) < garde) * np.float32(ECHELLE / garde)
    _, w_dense, biais, sortie, biais_sortie = poids
    touchees = poids[0][colonnes]
    dense = dense * ((hasard.random(len(dense)) >= reglages.abandon_sens) * np.float32(ECHELLE))[:, None]
    avant = creux @ touchees
    avant += dense @ w_dense
    avant += biais
    masque = (hasard.random(avant.shape, dtype=np.float32) < 1.0 - reglages.abandon_cache) / np.float32(1.0 - reglages.abandon_cache)
    masque *= avant > 0.0
    cache = avant * masque
    proba = softmax(cache @ sortie + biais_sortie)
    k = proba.shape[1]
    proba -= np.float32(reglages.lissage / k)
    proba[np.arange(len(cible)), cible] -= np.float32(1.0 - reglages.lissage)
    proba *= (exemples / len(cible))[:, None]
    g_cache = (proba @ sortie.T) * masque
    adam.avancer()
    for i, gradient in ((3, cache.T @ proba), (4, proba.sum(axis=0)), (2, g_cache.sum(axis=0)), (1, dense.T @ g_cache)):
        adam.corriger(i, gradient)
    adam.corriger_lignes(colonnes, touchees, creux.T.tocsr(), g_cache)


class _Adam:
    """Adam with a step that shrinks to nothing. The table of n-grams, ``poids[0]``, has one second moment a row, and its rows sleep
    while nothing touches them: a third less to read and write, measured as good."""

    def __init__(self, poids: list[np.ndarray], pas: float, pas_prevus: int) -> None:
        self._poids, self._pas, self._prevus, self._t = poids, pas, pas_prevus, 0
        self._m = [np.zeros_like(w) for w in poids]
        self._v = [np.zeros(len(poids[0]), np.float32), *(np.zeros_like(w) for w in poids[1:])]

    def avancer(self) -> None:
        self._t += 1
        pas = self._pas * (1 - self._t / (self._prevus + 1))
        self._taux = np.float32(pas * np.sqrt(1 - _BETA2**self._t) / (1 - _BETA1**self._t))

    def corriger(self, i: int, gradient: np.ndarray) -> None:
        m, v = self._m[i], self._v[i]
        m *= np.float32(_BETA1)
        m += gradient * np.float32(1 - _BETA1)
        v *= np.float32(_BETA2)
        v += gradient * gradient * np.float32(1 - _BETA2)
        self._poids[i] -= self._taux * m / (np.sqrt(v) + np.float32(_EPSILON))

    def corriger_lignes(self, lignes: np.ndarray, valeurs: np.ndarray, creux: csr_matrix, g_cache: np.ndarray) -> None:
        """Rows ``lignes`` of the table, whose ``valeurs`` are at hand; their gradient is ``creux @ g_cache``. By slices that stay in the cache."""
        m_table, v_table, table = self._m[0], self._v[0], self._poids[0]
        for debut in range(0, len(lignes), _TRANCHE):
            ici = lignes[debut : debut + _TRANCHE]
            gradient = creux[debut : debut + _TRANCHE] @ g_cache
            v = v_table[ici] * np.float32(_BETA2) + np.einsum("ij,ij->i", gradient, gradient) * np.float32((1 - _BETA2) / gradient.shape[1])
            v_table[ici] = v
            gradient *= np.float32(1 - _BETA1)
            m = m_table[ici]
            m *= np.float32(_BETA1)
            m += gradient
            m_table[ici] = m
            m *= (self._taux / (np.sqrt(v) + np.float32(_EPSILON)))[:, None]
            table[ici] = valeurs[debut : debut + _TRANCHE] - m


def _glorot(hasard: np.random.Generator, entree: int, sortie: int) -> np.ndarray:
    borne = np.sqrt(6.0 / (entree + sortie))
    return hasard.uniform(-borne, borne, (entree, sortie)).astype(np.float32)


def _poids_des_exemples(cible: np.ndarray, k: int) -> np.ndarray:
    """Softened towards equal classes (square root), so that small talk is not drowned by off-topic. Mean about 1."""
    effectifs = np.bincount(cible, minlength=k).astype(float)
    return ((effectifs.mean() / effectifs) ** 0.5)[cible].astype(np.float32)
