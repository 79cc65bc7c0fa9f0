"""Follow-ups of a search, on the real data: criteria, unknown answers, announced schools, structured data, searches counted in vain."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.actions.recherche import chercher
from bot.actions.tour import Suite, Tour
from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.chargement import charger_base
from bot.ecoles.manques import RechercheManquee, compter_manque
from bot.ecoles.recherche import chercher as chercher_en_base
from bot.reglages import RACINE

LYON, SAINT_ETIENNE, BREST, CHOLET = "commune:69123", "commune:42218", "commune:29019", "commune:49099"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    fichier: Path = tmp_path_factory.mktemp("base") / "etabli.db"
    charger_base(f"sqlite:///{fichier}", RACINE / "data" / "ecoles")
    with fabrique_de_sessions(ouvrir(f"sqlite:///{fichier}"))() as session:
        yield session


def _chercher(session: Session, texte: str, entites: dict[str, str] | None = None, expediteur: str = "", **cases: Any) -> Suite:
    tour = Tour(texte, "chercher_ecole", ("chercher_ecole",), {nom: (valeur,) for nom, valeur in (entites or {}).items()}, cases, expediteur)
    return chercher(session, tour, "chercher_ecole")


def _noms(suite: Suite) -> list[str]:
    return [reponse.nom for reponse in suite.reponses]


def test_un_critere_est_retenu_dit_et_garde_quand_la_ville_change(session: Session) -> None:
    suite = _chercher(session, "et avec internat ?", {"critere": "internat"}, metier="menuiserie", lieu=LYON)
    assert suite.souvenirs["criteres"] == ["internat"] and "internat" in suite.reponses[0].variables["metier"]
    logees = [e["hebergement"] for r in suite.reponses if r.donnees for e in r.donnees["ecoles"]]
    assert logees and all("sans" not in dit for dit in logees)
    ailleurs = _chercher(session, "et à Saint-Étienne ?", {"lieu": SAINT_ETIENNE}, **suite.souvenirs)
    assert ailleurs.souvenirs["criteres"] == ["internat"] and ailleurs.souvenirs["metier"] == "menuiserie"
    sans = _chercher(session, "peu importe l'internat", {"critere": "-internat"}, **ailleurs.souvenirs)
    assert sans.souvenirs["criteres"] is None


def test_un_critere_que_rien_ne_remplit_est_lache_a_voix_haute(session: Session) -> None:
    suite = _chercher(session, "et avec le bac pro ?", {"critere": "bac_pro"}, metier="couture", lieu=LYON)
    assert _noms(suite)[0] == "utter_resultats/aucun"  # a key that no trade has: never the other trades instead
    suite = _chercher(session, "et avec internat ?", {"critere": "internat"}, metier="mécanique automobile", lieu="commune:59350")
    assert _noms(suite)[0] == "utter_criteres/loin" and _noms(suite)[-1] == "utter_resultats/liste"
    assert suite.reponses[0].variables["distance"] > 100 and suite.souvenirs["criteres_laches"]
    encore = chercher(session, Tour("les autres", "voir_plus_ecoles", (), {}, suite.souvenirs), "voir_plus_ecoles")
    assert encore.souvenirs["ecoles_listees"], "la suite de la liste se passe aussi du critère"
    autre = _chercher(session, "une gratuite alors ?", {"critere": "gratuite"}, **suite.souvenirs)
    assert autre.souvenirs["criteres"] == ["gratuite"], "un critère que rien ne remplissait ne revient pas avec le suivant"


def test_un_prix_inconnu_n_est_pas_un_non(session: Session) -> None:
    gratuites = chercher_en_base(session, departement="27", criteres=("gratuite",))
    assert (gratuites.total, gratuites.sans_reponse) == (0, 2)
    usinage = chercher_en_base(session, "usinage", (45.75, 4.85), criteres=("gratuite",))
    assert usinage.total and all(e.cout_max == 0 for e in usinage.ecoles)


def test_laquelle_choisit_parmi_les_ecoles_montrees(session: Session) -> None:
    premiere = _chercher(session, "usinage vers Lyon", {"metier": "usinage", "lieu": LYON})
    suite = _chercher(session, "laquelle est gratuite ?", {"critere": "gratuite"}, **premiere.souvenirs)
    assert _noms(suite)[0] == "utter_parmi/oui"
    rangs = {ligne.split(".")[0] for ligne in suite.reponses[0].variables["liste"].splitlines()}
    gratuites = {str(i) for i, e in enumerate(premiere.reponses[-1].donnees["ecoles"], 1) if e["prix"].startswith("gratuite")}
    assert rangs == gratuites


def test_le_train_n_est_pas_connu(session: Session) -> None:
    premiere = _chercher(session, "usinage vers Lyon", {"metier": "usinage", "lieu": LYON})
    suite = _chercher(session, "laquelle est la plus proche en train ?", {"critere": "trajet"}, **premiere.souvenirs)
    assert _noms(suite) == ["utter_trajet/vol_d_oiseau"]
    assert premiere.reponses[-1].donnees["ecoles"][0]["nom"] in suite.reponses[0].variables["ecole"]


def test_une_ecole_annoncee_est_dite_annoncee_et_jamais_listee(session: Session) -> None:
    suite = _chercher(session, "couture à Cholet", {"metier": "textile - couture", "lieu": CHOLET})
    dites = [r.variables["nom"] for r in suite.reponses if r.nom == "utter_resultats/annoncee"]
    assert dites and not any(nom in suite.reponses[-1].variables["liste"] for nom in dites)


def test_une_ville_homonyme_est_dite_avec_son_departement(session: Session) -> None:
    suite = _chercher(session, "usinage valence", {"metier": "usinage", "lieu": "commune:26362"})
    assert suite.reponses[0].variables["lieu"] == "Valence, Drôme (26)"
    assert _chercher(session, "usinage lyon", {"metier": "usinage", "lieu": LYON}).reponses[0].variables["lieu"] == "Lyon"


def test_une_recherche_vaine_est_comptee_sans_rien_de_la_personne(session: Session) -> None:
    for expediteur in ("a", "b", "essai-c"):
        _chercher(session, "coiffure à Brest", {"metier": "coiffure", "lieu": BREST}, expediteur)
    _chercher(session, "bijoux à Brest", {"metier": "bijouterie-joaillerie", "lieu": BREST}, "d")
    lignes = session.scalars(select(RechercheManquee).order_by(RechercheManquee.metier)).all()
    assert [(x.metier, x.departement, x.nombre) for x in lignes] == [("bijouterie-joaillerie", "29", 1), ("coiffure", "29", 2)]
    assert set(RechercheManquee.__table__.c.keys()) == {"jour", "metier", "departement", "nombre"}
    compter_manque(session, "coiffure", jour=date(2026, 1, 2))
    assert session.get(RechercheManquee, (date(2026, 1, 2), "coiffure", "")).nombre == 1


@pytest.mark.parametrize("entites", [{"metier": "usinage", "lieu": LYON}, {"lieu": "departement:59"}, {"metier": "bijouterie-joaillerie", "lieu": BREST}])
def test_les_donnees_structurees_obeissent_a_leur_schema(session: Session, entites: dict[str, str]) -> None:
    schema = json.loads((RACINE / "docs" / "donnees-structurees.schema.json").read_text(encoding="utf-8"))
    donnees = [r.donnees for r in _chercher(session, "x", entites).reponses if r.donnees]
    assert donnees
    for envoyees in donnees:
        jsonschema.validate(json.loads(json.dumps(envoyees)), schema)
        assert (envoyees["lieu"] or {}).get("nom") in (None, "Lyon", "Brest")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**donnees[0], "etabli": 2}, schema)


def test_un_metier_que_seule_la_presse_donne_est_a_verifier(session: Session) -> None:
    suite = _chercher(session, "soudure vers Istres", {"metier": "soudure", "lieu": "commune:13047"})
    dites = [r.variables["liste"] for r in suite.reponses if r.nom == "utter_resultats/selon_la_presse"]
    assert "Istres" in dites[0] and "Istres" not in suite.reponses[-1].variables["liste"]
    solaire = _chercher(session, "panneaux solaires", {"metier": "énergies renouvelables"})
    assert "NRSud" in solaire.reponses[0].variables["liste"] and solaire.reponses[-1].nom.startswith("utter_metier_absent")
    carrosserie = _chercher(session, "peintre auto lyon", {"metier": "carrosserie", "lieu": LYON})
    assert "Boisard" in carrosserie.reponses[-1].variables["liste"] and "CAP Peintre automobile" in carrosserie.reponses[-1].variables["liste"]


def test_le_departement_repond_a_laquelle_des_saint_denis(session: Session) -> None:
    question = _chercher(session, "soudure saint denis", {"metier": "soudure", "lieu_ambigu": "commune:97411|commune:93066"})
    suite = _chercher(session, "93", {"lieu": "departement:93"}, **question.souvenirs)
    assert suite.souvenirs["lieu"] == "commune:93066"
    assert suite.reponses[0].variables["lieu"] == "Saint-Denis, Seine-Saint-Denis (93)"


def test_plus_loin_que_200_km_donne_la_suivante(session: Session) -> None:
    premiere = _chercher(session, "bijoux lyon", {"metier": "bijouterie-joaillerie", "lieu": LYON})
    fin = chercher(session, Tour("plus loin", "elargir_recherche", (), {}, premiere.souvenirs), "elargir_recherche")
    assert _noms(fin) == ["utter_resultats/plus_rien"], "une seule école en France"
    soudure = _chercher(session, "soudure lille", {"metier": "soudure", "lieu": "commune:59350"})
    annonces = []
    for _ in range(8):
        soudure = chercher(session, Tour("plus loin", "elargir_recherche", (), {}, soudure.souvenirs), "elargir_recherche")
        annonces.append(soudure.reponses[0])
    loin = [annonce for annonce in annonces if annonce.nom == "utter_resultats/encore_plus_loin"]
    assert loin and all(annonce.variables["distance"] > 200 for annonce in loin)
