"""How long things are kept, and their erasure when the time has come. What is promised in ``data/reponses/`` is held here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import inspect, text
from sqlalchemy.engine import Engine

from bot.base import fabrique_de_sessions, ouvrir
from bot.sejours.effacement import purger as purger_demandes

CONVERSATIONS = timedelta(days=30)
EVENEMENTS = "events"  # Rasa's own table


@dataclass(frozen=True)
class Purge:
    """How many rows were erased."""

    demandes: int
    evenements: int


def purger(url: str, maintenant: datetime) -> Purge:
    """Erase the conversations and requests that are older than promised. ``maintenant`` is UTC."""
    moteur = ouvrir(url)
    try:
        return Purge(purger_demandes(fabrique_de_sessions(moteur), maintenant), _purger_conversations(moteur, maintenant))
    finally:
        moteur.dispose()


def _purger_conversations(moteur: Engine, maintenant: datetime) -> int:
    """Whole conversations go once their last word is too old: a half of one would mean something else."""
    if not inspect(moteur).has_table(EVENEMENTS):
        return 0
    limite = (maintenant - CONVERSATIONS - datetime(1970, 1, 1)).total_seconds()
    anciennes = f"SELECT sender_id FROM {EVENEMENTS} GROUP BY sender_id HAVING max(timestamp) < :limite"
    with moteur.begin() as connexion:
        return connexion.execute(text(f"DELETE FROM {EVENEMENTS} WHERE sender_id IN ({anciennes})"), {"limite": limite}).rowcount
