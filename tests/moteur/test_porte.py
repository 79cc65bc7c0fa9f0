"""The gate: payloads only when offered, everything else is words."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import BotUttered, UserUttered

from bot.moteur.porte import LONGUEUR_MAXIMALE, passer

PROPOSE = [
    UserUttered("bonjour"),
    BotUttered(
        "Que veux-tu ?", {"buttons": [{"title": "Le prix", "payload": "/faq/cout"}, {"title": "1. Lyon", "payload": '/choisir{"ecole": "edp001"}'}]}
    ),
]


@pytest.mark.parametrize("charge", ["/restart", "/session_start", "/faq/cout", '/affirmer{"sejour_consentement": true}', "/", "//faq/cout"])
def test_une_charge_jamais_proposee_est_du_texte(charge: str) -> None:
    passage = passer(charge, [UserUttered("bonjour"), BotUttered("Bonjour")])
    assert passage.lecture is None or passage.lecture["intent"]["name"] == "que_du_bruit"
    assert not passage.texte.startswith("/") or passage.texte == "/"


@pytest.mark.parametrize("tape", ["/faq/cout", "Le prix", "le prix"])
def test_un_bouton_propose_vaut_sa_charge(tape: str) -> None:
    passage = passer(tape, PROPOSE)
    assert passage.lecture["questions"][0]["nom"] == "faq/cout"


def test_un_bouton_d_il_y_a_deux_tours_ne_vaut_plus() -> None:
    assert passer("/faq/cout", [*PROPOSE, UserUttered("autre chose"), BotUttered("D'accord")]).lecture is None


def test_la_charge_apporte_ses_entites() -> None:
    lecture = passer('/choisir{"ecole": "edp001"}', PROPOSE).lecture
    assert lecture["entities"] == [{"entity": "ecole", "value": "edp001"}]


@pytest.mark.parametrize(
    "texte, intention",
    [
        ("", "message_vide"),
        ("   \n ", "message_vide"),
        (None, "message_vide"),
        ("x" * (LONGUEUR_MAXIMALE + 1), "message_trop_long"),
        ("😀😀", "que_du_bruit"),
        ("<b></b>", "message_vide"),
    ],
)
def test_ce_qui_n_est_pas_une_phrase(texte: str | None, intention: str) -> None:
    assert passer(texte, []).lecture["intent"]["name"] == intention


def test_le_html_est_retire_et_le_texte_reste() -> None:
    assert passer("<script>alert(1)</script> c'est combien", []).texte == "alert(1) c'est combien"
