"""A search with nothing else in it is no call for help, however it is spelt; one word more and it is read again."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.francais.alertes import au_figure
from bot.nlu.detresse import a_des_mots
from bot.nlu.reperes import reperes


@pytest.mark.parametrize(
    ("texte", "des_mots"),
    [
        ("g 14 ans et jveu fair de la menuizri a never", False),
        ("jai 17 ans", False),
        ("menuiserie a lyon et jveux mourir", True),
        ("je veux faire de la soudure a lyon mais on me frappe", True),
        ("a lyon", True),
        ("j'ai 15 ans aidez moi", True),
    ],
)
def test_ce_qui_reste_sans_l_age_ni_la_recherche(texte: str, des_mots: bool) -> None:
    assert a_des_mots(Message({TEXT: texte, ENTITIES: reperes(texte)})) is des_mots


@pytest.mark.parametrize(
    ("texte", "figure"),
    [
        ("jvais mourir de honte si jme plante lol", True),
        ("on creve de chaud dans cette salle", True),
        ("morte de rire", True),
        ("je veux mourir", False),
        ("je meurs de honte et je veux me tuer", False),
        ("j'ai envie de mourir", False),
    ],
)
def test_une_maniere_de_parler_n_est_pas_un_appel(texte: str, figure: bool) -> None:
    assert au_figure(texte) is figure
