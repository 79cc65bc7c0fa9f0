"""The schools around a place, in the smallest circle that holds one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from bot.ecoles.carte import Proches
from bot.ecoles.cercle import PLAFOND, Cercle, lire_cercle
from bot.ecoles.conditions import Criteres
from bot.ecoles.lieux import Point
from bot.ecoles.resultat import AUCUN, Trouves


def autour(session: Session, criteres: Criteres, origine: Point, rayon_km: float, maximum: int) -> Trouves:
    """Give the nearest schools of a circle, and how many it holds, up to ``PLAFOND``; distances are exact."""
    if criteres.metiers == ():
        return AUCUN
    return _trouves(lire_cercle(session, criteres, origine, rayon_km, maximum), maximum)


def au_plus_pres(
    session: Session, criteres: Criteres, origine: Point, rayons: Sequence[float], maximum: int, annonces_km: float = 0.0
) -> tuple[Trouves, float | None]:
    """Search the smallest of these circles (given in order) that holds a school, and say which it is; None when none does.

    Most searches need one reading, which also brings the projects within ``annonces_km``. When the first circle is empty, the
    largest one tells where the nearest school is, and nearly always all there is to know of the circle that holds it.
    """
    if criteres.metiers == ():
        return AUCUN, None
    rayon, *suivants = rayons
    cercle = lire_cercle(session, criteres, origine, rayon, maximum, annonces_km)
    annoncees = cercle.annoncees
    if not cercle.total and suivants:
        large = lire_cercle(session, criteres, origine, suivants[-1], maximum)
        rayon = next((rayon for rayon in suivants if large.total and large.proches[0][0] <= rayon), suivants[-1])
        cercle = large if rayon == suivants[-1] else large.jusqu_a(rayon) or lire_cercle(session, criteres, origine, rayon, maximum)
    return _trouves(cercle._replace(annoncees=annoncees), maximum), rayon if cercle.total else None


def _trouves(cercle: Cercle, maximum: int) -> Trouves:
    return Trouves(_ids(cercle.proches, maximum), cercle.total, cercle.total == PLAFOND, _ids(cercle.annoncees, maximum))


def _ids(proches: Proches, maximum: int) -> tuple[str, ...]:
    return tuple(cle for _, cle in proches[:maximum])
