"""Turn the cells of a line into the values of a row, or say in French why they cannot be."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot.ecoles.distance import distance_km
from bot.ecoles.lecture import LigneRefusee
from bot.ecoles.modeles import INCERTAINE, STATUTS

Ligne = Mapping[str, str]
SOURCE_LIEUX = {
    "source": "INSEE COG 2026 et La Poste, par @etalab/decoupage-administratif 6.0.0 ; contours IGN Admin Express ; Licence Ouverte 2.0",
    "date_source": "2026",
}
ECART_MAXIMAL_KM = 50  # between a school and the centre of its commune; more means swapped or mistyped coordinates
_PAYS = ("FR", "RE", "GP", "MQ", "GF", "YT", "NC", "PF", "PM")
_CONFIANCES = ("haute", "moyenne", "faible")


@dataclass
class Connus:
    """What a line may refer to: communes with (département, région, latitude, longitude, name), trades."""

    communes: dict[str, tuple[str, str, float | None, float | None, str]] = field(default_factory=dict)
    departements: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    metiers: set[str] = field(default_factory=set)


Controle = Callable[[Ligne, Connus], dict[str, Any]]


@lru_cache(maxsize=4096)
def liste(case: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mot.strip() for mot in case.split("|") if mot.strip()))


def obligatoire(ligne: Ligne, colonne: str) -> str:
    if not ligne[colonne]:
        raise LigneRefusee(f"la colonne « {colonne} » est vide : remplis-la")
    return ligne[colonne]


def parmi(ligne: Ligne, colonne: str, permis: Collection[str], quoi: str) -> str:
    valeur = obligatoire(ligne, colonne)
    if valeur not in permis:
        attendu = f" ; attendu : {', '.join(permis)}" if isinstance(permis, tuple) else ""
        raise LigneRefusee(f"{quoi} « {valeur} » inconnu dans la colonne « {colonne} »{attendu}")
    return valeur


def entier(ligne: Ligne, colonne: str, plafond: int = 2_000_000_000) -> int | None:
    brut = ligne[colonne]
    if not brut:
        return None
    if not re.fullmatch(r"[0-9]{1,10}", brut) or int(brut) > plafond:
        raise LigneRefusee(f"la colonne « {colonne} » contient « {brut} » : il faut un nombre entier, sans espace ni unité")
    return int(brut)


def position(ligne: Ligne) -> tuple[float, float] | tuple[None, None]:
    """Both coordinates or neither, in WGS 84 degrees with a point."""
    bruts = ligne["latitude"], ligne["longitude"]
    if bruts == ("", ""):
        return None, None
    try:
        latitude, longitude = float(bruts[0]), float(bruts[1])
    except ValueError:
        raise LigneRefusee(f"coordonnées « {bruts[0]} ; {bruts[1]} » : il faut deux nombres, avec un point") from None
    if not (math.isfinite(latitude) and abs(latitude) <= 90 and math.isfinite(longitude) and abs(longitude) <= 180):
        raise LigneRefusee(f"coordonnées « {bruts[0]} ; {bruts[1]} » hors du globe : vérifie latitude et longitude")
    return latitude, longitude


def region(ligne: Ligne, _connus: Connus) -> dict[str, Any]:
    return {cle: obligatoire(ligne, cle) for cle in ("code", "nom", "chef_lieu")} | {"article": ligne["article"]} | SOURCE_LIEUX


def departement(ligne: Ligne, connus: Connus) -> dict[str, Any]:
    return region(ligne, connus) | {"region": parmi(ligne, "region", connus.regions, "code de région")}


def commune(ligne: Ligne, connus: Connus) -> dict[str, Any]:
    latitude, longitude = position(ligne)
    return {
        "code_insee": _code_insee(ligne, "code_insee"),
        "nom": obligatoire(ligne, "nom"),
        "departement": parmi(ligne, "departement", connus.departements, "code de département"),
        "region": parmi(ligne, "region", connus.regions, "code de région"),
        "codes_postaux": liste(ligne["codes_postaux"]),
        "population": entier(ligne, "population"),
        "latitude": latitude,
        "longitude": longitude,
        "type": obligatoire(ligne, "type"),
    } | SOURCE_LIEUX


def ancienne_commune(ligne: Ligne, connus: Connus) -> dict[str, Any]:
    return {
        "code_insee": _code_insee(ligne, "code_insee"),
        "nom": obligatoire(ligne, "nom"),
        "chef_lieu": parmi(ligne, "chef_lieu", connus.communes.keys(), "code de commune"),
        "type": obligatoire(ligne, "type"),
    } | SOURCE_LIEUX


def metier(ligne: Ligne, _connus: Connus) -> dict[str, Any]:
    """``enseigne`` is left out: the loader computes it from the open schools."""
    listes = {colonne: liste(ligne[colonne]) for colonne in ("voisins", "diplomes", "candidats")}
    return {cle: obligatoire(ligne, cle) for cle in ("cle", "titre", "famille")} | listes | sourcage(ligne, "date")


def ecole(ligne: Ligne, connus: Connus) -> dict[str, Any]:
    """A school, without its children. Only an uncertain school, never shown, may lack a commune."""
    identifiant = obligatoire(ligne, "id")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,20}", identifiant):
        raise LigneRefusee(f"identifiant « {identifiant} » : lettres sans accent, chiffres et tirets, 20 au plus")
    statut = parmi(ligne, "statut", STATUTS, "statut")
    for cle in liste(ligne["metiers"]):
        if cle not in connus.metiers:
            raise LigneRefusee(f"métier « {cle} » inconnu : choisis une clé de metiers.csv ou ajoute-la")
    valeurs = {
        "id": identifiant,
        "nom": obligatoire(ligne, "nom"),
        "autres_noms": liste(ligne["autres_noms"]),
        "statut": statut,
        "site": _adresse_web(ligne, "site_web"),
        "url_onisep": _adresse_web(ligne, "url_onisep"),
        "confiance": parmi(ligne, "confiance", _CONFIANCES, "niveau de confiance"),
    }
    textes = ("adresse", "code_postal", "uai", "contrat", "cout", "hebergement", "ouverture", "note")
    valeurs |= {nom: ligne[nom] for nom in textes}
    if "telephone" in ligne:  # data/ecoles/ecoles.csv has neither; what an import brought must not be emptied
        valeurs["telephone"] = telephone(ligne["telephone"])
    if "courriel" in ligne:
        valeurs["courriel"] = courriel(ligne["courriel"])
    return valeurs | _lieu(ligne, connus, statut) | _frais(ligne) | sourcage(ligne, "date_source")


def sourcage(ligne: Ligne, colonne_date: str) -> dict[str, str]:
    date = obligatoire(ligne, colonne_date)
    if not re.fullmatch(r"(19|20)\d\d(-\d\d(-\d\d)?)?", date):
        raise LigneRefusee(f"date « {date} » : écris-la AAAA-MM-JJ, AAAA-MM ou AAAA")
    return {"source": obligatoire(ligne, "source"), "date_source": date}


def _lieu(ligne: Ligne, connus: Connus, statut: str) -> dict[str, Any]:
    """Département and région come from the commune; so does the position when the school has none."""
    latitude, longitude = position(ligne)
    exacte = latitude is not None
    if not ligne["code_insee"] and statut == INCERTAINE:
        dep, reg, nom = None, None, ligne["commune"]
    else:
        code = parmi(ligne, "code_insee", connus.communes.keys(), "code de commune")
        dep, reg, lat, lon, nom = connus.communes[code]
        if exacte and lat is not None and (ecart := distance_km(latitude, longitude, lat, lon)) > ECART_MAXIMAL_KM:
            raise LigneRefusee(f"coordonnées à {ecart:.0f} km de {nom} : vérifie-les, ou le code de la commune")
        latitude, longitude = (latitude, longitude) if exacte else (lat, lon)
    return {
        "code_insee": ligne["code_insee"] or None,
        "commune": ligne["commune"] or nom,
        "departement": dep,
        "region": reg,
        "latitude": latitude,
        "longitude": longitude,
        "position_exacte": exacte,
    }


def _frais(ligne: Ligne) -> dict[str, int | None]:
    bas, haut = entier(ligne, "cout_min_an", 100_000), entier(ligne, "cout_max_an", 100_000)
    annee = entier(ligne, "cout_annee", 2100)
    if bas is not None and haut is not None and bas > haut:
        raise LigneRefusee(f"coût de {bas} à {haut} euros : le minimum dépasse le maximum")
    return {"cout_min": bas, "cout_max": haut, "cout_annee": annee}


def _code_insee(ligne: Ligne, colonne: str) -> str:
    code = obligatoire(ligne, colonne)
    if not re.fullmatch(r"\d[0-9AB]\d{3}", code):
        raise LigneRefusee(f"code INSEE « {code} » : cinq caractères, comme 01004 ou 2A004")
    return code


def telephone(brut: str) -> str:
    """A French number, overseas included, as people write it: « 04 74 77 04 50 »."""
    if not brut:
        return ""
    lus = []
    for pays in _PAYS:
        try:
            lus.append(phonenumbers.parse(brut, pays))
        except phonenumbers.NumberParseException:
            break
        if phonenumbers.is_valid_number(lus[-1]):
            return phonenumbers.format_number(lus[-1], phonenumbers.PhoneNumberFormat.NATIONAL)
    if lus and phonenumbers.is_possible_number(lus[0]):  # a range that this version of the library does not know yet
        return phonenumbers.format_number(lus[0], phonenumbers.PhoneNumberFormat.NATIONAL)
    raise LigneRefusee(f"téléphone « {brut} » : il faut un numéro français, comme 01 23 45 67 89")


def courriel(brut: str) -> str:
    try:
        return validate_email(brut, check_deliverability=False).normalized if brut else ""
    except EmailNotValidError:
        raise LigneRefusee(f"courriel « {brut} » : il faut une adresse, comme contact@example.org") from None


def _adresse_web(ligne: Ligne, colonne: str) -> str:
    if ligne[colonne] and not re.fullmatch(r"https?://[^\s<>\"]+", ligne[colonne]):
        raise LigneRefusee(f"adresse « {ligne[colonne]} » dans « {colonne} » : elle doit commencer par http:// ou https://")
    return ligne[colonne]
