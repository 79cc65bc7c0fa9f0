"""Matrices put together without checks are the ones that SciPy makes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, random, vstack

from bot.nlu.creux import Table, assembler, colonnes_touchees, empiler


def test_les_matrices_sont_celles_de_scipy() -> None:
    lignes = [csr_matrix(random(1, 500, 0.05, "csr", np.float32, np.random.default_rng(i))) for i in range(5)] + [csr_matrix((1, 500), dtype=np.float32)]
    attendue, poids = vstack(lignes).tocsr(), np.random.default_rng(9).random((500, 7), dtype=np.float32)
    pile = empiler(lignes)
    assert pile.shape == attendue.shape and (pile != attendue).nnz == 0
    assert np.array_equal(pile @ poids, attendue @ poids) and np.array_equal(pile[[1, 5]].toarray(), attendue[[1, 5]].toarray())
    refaite = assembler(attendue.data, attendue.indices, attendue.indptr, 500)
    refaite.check_format(full_check=True)
    colonnes, compact = colonnes_touchees(pile)
    compact.check_format(full_check=True)
    assert np.array_equal(compact.toarray(), attendue.toarray()[:, colonnes])
    assert np.allclose(compact @ poids[colonnes], attendue @ poids)


def test_une_table_allegee_se_lit_comme_l_entiere(tmp_path: Path) -> None:
    poids = np.random.default_rng(9).standard_normal((500, 7), dtype=np.float32)
    poids[3] = 0
    creux = csr_matrix(random(20, 500, 0.2, "csr", np.float32, np.random.default_rng(1)))
    table = Table.alleger(poids)
    assert np.allclose(table.lire(creux), creux @ poids, atol=0.2) and np.abs(creux @ poids).max() > 10
    table.enregistrer(tmp_path / "table.npz")
    assert np.array_equal(Table.charger(tmp_path / "table.npz").lire(creux), table.lire(creux))
