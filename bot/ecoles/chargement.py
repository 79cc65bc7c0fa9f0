"""Load the CSV files of ``data/ecoles`` into the database: what is right goes in, what is wrong is told, line by line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles import controles, ecoles_chargees
from bot.ecoles.controles import Connus, Controle
from bot.ecoles.importation.protection import proteger
from bot.ecoles.importation.reference import lire_connus
from bot.ecoles.lecture import LigneRefusee, Rejet, Table, lire_csv
from bot.ecoles.modeles import AncienneCommune, Commune, Departement, Ecole, FichierCharge, Metier, Region
from bot.ecoles.rapport import CompteFichier, Rapport
from bot.ecoles.synchronisation import Valeurs, synchroniser
from bot.migrations import migrer, prendre_la_main

VERSION = "1"  # raise it when the rules change, so that unchanged files are read again
_LIEU = ("code", "nom", "chef_lieu", "article")
_COLONNES_ECOLE = (  # « departement » and « region » are there too, but the commune decides
    "id nom autres_noms adresse code_postal code_insee commune latitude longitude site_web uai contrat metiers diplomes cout "
    "cout_min_an cout_max_an cout_annee hebergement statut ouverture url_onisep source date_source confiance note"
).split()


@dataclass(frozen=True)
class Fichier:
    """A file, its table, its columns, the rule for a line, and the files whose changes make it worth reading again."""

    nom: str
    modele: type
    colonnes: tuple[str, ...]
    controle: Controle
    depend_de: tuple[str, ...] = ()


FICHIERS = (
    Fichier("regions.csv", Region, _LIEU, controles.region),
    Fichier("departements.csv", Departement, (*_LIEU, "region"), controles.departement),
    Fichier(
        "communes.csv",
        Commune,
        ("code_insee", "nom", "departement", "region", "codes_postaux", "population", "latitude", "longitude", "type"),
        controles.commune,
    ),
    Fichier("anciennes-communes.csv", AncienneCommune, ("code_insee", "nom", "chef_lieu", "type"), controles.ancienne_commune),
    Fichier(
        "metiers.csv",
        Metier,
        ("cle", "titre", "famille", "voisins", "diplomes", "facons_de_le_dire", "enseigne", "candidats", "source", "date"),
        controles.metier,
    ),
    Fichier("ecoles.csv", Ecole, tuple(_COLONNES_ECOLE), controles.ecole, ("communes.csv", "metiers.csv", "departements.csv")),
)


def charger_base(url: str, dossier: Path) -> Rapport:
    """Bring the database up to date, then load the files, all or nothing; for the command line."""
    migrer(url)
    moteur = ouvrir(url)
    try:
        with fabrique_de_sessions(moteur)() as session:
            prendre_la_main(session.connection())
            rapport = charger(session, dossier)
            session.commit()
            return rapport
    finally:
        moteur.dispose()


def charger(session: Session, dossier: Path) -> Rapport:
    """Load every file of the folder that has changed since the last load. The caller commits.

    A file with a refused line is read again next time, so that its faults are told until they are mended.
    """
    rapport = Rapport([_charger_fichier(session, dossier, fichier) for fichier in FICHIERS])
    if rapport.a_change:
        ecoles_chargees.recalculer_enseigne(session)
        for modele in ("communes", "ecoles", "enseignements", "noms_ecoles"):
            session.execute(text(f"ANALYZE {modele}"))  # without figures SQLite may scan instead of using the indexes
        session.expire_all()
    return rapport


def _charger_fichier(session: Session, dossier: Path, fichier: Fichier) -> CompteFichier:
    compte = CompteFichier(fichier.nom)
    empreinte = _empreinte(dossier, fichier)
    trace = session.get(FichierCharge, fichier.nom)
    if trace is not None and trace.empreinte == empreinte:
        compte.deja_charge = True
        compte.inchangees = session.scalar(select(func.count()).select_from(fichier.modele)) or 0
        return compte
    table = lire_csv(dossier / fichier.nom, fichier.colonnes)
    illisibles = bool(table.rejets)
    if fichier.modele is Ecole:
        table.lignes, compte.conflits = proteger(session, fichier.nom, table.lignes)
    connus = lire_connus(session)
    lignes, compte.rejets = _valider(fichier, table, connus)
    ecarts = synchroniser(session, fichier.modele, [valeurs for _, valeurs in lignes])
    compte.ajoutees, compte.modifiees, compte.inchangees = len(ecarts.ajoutees), len(ecarts.modifiees), ecarts.inchangees
    if fichier.modele is Ecole:
        ecoles_chargees.completer(session, lignes, ecarts, compte)
        listees = {ligne.get("id", "") for _, ligne in table.lignes}
        ecoles_chargees.retirer(session, None if illisibles or "" in listees else listees, compte)
    if compte.rejets and trace is not None:
        session.delete(trace)
    elif not compte.rejets:
        session.merge(FichierCharge(nom=fichier.nom, empreinte=empreinte, charge_le=datetime.now(timezone.utc).replace(tzinfo=None)))
    session.flush()
    return compte


def _valider(fichier: Fichier, table: Table, connus: Connus) -> tuple[list[tuple[controles.Ligne, Valeurs]], list[Rejet]]:
    rejets = list(table.rejets)
    cles = [colonne.name for colonne in fichier.modele.__table__.primary_key]
    vues: dict[tuple[str, ...], int] = {}
    bonnes: list[tuple[controles.Ligne, Valeurs]] = []
    for numero, ligne in table.lignes:
        try:
            valeurs = fichier.controle(ligne, connus)
            cle = tuple(valeurs[nom] for nom in cles)
            if cle in vues:
                raise LigneRefusee(f"« {' '.join(cle)} » est déjà à la ligne {vues[cle]} : garde une seule des deux")
            vues[cle] = numero
            bonnes.append((ligne, valeurs))
        except LigneRefusee as erreur:
            rejets.append(Rejet(fichier.nom, numero, str(erreur)))
    return bonnes, sorted(rejets, key=lambda rejet: rejet.ligne)


def _empreinte(dossier: Path, fichier: Fichier) -> str:
    somme = hashlib.sha256(VERSION.encode())
    for nom in (fichier.nom, *fichier.depend_de):
        chemin = dossier / nom
        somme.update(chemin.read_bytes() if chemin.is_file() else b"absent")
    return somme.hexdigest()
