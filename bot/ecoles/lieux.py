"""Places of the database: Paris, Lyon and Marseille are one commune and several arrondissements."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ecoles.modeles import Commune, Departement, Region

_ARRONDISSEMENTS = {
    "75056": tuple(f"751{n:02d}" for n in range(1, 21)),
    "69123": tuple(f"6938{n}" for n in range(1, 10)),
    "13055": tuple(f"132{n:02d}" for n in range(1, 17)),
}
_COMMUNE_DE = {arrondissement: commune for commune, codes in _ARRONDISSEMENTS.items() for arrondissement in codes}

Point = tuple[float, float]


def code_commune(code_insee: str) -> str:
    """Return the commune of an arrondissement (75117 gives 75056), any other code unchanged."""
    return _COMMUNE_DE.get(code_insee, code_insee)


def codes_equivalents(code_insee: str) -> tuple[str, ...]:
    """Return the codes under which schools of the same town may be filed."""
    commune = code_commune(code_insee)
    return (commune, *_ARRONDISSEMENTS.get(commune, ()))


def position_commune(session: Session, code_insee: str) -> Point | None:
    """Return latitude and longitude of a commune or arrondissement; None for the 102 that have none, or an unknown code."""
    commune = session.get(Commune, code_insee)
    if commune is None or commune.latitude is None:
        return None
    return commune.latitude, commune.longitude


def position_chef_lieu(session: Session, departement: str | None, region: str | None) -> Point | None:
    """Return the position of the main town of a département or, failing that, of a région."""
    if departement:
        code = session.scalar(select(Departement.chef_lieu).where(Departement.code == departement))
    else:
        code = session.scalar(select(Region.chef_lieu).where(Region.code == region))
    return position_commune(session, code) if code else None
