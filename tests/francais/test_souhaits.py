"""A trade wished for that no lexicon knows is seen; a wish that is no trade is not."""

import pytest

from bot.francais.lieux import Gazetteer
from bot.francais.metiers import metier_inconnu


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        ("je veux etre dresseur de dragons", "dresseur"),
        ("jveux devenir astronaute", "astronaute"),
        ("une formation de plongeur", "plongeur"),
        ("le métier de zoologiste", "zoologiste"),
        ("je veux être acceptée", None),
        ("peut on etre interne", None),
        ("je veux devenir quelqu'un", None),
        ("je veux être payé", None),
        ("une formation en alternence", None),
        ("une ecole qui me plait", None),
    ],
)
def test_un_metier_souhaite_et_inconnu_est_vu(gazetteer: Gazetteer, texte: str, dit: str | None) -> None:
    trouve = metier_inconnu(texte, gazetteer.est_un_mot)
    assert (texte[slice(*trouve)] if trouve else None) == dit


def test_apres_la_question_un_nom_de_metier_suffit(gazetteer: Gazetteer) -> None:
    assert metier_inconnu("astronaute", gazetteer.est_un_mot) is None
    assert metier_inconnu("astronaute", gazetteer.est_un_mot, repond=True) == (0, 10)
