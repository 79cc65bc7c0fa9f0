"""Multinomial logistic regression on a dense and a sparse view, in NumPy and SciPy.

scikit-learn's own would do, but loading it back goes through ``skops`` (7 s of start-up) and it treats 512 dense columns as
sparse ones. The two views are kept apart here; training is deterministic (full-batch L-BFGS from zero).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class ModeleLineaire:
    """Weights: ``dense`` (D, K), ``creux`` (S, K), ``biais`` (K,); ``temperature`` > 0 calibrates probabilities."""

    etiquettes: tuple[str, ...]
    dense: np.ndarray
    creux: np.ndarray
    biais: np.ndarray
    temperature: float = 1.0

    def probabilites(self, dense: np.ndarray, creux: csr_matrix) -> np.ndarray:
        """Probabilities (N, K) for N messages given as ``dense`` (N, D) and ``creux`` (N, S)."""
        scores = dense @ self.dense + creux @ self.creux + self.biais
        return _softmax(scores / self.temperature)

    def enregistrer(self, fichier: Path) -> None:
        np.savez(
            fichier,
            etiquettes=np.array(self.etiquettes),
            dense=self.dense.astype(np.float32),
            creux=self.creux.astype(np.float16),
            biais=self.biais.astype(np.float32),
            temperature=np.array(self.temperature),
        )

    @classmethod
    def charger(cls, fichier: Path) -> ModeleLineaire:
        with np.load(fichier) as lu:
            return cls(
                tuple(lu["etiquettes"].tolist()),
                lu["dense"],
                lu["creux"].astype(np.float32),
                lu["biais"],
                float(lu["temperature"]),
            )


def entrainer(dense: np.ndarray, creux: csr_matrix, etiquettes: list[str], c: float, iterations: int = 60) -> ModeleLineaire:
    """Fit on N messages: ``dense`` (N, D), ``creux`` (N, S), one label each. ``c`` is the inverse of the L2 penalty."""
    noms = tuple(sorted(set(etiquettes)))
    rang = {nom: i for i, nom in enumerate(noms)}
    cible = np.array([rang[e] for e in etiquettes])
    poids = _poids_des_exemples(cible, len(noms))
    d, s, k = dense.shape[1], creux.shape[1], len(noms)
    dense, creux = dense.astype(np.float32), creux.astype(np.float32)
    transposee = creux.T.tocsr()
    penalite = 1.0 / (c * len(cible))

    def perte(theta: np.ndarray) -> tuple[float, np.ndarray]:
        w = theta.astype(np.float32).reshape(d + s + 1, k)
        proba = _softmax(dense @ w[:d] + creux @ w[d:-1] + w[-1])
        vraisemblance = -float(np.sum(poids * np.log(proba[np.arange(len(cible)), cible] + 1e-12)))
        proba[np.arange(len(cible)), cible] -= 1.0
        proba *= poids[:, None]
        gradient = np.vstack([dense.T @ proba, transposee @ proba, proba.sum(axis=0, keepdims=True)])
        gradient[:-1] += penalite * w[:-1]
        valeur = vraisemblance + 0.5 * penalite * float(np.sum(w[:-1] ** 2))
        return valeur, gradient.ravel().astype(np.float64)

    depart = np.zeros((d + s + 1) * k)
    solution = minimize(perte, depart, jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 6, "gtol": 1e-6})
    w = solution.x.astype(np.float32).reshape(d + s + 1, k)
    return ModeleLineaire(noms, w[:d], w[d:-1], w[-1])


def _poids_des_exemples(cible: np.ndarray, k: int) -> np.ndarray:
    """Each example weighs 1/N, softened towards equal classes (square root), so that small talk is not drowned by off-topic."""
    effectifs = np.bincount(cible, minlength=k).astype(float)
    poids = (effectifs.mean() / effectifs) ** 0.5
    brut = poids[cible]
    return (brut / brut.sum()).astype(np.float32)


def _softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores - scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores
