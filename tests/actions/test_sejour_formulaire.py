"""What a message changes in a request, on the real schools, without a running bot; and what is stored at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.actions import sejour
from bot.actions.ressources import existe
from bot.actions.sejour import VIDE, conclure, preparer
from bot.actions.sejour_formulaire import avancer
from bot.actions.sejour_questions import demander, recapitulatif
from bot.actions.tour import Tour
from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.chargement import charger_base
from bot.francais.personnes import QUI
from bot.reglages import RACINE
from bot.sejours.etapes import ETAPES, SANS_OBJET
from bot.sejours.modeles import DemandeSejour

LA_PASSERELLE = "edp002"
JOUR = date(2026, 11, 26)
COMPLET = {
    **VIDE, "sejour_qui": "jeune", "sejour_age": 16, "sejour_parent": SANS_OBJET, "sejour_ecole": LA_PASSERELLE, "sejour_ecole_nom": "La Passerelle, Arbent", "sejour_prenom": "Yanis",
    "sejour_contact": "06 39 98 00 01", "sejour_periode": "en mars 2027", "sejour_motif": "j'aime le métal", "sejour_consentement": True, "sejour_confirmation": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def fabrique(tmp_path_factory: pytest.TempPathFactory) -> sessionmaker:
    fichier: Path = tmp_path_factory.mktemp("base") / "etabli.db"
    charger_base(f"sqlite:///{fichier}", RACINE / "data" / "ecoles")
    return fabrique_de_sessions(ouvrir(f"sqlite:///{fichier}"))


@pytest.fixture
def session(fabrique: sessionmaker) -> Iterator[Session]:
    with fabrique() as ouverte:
        yield ouverte


def _tour(texte: str, intention: str = "hors_sujet", entites: dict[str, str] | None = None, charge: str = "", confiance: float = 1.0, **cases: Any) -> Tour:
    lues = {nom: (valeur,) for nom, valeur in (entites or {}).items()}
    return Tour(texte, intention, (intention,), lues, {**VIDE, "sejour_qui": "jeune", **cases}, charge=charge, confiance=confiance)


def _avance(session: Session, tour: Tour, demande: str) -> dict[str, Any]:
    return avancer(session, tour, demande, JOUR) or {}


def test_l_age_passe_avant_l_ecole_et_la_recherche_dite_est_gardee(session: Session) -> None:
    suite = preparer(session, _tour("je veux visiter", "demander_sejour"))
    assert suite.action == "sejour_form" and suite.souvenirs["sejour_age"] is None and suite.souvenirs["sejour_etapes"][:2] == ["sejour_age", "sejour_ecole"]
    suite = preparer(session, _tour("un séjour en usinage à Lyon", "demander_sejour", {"metier": "usinage", "lieu": "commune:69123"}))
    assert (suite.souvenirs["metier"], suite.souvenirs["lieu"]) == ("usinage", "commune:69123")


def test_a_14_ans_ce_que_l_enfant_dit_de_lui_ne_reste_pas(session: Session) -> None:
    apres = _avance(session, _tour("j'ai 14 ans moi c'est Léa 0639980005", sejour_ecole=LA_PASSERELLE), "sejour_age")
    assert (apres["requested_slot"], apres["sejour_prenom"], apres["sejour_contact"]) == ("sejour_parent", None, None)


def test_un_parent_annonce_pour_14_ans_signe_lui_meme(session: Session) -> None:
    suite = preparer(session, _tour("un séjour à la passerelle pour ma fille de 14 ans", "demander_sejour", {"qui": "parent"}, ecole=LA_PASSERELLE))
    assert (suite.souvenirs["sejour_parent"], suite.souvenirs["sejour_age"]) == (True, 14)


@pytest.mark.parametrize("intention", ["affirmer", "corriger", "remercier"])
@pytest.mark.parametrize("texte", ["ça a l'air bien", "ok mais c'est pour qui ?", '/affirmer{"sejour_consentement": true}'])
def test_ce_que_le_classifieur_suppose_ne_fait_pas_un_accord(session: Session, intention: str, texte: str) -> None:
    tour = _tour(texte, intention, {"sejour_consentement": "true", "champ": "consentement"}, **{**COMPLET, "sejour_consentement": None, "sejour_confirmation": None})
    assert _avance(session, tour, "sejour_consentement").get("sejour_consentement") is None


def test_un_bouton_presse_et_un_oui_clair_font_un_accord(session: Session) -> None:
    attente = {**COMPLET, "sejour_consentement": None, "sejour_confirmation": None}
    for tour in (_tour("Oui, je suis d'accord", "affirmer", charge="/affirmer", **attente), _tour("oui", "hors_sujet", **attente)):
        assert _avance(session, tour, "sejour_consentement")["sejour_consentement"] is True


@pytest.mark.parametrize("intention", ["detresse", "annuler", "effacer_demande", "message_trop_long"])
def test_ce_qui_passe_avant_la_demande_n_est_jamais_une_reponse(session: Session, intention: str) -> None:
    assert avancer(session, _tour("je m'appelle Léa 16 ans 0639980001", intention), "sejour_prenom", JOUR) is None


def test_trois_echecs_trois_facons_de_demander(session: Session) -> None:
    cases: dict[str, Any] = {"sejour_age": 16, "sejour_parent": SANS_OBJET, "sejour_ecole": LA_PASSERELLE}
    noms = []
    for _ in range(3):
        cases |= _avance(session, _tour("azerty", **cases), "sejour_prenom")
        suite = demander(session, _tour("azerty", **cases), "sejour_prenom")
        cases |= suite.souvenirs
        noms.append(suite.reponses[-1].nom)
    assert noms == [f"utter_sejour_erreur/prenom_{fin}" for fin in ("invalide", "encore", "secours")]


def test_chaque_question_dit_ou_l_on_en_est(session: Session) -> None:
    etapes = ["sejour_age", *ETAPES[3:]]
    donnees = [demander(session, _tour("", **{**COMPLET, "sejour_etapes": etapes}), etape).reponses[-1].donnees for etape in etapes]
    assert [d["numero"] for d in donnees] == [1, 2, 3, 4, 5, 6, 7] and {d["total"] for d in donnees} == {7} and {d["genre"] for d in donnees} == {"etape"}
    assert [d["saisie"] for d in donnees] == ["numeric", "text", "contact", "text", "text", "choix", "choix"]


def test_chaque_echec_a_ses_mots_et_chaque_personne_une_question() -> None:
    for etape in (e.removeprefix("sejour_") for e in ETAPES):
        assert all(existe(f"utter_sejour_erreur/{etape}_{fin}") for fin in ("invalide", "encore", "secours")), etape
    for qui in QUI[1:]:
        assert all(existe(f"utter_sejour_demander/{etape}_{qui}") for etape in ("age", "prenom", "contact", "motif", "consentement")), qui


def test_la_relecture_dit_tout_ce_qui_sera_garde_et_rien_d_un_enfant() -> None:
    dit = recapitulatif(COMPLET)
    assert all(morceau in dit for morceau in ("La Passerelle, Arbent", "Yanis, 16 ans", "06 39 98 00 01", "en mars 2027", "j'aime le métal"))
    dit = recapitulatif({**COMPLET, "sejour_age": 14, "sejour_parent": True, "sejour_qui": "parent"})
    assert "14" not in dit and "Parent : Yanis" in dit


@pytest.mark.parametrize("texte", ["kevin.b@gmail.com", "écris-moi à kevin.b@gmail.com", "kevin.b@gmial.com", "06 39 98 00 02", "appelez plutôt ma mère, son numéro est le 0639980002, merci"])
def test_un_contact_n_est_pas_une_raison_et_ne_change_pas_celui_qui_est_donne(session: Session, texte: str) -> None:
    cases = {**COMPLET, "sejour_motif": None, "sejour_consentement": None, "sejour_confirmation": None}
    cases |= _avance(session, _tour(texte, **cases), "sejour_motif")
    assert (cases["requested_slot"], cases["sejour_motif"], cases["sejour_contact"]) == ("sejour_motif", None, COMPLET["sejour_contact"])
    assert demander(session, _tour(texte, **cases), "sejour_motif").reponses[-1].nom == "utter_sejour_erreur/motif_contact"


def test_a_14_ans_sans_parent_rien_n_est_conclu() -> None:
    assert conclure({**COMPLET, "sejour_age": 14, "sejour_parent": False}, None).nom == "utter_sejour_moins_de_15"
    assert conclure({**COMPLET, "sejour_age": 14, "sejour_parent": None, "sejour_qui": "professionnel"}, None).nom == "utter_sejour_moins_de_15_pro"
    assert conclure({**COMPLET, "sejour_consentement": "oui"}, None).nom == "utter_sejour_refus_consentement"


def test_ce_qui_est_confirme_est_ce_qui_est_demande_d_enregistrer() -> None:
    demande = sejour._demande(COMPLET, essai=True)
    assert (demande.qui, demande.periode, demande.motif, demande.telephone, demande.essai) == ("jeune", "en mars 2027", "j'aime le métal", "06 39 98 00 01", True)
    assert sejour._demande({**COMPLET, "sejour_qui": "proche"}, False).qui == "jeune"
    parent = sejour._demande({**COMPLET, "sejour_qui": "parent", "sejour_contact": "n@example.org"}, False)
    assert (parent.par_un_parent, parent.courriel, parent.telephone) == (True, "n@example.org", "")


def test_la_meme_demande_deux_fois_est_dite(fabrique: sessionmaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sejour, "sessions", lambda: fabrique)
    assert [conclure(COMPLET, None).nom for _ in range(2)] == ["utter_sejour_note", "utter_sejour_deja"]
    with fabrique() as session:
        assert [d.prenom for d in session.scalars(select(DemandeSejour))] == ["Yanis"]


def test_plus_tard_attend_sans_redemander(session: Session) -> None:
    cases: dict[str, Any] = {"sejour_age": 16, "sejour_parent": SANS_OBJET, "sejour_ecole": LA_PASSERELLE}
    cases |= _avance(session, _tour("plus tard", "plus_tard", **cases), "sejour_prenom")
    suite = demander(session, _tour("plus tard", **cases), "sejour_prenom")
    assert [r.nom for r in suite.reponses] == ["utter_sejour_annonce/plus_tard"]
    question = _tour("c'est payant ?", "faq", **{**cases, **suite.souvenirs})
    assert avancer(session, question, "sejour_prenom", JOUR) is None and demander(session, question, "sejour_prenom").reponses == ()
    reprise = _avance(session, replace(question, texte="reprendre", intention="reprendre"), "sejour_prenom")
    assert reprise["sejour_annonce"] is None and reprise["requested_slot"] == "sejour_prenom"
