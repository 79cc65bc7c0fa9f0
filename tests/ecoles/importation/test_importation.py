"""Importing: every official table recognised, what is wrong told by its line, a hand's work kept, all or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.engine import Engine

from bot.base import fabrique_de_sessions, ouvrir
from bot.cli.ecoles_fichiers import ecrire
from bot.ecoles.chargement import charger_base
from bot.ecoles.importation import ecriture, execution
from bot.ecoles.importation.bilan import Bilan
from bot.ecoles.importation.corrections import corriger, histoire, lever
from bot.ecoles.importation.execution import BaseChangee, Demande, appliquer, preparer, previsualiser
from bot.ecoles.importation.fiches import Fiche, fiches, toutes
from bot.ecoles.importation.fichier import FichierIllisible
from bot.ecoles.importation.modeles import Importation
from bot.ecoles.modeles import Ecole, Metier
from bot.ecoles.recherche import chercher, trouver_ecole
from bot.ecoles.synchronisation import inserer
from tests.ecoles.importation.conftest import Fabrique

PASSERELLE = {  # edp002, as the Onisep's structures would give it
    "Code UAI": "0011490P",
    "n° SIRET": "",
    "type d'établissement": "lycée professionnel",
    "Nom": "École de production La Passerelle",
    "statut": "privé hors contrat",
    "adresse": "15 rue François Rochaix",
    "CP": "01100",
    "commune": "Arbent",
    "commune (COG)": "01014",
    "longitude (X)": "5.65626",
    "latitude (Y)": "46.27206",
    "telephone": "01 99 00 12 34",
    "URL et ID Onisep": "https://www.onisep.fr/http/redirection/etablissement/slug/ENS.25692",
}
NEUVE = PASSERELLE | {
    "Code UAI": "0299999X",
    "Nom": "École de production d'essai",
    "adresse": "1 rue de l'Essai",
    "CP": "29200",
    "commune": "Brest",
    "commune (COG)": "29019",
    "longitude (X)": "-4.48",
    "latitude (Y)": "48.39",
    "telephone": "",
    "URL et ID Onisep": "https://www.onisep.fr/http/redirection/etablissement/slug/ENS.99999",
}


def apercu(url: str, fichier: Path, **options: object) -> Bilan:
    return previsualiser(url, preparer(Demande(fichier, date="2026-11-20", **options)))


def importer(url: str, fichier: Path, **options: object) -> Bilan:
    return appliquer(url, preparer(Demande(fichier, date="2026-11-20", **options)), "Claire")


def lire(url: str, ecole_id: str) -> Fiche:
    with fabrique_de_sessions(ouvrir(url))() as session:
        return fiches(session, [ecole_id])[ecole_id]


def photo(url: str) -> dict[str, list[tuple]]:
    """Every row of every table that an import may touch."""
    tables = ("ecoles", "enseignements", "formations", "noms_ecoles", "metiers", "historique_ecoles", "importations")
    with ouvrir(url).connect() as connexion:
        return {table: sorted(map(tuple, connexion.execute(text(f"SELECT * FROM {table}"))), key=repr) for table in tables}


def test_structures_de_l_onisep_avec_des_lignes_abimees(copie: str, fabriquer: Fabrique) -> None:
    lignes = [
        PASSERELLE,
        NEUVE,
        NEUVE | {"Code UAI": "0299998W", "commune (COG)": "99999"},
        NEUVE | {"Code UAI": "0299997V", "latitude (Y)": "43.3", "longitude (X)": "5.4"},
        NEUVE | {"Code UAI": "0299996U", "Nom": "Lycée Jules Verne", "statut": "public"},
        NEUVE | {"Code UAI": "0299995T", "Nom": "Lycée privé des Métiers", "telephone": "12"},
        NEUVE,
        NEUVE | {"Code UAI": "0299994S", "Nom": "École de production B", "telephone": "pas de numéro"},
    ]
    fichier = fabriquer("structures.csv", lignes, suite=b"0299993R;trop court\r\n")
    avant = photo(copie)
    bilan = apercu(copie, fichier)
    assert photo(copie) == avant
    assert dict(bilan.genres) == {"changee": 1, "nouvelle": 2, "ignoree": 1, "a_trier": 1}
    dits = {rejet.ligne: rejet.raison for rejet in bilan.rejets}
    assert set(dits) == {4, 5, 8, 10}
    assert "« 99999 » inconnu" in dits[4] and "km de Brest" in dits[5] and "déjà à la ligne 3" in dits[8] and "colonnes au lieu de" in dits[10]
    assert [(r.ligne, "« pas de numéro »" in r.raison) for r in bilan.remarques] == [(9, True)]
    (changee,) = bilan.details["changee"]
    assert changee.changements["adresse"] == ("13 rue François Rochaix", "15 rue François Rochaix")
    importer(copie, fichier)
    assert lire(copie, "edp002")["telephone"] == "01 99 00 12 34"
    with fabrique_de_sessions(ouvrir(copie))() as session:
        assert chercher(session, commune=(48.39, -4.48), rayon_km=5).ecoles[0].nom.startswith("École de production")
        trace = session.scalars(select(Importation)).one()
        assert (trace.qui, trace.source, trace.nouvelles, trace.changees, trace.rejetees) == ("Claire", "données ouvertes Onisep", 2, 1, 4)
        assert {(e.champ, e.apres) for e in histoire(session, "edp002")} >= {("adresse", "15 rue François Rochaix")}
    assert not importer(copie, fichier).change


def test_actions_de_formation_de_l_onisep_une_ligne_par_diplome(copie: str, fabriquer: Fabrique) -> None:
    ecole = {
        "ENS site web": "ecole.example.org",
        "FOR TYPE": "CAP",
        "Formation (FOR) libellé": "CAP métallier",
        "Lieu d'enseignement (ENS) libellé": "École de production d'essai",
        "ENS code UAI": "",
        "ENS statut": "privé hors contrat",
        "ENS adresse": "1 rue de l'Essai",
        "ENS code postal": "29200",
        "ENS commune": "BREST",
        "AF coût scolarité": "de 900 euros jusqu'à 1500 euros en 2026 (450 à 750 euros par an selon le quotient familial)",
        "ENS hébergement": "sans hébergement",
        "ENS URL et ID Onisep": "https://www.onisep.fr/http/redirection/etablissement/slug/ENS.99999",
    }
    soudure = {"Formation (FOR) libellé": "CAP réalisations industrielles en chaudronnerie ou soudage option B soudage"}
    seconde = {"Formation (FOR) libellé": "classe de 2de professionnelle métiers du bois", "FOR TYPE": "classe de 2de professionnelle"}
    perdue = {"ENS URL et ID Onisep": "", "ENS commune": "Brest"}
    fichier = fabriquer("605340ddc19a9.csv", [ecole, ecole | soudure, ecole | seconde, ecole | perdue], "cp1252", "\t")
    bilan = importer(copie, fichier)
    assert bilan.genres["nouvelle"] == 1 and [rejet.ligne for rejet in bilan.rejets] == [5]
    neuve = lire(copie, "ens-99999")
    assert neuve["diplomes"] == "CAP Métallier|CAP Réalisations industrielles en chaudronnerie ou soudage option B soudage"
    assert neuve["metiers"] == "métallerie-serrurerie|soudure"
    assert (neuve["cout_min_an"], neuve["cout_max_an"], neuve["cout_annee"]) == ("450", "750", "2026")
    assert (neuve["commune"], neuve["site_web"]) == ("Brest", "http://ecole.example.org")
    assert neuve["source"] == "données ouvertes Onisep (2026-11-20)"


def test_annuaire_de_l_education_en_csv_et_en_json(copie: str, fabriquer: Fabrique, tmp_path: Path) -> None:
    passerelle = {
        "NOM_ETABLISSEMENT": "LP PR HC LA PASSERELLE",
        "Identifiant_de_l_etablissement": "0011490P",
        "Type_contrat_prive": "HORS CONTRAT",
        "Voie_professionnelle": "1",
        "Code_postal": "01100",
        "Nom_commune": "Arbent",
        "Code_commune": "01014",
        "Mail": "contact@example.org",
        "Web": "autre.example.org",
        "etat": "OUVERT",
        "latitude": "46.27206",
        "longitude": "5.65626",
    }
    fermee = passerelle | {"Identifiant_de_l_etablissement": "0022219B", "Code_commune": "02279", "Mail": "", "etat": "FERME"}
    fermee |= {"latitude": "", "longitude": "", "Code_postal": "02400"}
    lycee = passerelle | {"Identifiant_de_l_etablissement": "0299996U", "Type_contrat_prive": "SANS OBJET"}
    csv_ = fabriquer("annuaire.csv", [passerelle, fermee, lycee], "utf-8", ",")
    bilan = apercu(copie, csv_)
    assert dict(bilan.genres) == {"changee": 1, "fermeture": 1, "ignoree": 1} and not bilan.rejets
    assert set(bilan.details["changee"][0].changements) == {"courriel", "date_source"}  # neither our name nor our site
    json_ = tmp_path / "annuaire.json"
    lignes = [{nom.lower(): valeur or None for nom, valeur in ligne.items()} for ligne in (passerelle, fermee, lycee)]
    json_.write_text(json.dumps({"total_count": 3, "results": lignes}), encoding="utf-8")
    assert apercu(copie, json_).empreinte == bilan.empreinte
    importer(copie, json_)
    with fabrique_de_sessions(ouvrir(copie))() as session:
        assert trouver_ecole(session, "edp004") is None and trouver_ecole(session, "edp002") is not None


def test_une_correction_a_la_main_gagne_sur_tous_les_fichiers(copie: str, dossier: Path, fabriquer: Fabrique) -> None:
    with fabrique_de_sessions(ouvrir(copie))() as session, session.begin():
        corriger(session, "edp002", "adresse", "20 rue Neuve", "Marc", "l'école, au téléphone")
    bilan = importer(copie, fabriquer("structures.csv", [PASSERELLE]))
    (conflit,) = bilan.en_conflit[0].conflits
    assert (conflit.champ, conflit.gardee, conflit.du_fichier) == ("adresse", "20 rue Neuve", "15 rue François Rochaix")
    fichier = dossier / "ecoles.csv"
    contenu = fichier.read_text(encoding="utf-8")
    fichier.write_text(contenu.replace("https://www.ecolelapasserelle.fr/", "https://neuf.example.org/"), encoding="utf-8")
    rapport = charger_base(copie, dossier)
    assert "20 rue Neuve" in str(rapport.conflits[0])
    apres = lire(copie, "edp002")
    assert (apres["adresse"], apres["site_web"]) == ("20 rue Neuve", "https://neuf.example.org/")
    assert apres["telephone"] == "01 99 00 12 34"  # what the import brought stays too
    assert "correction de l'équipe" in apres["source"] and apres["date_source"] == "2026-11-20"
    with fabrique_de_sessions(ouvrir(copie))() as session, session.begin():
        lever(session, "edp002", "adresse", "Marc")
    assert importer(copie, fabriquer("structures.csv", [PASSERELLE])).genres["changee"] == 1
    assert lire(copie, "edp002")["adresse"] == "15 rue François Rochaix"


def test_une_panne_au_milieu_laisse_la_base_comme_avant(copie: str, fabriquer: Fabrique) -> None:
    lignes = [NEUVE | {"Code UAI": f"{rang:07d}X", "Nom": f"École de production {rang}"} for rang in range(1200)]
    fichier = fabriquer("longue.csv", lignes)
    avant = photo(copie)
    ecrits: list[int] = []

    def couper(connexion: object, curseur: object, requete: str, *reste: object) -> None:
        if requete.startswith("INSERT INTO ecoles "):
            ecrits.append(1)
            if len(ecrits) == 2:  # the second packet of 500 lines
                raise OSError("disque plein")

    event.listen(Engine, "before_cursor_execute", couper)
    try:
        with pytest.raises(OSError, match="disque plein"):
            importer(copie, fichier)
    finally:
        event.remove(Engine, "before_cursor_execute", couper)
    assert len(ecrits) == 2 and photo(copie) == avant
    assert importer(copie, fichier).genres["nouvelle"] == 1200


def test_ce_qui_est_applique_est_ce_qui_a_ete_montre(copie: str, fabriquer: Fabrique) -> None:
    travail = preparer(Demande(fabriquer("structures.csv", [PASSERELLE]), date="2026-11-20"))
    montre = previsualiser(copie, travail)
    with fabrique_de_sessions(ouvrir(copie))() as session, session.begin():
        corriger(session, "edp002", "adresse", "20 rue Neuve", "Marc", "vu sur place")
    with pytest.raises(BaseChangee, match="relance"):
        appliquer(copie, travail, "Claire", montre)


@pytest.mark.parametrize("format_", ["csv", "json"])
def test_exporter_puis_importer_ne_change_rien(copie: str, format_: str, tmp_path: Path) -> None:
    fichier = tmp_path / f"export.{format_}"
    with fabrique_de_sessions(ouvrir(copie))() as session, fichier.open("w", encoding="utf-8", newline="") as sortie:
        assert ecrire(sortie, format_, toutes(session)) == 88
    avant = photo(copie)
    bilan = importer(copie, fichier, complet=True)
    assert dict(bilan.genres) == {"identique": 88} and not bilan.rejets
    assert photo(copie) == avant


def test_notre_table_peut_ne_porter_que_quelques_colonnes(copie: str, fabriquer: Fabrique) -> None:
    lignes = [{"ID": "edp002", "site web": "https://neuf.example.org"}, {"ID": "inconnue", "site web": ""}]
    bilan = importer(copie, fabriquer("sites.csv", lignes, separateur=","), source="relevé de l'équipe")
    assert [(r.ligne, "« statut » est vide" in r.raison) for r in bilan.rejets] == [(3, True)]
    apres = lire(copie, "edp002")
    assert apres["site_web"] == "https://neuf.example.org" and "relevé de l'équipe (2026-11-20)" in apres["source"]


def test_une_liste_complete_retire_les_absentes_mais_pas_la_moitie(copie: str, fabriquer: Fabrique) -> None:
    with fabrique_de_sessions(ouvrir(copie))() as session:
        lignes = list(toutes(session))
    assert importer(copie, fabriquer("tout.csv", lignes[1:]), complet=True).retraits == [lignes[0]["id"]]
    bilan = importer(copie, fabriquer("coupe.csv", lignes[1:20]), complet=True)
    assert not bilan.change and "sans doute coupé" in bilan.rejets[0].raison


def test_un_metier_que_personne_n_enseignait_devient_enseigne(copie: str, fabriquer: Fabrique) -> None:
    importer(copie, fabriquer("metiers.csv", [{"id": "edp002", "metiers": "usinage|coiffure"}]))
    with fabrique_de_sessions(ouvrir(copie))() as session:
        assert session.get(Metier, "coiffure").enseigne


@pytest.mark.parametrize(
    ("contenu", "raison"),
    [
        (b"", "est vide"),
        (b"PK\x03\x04classeur", "CSV UTF-8"),
        (b"prenom;age\nLea;15\n", "Je ne reconnais pas"),
        (b'[{"id": "edp002", "nom": ', "se casse"),
    ],
)
def test_un_fichier_qui_n_est_pas_une_liste_d_ecoles_est_explique(tmp_path: Path, contenu: bytes, raison: str) -> None:
    fichier = tmp_path / "etrange.csv"
    fichier.write_bytes(contenu)
    with pytest.raises(FichierIllisible, match=raison):
        preparer(Demande(fichier))


def test_une_case_sur_deux_lignes_et_un_guillemet_perdu(copie: str, fabriquer: Fabrique) -> None:
    fichier = fabriquer("structures.csv", [PASSERELLE | {"adresse": "15 rue\nFrançois Rochaix"}, NEUVE])
    contenu = fichier.read_bytes().replace(b"1 rue de l'Essai", b'"1 rue de l\'Essai')
    fichier.write_bytes(contenu)
    bilan = importer(copie, fichier)
    assert lire(copie, "edp002")["adresse"] == "15 rue François Rochaix"
    assert [(r.ligne, "guillemets" in r.raison) for r in bilan.rejets] == [(4, True)]


def test_le_meme_import_sur_postgresql(postgres: str, fabriquer: Fabrique) -> None:
    fichier = fabriquer("structures.csv", [PASSERELLE, NEUVE, NEUVE])
    bilan = importer(postgres, fichier)
    assert (bilan.genres["changee"], bilan.genres["nouvelle"], bilan.rejetees) == (1, 1, 1)
    with fabrique_de_sessions(ouvrir(postgres))() as session, session.begin():
        corriger(session, "edp002", "position", "46.28 5.66", "Marc", "vu sur la carte")
        assert session.get(Ecole, "edp002").latitude == 46.28
    assert len(importer(postgres, fichier).en_conflit) == 1
    with fabrique_de_sessions(ouvrir(postgres))() as session:
        assert chercher(session, commune=(46.28, 5.66)).ecoles[0].id == "edp002"


def test_une_ecriture_qui_echoue_sur_postgresql_ne_laisse_rien(
    postgres: str, fabriquer: Fabrique, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second packet is written while the third is compared: its failure must come out, and take the first with it."""
    monkeypatch.setattr(execution, "PAQUET", 1)
    passes: list[int] = []

    def ecrire_un_seul(*arguments: object) -> None:
        passes.append(1)
        if len(passes) > 1:
            raise RuntimeError("disque plein")
        ecriture.ecrire(*arguments)

    monkeypatch.setattr(execution, "ecrire", ecrire_un_seul)
    autres = [NEUVE | {"Code UAI": f"029999{rang}X", "URL et ID Onisep": f"{NEUVE['URL et ID Onisep']}{rang}"} for rang in range(4)]
    with pytest.raises(RuntimeError, match="disque plein"):
        importer(postgres, fabriquer("structures.csv", [PASSERELLE, *autres]))
    with fabrique_de_sessions(ouvrir(postgres))() as session:
        assert session.scalars(select(Importation)).all() == []
        assert session.get(Ecole, "edp002").telephone == ""


@pytest.mark.parametrize("moteur", ["copie", "postgres"])
def test_un_texte_biscornu_arrive_entier(moteur: str, request: pytest.FixtureRequest) -> None:
    textes = ["\\N", "a\\tb", "une\ttabulation", "deux\r\nlignes", "\\", "l'« été » %s", "", "\\."]
    with fabrique_de_sessions(ouvrir(request.getfixturevalue(moteur)))() as session:
        ligne = {"cle": "", "titre": "t", "famille": "f", "voisins": ("a", "b\\c"), "diplomes": (), "candidats": (), "enseigne": True}
        sourcage = {"source": "s", "date_source": "2026"}
        inserer(session, Metier, [ligne | sourcage | {"cle": f"essai {rang}", "titre": texte} for rang, texte in enumerate(textes)])
        lus = session.scalars(select(Metier).where(Metier.cle.like("essai %")).order_by(Metier.cle)).all()
        assert [(lu.titre, lu.voisins, lu.enseigne) for lu in lus] == [(texte, ("a", "b\\c"), True) for texte in textes]
