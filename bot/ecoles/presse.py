"""Trades that only the press gives to a school: never listed with the official ones, said as to be checked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from bot.ecoles.carte import bandes, cadre, encadree
from bot.ecoles.distance import distance_km
from bot.ecoles.lectures import lire
from bot.ecoles.lieux import Point
from bot.ecoles.modeles import OUVERTE, Ecole
from bot.ecoles.presentation import montrer
from bot.ecoles.resultat import EcoleTrouvee

RAYON_KM = 100
_DITS = re.compile(r"métiers selon la presse : ([^;]+)")
_ecoles = Ecole.__table__
_partout = select(_ecoles.c.id, _ecoles.c.note, _ecoles.c.latitude, _ecoles.c.longitude).where(
    _ecoles.c.statut == OUVERTE, _ecoles.c.note.like("%selon la presse%")
)
# Built once: building a statement takes longer than running it.
_REQUETES: Mapping[str | None, Select] = {
    None: _partout,
    "commune": encadree(_partout, combien=bandes(RAYON_KM)),
    "departement": _partout.where(_ecoles.c.departement == bindparam("code")),
    "region": _partout.where(_ecoles.c.region == bindparam("code")),
}


def ecoles_selon_la_presse(
    session: Session, metier: str, commune: Point | None = None, departement: str | None = None, region: str | None = None
) -> tuple[EcoleTrouvee, ...]:
    """Open schools of which a note says so, within 100 km of ``commune`` or in the place, the nearest first; all of them without a place."""
    genre = "departement" if departement else "region" if region else "commune" if commune else None
    valeurs = cadre(commune, RAYON_KM) if commune and genre == "commune" else {"code": departement or region} if genre else {}
    citees = [ligne for ligne in lire(session, _REQUETES[genre], valeurs) if _cite(ligne.note, metier)]
    if commune:
        citees = [x for x in citees if x.latitude is not None and distance_km(*commune, x.latitude, x.longitude) <= RAYON_KM]
        citees.sort(key=lambda x: distance_km(*commune, x.latitude, x.longitude))
    return montrer(session, [x.id for x in citees], commune)


def _cite(note: str, metier: str) -> bool:
    """« énergies renouvelables - solaire » cites « énergies renouvelables »."""
    dits = _DITS.search(note)
    return bool(dits) and any(dit.strip().startswith(metier) for dit in dits.group(1).split(","))
