"""The same scenario through each door of the real bot: buttons, the widget's session, plain text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.scenarios import Scenario, jouer
from bot.scenarios.joueur import PORTES

UN_PEU_DE_TOUT = """
  - dit: usinage dijon
    contient: [industrie 21]
    propose: [Demander un séjour]
    retient: {metier: usinage, commune: Dijon}
  - clique: Demander un séjour
    contient: [âge]
  - dit: attends c'est payant ?
    comprend: faq/cout
  - dit: annule tout
    répond: sejour_annule
"""


@pytest.mark.parametrize("canal", PORTES)
def test_un_scenario_se_joue_par_chaque_porte(canal: str, bot_en_marche: str, scenario: Callable[[str], Scenario]) -> None:
    bilan = jouer(scenario(UN_PEU_DE_TOUT.lstrip("\n")), bot_en_marche, canal)
    assert bilan.ok, bilan.difference
    assert len(bilan.durees) == 4
