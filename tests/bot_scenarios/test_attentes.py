"""Expected pieces are found where a person reads them, and numbers are not found inside other numbers."""

from __future__ import annotations

import pytest

from bot.reglages import RACINE
from bot.scenarios import attentes

REPONSE = [
    {"text": "Écoles gratuites : 12. Appelle le 3018 ou le 116000."},
    {"custom": {"etabli": 1, "ecoles": [{"id": "edp016", "nom": "École de Dole", "distance_km": 43, "latitude": 47.09}]}},
    {"custom": {"etabli": 1, "genre": "etape", "numero": 2, "total": 98, "saisie": "numeric"}},
    {"text": "Alors ?", "buttons": [{"title": "Voir les autres", "payload": "/voir_plus_ecoles"}]},
]


@pytest.mark.parametrize("cherche", ["gratuite", "ECOLES", "116 000", "3018", "ecole de dole", "43", "voir les autres", "12"])
def test_trouve_ce_qui_se_lit(cherche: str) -> None:
    assert attentes.contient(attentes.lisible(REPONSE), cherche)


@pytest.mark.parametrize("cherche", ["018", "301", "16000", "edp016", "47", "voir_plus_ecoles 2", "98", "numeric", "Alors Voir"])
def test_ne_trouve_pas_ce_qui_ne_se_lit_pas(cherche: str) -> None:
    assert not attentes.contient(attentes.lisible(REPONSE), cherche)


@pytest.mark.parametrize(
    "messages, raison",
    [
        ([], "aucune réponse"),
        ([{"text": "  "}], "aucune réponse"),
        ([{"text": f"{attentes.PRESENTATION} : je réponds."}], "que la présentation"),
        ([{"text": "Voici {nombre} écoles"}], "variable non remplie"),
        ([{"text": "a" * 901}], "901 caractères"),
        ([{"text": "Traceback (most recent call last):\n  File"}], "trace d'erreur"),
        ([{"text": f"Désolé, {attentes.PANNES[0]} et je n'ai pas pu te répondre."}], "panne"),
    ],
)
def test_aucune_reponse_ne_peut_etre_cassee(messages: list, raison: str) -> None:
    assert raison in (attentes.defaut(messages) or "")
    assert attentes.defaut(REPONSE) is None


def test_les_phrases_reconnues_sont_celles_du_bot() -> None:
    reponses = RACINE / "data" / "reponses"
    sources = [reponses / "conversation.yml", reponses / "morceaux.yml"]
    for phrase, source in zip((*attentes.PANNES, attentes.PRESENTATION), sources):
        assert phrase in source.read_text(encoding="utf-8"), f"{source} ne dit plus « {phrase} » : change bot/scenarios/attentes.py."
