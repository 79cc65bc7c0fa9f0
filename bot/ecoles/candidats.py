"""Read the schools that may answer a search from one index, fast enough for 100,000 schools.

Statements are built once by shape and given their values afterwards: SQLAlchemy spends more time building and comparing
a statement than the database spends answering it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any, NamedTuple

from sqlalchemy import Float, bindparam, func, literal_column, null, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement, Select

from bot.ecoles.criteres import ecoles_qui_ont
from bot.ecoles.distance import boite, distance_km
from bot.ecoles.lectures import Parmi, lire
from bot.ecoles.lieux import Point
from bot.ecoles.modeles import OUVERTE, PROJET, Ecole, Enseignement

DENSE = 120  # rows of a box above which the database counts for us
PLAFOND = 1_000  # schools of a circle above which nobody needs to know how many: a search costs the same however long the list is
_LARGESSE = 2  # times the schools wanted that the first circle is meant to hold
_MARGE = 20  # rows kept beyond those wanted, as a flat map sorts a little wrong
_KM_PAR_DEGRE = 111.195
_TOUTES = 2**31 - 1
_AUCUN, _UN, _PLUSIEURS = range(3)  # trades asked for
_TOTAL, _VOULUES, _ANNONCEES = range(3)  # kinds of rows that one reading brings together


class Trouves(NamedTuple):
    """The first ids, in order, and how many there are in all; ``davantage``: more than that, nobody counted to the end.

    ``annoncees``: projects there, the nearest first, when they were asked for.
    """

    ids: tuple[str, ...]
    total: int
    davantage: bool = False
    annoncees: tuple[str, ...] = ()


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
        metiers = _AUCUN if self.metiers is None else _UN if len(self.metiers) == 1 else _PLUSIEURS
        return metiers, bool(self.departement), bool(self.region), bool(self.exclure), self.exige, self.inconnues

    @property
    def valeurs(self) -> dict[str, Any]:
        seul = self.metiers is not None and len(self.metiers) == 1
        toutes = {
            "metier": self.metiers[0] if seul else None,
            "metiers": None if seul or self.metiers is None else list(self.metiers),
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
    return _reconnaitre(session, criteres, origine, rayon_km, maximum, _boitees(session, criteres, origine, rayon_km))


def au_plus_pres(
    session: Session, criteres: Criteres, origine: Point, rayons: Sequence[float], maximum: int, annonces_km: float | None = None
) -> tuple[Trouves, float | None]:
    """Search the smallest of these circles (given in order) that holds a school, and say which it is; None when none does.

    Most searches need one reading, which also brings the projects within ``annonces_km``; when the first circle is empty, one of the
    largest box settles all of them, unless it is full.
    """
    if criteres.metiers == ():
        return AUCUN, None
    premier, *suivants = rayons
    lignes, annoncees = _premiere_lecture(session, criteres, origine, premier, maximum, annonces_km)
    trouves = _reconnaitre(session, criteres, origine, premier, maximum, lignes)._replace(annoncees=annoncees)
    if trouves.total or not suivants:
        return trouves, premier if trouves.total else None
    lignes = _boitees(session, criteres, origine, suivants[-1])
    for rayon in suivants:
        au_large = _boitees(session, criteres, origine, rayon) if len(lignes) > DENSE else lignes
        trouves = _reconnaitre(session, criteres, origine, rayon, maximum, au_large)._replace(annoncees=annoncees)
        if trouves.total:
            return trouves, rayon
    return trouves, None


def dans_le_lieu(session: Session, criteres: Criteres, origine: Point | None, maximum: int, annonces: bool = False) -> Trouves:
    """Search a département, a région or France, in one reading; without an origin the order is that of the ids, the one of the file."""
    if criteres.metiers == ():
        return AUCUN
    requete = _au_lieu(criteres.forme, criteres.unique, origine is not None, annonces)
    valeurs = {"limite": maximum} if origine is None else _plat(origine) | {"limite": _MARGE + 4 * maximum}
    par_genre: dict[int, list[Any]] = {_TOTAL: [], _VOULUES: [], _ANNONCEES: []}
    for genre, *reste in _lire(session, requete, criteres, valeurs | ({"annonces": PROJET} if annonces else {})):
        par_genre[genre].append(reste)
    ranger = _par_cle if origine is None else lambda lignes: _cles(_mesurer(lignes, origine, math.inf), maximum)
    voulues, annoncees = (ranger([ligne[:3] for ligne in par_genre[genre]]) for genre in (_VOULUES, _ANNONCEES))
    return Trouves(voulues, par_genre[_TOTAL][0][-1], annoncees=annoncees)


def les_plus_proches(session: Session, criteres: Criteres, origine: Point, maximum: int) -> tuple[str, ...]:
    """The first ids however far they are, without a count."""
    if criteres.metiers == ():
        return ()
    lignes = _lire(session, _par_distance(criteres.forme), criteres, _plat(origine) | {"limite": _MARGE + 4 * maximum})
    return _cles(_mesurer(lignes, origine, math.inf), maximum)


def _premiere_lecture(
    session: Session, criteres: Criteres, origine: Point, rayon_km: float, maximum: int, annonces_km: float | None
) -> tuple[list[Any], tuple[str, ...]]:
    """The schools of a box and the first projects of a circle, at once."""
    if annonces_km is None:
        return _boitees(session, criteres, origine, rayon_km), ()
    au_loin = {f"{nom}_annonces": valeur for nom, valeur in _boite(origine, annonces_km).items()}
    valeurs = _boite(origine, rayon_km) | au_loin | {"limite": DENSE + 1, "annonces": PROJET}
    lignes = _lire(session, _boite_et_annonces(criteres.forme), criteres, valeurs)
    voulues, projets = ([reste for genre, *reste in lignes if genre == voulu] for voulu in (_VOULUES, _ANNONCEES))
    projetees = replace(criteres, statut=PROJET, exige=(), inconnues=False)
    return voulues, _reconnaitre(session, projetees, origine, annonces_km, maximum, projets).ids


def _boitees(session: Session, criteres: Criteres, origine: Point, rayon_km: float) -> list[Any]:
    return _lire(session, _dans_la_boite(criteres.forme), criteres, _boite(origine, rayon_km) | {"limite": DENSE + 1})


def _reconnaitre(session: Session, criteres: Criteres, origine: Point, rayon_km: float, maximum: int, lignes: list[Any]) -> Trouves:
    """Measure the rows of a box that holds the circle; when there were too many to bring, let the database count."""
    if len(lignes) <= DENSE:
        proches = _mesurer(lignes, origine, rayon_km)
        return Trouves(_cles(proches, maximum), len(proches))
    total = _compter_le_cercle(session, criteres, origine, rayon_km)
    return Trouves(_premiers(session, criteres, origine, rayon_km, maximum, total), total, total >= PLAFOND)


def _premiers(session: Session, criteres: Criteres, origine: Point, rayon_km: float, maximum: int, total: int) -> tuple[str, ...]:
    """Where schools are many, the nearest ones are in a small circle: look in the one that would hold enough if they were evenly spread, then wider."""
    combien = total if total < PLAFOND else 4 * PLAFOND
    depart = rayon_km * min(1.0, math.sqrt(_LARGESSE * maximum / max(1, combien)))
    for rayon in (depart, min(rayon_km, 3 * depart), min(rayon_km, 9 * depart), rayon_km):
        lignes = _lire(session, _dans_la_boite(criteres.forme), criteres, _boite(origine, rayon) | {"limite": _TOUTES})
        proches = _mesurer(lignes, origine, rayon)
        if len(proches) >= maximum or rayon == rayon_km:
            return _cles(proches, maximum)
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


def _cles(proches: list[tuple[float, str]], maximum: int) -> tuple[str, ...]:
    return tuple(cle for _, cle in proches[:maximum])


def _par_cle(lignes: list[Any]) -> tuple[str, ...]:
    return tuple(sorted(cle for cle, *_ in lignes))


def _lire(session: Session, requete: Select, criteres: Criteres, valeurs: dict[str, Any]) -> list[Any]:
    return lire(session, requete, criteres.valeurs | valeurs)


def _boite(origine: Point, rayon_km: float) -> dict[str, float]:
    return dict(zip(("sud", "nord", "ouest", "est"), boite(*origine, rayon_km)))


def _plat(origine: Point) -> dict[str, float]:
    return {"latitude": origine[0], "longitude": origine[1], "aplati": math.cos(math.radians(origine[0])) ** 2}


Forme = tuple[int, bool, bool, bool, tuple[str, ...], bool]


@lru_cache(maxsize=64)
def _base(forme: Forme, statut: str = "statut") -> Select:
    """Select ids and positions from the one table that has the right index; ``statut`` names the value that the status must have."""
    metiers, departement, region, exclure, exige, inconnues = forme
    table, cle = (Enseignement.__table__, Enseignement.ecole_id) if metiers else (Ecole.__table__, Ecole.id)
    requete = select(table.c[cle.key], table.c.latitude, table.c.longitude).where(table.c.statut == bindparam(statut))
    if metiers == _UN:
        requete = requete.where(table.c.metier == bindparam("metier"))
    elif metiers == _PLUSIEURS:
        requete = requete.where(Parmi(table.c.metier, "metiers"))
    if departement:
        requete = requete.where(table.c.departement == bindparam("departement"))
    if region:
        requete = requete.where(table.c.region == bindparam("region"))
    if exige:
        requete = requete.where(table.c[cle.key].in_(ecoles_qui_ont(exige, inconnues)))
    if exclure:
        requete = requete.where(~Parmi(table.c[cle.key], "exclure"))
    return requete


def _annonces(forme: Forme) -> Forme:
    """Projects are not asked what they will have."""
    return (*forme[:4], (), False)


def _boitee(requete: Select, suffixe: str = "") -> Select:
    _, latitude, longitude = requete.selected_columns
    sud, nord, ouest, est = (bindparam(nom + suffixe) for nom in ("sud", "nord", "ouest", "est"))
    return requete.where(latitude.between(sud, nord), longitude.between(ouest, est))


def _distance_plate(requete: Select) -> ColumnElement:
    """Squared, in degrees of latitude."""
    _, latitude, longitude = requete.selected_columns
    dy, dx = latitude - bindparam("latitude", type_=Float), longitude - bindparam("longitude", type_=Float)
    return dy * dy + dx * dx * bindparam("aplati", type_=Float)


@lru_cache(maxsize=64)
def _dans_la_boite(forme: Forme) -> Select:
    return _boitee(_base(forme)).limit(bindparam("limite"))


@lru_cache(maxsize=64)
def _boite_et_annonces(forme: Forme) -> Select:
    projets = _boitee(_base(_annonces(forme), "annonces"), "_annonces").limit(bindparam("limite"))
    return union_all(_marquee(_VOULUES, _dans_la_boite(forme)), _marquee(_ANNONCEES, projets))


@lru_cache(maxsize=64)
def _au_lieu(forme: Forme, unique: bool, trie: bool, annonces: bool) -> Select:
    """The count, the first schools and the first projects, each row marked with what it is."""
    lister = _par_distance if trie else partial(_par_id, unique=unique)
    combien = _denombre(_base(forme), unique).subquery()
    parts = [
        select(literal_column(str(_TOTAL)).label("genre"), null(), null(), null(), combien.c[0]),
        _marquee(_VOULUES, lister(forme)).add_columns(null()),
    ]
    if annonces:
        parts.append(_marquee(_ANNONCEES, lister(_annonces(forme), statut="annonces")).add_columns(null()))
    return union_all(*parts)


def _marquee(genre: int, requete: Select) -> Select:
    return select(literal_column(str(genre)).label("genre"), *requete.subquery().c)


@lru_cache(maxsize=64)
def _surs(forme: Forme, unique: bool) -> Select:
    requete = _boitee(_base(forme))
    cle = requete.selected_columns[0]
    dedans = requete.with_only_columns(cle).where(_distance_plate(requete) <= bindparam("dedans", type_=Float))
    premiers = (dedans if unique else dedans.distinct()).limit(bindparam("limite")).subquery()
    return select(func.count()).select_from(premiers)


@lru_cache(maxsize=64)
def _bord(forme: Forme) -> Select:
    requete = _boitee(_base(forme))
    plate = _distance_plate(requete)
    return requete.where(plate > bindparam("dedans", type_=Float), plate <= bindparam("dehors", type_=Float))


def _par_id(forme: Forme, unique: bool, statut: str = "statut") -> Select:
    requete = _base(forme, statut)
    ids = requete.order_by(requete.selected_columns[0]).limit(bindparam("limite"))
    return ids if unique else ids.distinct()


@lru_cache(maxsize=64)
def _par_distance(forme: Forme, statut: str = "statut") -> Select:
    requete = _base(forme, statut)
    placees = requete.where(requete.selected_columns[1].is_not(None))
    return placees.order_by(_distance_plate(requete)).limit(bindparam("limite"))


def _denombre(requete: Select, unique: bool) -> Select:
    cle = requete.selected_columns[0]
    return requete.with_only_columns(func.count() if unique else func.count(cle.distinct())).select_from(cle.table)
