"""Fed up with school: said in many ways, and not of anything else."""

from __future__ import annotations

import pytest

from bot.francais.lassitude import las_de_l_ecole


@pytest.mark.parametrize("texte", ["ça me gonfle l'école", "jen ai marre des cours", "le collège me saoule", "je suis nul en maths", "les cours ça m'ennuie", "jme fais chier en cours", "jen ai plein le cul des cours"])
def test_las(texte: str) -> None:
    assert las_de_l_ecole(texte)


@pytest.mark.parametrize("texte", ["ça me gonfle", "tu me saoules", "mdr l'école", "j'aime bien mon lycée", "trop cool vos écoles"])
def test_pas_las(texte: str) -> None:
    assert not las_de_l_ecole(texte)
