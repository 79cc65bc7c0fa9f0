"""Sparse matrices of a few rows, put together without SciPy's checks: they take longer than the products."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

_ENTIER_MAXIMUM = 127
_PRESQUE_RIEN = 1e-12


def assembler(valeurs: np.ndarray, colonnes: np.ndarray, bornes: np.ndarray, largeur: int) -> csr_matrix:
    """The matrix (len(bornes) - 1, largeur) whose row i holds ``valeurs[bornes[i]:bornes[i + 1]]``. Nothing is verified or copied."""
    matrice = csr_matrix.__new__(csr_matrix)
    matrice.maxprint = 0
    matrice._shape = (len(bornes) - 1, largeur)
    matrice.data, matrice.indices, matrice.indptr = valeurs, colonnes.astype(np.int32, copy=False), bornes.astype(np.int32, copy=False)
    return matrice


def empiler(lignes: list[csr_matrix]) -> csr_matrix:
    """Rows of the same width, one under the other."""
    bornes = np.cumsum([0, *(ligne.nnz for ligne in lignes)])
    return assembler(np.concatenate([ligne.data for ligne in lignes]), np.concatenate([ligne.indices for ligne in lignes]), bornes, lignes[0].shape[1])


def colonnes_touchees(creux: csr_matrix) -> tuple[np.ndarray, csr_matrix]:
    """The columns (C,) of ``creux`` (N, S) that are not empty, and what they hold (N, C)."""
    colonnes, indices = np.unique(creux.indices, return_inverse=True)
    return colonnes, assembler(creux.data.copy(), indices, creux.indptr, len(colonnes))


@dataclass(frozen=True)
class Table:
    """A matrix (S, H) of which a few rows are read at a time, a byte a number: row i is ``entiers[i]`` times ``echelles[i]``.

    A quarter of what float32 takes, and a third faster to read: what costs is to fetch the rows.
    """

    entiers: np.ndarray
    echelles: np.ndarray

    @classmethod
    def alleger(cls, table: np.ndarray) -> Table:
        """The nearest to ``table``, float32."""
        echelles = np.maximum(np.abs(table).max(axis=1), _PRESQUE_RIEN).astype(np.float32) / _ENTIER_MAXIMUM
        return cls(np.rint(table / echelles[:, None]).astype(np.int8), echelles)

    def lire(self, creux: csr_matrix) -> np.ndarray:
        """``creux @ table``, (N, S) by (S, H), float32."""
        lus, bornes = np.empty((creux.shape[0], self.entiers.shape[1]), np.float32), creux.indptr.tolist()
        for i, (debut, fin) in enumerate(zip(bornes, bornes[1:])):
            colonnes = creux.indices[debut:fin]
            np.dot(creux.data[debut:fin] * self.echelles.take(colonnes), self.entiers.take(colonnes, axis=0).astype(np.float32), out=lus[i])
        return lus

    def enregistrer(self, fichier: Path) -> None:
        np.savez(fichier, entiers=self.entiers, echelles=self.echelles)

    @classmethod
    def charger(cls, fichier: Path) -> Table:
        with np.load(fichier) as lu:
            return cls(lu["entiers"], lu["echelles"])
