"""A flat map around a point: what a database can compute fast and an index can bound. Never the last word on a distance."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from sqlalchemy import Float, Integer, bindparam, literal_column
from sqlalchemy.sql import ColumnElement, Select

from bot.ecoles.distance import boite, distance_km
from bot.ecoles.lieux import Point
from bot.ecoles.modeles import BANDES_PAR_DEGRE

_KM_PAR_DEGRE = 111.195
_NOMMEES = (2, 7)  # bands of a heart, and of 30 km: a statement for each, and one for all larger circles
Proches = Sequence[tuple[float, str]]
"""Exact distances in kilometres and ids, in order."""


def erreur(km: float) -> float:
    """How wrong the map may be on a distance, relative; twice the real error in France."""
    return 0.002 + km * 2.5e-4


def carre(km: float) -> float:
    """A distance as the map measures it: squared, in degrees of latitude."""
    return (km / _KM_PAR_DEGRE) ** 2


def centre(origine: Point) -> dict[str, float]:
    """The values of ``ecart``."""
    return {"latitude": origine[0], "longitude": origine[1], "aplati": math.cos(math.radians(origine[0])) ** 2}


def ecart(requete: Select) -> ColumnElement:
    """How far each row is on the map, see ``carre``."""
    latitude, longitude = requete.selected_columns.latitude, requete.selected_columns.longitude
    dy, dx = latitude - bindparam("latitude", type_=Float), longitude - bindparam("longitude", type_=Float)
    return dy * dy + dx * dx * bindparam("aplati", type_=Float)


def cadre(origine: Point, rayon_km: float, suffixe: str = "") -> dict[str, float]:
    """The values of ``encadree``: a box that holds the circle, and the bands that it crosses."""
    sud, nord, ouest, est = boite(*origine, rayon_km)
    bandes = {"bande": math.ceil(sud * BANDES_PAR_DEGRE - 0.5), "derniere": math.floor(nord * BANDES_PAR_DEGRE + 0.5)}
    valeurs = {"sud": sud, "nord": nord, "ouest": ouest, "est": est, **bandes}
    return {nom + suffixe: valeur for nom, valeur in valeurs.items()}


def bandes(rayon_km: float) -> int:
    """How many bands to name so that they hold a circle, wherever it is; 0 when it is better not to name them."""
    sud, nord, _, _ = boite(0.0, 0.0, rayon_km)
    besoin = math.floor((nord - sud) * BANDES_PAR_DEGRE) + 2
    return next((combien for combien in _NOMMEES if combien >= besoin), 0)


def encadree(requete: Select, suffixe: str = "", combien: int = 0) -> Select:
    """Keep the rows of a box; ``suffixe`` tells its values from those of another box of the same statement.

    ``combien`` bands are named one by one, and the index is then read inside the box only; without it, from one end of France to the other.
    """
    latitude, longitude = requete.selected_columns.latitude, requete.selected_columns.longitude
    sud, nord, ouest, est = (bindparam(nom + suffixe) for nom in ("sud", "nord", "ouest", "est"))
    bande, premiere = latitude.table.c.bande, bindparam(f"bande{suffixe}", type_=Integer)
    nommees = bande.in_([premiere + literal_column(str(rang)) for rang in range(combien)])
    dans_la_bande = nommees if combien else bande.between(premiere, bindparam(f"derniere{suffixe}"))
    return requete.where(dans_la_bande, longitude.between(ouest, est), latitude.between(sud, nord))


def mesurer(lignes: Iterable[Sequence], origine: Point, rayon_km: float = math.inf) -> Proches:
    """Measure exactly the rows (id, latitude, longitude) that are in the circle, each school once."""
    eloignements = {cle: distance_km(*origine, latitude, longitude) for cle, latitude, longitude, *_ in lignes}
    return sorted((km, cle) for cle, km in eloignements.items() if km <= rayon_km)


def premieres(lignes: Sequence[Sequence], origine: Point, rayon_km: float, limite: int) -> tuple[Proches, bool]:
    """Measure the ``limite`` first rows of the map, and say whether they are all there were.

    Of rows that leave others behind, only those that none of the others can be nearer than are given.
    """
    proches = mesurer(lignes, origine)
    toutes = len(lignes) < limite
    sur = math.inf if toutes else proches[-1][0] * (1 - 2 * erreur(proches[-1][0]))
    return [(km, cle) for km, cle in proches if km <= rayon_km and km < sur], toutes
