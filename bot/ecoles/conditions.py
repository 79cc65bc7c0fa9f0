"""What a school must be to answer a search, and the statement that selects such schools.

Statements are built once by shape and given their values afterwards: SQLAlchemy spends more time building and comparing
a statement than the database spends answering it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from bot.ecoles.criteres import ecoles_qui_ont
from bot.ecoles.lectures import Parmi, lire
from bot.ecoles.modeles import OUVERTE, PROJET, Ecole, Enseignement

_AUCUN, _UN, _PLUSIEURS = range(3)  # trades asked for


class Forme(NamedTuple):
    """What a statement looks like, whatever values it is given."""

    metiers: int
    departement: bool
    region: bool
    exclure: bool
    exige: tuple[str, ...]
    inconnues: bool

    @property
    def unique(self) -> bool:
        """Whether a school can come out once only."""
        return self.metiers != _PLUSIEURS

    @property
    def annonces(self) -> Forme:
        return self._replace(exige=(), inconnues=False)


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
    def annonces(self) -> Criteres:
        """The same for projects, which are not asked what they will have."""
        return replace(self, statut=PROJET, exige=(), inconnues=False)

    @property
    def forme(self) -> Forme:
        metiers = _AUCUN if self.metiers is None else _UN if len(self.metiers) == 1 else _PLUSIEURS
        return Forme(metiers, bool(self.departement), bool(self.region), bool(self.exclure), self.exige, self.inconnues)

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


@lru_cache(maxsize=64)
def retenues(forme: Forme, statut: str = "statut") -> Select:
    """Select ids and positions from the one table that has the right index; ``statut`` names the value that the status must have."""
    table, cle = (Enseignement.__table__, Enseignement.ecole_id) if forme.metiers else (Ecole.__table__, Ecole.id)
    requete = select(table.c[cle.key].label("id"), table.c.latitude, table.c.longitude).where(table.c.statut == bindparam(statut))
    if forme.metiers == _UN:
        requete = requete.where(table.c.metier == bindparam("metier"))
    elif forme.metiers == _PLUSIEURS:
        requete = requete.where(Parmi(table.c.metier, "metiers"))
    if forme.departement:
        requete = requete.where(table.c.departement == bindparam("departement"))
    if forme.region:
        requete = requete.where(table.c.region == bindparam("region"))
    if forme.exige:
        requete = requete.where(table.c[cle.key].in_(ecoles_qui_ont(forme.exige, forme.inconnues)))
    if forme.exclure:
        requete = requete.where(~Parmi(table.c[cle.key], "exclure"))
    return requete


def marquee(genre: int, requete: Select) -> Select:
    """Say on each row what it is, as one reading brings several kinds."""
    return select(literal_column(str(genre)).label("genre"), *requete.subquery().c)


def lignes_par_genre(session: Session, requete: Select, criteres: Criteres, valeurs: dict[str, Any]) -> dict[int, list[Any]]:
    """Run a statement of marked rows; a kind that no row has gives an empty list."""
    par_genre: dict[int, list[Any]] = {}
    for genre, *reste in lire(session, requete, criteres.valeurs | valeurs):
        par_genre.setdefault(genre, []).append(reste)
    return par_genre
