"""What skills decide, on the real data, without a running bot: the school in question, the age, the place, the trade."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.actions.parler_d_une_ecole import parler_d_une_ecole
from bot.actions.recherche import chercher
from bot.actions.repondre import repondre
from bot.actions.tour import Suite, Tour
from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE

LA_PASSERELLE = "edp002"  # Arbent : gratuite en 2026, sans hébergement
SAINT_ETIENNE, SAINT_DENIS_REUNION = "commune:42218", "commune:97411"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    fichier: Path = tmp_path_factory.mktemp("base") / "etabli.db"
    charger_base(f"sqlite:///{fichier}", RACINE / "data" / "ecoles")
    with fabrique_de_sessions(ouvrir(f"sqlite:///{fichier}"))() as session:
        yield session


def _tour(texte: str, intention: str = "faq", entites: dict[str, str] | None = None, **cases: Any) -> Tour:
    return Tour(texte, intention, (intention,), {nom: (valeur,) for nom, valeur in (entites or {}).items()}, cases)


def _noms(suite: Suite) -> list[str]:
    return [reponse.nom for reponse in suite.reponses]


@pytest.mark.parametrize("age, nom", [(13, "trop_jeune"), (14, "quatorze"), (15, "oui"), (17, "oui"), (18, "dix_huit"), (19, "trop_grand"), (40, "trop_grand")])
def test_chaque_age_a_sa_reponse_et_reste_en_memoire(session: Session, age: int, nom: str) -> None:
    suite = repondre(session, _tour(f"j'ai {age} ans", entites={"age": str(age)}), "faq/age")
    assert _noms(suite) == [f"utter_age/{nom}"] and suite.souvenirs["age"] == age


def test_l_age_deja_dit_sert_encore(session: Session) -> None:
    assert _noms(repondre(session, _tour("je peux venir ?", age=13), "faq/age")) == ["utter_age/trop_jeune"]


def test_le_prix_est_celui_de_l_ecole_dont_on_parle(session: Session) -> None:
    suite = repondre(session, _tour("et c'est payant ?", ecole=LA_PASSERELLE), "faq/cout")
    assert _noms(suite) == ["utter_cout/ecole_gratuite"] and suite.reponses[0].variables["annee"] == 2026


def test_le_prix_en_general_donne_la_fiche_puis_les_donnees(session: Session) -> None:
    suite = repondre(session, _tour("c'est payant les écoles en général ?", ecole=LA_PASSERELLE), "faq/cout")
    assert _noms(suite) == ["utter_faq/cout", "utter_cout/reseau"]
    assert suite.reponses[1].variables["nb_gratuites"] == 50 and suite.reponses[1].variables["max"] == 1800


def test_une_recherche_sans_lieu_ni_metier_demande_le_metier(session: Session) -> None:
    suite = chercher(session, _tour("une école", "chercher_ecole"), "chercher_ecole")
    assert _noms(suite) == ["utter_demander_metier"] and suite.souvenirs["attente"] == "metier"


def test_le_metier_deja_dit_est_garde_quand_la_ville_vient_apres(session: Session) -> None:
    suite = chercher(session, _tour("saint etienne", "chercher_ecole", {"lieu": SAINT_ETIENNE}, metier="menuiserie", attente="lieu"), "chercher_ecole")
    assert _noms(suite)[-1] == "utter_resultats/liste"
    assert "Giraudière" in suite.reponses[-1].variables["liste"]
    assert [e["metiers"] for e in suite.reponses[-1].donnees["ecoles"]][0].count("menuiserie") == 1


def test_outre_mer_aucune_ecole_n_est_montree(session: Session) -> None:
    suite = chercher(session, _tour("usinage à la réunion", "chercher_ecole", {"lieu": SAINT_DENIS_REUNION, "metier": "usinage"}), "chercher_ecole")
    assert _noms(suite) == ["utter_resultats/outre_mer"]


@pytest.mark.parametrize("metier", ["coiffure", "boulangerie et pâtisserie"])
def test_un_metier_que_personne_n_enseigne_est_dit_et_oublie(session: Session, metier: str) -> None:
    suite = chercher(session, _tour("x", "chercher_ecole", {"metier": metier, "lieu": SAINT_ETIENNE}), "chercher_ecole")
    assert _noms(suite)[0].startswith("utter_metier_absent") and suite.souvenirs["metier"] is None


def test_les_autres_ne_remontrent_pas_les_memes(session: Session) -> None:
    premiere = chercher(session, _tour("usinage 69", "chercher_ecole", {"metier": "usinage", "lieu": "region:84"}), "chercher_ecole")
    seconde = chercher(session, _tour("les autres", "voir_plus_ecoles", None, **premiere.souvenirs), "voir_plus_ecoles")
    assert seconde.souvenirs["ecoles_listees"] and not set(seconde.souvenirs["ecoles_listees"]) & set(premiere.souvenirs["ecoles_listees"])


def test_l_autre_est_l_autre_ecole_de_la_liste(session: Session) -> None:
    listees = ["edp002", "edp004"]
    suite = parler_d_une_ecole(session, _tour("nan l'autre", "choisir", ecoles_listees=listees, ecole="edp002"), "choisir")
    assert suite.souvenirs["ecole"] == "edp004"


def test_un_rang_hors_de_la_liste_demande_laquelle(session: Session) -> None:
    suite = parler_d_une_ecole(session, _tour("la 5", "choisir", {"rang": "4"}, ecoles_listees=["edp002", "edp004"], ecole="edp002"), "choisir")
    assert _noms(suite) == ["utter_ecole/fin_de_liste", "utter_ecole/laquelle"]


def test_la_deuxieme_d_une_liste_d_une_seule_est_dite_absente(session: Session) -> None:
    suite = parler_d_une_ecole(session, _tour("la 2", "choisir", {"rang": "1"}, ecoles_listees=["edp002"]), "choisir")
    assert _noms(suite) == ["utter_ecole/une_seule_listee", "utter_ecole/fiche"] and suite.souvenirs["ecole"] == "edp002"


def test_une_question_sur_un_rang_hors_de_la_liste(session: Session) -> None:
    tour = _tour("la 5 elle fait le bac pro", "faq", {"rang": "4"}, ecoles_listees=["edp002", "edp004"])
    suite = repondre(session, tour, "faq/diplomes")
    assert _noms(suite) == ["utter_ecole/fin_de_liste", "utter_ecole/laquelle"]
    assert suite.reponses[-1].boutons[0][1] == '/faq/diplomes{"ecole": "edp002"}'
    seule = repondre(session, _tour("la 2 elle fait le bac pro", "faq", {"rang": "1"}, ecoles_listees=["edp002"]), "faq/diplomes")
    assert _noms(seule)[0] == "utter_ecole/une_seule_listee" and _noms(seule)[1].startswith("utter_diplomes/ecole")
