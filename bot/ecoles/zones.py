"""The schools of a département, of a région or of France."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, literal_column, null, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from bot.ecoles.carte import centre, ecart, mesurer
from bot.ecoles.conditions import Criteres, Forme, lignes_par_genre, marquee, retenues
from bot.ecoles.lectures import lire
from bot.ecoles.lieux import Point
from bot.ecoles.modeles import PROJET
from bot.ecoles.resultat import AUCUN, Trouves

_MARGE = 20  # rows kept beyond those wanted, as a flat map sorts a little wrong
_TOTAL, _VOULUES, _ANNONCEES = range(3)


def dans_le_lieu(session: Session, criteres: Criteres, origine: Point | None, maximum: int, annonces: bool = False) -> Trouves:
    """Search a département, a région or France, in one reading; without an origin the order is that of the ids, the one of the file."""
    if criteres.metiers == ():
        return AUCUN
    valeurs = {"limite": maximum} if origine is None else _premieres(origine, maximum)
    requete = _au_lieu(criteres.forme, origine is not None, annonces)
    lues = lignes_par_genre(session, requete, criteres, valeurs | ({"annonces": PROJET} if annonces else {}))
    voulues, annoncees = (_ranger(lues.get(genre, []), origine, maximum) for genre in (_VOULUES, _ANNONCEES))
    return Trouves(voulues, lues[_TOTAL][0][-1], annoncees=annoncees)


def les_plus_proches(session: Session, criteres: Criteres, origine: Point, maximum: int) -> tuple[str, ...]:
    """The first ids however far they are, without a count."""
    if criteres.metiers == ():
        return ()
    return _ranger(lire(session, _par_distance(criteres.forme), criteres.valeurs | _premieres(origine, maximum)), origine, maximum)


def _premieres(origine: Point, maximum: int) -> dict[str, Any]:
    return centre(origine) | {"limite": _MARGE + 4 * maximum}


def _ranger(lignes: list[Any], origine: Point | None, maximum: int) -> tuple[str, ...]:
    if origine is None:
        return tuple(sorted(cle for cle, *_ in lignes))
    return tuple(cle for _, cle in mesurer(lignes, origine)[:maximum])


@lru_cache(maxsize=64)
def _au_lieu(forme: Forme, trie: bool, annonces: bool) -> Select:
    """The count, the first schools and the first projects."""
    lister = _par_distance if trie else _par_id
    combien = _denombre(retenues(forme), forme.unique).subquery()
    parts = [
        select(literal_column(str(_TOTAL)).label("genre"), null(), null(), null(), combien.c[0]),
        marquee(_VOULUES, lister(forme)).add_columns(null()),
    ]
    if annonces:
        parts.append(marquee(_ANNONCEES, lister(forme.annonces, statut="annonces")).add_columns(null()))
    return union_all(*parts)


def _par_id(forme: Forme, statut: str = "statut") -> Select:
    requete = retenues(forme, statut)
    ids = requete.order_by(requete.selected_columns.id).limit(bindparam("limite"))
    return ids if forme.unique else ids.distinct()


@lru_cache(maxsize=64)
def _par_distance(forme: Forme, statut: str = "statut") -> Select:
    requete = retenues(forme, statut)
    placees = requete.where(requete.selected_columns.latitude.is_not(None))
    return placees.order_by(ecart(requete)).limit(bindparam("limite"))


def _denombre(requete: Select, unique: bool) -> Select:
    cle = requete.selected_columns.id
    return requete.with_only_columns(func.count() if unique else func.count(cle.distinct())).select_from(requete.selected_columns.latitude.table)
