"""Periods in plain French, from Thursday 26 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from bot.francais.periodes import lire_periode

JEUDI = date(2026, 11, 26)


@pytest.mark.parametrize(
    "texte, clair",
    [
        ("la semaine du 12 janvier", "la semaine du lundi 11 janvier 2027"),
        ("la semaine du 24 novembre", "la semaine du lundi 23 novembre 2026"),
        ("pendant les vacances de février", "pendant les vacances de février"),
        ("n'importe quand", "n'importe quand"),
        ("lundi prochain", "le lundi 30 novembre 2026"),
        ("jeudi", "le jeudi 3 décembre 2026"),
        ("mercredi aprem", "le mercredi 2 décembre 2026 après-midi"),
        ("les mercredis", "les mercredis"),
        ("demain", "le vendredi 27 novembre 2026"),
        ("12/01", "le mardi 12 janvier 2027"),
        ("du 28 décembre au 3 janvier", "du lundi 28 décembre 2026 au dimanche 3 janvier 2027"),
        ("debut mars", "début mars 2027"),
        ("la semaine prochaine", "la semaine du lundi 30 novembre 2026"),
        ("dans un mois", "en décembre 2026"),
        ("quand vous voulez", "n'importe quand"),
    ],
)
def test_ce_qui_est_dit_est_redit_avec_sa_date(texte: str, clair: str) -> None:
    periode = lire_periode(texte, JEUDI)
    assert periode and (periode.clair, periode.erreur) == (clair, None)


@pytest.mark.parametrize("texte, erreur", [("31 février", "impossible"), ("le 12 janvier 2025", "passee"), ("31/04", "impossible")])
def test_une_date_qui_ne_peut_pas_etre_est_nommee(texte: str, erreur: str) -> None:
    periode = lire_periode(texte, JEUDI)
    assert periode and periode.erreur == erreur


@pytest.mark.parametrize("texte", ["bof", "06 39 98 00 01", "j'ai 16 ans", "99/99", ""])
def test_rien_n_est_invente(texte: str) -> None:
    assert lire_periode(texte, JEUDI) is None
