"""What a school must have, as conditions on its row: true, or unknown, which is never taken for no."""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.sql import Select
from sqlalchemy.sql.elements import ColumnElement

from bot.ecoles.modeles import Ecole, Formation

GRATUITE, INTERNAT, BAC_PRO, CAP = "gratuite", "internat", "bac_pro", "cap"

_ecoles, _formations = Ecole.__table__, Formation.__table__
_LOGEE = ("internat%", "hébergement organisé hors établissement%")
_CONNU = (*_LOGEE, "sans hébergement%")


def ecoles_qui_ont(criteres: Collection[str], inconnues: bool = False) -> Select:
    """Ids of the schools that have all of it; with ``inconnues``, also of those of which the data do not say."""
    conditions = [or_(_REMPLI[c](), _INCONNU[c]()) if inconnues else _REMPLI[c]() for c in criteres if c in _REMPLI]
    return select(_ecoles.c.id).where(and_(*conditions))


def _gratuite() -> ColumnElement:
    return and_(func.coalesce(_ecoles.c.cout_min, _ecoles.c.cout_max) == 0, func.coalesce(_ecoles.c.cout_max, _ecoles.c.cout_min) == 0)


def _prix_inconnu() -> ColumnElement:
    return and_(_ecoles.c.cout_min.is_(None), _ecoles.c.cout_max.is_(None))


def _logement(debuts: tuple[str, ...]) -> ColumnElement:
    # The published texts begin with a small or a capital letter; the accents are in the middle of words, in lower case.
    return or_(*(_ecoles.c.hebergement.ilike(debut) for debut in debuts))


def _diplome(debut: str) -> ColumnElement:
    return exists().where(_formations.c.ecole_id == _ecoles.c.id, _formations.c.diplome.ilike(debut))


def _diplomes_inconnus() -> ColumnElement:
    return ~exists().where(_formations.c.ecole_id == _ecoles.c.id)


_REMPLI: dict[str, Callable[[], ColumnElement]] = {
    GRATUITE: _gratuite,
    INTERNAT: lambda: _logement(_LOGEE),
    BAC_PRO: lambda: _diplome("bac pro%"),
    CAP: lambda: _diplome("cap %"),
}
_INCONNU: dict[str, Callable[[], ColumnElement]] = {
    GRATUITE: _prix_inconnu,
    INTERNAT: lambda: ~_logement(_CONNU),
    BAC_PRO: _diplomes_inconnus,
    CAP: _diplomes_inconnus,
}
