"""Landmarks that only stand together: a place beside a trade, a trade that nobody knows."""

from __future__ import annotations

import pytest

from bot.nlu.reperes import reperes


def _lus(texte: str) -> dict[str, str]:
    return {e["entity"]: e["value"] for e in reperes(texte) if e["entity"] in ("lieu", "lieu_ambigu", "metier", "metier_inconnu")}


@pytest.mark.parametrize(
    ("texte", "lus"),
    [
        ("usinage never", {"metier": "usinage", "lieu": "commune:58194"}),
        ("g 14 ans et jveu fair de la menuizri a never", {"metier": "menuiserie", "lieu": "commune:58194"}),
        ("menuiserie a bourge", {"metier": "menuiserie", "lieu": "commune:18033"}),
        ("peintre en carosserie nior", {"metier": "carrosserie", "lieu": "commune:79191"}),
        ("chaudronnerie monluson", {"metier": "chaudronnerie", "lieu": "commune:03185"}),
        ("la soudure c'est never", {"metier": "soudure"}),
        ("la soudure mais jai peur", {"metier": "soudure"}),
        ("je veux etre dresseur de dragons a lyon", {"metier_inconnu": "dresseur", "lieu": "commune:69123"}),
        ("je veux pas etre soudeur", {}),
    ],
)
def test_un_lieu_a_cote_d_un_metier(texte: str, lus: dict[str, str]) -> None:
    assert _lus(texte) == lus
