"""Loading: what is right goes in, what is wrong is told, twice changes nothing."""

from __future__ import annotations

import csv
import time
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.chargement import charger_base
from bot.ecoles.modeles import Commune, Ecole, Formation, Metier, Region
from bot.ecoles.recherche import trouver_ecole
from bot.ecoles.statistiques import calculer
from bot.reglages import RACINE

DONNEES = RACINE / "data" / "ecoles"


def lire(dossier: Path) -> list[dict[str, str]]:
    with (dossier / "ecoles.csv").open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier, delimiter=";"))


def ecrire(dossier: Path, lignes: list[dict[str, str]]) -> None:
    with (dossier / "ecoles.csv").open("w", encoding="utf-8", newline="") as fichier:
        plume = csv.DictWriter(fichier, list(lignes[0]), delimiter=";", lineterminator="\n")
        plume.writeheader()
        plume.writerows(lignes)


def test_tout_est_charge_avec_source_et_date(session: Session) -> None:
    assert session.get(Region, "84").nom == "Auvergne-Rhône-Alpes"
    assert session.get(Commune, "2A004").codes_postaux == ("20000", "20090", "20167")
    assert session.get(Commune, "01004").departement == "01"
    assert session.get(Commune, "69123").source.startswith("INSEE COG 2026")
    for modele in (Ecole, Metier, Commune, Formation):
        assert not session.scalars(select(modele).where((modele.source == "") | (modele.date_source == ""))).first()


def test_une_ecole_sans_coordonnees_est_au_centre_de_sa_commune(session: Session) -> None:
    nice, commune = session.get(Ecole, "edp007"), session.get(Commune, "06088")
    assert (nice.latitude, nice.longitude, nice.position_exacte) == (commune.latitude, commune.longitude, False)


def test_les_diplomes_prennent_leur_titre_officiel_et_leur_metier(session: Session) -> None:
    formations = {f.diplome: f.metier for f in session.scalars(select(Formation).where(Formation.ecole_id == "edp060"))}
    assert formations["CAP Maintenance des véhicules option véhicules légers"] == "mécanique automobile"
    assert formations["CAP Peintre automobile"] == "carrosserie"


def test_enseigne_dit_la_meme_chose_dans_le_fichier_et_dans_la_base(session: Session) -> None:
    with (DONNEES / "metiers.csv").open(encoding="utf-8", newline="") as fichier:
        ecrit = {ligne["cle"]: ligne["enseigne"] == "oui" for ligne in csv.DictReader(fichier, delimiter=";")}
    assert ecrit == dict(session.execute(select(Metier.cle, Metier.enseigne)).all())
    assert ecrit["usinage"] and ecrit["mecanique"] and not ecrit["coiffure"]


def test_une_facon_de_dire_n_a_qu_un_metier_et_chaque_renvoi_existe() -> None:
    with (DONNEES / "metiers.csv").open(encoding="utf-8", newline="") as fichier:
        lignes = list(csv.DictReader(fichier, delimiter=";"))
    cles = {ligne["cle"] for ligne in lignes}
    facons = [facon for ligne in lignes for facon in ligne["facons_de_le_dire"].split("|")]
    assert len(facons) == len(set(facons))
    assert {mot for ligne in lignes for mot in f"{ligne['voisins']}|{ligne['candidats']}".split("|") if mot} <= cles


def test_recharger_ne_change_rien_et_ne_relit_rien(copie: str, dossier: Path) -> None:
    debut = time.perf_counter()
    rapport = charger_base(copie, dossier)
    assert time.perf_counter() - debut < 1
    assert not rapport.a_change
    assert all(compte.deja_charge for compte in rapport.fichiers)
    assert rapport.fichier("ecoles.csv").inchangees == 88


FAUTES = [
    ("id", "", "« id » est vide"),
    ("code_insee", "", "« code_insee » est vide"),
    ("code_insee", "99999", "code de commune « 99999 » inconnu"),
    ("statut", "peut-être", "statut « peut-être » inconnu"),
    ("metiers", "usinage|astrologie", "métier « astrologie » inconnu"),
    ("cout_max_an", "gratuit", "« cout_max_an » contient « gratuit »"),
    ("cout_min_an", "5000", "le minimum dépasse le maximum"),
    ("latitude", "46,27", "il faut deux nombres"),
    ("longitude", "", "il faut deux nombres"),
    ("latitude", "462.7", "hors du globe"),
    ("latitude", "38.8", "vérifie-les, ou le code de la commune"),
    ("site_web", "javascript:alert(1)", "http:// ou https://"),
    ("date_source", "hier", "date « hier »"),
]


def test_chaque_case_fausse_est_dite_et_le_reste_charge(copie: str, dossier: Path) -> None:
    lignes = lire(dossier)
    exactes = [
        rang for rang, ligne in enumerate(lignes) if ligne["statut"] == "ouverte" and ligne["latitude"] and ligne["cout_max_an"]
    ]
    for rang, (colonne, valeur, _) in zip(exactes, FAUTES):
        lignes[rang][colonne] = valeur
    lignes[exactes[len(FAUTES)]]["adresse"] = "ailleurs"
    ecrire(dossier, lignes)
    compte = charger_base(copie, dossier).fichier("ecoles.csv")
    assert [rejet.ligne for rejet in compte.rejets] == [rang + 2 for rang in exactes[: len(FAUTES)]]
    for rejet, (_, _, raison) in zip(compte.rejets, FAUTES):
        assert raison in rejet.raison
    assert (compte.modifiees, compte.inchangees, compte.retirees) == (1, 88 - len(FAUTES) - 1, 0)


def test_des_lignes_abimees_ne_cachent_pas_les_autres(copie: str, dossier: Path) -> None:
    fichier = dossier / "ecoles.csv"
    lignes = fichier.read_bytes().splitlines(keepends=True)
    lignes[1] = b"trop;court\n"
    lignes[2] = lignes[2].replace(b";13 rue", b';"13 rue')
    lignes[3] = lignes[3].decode().encode("cp1252", "replace")
    fichier.write_bytes(b"\xef\xbb\xbf" + b"".join(lignes) + lignes[5])
    compte = charger_base(copie, dossier).fichier("ecoles.csv")
    dits = {rejet.ligne: rejet.raison for rejet in compte.rejets}
    assert set(dits) == {2, 3, 4, 90}
    assert "2 colonnes au lieu de 28" in dits[2]
    assert "UTF-8" in dits[4] and "déjà à la ligne 6" in dits[90]
    assert (compte.inchangees, compte.retirees) == (85, 0)  # unreadable lines are not missing schools


def test_une_ligne_refusee_est_redite_tant_qu_elle_est_fausse(copie: str, dossier: Path) -> None:
    bonnes = lire(dossier)
    ecrire(dossier, [bonnes[1] | {"statut": "?"}, *bonnes[:1], *bonnes[2:]])
    assert [len(charger_base(copie, dossier).rejets) for _ in range(2)] == [1, 1]
    ecrire(dossier, bonnes)
    assert charger_base(copie, dossier).rejets == []


def test_une_ecole_supprimee_ou_fermee_n_est_plus_montree_et_peut_revenir(copie: str, dossier: Path) -> None:
    toutes = lire(dossier)
    ecrire(dossier, [toutes[0], toutes[1] | {"statut": "fermee"}, *toutes[3:]])
    compte = charger_base(copie, dossier).fichier("ecoles.csv")
    assert (compte.modifiees, compte.retirees) == (1, 1)
    with fabrique_de_sessions(ouvrir(copie))() as session:
        assert trouver_ecole(session, "edp002") is None and trouver_ecole(session, "edp003") is None
        assert calculer(session).ouvertes == 73
    ecrire(dossier, toutes)
    charger_base(copie, dossier)
    with fabrique_de_sessions(ouvrir(copie))() as session:
        assert calculer(session).ouvertes == 75


def test_un_fichier_coupe_ou_absent_ne_retire_personne(copie: str, dossier: Path) -> None:
    ecrire(dossier, lire(dossier)[:10])
    assert "78 écoles ont disparu" in charger_base(copie, dossier).rejets[0].raison
    (dossier / "ecoles.csv").unlink()
    (dossier / "metiers.csv").write_text("cle;titre\nusinage;l'usinage\n", encoding="utf-8")
    raisons = [rejet.raison for rejet in charger_base(copie, dossier).rejets]
    assert "colonnes absentes : famille" in raisons[0] and "fichier absent" in raisons[1]
    with fabrique_de_sessions(ouvrir(copie))() as session:
        assert calculer(session).ouvertes == 75


def test_changer_les_metiers_seuls_compte_comme_un_changement(copie: str, dossier: Path) -> None:
    lignes = lire(dossier)
    lignes[1]["metiers"] = "usinage|soudure"
    ecrire(dossier, lignes)
    compte = charger_base(copie, dossier).fichier("ecoles.csv")
    assert (compte.ajoutees, compte.modifiees, compte.inchangees) == (0, 1, 87)
    with fabrique_de_sessions(ouvrir(copie))() as session:
        assert trouver_ecole(session, "edp002").metiers == ("usinage", "soudure")
