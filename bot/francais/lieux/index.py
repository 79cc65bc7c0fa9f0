"""Every name a place answers to, built from the CSV files."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from statistics import fmean
from typing import Iterable, Iterator

from bot.francais.lieux.modeles import Lieu
from bot.francais.texte import cle_lieu
from bot.francais.vocabulaire import Vocabulaire

_LIENS = frozenset("en sur sous les le la de du des d l aux au et lez a".split())
_ARTICLES = frozenset(("le", "la", "les", "l"))
_POPULATION_TETE = 8_000
_POPULATION_TETE_SANS_LIEN = 20_000
_POPULATION_SANS_ARTICLE = 10_000


@dataclass
class Index:
    """Names (keys made by ``cle_lieu``) to places. ``pieges`` are names that need a reason; ``anciens`` names of communes that merged."""

    communes: dict[str, tuple[Lieu, ...]] = field(default_factory=dict)
    zones: dict[str, Lieu] = field(default_factory=dict)
    surnoms: dict[str, Lieu] = field(default_factory=dict)
    postaux: dict[str, tuple[Lieu, ...]] = field(default_factory=dict)
    par_code: dict[str, Lieu] = field(default_factory=dict)
    departements: dict[str, Lieu] = field(default_factory=dict)
    regions: dict[str, Lieu] = field(default_factory=dict)
    anciens: set[str] = field(default_factory=set)
    pieges: set[str] = field(default_factory=set)
    longueurs: dict[str, int] = field(default_factory=dict)


def construire(dossier: Path, surnoms: Path, vocabulaire: Vocabulaire) -> Index:
    """Read communes.csv, anciennes-communes.csv, departements.csv, regions.csv and the nicknames."""
    index = Index()
    lignes = list(_lire(dossier / "communes.csv"))
    _zones(index, dossier, lignes)
    noms: defaultdict[str, set[Lieu]] = defaultdict(set)
    abreges: defaultdict[str, set[Lieu]] = defaultdict(set)
    _communes(index, lignes, noms, abreges, vocabulaire)
    for nom, lieux in abreges.items():  # « Clermont » is Clermont-Ferrand, but « Chartres » is never Chartres-de-Bretagne
        plus_grande = max((lieu.population for lieu in noms.get(nom, ())), default=0)
        noms[nom].update(lieu for lieu in lieux if lieu.population > plus_grande)
    for ligne in _lire(dossier / "anciennes-communes.csv"):
        nom = cle_lieu(ligne["nom"])
        if nom not in noms and ligne["chef_lieu"] in index.par_code:
            index.anciens.add(nom)
            noms[nom].add(index.par_code[ligne["chef_lieu"]])
    index.communes = {nom: par_population(lieux) for nom, lieux in noms.items()}
    _surnoms(index, surnoms)
    for nom in (*index.communes, *index.zones, *index.surnoms):
        premier, _, reste = nom.partition(" ")
        index.longueurs[premier] = max(index.longueurs.get(premier, 0), 1 + (reste.count(" ") + 1 if reste else 0))
    return index


def par_population(lieux: Iterable[Lieu]) -> tuple[Lieu, ...]:
    """Most populated first, then by code, so that the order never changes."""
    return tuple(sorted(lieux, key=lambda lieu: (-lieu.population, lieu.code)))


def _zones(index: Index, dossier: Path, lignes: list[dict[str, str]]) -> None:
    habitants: defaultdict[tuple[str, str], int] = defaultdict(int)
    for ligne in lignes:
        if ligne["type"] == "commune":
            habitants["d", ligne["departement"]] += int(ligne["population"] or 0)
            habitants["r", ligne["region"]] += int(ligne["population"] or 0)
    noms_regions = {ligne["code"]: ligne["nom"] for ligne in _lire(dossier / "regions.csv")}
    for code, nom in noms_regions.items():
        lieu = Lieu("region", code, nom, None, None, habitants["r", code], "", region=code)
        index.regions[code] = index.zones[cle_lieu(nom)] = lieu
    for ligne in _lire(dossier / "departements.csv"):
        code, nom, region = ligne["code"], ligne["nom"], ligne["region"]
        contexte = noms_regions.get(region, "")
        lieu = Lieu("departement", code, nom, None, None, habitants["d", code], contexte if contexte != nom else "", code, region)
        # A département that is also a region (Martinique, La Réunion): one place, the département.
        index.departements[code] = index.zones[cle_lieu(nom)] = lieu


def _communes(
    index: Index, lignes: list[dict[str, str]], noms: defaultdict[str, set[Lieu]], abreges: defaultdict[str, set[Lieu]], vocabulaire: Vocabulaire
) -> None:
    postaux: defaultdict[str, set[Lieu]] = defaultdict(set)
    entieres = {"75056", "13055", "69123"}
    centres = _centres_postaux(lignes)
    for ligne in lignes:
        lieu = _commune(ligne, index.departements, centres)
        index.par_code[lieu.code] = lieu
        if lieu.code not in entieres:  # 69007 is Lyon 7e, not Lyon
            for postal in filter(None, ligne["codes_postaux"].split("|")):
                postaux[postal].add(lieu)
        if ligne["type"] == "commune":
            noms[cle_lieu(lieu.nom)].add(lieu)
            for nom in _abreges(lieu, vocabulaire):
                abreges[nom].add(lieu)
    index.postaux = {postal: par_population(lieux) for postal, lieux in postaux.items()}


def _centres_postaux(lignes: list[dict[str, str]]) -> dict[str, tuple[float, float]]:
    """Around where the communes of a postal code lie: for the eight communes of the mainland whose own centre is not in the data."""
    points: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for ligne in filter(itemgetter("latitude"), lignes):
        for postal in ligne["codes_postaux"].split("|"):
            points[postal].append((float(ligne["latitude"]), float(ligne["longitude"])))
    return {postal: (fmean(p[0] for p in siens), fmean(p[1] for p in siens)) for postal, siens in points.items()}


def _commune(ligne: dict[str, str], departements: dict[str, Lieu], centres: dict[str, tuple[float, float]]) -> Lieu:
    departement = departements.get(ligne["departement"])
    if ligne["latitude"]:
        latitude, longitude = float(ligne["latitude"]), float(ligne["longitude"])
    else:
        latitude, longitude = next((centres[postal] for postal in ligne["codes_postaux"].split("|") if postal in centres), (None, None))
    return Lieu(
        genre="commune",
        code=ligne["code_insee"],
        nom=ligne["nom"],
        latitude=latitude,
        longitude=longitude,
        population=int(ligne["population"] or 0),
        contexte=f"{departement.nom} ({departement.code})" if departement else "",
        departement=ligne["departement"],
        region=ligne["region"],
    )


def _abreges(lieu: Lieu, vocabulaire: Vocabulaire) -> Iterator[str]:
    """What people shorten the name of a big commune to: « Clermont », « Rochelle », « Villefranche »."""
    if lieu.population < _POPULATION_TETE:
        return
    nom = cle_lieu(lieu.nom)
    mots = nom.split()
    debut = 2 if mots[0] in _ARTICLES or mots[0].startswith("saint") else 1
    lien = next((rang for rang in range(debut, len(mots)) if mots[rang] in _LIENS), 0)
    tete = mots[:lien] if lien else mots[:1] if len(mots) == 2 and debut == 1 and lieu.population >= _POPULATION_TETE_SANS_LIEN else []
    if tete and not vocabulaire.est_banal(tete[-1]):
        yield " ".join(tete)
    if mots[0] in _ARTICLES and lieu.population >= _POPULATION_SANS_ARTICLE and not all(map(vocabulaire.est_banal, mots[1:])):
        yield " ".join(mots[1:])


def _surnoms(index: Index, chemin: Path) -> None:
    tables = {"commune": index.par_code, "departement": index.departements, "region": index.regions}
    for ligne in _lire(chemin):
        nom = cle_lieu(ligne["ecrit"])
        index.surnoms[nom] = tables[ligne["genre"]][ligne["code"]]
        if ligne["piege"]:
            index.pieges.add(nom)


def _lire(chemin: Path) -> Iterator[dict[str, str]]:
    with chemin.open(encoding="utf-8", newline="") as fichier:
        yield from csv.DictReader(fichier, delimiter=";")
