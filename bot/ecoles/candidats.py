"""Read the schools that may answer a search from one index, fast enough for 100,000 schools.

Statements are built once by shape and given their values afterwards: SQLAlchemy spends more time building and comparing
a statement than the database spends answering it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Float, bindparam, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement, Select

from bot.ecoles.criteres import ecoles_qui_ont
from bot.ecoles.distance import boite, distance_km
from bot.ecoles.lieux import Point
from bot.ecoles.modeles import OUVERTE, Ecole, Enseignement

DENSE = 120  # rows of a box above which the database counts for us
PLAFOND = 1_000  # schools of a circle above which nobody needs to know how many: a search costs the same however long the list is
_LARGESSE = 2  # times the schools wanted that the first circle is meant to hold
_MARGE = 20  # rows kept beyond those wanted, as a flat map sorts a little wrong
_KM_PAR_DEGRE = 111.195
_TOUTES = 2**31 - 1


class Trouves(NamedTuple):
    """The first ids, in order, and how many there are in all; ``davantage``: more than that, nobody counted to the end."""

    ids: tuple[str, ...]
    total: int
    davantage: bool = False


AUCUN = Trouves((), 0)


@dataclass(frozen=True)
class Criteres:
    """What a school must be. ``metiers`` None means any trade; an empty one means a trade that nobody teaches."""

    metiers: tuple[str, ...] | None = None
    departement: str | None = None
    region: str | None = None
    exclure: frozenset[str] = frozenset()
    statut: str = OUVERTE
    exige: tuple[str, ...] = ()  # see criteres.py
    inconnues: bool = False

    @property
    def forme(self) -> Forme:
        return self.metiers is not None, bool(self.departement), bool(self.region), bool(self.exclure), self.exige, self.inconnues

    @property
    def valeurs(self) -> dict[str, Any]:
        toutes = {
            "metiers": self.metiers,
            "departement": self.departement,
            "region": self.region,
            "exclure": sorted(self.exclure),
        }
        return {nom: valeur for nom, valeur in toutes.items() if valeur} | {"statut": self.statut}

    @property
    def unique(self) -> bool:
        """Whether a school can come out once only."""
        return self.metiers is None or len(self.metiers) == 1


def autour(session: Session, criteres: Criteres, origine: Point, rayon_km: float, maximum: int) -> Trouves:
    """Give the nearest schools of a circle, and how many it holds, up to ``PLAFOND``; distances are exact."""
    if criteres.metiers == ():
        return AUCUN
    lignes = _lire(session, _dans_la_boite(criteres.forme), criteres, _boite(origine, rayon_km) | {"limite": DENSE + 1})
    if len(lignes) <= DENSE:
        proches = _mesurer(lignes, origine, rayon_km)
        return Trouves(tuple(cle for _, cle in proches[:maximum]), len(proches))
    total = _compter_le_cercle(session, criteres, origine, rayon_km)
    return Trouves(_premiers(session, criteres, origine, rayon_km, maximum, total), total, total >= PLAFOND)


def au_plus_pres(
    session: Session, criteres: Criteres, origine: Point, rayons: Sequence[float], maximum: int
) -> tuple[Trouves, float | None]:
    """Search the smallest of these circles (given in order) that holds a school, and say which it is; None when none does.

    Most searches need one reading; when the first circle is empty, one of the largest box settles all of them, unless it is full.
    """
    premier, *suivants = rayons
    trouves = autour(session, criteres, origine, premier, maximum)
    if trouves.total or not suivants or criteres.metiers == ():
        return trouves, premier if trouves.total else None
    lignes = _lire(session, _dans_la_boite(criteres.forme), criteres, _boite(origine, suivants[-1]) | {"limite": DENSE + 1})
    for rayon in suivants:
        if len(lignes) > DENSE:
            trouves = autour(session, criteres, origine, rayon, maximum)
        else:
            proches = _mesurer(lignes, origine, rayon)
            trouves = Trouves(tuple(cle for _, cle in proches[:maximum]), len(proches))
        if trouves.total:
            return trouves, rayon
    return AUCUN, None


def dans_le_lieu(session: Session, criteres: Criteres, origine: Point | None, maximum: int) -> Trouves:
    """Search a département, a région or France; without an origin the order is that of the ids, the one of the file."""
    if criteres.metiers == ():
        return AUCUN
    total = _lire(session, _combien(criteres.forme, criteres.unique), criteres, {})[0][0]
    if origine is None:
        ids = _lire(session, _par_id(criteres.forme, criteres.unique), criteres, {"limite": maximum})
        return Trouves(tuple(cle for (cle,) in ids), total)
    return Trouves(les_plus_proches(session, criteres, origine, maximum), total)


def les_plus_proches(session: Session, criteres: Criteres, origine: Point, maximum: int) -> tuple[str, ...]:
    """The first ids however far they are, without a count."""
    if criteres.metiers == ():
        return ()
    lignes = _lire(session, _par_distance(criteres.forme), criteres, _plat(origine) | {"limite": _MARGE + 4 * maximum})
    return tuple(cle for _, cle in _mesurer(lignes, origine, math.inf)[:maximum])


def _premiers(session: Session, criteres: Criteres, origine: Point, rayon_km: float, maximum: int, total: int) -> tuple[str, ...]:
    """Where schools are many, the nearest ones are in a small circle: look in the one that would hold enough if they were evenly spread, then wider."""
    combien = total if total < PLAFOND else 4 * PLAFOND
    depart = rayon_km * min(1.0, math.sqrt(_LARGESSE * maximum / max(1, combien)))
    for rayon in (depart, min(rayon_km, 3 * depart), min(rayon_km, 9 * depart), rayon_km):
        lignes = _lire(session, _dans_la_boite(criteres.forme), criteres, _boite(origine, rayon) | {"limite": _TOUTES})
        proches = _mesurer(lignes, origine, rayon)
        if len(proches) >= maximum or rayon == rayon_km:
            return tuple(cle for _, cle in proches[:maximum])
    return ()


def _compter_le_cercle(session: Session, criteres: Criteres, origine: Point, rayon_km: float) -> int:
    """Count on a flat map what is surely inside, and measure exactly what is near the edge."""
    erreur = 0.002 + rayon_km * 2.5e-4  # of the flat map, relative; twice the real one in France
    bords = {
        nom: (rayon_km * facteur / _KM_PAR_DEGRE) ** 2 for nom, facteur in (("dedans", 1 - erreur), ("dehors", 1 + erreur))
    }
    cadre = _boite(origine, rayon_km * (1 + erreur)) | _plat(origine)
    surs = _lire(session, _surs(criteres.forme, criteres.unique), criteres, cadre | {"dedans": bords["dedans"], "limite": PLAFOND})[0][0]
    if surs >= PLAFOND:
        return PLAFOND
    au_bord = _mesurer(_lire(session, _bord(criteres.forme), criteres, cadre | bords), origine, rayon_km)
    return min(PLAFOND, surs + len(au_bord))


def _mesurer(lignes: Iterable[tuple[str, float, float]], origine: Point, rayon_km: float) -> list[tuple[float, str]]:
    eloignements = {cle: distance_km(*origine, latitude, longitude) for cle, latitude, longitude in lignes}
    return sorted((km, cle) for cle, km in eloignements.items() if km <= rayon_km)


def _lire(session: Session, requete: Select, criteres: Criteres, valeurs: dict[str, Any]) -> list[Any]:
    """On the session's own connection: the session itself adds as much work as a whole search."""
    return session.connection().execute(requete, criteres.valeurs | valeurs).all()


def _boite(origine: Point, rayon_km: float) -> dict[str, float]:
    return dict(zip(("sud", "nord", "ouest", "est"), boite(*origine, rayon_km)))


def _plat(origine: Point) -> dict[str, float]:
    return {"latitude": origine[0], "longitude": origine[1], "aplati": math.cos(math.radians(origine[0])) ** 2}


Forme = tuple[bool, bool, bool, bool, tuple[str, ...], bool]


@lru_cache(maxsize=64)
def _base(forme: Forme) -> Select:
    """Select ids and positions from the one table that has the right index."""
    par_metier, departement, region, exclure, exige, inconnues = forme
    table, cle = (Enseignement.__table__, Enseignement.ecole_id) if par_metier else (Ecole.__table__, Ecole.id)
    requete = select(table.c[cle.key], table.c.latitude, table.c.longitude).where(table.c.statut == bindparam("statut"))
    if par_metier:
        requete = requete.where(table.c.metier.in_(bindparam("metiers", expanding=True)))
    if departement:
        requete = requete.where(table.c.departement == bindparam("departement"))
    if region:
        requete = requete.where(table.c.region == bindparam("region"))
    if exige:
        requete = requete.where(table.c[cle.key].in_(ecoles_qui_ont(exige, inconnues)))
    if exclure:
        requete = requete.where(table.c[cle.key].not_in(bindparam("exclure", expanding=True)))
    return requete


def _boitee(forme: Forme) -> Select:
    requete = _base(forme)
    _, latitude, longitude = requete.selected_columns
    return requete.where(latitude.between(bindparam("sud"), bindparam("nord")), longitude.between(bindparam("ouest"), bindparam("est")))


def _distance_plate(requete: Select) -> ColumnElement:
    """Squared, in degrees of latitude."""
    _, latitude, longitude = requete.selected_columns
    dy, dx = latitude - bindparam("latitude", type_=Float), longitude - bindparam("longitude", type_=Float)
    return dy * dy + dx * dx * bindparam("aplati", type_=Float)


@lru_cache(maxsize=64)
def _dans_la_boite(forme: Forme) -> Select:
    return _boitee(forme).limit(bindparam("limite"))


@lru_cache(maxsize=64)
def _surs(forme: Forme, unique: bool) -> Select:
    requete = _boitee(forme)
    cle = requete.selected_columns[0]
    dedans = requete.with_only_columns(cle).where(_distance_plate(requete) <= bindparam("dedans", type_=Float))
    premiers = (dedans if unique else dedans.distinct()).limit(bindparam("limite")).subquery()
    return select(func.count()).select_from(premiers)


@lru_cache(maxsize=64)
def _bord(forme: Forme) -> Select:
    requete = _boitee(forme)
    plate = _distance_plate(requete)
    return requete.where(plate > bindparam("dedans", type_=Float), plate <= bindparam("dehors", type_=Float))


@lru_cache(maxsize=64)
def _combien(forme: Forme, unique: bool) -> Select:
    return _denombre(_base(forme), unique)


@lru_cache(maxsize=64)
def _par_id(forme: Forme, unique: bool) -> Select:
    cle = _base(forme).selected_columns[0]
    ids = _base(forme).with_only_columns(cle).order_by(cle).limit(bindparam("limite"))
    return ids if unique else ids.distinct()


@lru_cache(maxsize=64)
def _par_distance(forme: Forme) -> Select:
    requete = _base(forme)
    placees = requete.where(requete.selected_columns[1].is_not(None))
    return placees.order_by(_distance_plate(requete)).limit(bindparam("limite"))


def _denombre(requete: Select, unique: bool) -> Select:
    cle = requete.selected_columns[0]
    return requete.with_only_columns(func.count() if unique else func.count(cle.distinct())).select_from(cle.table)

