"""What is read in an answer, and what comes next."""

from __future__ import annotations

import pytest

from bot.sejours.saisie import SANS_OBJET, etape_suivante, lire_saisie


@pytest.mark.parametrize(
    "texte, demande, attendu",
    [
        ("16", "sejour_age", {"sejour_age": 16}),
        ("g 15 an", "sejour_age", {"sejour_age": 15}),
        ("moi c'est Yanis 15 ans 0639980001", "sejour_age", {"sejour_age": 15, "sejour_prenom": "Yanis", "sejour_contact": "06 39 98 00 01"}),
        ("yanis", "sejour_prenom", {"sejour_prenom": "Yanis"}),
        ("c'est dangereux ?", "sejour_prenom", {}),
        ("lea@exemple.fr", "sejour_contact", {"sejour_contact": "lea@exemple.fr"}),
        ("ouais vas y", "sejour_consentement", {"sejour_consentement": True}),
        ("nan", "sejour_confirmation", {"sejour_confirmation": False}),
        ("oui", "sejour_prenom", {}),
        ("enfait g 16 ans", "sejour_parent", {"sejour_age": 16}),
        ("0639980045", "sejour_parent", {}),
        ("en fait c'est 06 39 98 22 34", "sejour_confirmation", {"sejour_contact": "06 39 98 22 34"}),
    ],
)
def test_ce_qui_est_lu(texte: str, demande: str, attendu: dict) -> None:
    assert dict(lire_saisie(texte, demande).cases) == attendu


@pytest.mark.parametrize("demande", ["sejour_age", "sejour_prenom", "sejour_contact"])
def test_l_accord_ne_se_lit_qu_a_sa_question(demande: str) -> None:
    assert "sejour_consentement" not in lire_saisie("oui je suis d'accord", demande).cases


@pytest.mark.parametrize(
    "texte, erreur", [("lea@gmial.con", "courriel_douteux"), ("06 12", None), ("06 12 34", "telephone_invalide"), ("lea@", "courriel_invalide")]
)
def test_une_erreur_de_contact_a_un_nom(texte: str, erreur: str | None) -> None:
    assert lire_saisie(texte, "sejour_contact").erreur == erreur


@pytest.mark.parametrize(
    "cases, suivante",
    [
        ({}, "sejour_age"),
        ({"sejour_age": 13}, None),
        ({"sejour_age": 19}, None),
        ({"sejour_age": 14}, "sejour_parent"),
        ({"sejour_age": 14, "sejour_parent": False}, None),
        ({"sejour_age": 14, "sejour_parent": True}, "sejour_prenom"),
        ({"sejour_age": 16, "sejour_parent": SANS_OBJET}, "sejour_prenom"),
        ({"sejour_age": 16, "sejour_parent": SANS_OBJET, "sejour_prenom": "A", "sejour_contact": "x"}, "sejour_consentement"),
        ({"sejour_age": 16, "sejour_parent": SANS_OBJET, "sejour_prenom": "A", "sejour_contact": "x", "sejour_consentement": False}, None),
    ],
)
def test_l_etape_suivante(cases: dict, suivante: str | None) -> None:
    assert etape_suivante(cases) == suivante
