"""The nearest examples have their say, and are found again as they were kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.voisins import Voisins

ETIQUETTES = ("faq/cout", "faq/internat", "hors_sujet")


@pytest.fixture(scope="module")
def exemples() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Ninety examples, thirty around each of three directions, in letters (20) and in meaning (16)."""
    hasard = np.random.default_rng(1)
    lettres, sens = hasard.normal(size=(3, 20)), hasard.normal(size=(3, 16))
    rangs = np.tile([0, 1, 2], 30)
    return lettres[rangs] + hasard.normal(0, 0.2, (90, 20)), sens[rangs] + hasard.normal(0, 0.2, (90, 16)), [ETIQUETTES[r] for r in rangs]


def test_un_doute_se_leve_du_cote_des_exemples_les_plus_proches(exemples: tuple[np.ndarray, np.ndarray, list[str]]) -> None:
    lettres, sens, etiquettes = exemples
    voisins = Voisins.apprendre(lettres, sens, etiquettes, ETIQUETTES)
    doute = np.tile([0.4, 0.35, 0.25], (90, 1))
    entendus = voisins.entendre(doute, lettres, sens)
    assert entendus.sum(axis=1) == pytest.approx(np.ones(90))
    assert [ETIQUETTES[r] for r in entendus.argmax(axis=1)] == etiquettes
    sur = voisins.entendre(np.tile([0.97, 0.02, 0.01], (90, 1)), lettres, sens)
    assert set(sur.argmax(axis=1)) == {0}  # what the networks are sure of stays


def test_des_voisins_gardes_disent_la_meme_chose(exemples: tuple[np.ndarray, np.ndarray, list[str]], tmp_path: Path) -> None:
    lettres, sens, etiquettes = exemples
    voisins = Voisins.apprendre(lettres, sens, etiquettes, ETIQUETTES)
    voisins.enregistrer(tmp_path / "voisins.npz")
    relus = Voisins.charger(tmp_path / "voisins.npz")
    doute = np.full((90, 3), 1 / 3)
    assert np.array_equal(relus.entendre(doute, lettres, sens), voisins.entendre(doute, lettres, sens))
