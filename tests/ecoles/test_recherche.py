"""Search on the real schools and communes."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ecoles.distance import boite, distance_km
from bot.ecoles.lieux import code_commune, codes_equivalents, position_commune
from bot.ecoles.modeles import Ecole
from bot.ecoles.recherche import chercher, ecoles_de_commune, trouver_ecole

SAINT_ETIENNE, NANTES, MARSEILLE, LA_REUNION, BREST, LILLE = "42218", "44109", "13055", "97411", "29019", "59350"


def pres_de(session: Session, code: str, metier: str | None = None, **autres):
    return chercher(session, metier, position_commune(session, code), **autres)


def test_usinage_pres_de_saint_etienne(session: Session) -> None:
    resultat = pres_de(session, SAINT_ETIENNE, "usinage")
    assert [(ecole.id, ecole.distance_km) for ecole in resultat.ecoles] == [("edp028", 1.6), ("edp029", 23.0)]
    assert (resultat.rayon_km, resultat.elargi, resultat.total, resultat.reste) == (30, False, 2, 0)
    afep = resultat.ecoles[0]
    assert afep.metiers == ("usinage", "métallerie-serrurerie")
    assert (afep.departement, afep.contrat, afep.cout.genre) == ("42", "privé sous contrat", "gratuit")
    assert afep.source and afep.date_source == "2026-10-08"


def test_le_rayon_grandit_et_les_ecoles_deja_vues_sont_passees(session: Session) -> None:
    resultat = pres_de(session, NANTES, "cuisine")
    assert ([ecole.commune for ecole in resultat.ecoles], resultat.rayon_km, resultat.elargi) == (["Angers"], 100, True)
    vues = [ecole.id for ecole in pres_de(session, SAINT_ETIENNE, "usinage").ecoles]
    suite = pres_de(session, SAINT_ETIENNE, "usinage", exclure=vues)
    assert suite.ecoles and not {ecole.id for ecole in suite.ecoles} & set(vues)
    assert pres_de(session, NANTES, rayon_km=100).rayon_km == 100


def test_un_departement_ou_une_region_borne_la_recherche(session: Session) -> None:
    nord = chercher(session, departement="59", maximum=10)
    assert (nord.total, {ecole.departement for ecole in nord.ecoles}, nord.ecoles[0].distance_km) == (5, {"59"}, None)
    proche = chercher(session, commune=position_commune(session, LILLE), departement="59")
    assert proche.ecoles[0].commune == "Lille" and proche.ecoles[0].distance_km < 5
    assert [ecole.commune for ecole in chercher(session, "usinage", region="53").ecoles] == ["Vannes"]


def test_rien_a_moins_de_200_km_donne_la_plus_proche_et_les_metiers_voisins(session: Session) -> None:
    reunion = pres_de(session, LA_REUNION, "usinage")
    assert (reunion.ecoles, reunion.voisines, reunion.rayon_km) == ((), (), None)
    assert reunion.ailleurs[0].distance_km > 8000
    brest = pres_de(session, BREST, "bijouterie-joaillerie")
    assert [ecole.id for ecole in brest.ailleurs] == ["edp068"]
    assert brest.voisines[0].distance_km < brest.ailleurs[0].distance_km


def test_un_metier_que_personne_n_enseigne_donne_ses_voisins(session: Session) -> None:
    resultat = pres_de(session, LILLE, "coiffure")
    assert (resultat.ecoles, resultat.ailleurs) == ((), ())
    assert resultat.voisines[0].commune == "Roubaix"
    inconnu = pres_de(session, LILLE, "<script>")
    assert (inconnu.ecoles, inconnu.ailleurs, inconnu.voisines) == ((), (), ())


def test_un_mot_ambigu_couvre_ses_candidats(session: Session) -> None:
    assert [ecole.id for ecole in chercher(session, "mecanique", departement="38").ecoles] == ["edp023"]
    mecanique = chercher(session, "mecanique", maximum=100)
    assert mecanique.total == len({ecole.id for ecole in mecanique.ecoles})


def test_couture_a_marseille_et_ecole_seulement_annoncee_a_cholet(session: Session) -> None:
    assert [ecole.id for ecole in pres_de(session, MARSEILLE, "textile - couture").ecoles] == ["edp010"]
    cholet = pres_de(session, "49099", "textile - couture")
    assert all(ecole.ouverte for ecole in cholet.ecoles)
    assert [ecole.statut for ecole in cholet.annoncees] == ["projet", "projet"]


def test_une_ecole_incertaine_n_est_jamais_montree(session: Session) -> None:
    incertaines = set(session.scalars(select(Ecole.id).where(Ecole.statut == "incertaine")))
    assert "edp055" in incertaines
    assert all(trouver_ecole(session, cle) is None for cle in incertaines)
    assert not incertaines & {ecole.id for ecole in chercher(session, maximum=500).ecoles}
    assert not incertaines & {ecole.id for ecole in pres_de(session, "63113", "usinage", maximum=50).ecoles}


def test_paris_lyon_et_marseille_comptent_leurs_arrondissements(session: Session) -> None:
    assert (code_commune("69389"), code_commune("75120"), code_commune("01004")) == ("69123", "75056", "01004")
    assert len(codes_equivalents("13204")) == 17 and codes_equivalents("42218") == ("42218",)
    assert [ecole.id for ecole in ecoles_de_commune(session, "69389")] == ["edp059"]
    assert {ecole.id for ecole in ecoles_de_commune(session, "13055")} == {"edp010", "edp011"}


def test_l_ordre_est_celui_d_un_calcul_direct(session: Session) -> None:
    ouvertes = session.scalars(select(Ecole).where(Ecole.statut == "ouverte")).all()
    for code in ("42218", "35238", "57463", "66136"):
        origine = position_commune(session, code)
        attendu = sorted((distance_km(*origine, e.latitude, e.longitude), e.id) for e in ouvertes)
        resultat = chercher(session, commune=origine, maximum=100)
        assert [e.id for e in resultat.ecoles] == [cle for km, cle in attendu if km <= resultat.rayon_km]


@pytest.mark.parametrize("latitude", [48.0, -21.0, 4.9])
def test_la_boite_contient_le_cercle(latitude: float) -> None:
    sud, nord, ouest, est = boite(latitude, 2.0, 200)
    assert min(distance_km(latitude, 2.0, sud, 2.0), distance_km(latitude, 2.0, nord, 2.0)) >= 200
    bord = nord if latitude > 0 else sud
    assert min(distance_km(bord, 2.0, bord, ouest), distance_km(bord, 2.0, bord, est)) >= 200
