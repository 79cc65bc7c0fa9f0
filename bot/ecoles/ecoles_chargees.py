"""What follows from the lines of ``ecoles.csv``: trades taught, diplomas, names to recognise, schools that left the list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.ecoles.controles import Ligne, liste
from bot.ecoles.lecture import Rejet
from bot.ecoles.modeles import (
    OUVERTE,
    RETIREE,
    AncienneCommune,
    Commune,
    Departement,
    Ecole,
    Enseignement,
    Formation,
    Metier,
    NomEcole,
    Region,
)
from bot.ecoles.noms import cles, mots, normaliser
from bot.ecoles.rapport import CompteFichier
from bot.ecoles.synchronisation import Ecarts, Valeurs, remplacer_enfants, synchroniser

LignesEcoles = list[tuple[Ligne, Valeurs]]
Officiels = dict[str, tuple[str, list[str]]]
_COPIES = ("statut", "latitude", "longitude", "departement", "region", "source", "date_source")
_PART_MINIMALE = 0.5  # a file that lost more than half of the schools is more likely cut short than right


def completer(session: Session, lignes: LignesEcoles, ecarts: Ecarts, compte: CompteFichier) -> None:
    """Write the children of the schools; a school whose children alone changed counts as changed."""
    enfants = enfants_de(lignes, diplomes_officiels(session), NomsDeLieux(session))
    touchees = remplacer_enfants(session, [ecole["id"] for _, ecole in lignes], enfants)
    seulement_enfants = len({(ecole_id,) for ecole_id in touchees} - ecarts.ajoutees - ecarts.modifiees)
    compte.modifiees += seulement_enfants
    compte.inchangees -= seulement_enfants


def enfants_de(lignes: LignesEcoles, officiels: Officiels, noms: NomsDeLieux) -> dict[type, list[Valeurs]]:
    """Give the rows that hang from the schools, by table, in the order in which the tables may be filled."""
    enfants: dict[type, list[Valeurs]] = {Enseignement: [], Formation: [], NomEcole: []}
    for ligne, ecole in lignes:
        sourcage = {"ecole_id": ecole["id"], "source": ecole["source"], "date_source": ecole["date_source"]}
        metiers = liste(ligne["metiers"])
        copie = {nom: ecole[nom] for nom in _COPIES}
        enfants[Enseignement] += [copie | sourcage | {"metier": cle, "rang": rang} for rang, cle in enumerate(metiers)]
        enfants[Formation] += [sourcage | formation for formation in _formations(liste(ligne["diplomes"]), metiers, officiels)]
        enfants[NomEcole] += [sourcage | {"cle": cle, "debut": cle[:3]} for cle in sorted(noms.de(ecole))]
    return enfants


def retirer(session: Session, listees: set[str] | None, compte: CompteFichier) -> None:
    """Stop showing the schools that a former file brought and this one no longer lists.

    ``listees`` holds the ids of the file, those of refused lines included (such a school stays as it was); it is None
    when some line could not be read, and then nothing can be said to be missing.
    """
    if listees is None:
        return
    requete = select(Ecole.id).where(Ecole.origine == "fichier", Ecole.statut != RETIREE)
    presentes = set(session.scalars(requete))
    absentes = presentes - listees
    if absentes and len(presentes & listees) < _PART_MINIMALE * len(presentes):
        raison = f"{len(absentes)} écoles ont disparu du fichier : elles restent en base ; vérifie qu'il est complet"
        compte.rejets.append(Rejet(compte.fichier, 0, raison))
        return
    for ecole_id in sorted(absentes):
        session.execute(update(Ecole.__table__).where(Ecole.__table__.c.id == ecole_id).values(statut=RETIREE))
        enseignements = Enseignement.__table__
        session.execute(update(enseignements).where(enseignements.c.ecole_id == ecole_id).values(statut=RETIREE))
    compte.retirees = len(absentes)


def recalculer_enseigne(session: Session) -> None:
    """A trade is taught when an open school lists it, or lists one of the trades that an ambiguous word may mean."""
    enseignes = set(session.scalars(select(Enseignement.metier).where(Enseignement.statut == OUVERTE).distinct()))
    lignes = [
        {"cle": cle, "enseigne": cle in enseignes or bool(enseignes & set(candidats))}
        for cle, candidats in session.execute(select(Metier.cle, Metier.candidats))
    ]
    synchroniser(session, Metier, lignes)


def _formations(diplomes: tuple[str, ...], metiers: tuple[str, ...], officiels: Officiels) -> Iterable[dict[str, Any]]:
    """Give each diploma its official title and the trade of the school that it crowns, if the school lists one."""
    vus: set[str] = set()
    for diplome in diplomes:
        titre, candidats = officiels.get(cle_diplome(diplome), (diplome, []))
        if titre not in vus:
            metier = next((cle for cle in candidats if cle in metiers), None)
            yield {"diplome": titre, "rang": len(vus), "metier": metier}
            vus.add(titre)


@lru_cache(maxsize=4096)
def cle_diplome(diplome: str) -> str:
    """Compare titles without case, accents or punctuation."""
    return normaliser(re.sub(r"[–-]", " ", diplome))


def diplomes_officiels(session: Session) -> Officiels:
    """Give, by comparable title, the official title of a diploma and the trades that it crowns."""
    trouves: Officiels = {}
    for cle, diplomes in session.execute(select(Metier.cle, Metier.diplomes).order_by(Metier.cle)):
        for diplome in diplomes:
            trouves.setdefault(cle_diplome(diplome), (diplome, []))[1].append(cle)
    return trouves


class NomsDeLieux:
    """The place names that tell a school's name from a town's."""

    def __init__(self, session: Session) -> None:
        requetes = [select(modele.nom) for modele in (Commune, AncienneCommune, Departement, Region)]
        self.villes = frozenset(normaliser(nom) for requete in requetes for nom in session.scalars(requete))
        lieux = select(Departement.code, Departement.nom, Region.nom).join(Region, Region.code == Departement.region)
        self.par_departement = {code: f"{nom} {region}" for code, nom, region in session.execute(lieux)}

    def de(self, ecole: Valeurs) -> set[str]:
        lieux = _mots_du_lieu(f"{ecole['commune']} {self.par_departement.get(ecole['departement'], '')}")
        return cles([ecole["nom"], *ecole["autres_noms"]], lieux, self.villes)


@lru_cache(maxsize=4096)
def _mots_du_lieu(lieu: str) -> frozenset[str]:
    return frozenset(mots(lieu))
