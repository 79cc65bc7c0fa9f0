"""Names of schools in what people write."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from bot.ecoles.nommees import ecoles_nommees


@pytest.mark.parametrize(
    ("texte", "attendue"),
    [
        ("c'est comment la passerelle ?", "edp002"),
        ("la paserelle", "edp002"),
        ("y-fab", "edp006"),
        ("YFAB c'est où", "edp006"),
        ("l'école boisard", "edp060"),
        ("Fask", "edp010"),
        ("fask académy stp", "edp010"),
        ("icam a nantes", "edp030"),
        ("gorge de loup", "edp059"),
        ("l'école st éloi", "edp068"),
        ("O’Tech", "edp050"),
        ("le p'tit plat", "edp073"),
        ("l'école de production de Besançon", "edp017"),
    ],
)
def test_une_ecole_est_reconnue(session: Session, texte: str, attendue: str) -> None:
    assert [ecole.id for ecole in ecoles_nommees(session, texte)] == [attendue]


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "une école de production",
        "les métiers techniques à Nantes",
        "Besançon",
        "une école de production à Besançon",
        "une école à rouen",
        "chaudronnerie à cognac",
        "st eloi",
        "je veux fabriquer mon avenir",
        "gem la meca",
        "hall 32",  # uncertain: not ours to show
        "une formation pour apprendre un métier de production dans l'industrie",
    ],
)
def test_un_mot_courant_ou_une_ville_ne_nomme_pas_une_ecole(session: Session, texte: str) -> None:
    assert ecoles_nommees(session, texte) == ()


def test_un_nom_partage_donne_toutes_ses_ecoles(session: Session) -> None:
    assert len(ecoles_nommees(session, "l'icam")) == 6
    assert len(ecoles_nommees(session, "les établières")) == 2
