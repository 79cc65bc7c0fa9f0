"""The statement that reads a circle at once: a count that stops, the rows it leaves to measure, the projects, and the heart.

A limit that depends on the count keeps each engine from reading the circle when the heart is wanted, or the heart when the circle is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Float, bindparam, case, func, literal_column, null, select, union_all
from sqlalchemy.sql.expression import CTE, Select

from bot.ecoles.carte import bandes, cadre, carre, centre, ecart, encadree, erreur
from bot.ecoles.conditions import Forme, marquee, retenues
from bot.ecoles.lieux import Point
from bot.ecoles.modeles import PROJET

SURES, PROCHES, AU_BORD, ANNONCEES, LUES_AU_COEUR, AU_COEUR = range(6)
"""Kinds of rows. Counts are in the last column: schools surely inside, rows of the heart. The others are ids and positions."""
_AUCUNE, _TOUTES = literal_column("0"), literal_column(str(2**31 - 1))  # rows that a limit lets through


def valeurs_du_cercle(origine: Point, rayon_km: float, coeur_km: float, annonces_km: float) -> dict[str, Any]:
    marge = erreur(rayon_km)
    bords = {"dedans": carre(rayon_km * (1 - marge)), "dehors": carre(rayon_km * (1 + marge))}
    valeurs = bords | cadre(origine, rayon_km) | valeurs_du_coeur(origine, coeur_km)
    return valeurs | cadre(origine, annonces_km, "_annonces") | {"annonces": PROJET} if annonces_km else valeurs


def valeurs_du_coeur(origine: Point, coeur_km: float) -> dict[str, Any]:
    return centre(origine) | cadre(origine, coeur_km, "_coeur")


def lecture_du_cercle(forme: Forme, rayon_km: float, coeur_km: float, annonces_km: float) -> Select:
    return _du_cercle(forme, bandes(rayon_km), bandes(coeur_km), annonces_km > 0)


def lecture_du_coeur(forme: Forme, coeur_km: float) -> Select:
    return _du_coeur(forme, bandes(coeur_km))


def lecture_entiere(forme: Forme, rayon_km: float) -> Select:
    return _boite(forme, bandes(rayon_km))


@lru_cache(maxsize=64)
def _boite(forme: Forme, combien: int) -> Select:
    return encadree(retenues(forme), combien=combien)


@lru_cache(maxsize=64)
def _du_cercle(forme: Forme, combien: int, combien_au_coeur: int, annonces: bool) -> Select:
    boite = _boite(forme, combien)
    sures = boite.with_only_columns(boite.selected_columns.id).where(ecart(boite) <= bindparam("dedans", type_=Float))
    comptees = (sures if forme.unique else sures.distinct()).limit(bindparam("plafond")).subquery()
    compte = select(func.count().label("sures")).select_from(comptees).cte("compte")
    beaucoup = select(compte.c.sures).scalar_subquery() >= bindparam("plafond")
    cercle = _points(boite).where(ecart(boite) <= bindparam("dehors", type_=Float)).limit(case((beaucoup, _AUCUNE), else_=_TOUTES)).cte("cercle")
    coeur = _coeur(forme, combien_au_coeur).limit(case((beaucoup, bindparam("foule")), else_=_AUCUNE)).cte("coeur")
    au_bord = select(cercle.c.id, cercle.c.latitude, cercle.c.longitude).where(cercle.c.ecart > bindparam("dedans", type_=Float))
    parts = [_nombre(SURES, select(compte.c.sures)), _rangees(PROCHES, _les_premiers(cercle)), _rangees(AU_BORD, au_bord)]
    if annonces:
        projets = _points(encadree(retenues(forme.annonces, "annonces"), "_annonces")).cte("projets")
        parts.append(_rangees(ANNONCEES, _les_premiers(projets)))
    return union_all(*parts, *_parts_du_coeur(coeur))


@lru_cache(maxsize=64)
def _du_coeur(forme: Forme, combien: int) -> Select:
    return union_all(*_parts_du_coeur(_coeur(forme, combien).limit(bindparam("foule")).cte("coeur")))


def _coeur(forme: Forme, combien: int) -> Select:
    return _points(encadree(retenues(forme), "_coeur", combien))


def _parts_du_coeur(coeur: CTE) -> tuple[Select, Select]:
    return _nombre(LUES_AU_COEUR, select(func.count()).select_from(coeur)), _rangees(AU_COEUR, _les_premiers(coeur))


def _points(requete: Select) -> Select:
    return requete.add_columns(ecart(requete).label("ecart"))


def _les_premiers(lignes: CTE) -> Select:
    return select(lignes.c.id, lignes.c.latitude, lignes.c.longitude).order_by(lignes.c.ecart).limit(bindparam("limite"))


def _rangees(genre: int, requete: Select) -> Select:
    return marquee(genre, requete).add_columns(null())


def _nombre(genre: int, requete: Select) -> Select:
    compte = requete.subquery()
    return select(literal_column(str(genre)).label("genre"), null(), null(), null(), compte.c[0])
