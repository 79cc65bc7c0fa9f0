"""Read what a circle holds in one statement, as fast for 100,000 schools as for 100: how many, exactly, and the nearest.

The database counts on a flat map what is surely inside, and stops at ``PLAFOND``. Below that, it sends the rows near the edge,
measured here, and the first rows by distance. Above, it reads the heart of the circle instead, where the nearest schools are.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from bot.ecoles import cercle_requetes as requetes
from bot.ecoles.carte import Proches, cadre, mesurer, premieres
from bot.ecoles.conditions import Criteres, lignes_par_genre
from bot.ecoles.lectures import lire
from bot.ecoles.lieux import Point

PLAFOND = 1_000  # schools of a circle above which nobody needs to know how many: a search costs the same however long the list is
FOULE = 600  # rows of a heart above which a smaller one is looked for
_COEUR = 20  # how many times smaller than its circle a heart is at first
_MARGE = 10  # rows brought beyond those wanted, as a flat map sorts a little wrong
_ESSAIS = 6


class Cercle(NamedTuple):
    """``total`` stops at ``PLAFOND``. ``proches``: the first ones, at least as many as were wanted, or all of them (``complet``)."""

    total: int
    proches: Proches
    complet: bool
    annoncees: Proches = ()

    def jusqu_a(self, rayon_km: float) -> Cercle | None:
        """A smaller circle, when what is known of this one tells all of it."""
        if not self.complet and self.proches[-1][0] <= rayon_km:
            return None
        dedans = [(km, cle) for km, cle in self.proches if km <= rayon_km]
        return self._replace(total=min(len(dedans), PLAFOND), proches=dedans, complet=True)


def lire_cercle(session: Session, criteres: Criteres, origine: Point, rayon_km: float, maximum: int, annonces_km: float = 0.0) -> Cercle:
    """Read a circle, with the projects within ``annonces_km``."""
    coeur_km, limite = rayon_km / _COEUR, _MARGE + maximum
    valeurs = requetes.valeurs_du_cercle(origine, rayon_km, coeur_km, annonces_km) | _limites(maximum)
    lues = lignes_par_genre(session, requetes.lecture_du_cercle(criteres.forme, rayon_km, coeur_km, annonces_km), criteres, valeurs)
    annoncees, toutes = premieres(lues.get(requetes.ANNONCEES, []), origine, annonces_km, limite)
    if not toutes and len(annoncees) < maximum:
        annoncees = _en_entier(session, criteres.annonces, origine, annonces_km)
    total, complet = lues[requetes.SURES][0][-1], False
    if total < PLAFOND:
        total += len(mesurer(lues.get(requetes.AU_BORD, []), origine, rayon_km))
        proches, complet = premieres(lues.get(requetes.PROCHES, []), origine, rayon_km, limite)
    else:
        proches = _au_coeur(session, criteres, origine, rayon_km, maximum, lues)
    if len(proches) < maximum and not complet:
        proches, complet = _en_entier(session, criteres, origine, rayon_km), True
    return Cercle(min(total, PLAFOND), proches, complet, annoncees)


def _au_coeur(session: Session, criteres: Criteres, origine: Point, rayon_km: float, maximum: int, lues: dict[int, list[Any]]) -> Proches:
    """The nearest schools of a circle that holds many, in a heart that holds enough but not a crowd; nothing when none does."""
    coeur_km, trop_km, trop_peu_km = rayon_km / _COEUR, rayon_km, 0.0
    for essai in range(_ESSAIS):
        if essai:
            valeurs = requetes.valeurs_du_coeur(origine, coeur_km) | _limites(maximum)
            lues = lignes_par_genre(session, requetes.lecture_du_coeur(criteres.forme, coeur_km), criteres, valeurs)
        proches, _ = premieres(lues.get(requetes.AU_COEUR, []), origine, coeur_km, _MARGE + maximum)
        if lues[requetes.LUES_AU_COEUR][0][-1] >= FOULE:
            trop_km = coeur_km
        elif len(proches) >= maximum:
            return proches
        else:
            trop_peu_km = coeur_km
        coeur_km = math.sqrt(trop_km * trop_peu_km) or trop_km / 4
    return []


def _limites(maximum: int) -> dict[str, int]:
    return {"plafond": PLAFOND, "foule": FOULE, "limite": _MARGE + maximum}


def _en_entier(session: Session, criteres: Criteres, origine: Point, rayon_km: float) -> Proches:
    """Measure every school of a circle: when very many are at one place."""
    requete = requetes.lecture_entiere(criteres.forme, rayon_km)
    return mesurer(lire(session, requete, criteres.valeurs | cadre(origine, rayon_km)), origine, rayon_km)
