"""The examples nearest to a message, when its letters leave a doubt: they know what no network has kept.

A network draws borders between subjects; an example that says nearly the same thing is worth more than a border, above all where few
say it so. Mixed with the networks, they take away a fifth of their mistakes (docs/mesures.md). Only examples of the subjects that the
networks find likeliest are looked at: a twentieth of the work, and the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

import numpy as np

AXES_LETTRES, AXES_SENS = 64, 64  # directions in which the examples differ most; more of them do not pay
_SUJETS = 5
_COMBIEN = 16
_FLOU = 0.1  # how much nearer an example must be to weigh e times more
_PART = 0.35
_LOT = 4096


@dataclass(frozen=True)
class Projection:
    """Unit vectors (N, A) from what is read of N texts (N, V)."""

    moyenne: np.ndarray
    axes: np.ndarray

    @classmethod
    def apprendre(cls, lus: np.ndarray, axes: int) -> Projection:
        moyenne = lus.mean(axis=0)
        covariance = sum((lot - moyenne).T @ (lot - moyenne) for lot in np.array_split(lus, 1 + len(lus) // _LOT))
        return cls(moyenne, np.ascontiguousarray(np.linalg.eigh(covariance)[1][:, : -axes - 1 : -1]))

    def __call__(self, lus: np.ndarray) -> np.ndarray:
        vecteurs = (lus - self.moyenne) @ self.axes
        return vecteurs / np.maximum(np.linalg.norm(vecteurs, axis=1, keepdims=True), 1e-9)


@dataclass(frozen=True)
class Voisins:
    """``vecteurs`` (N, A) of the examples, those of label ``i`` from ``bornes[i]`` to ``bornes[i + 1]``: letters, then meaning."""

    lettres: Projection
    sens: Projection
    vecteurs: np.ndarray
    bornes: np.ndarray

    @classmethod
    def apprendre(cls, lettres: np.ndarray, dense: np.ndarray, etiquettes: Sequence[str], toutes: Sequence[str]) -> Voisins:
        """From what letters bring (N, H) and the meaning (N, D) of N examples; ``toutes`` are the labels in the order of the network."""
        rang = {nom: i for i, nom in enumerate(toutes)}
        rangs = np.array([rang[nom] for nom in etiquettes])
        ordre = np.argsort(rangs, kind="stable")
        projections = Projection.apprendre(lettres, AXES_LETTRES), Projection.apprendre(dense, AXES_SENS)
        vecteurs = np.hstack([projections[0](lettres[ordre]), projections[1](dense[ordre])]).astype(np.float32)
        return cls(*projections, vecteurs, np.searchsorted(rangs[ordre], np.arange(len(toutes) + 1)))

    def entendre(self, probabilites: np.ndarray, lettres: np.ndarray, dense: np.ndarray) -> np.ndarray:
        """What the networks believe (N, K), and the labels of the nearest examples, weighed by how near they are."""
        vecteurs = np.hstack([self.lettres(lettres), self.sens(dense)]).astype(np.float32, copy=False)
        avis = np.zeros_like(probabilites)
        for i, sujets in enumerate(np.argsort(-probabilites, axis=1, kind="stable")[:, :_SUJETS]):
            blocs = [slice(self.bornes[s], self.bornes[s + 1]) for s in sujets]
            proximites = np.concatenate([self.vecteurs[bloc] @ vecteurs[i] for bloc in blocs])
            proches = np.argpartition(-proximites, min(_COMBIEN, len(proximites) - 1))[:_COMBIEN]
            poids = np.exp((proximites[proches] - proximites[proches].max()) / _FLOU)
            de_qui = np.repeat(sujets, [bloc.stop - bloc.start for bloc in blocs])[proches]
            avis[i] = np.bincount(de_qui, poids / poids.sum(), avis.shape[1])
        return (1 - _PART) * probabilites + _PART * avis

    def enregistrer(self, fichier: Path) -> None:
        champs = {f"{nom}_{champ}": getattr(getattr(self, nom), champ) for nom in ("lettres", "sens") for champ in ("moyenne", "axes")}
        np.savez(fichier, vecteurs=self.vecteurs, bornes=self.bornes, **champs)

    @classmethod
    def charger(cls, fichier: Path) -> Voisins:
        with np.load(fichier) as lu:
            projections = (Projection(lu[f"{nom}_moyenne"], lu[f"{nom}_axes"]) for nom in ("lettres", "sens"))
            return cls(*projections, lu["vecteurs"], lu["bornes"])
