"""Requests made in tests leave no trace between two plays: the same scenario must find the same world each time."""

from __future__ import annotations

from sqlalchemy import delete

from bot.base import fabrique_de_sessions, ouvrir
from bot.sejours.modeles import DemandeSejour


def effacer_les_essais(base: str) -> int:
    """Erase the requests marked as tests; returns how many. No base, nothing to erase."""
    if not base:
        return 0
    moteur = ouvrir(base)
    try:
        with fabrique_de_sessions(moteur)() as session, session.begin():
            return session.execute(delete(DemandeSejour).where(DemandeSejour.essai.is_(True))).rowcount
    finally:
        moteur.dispose()
