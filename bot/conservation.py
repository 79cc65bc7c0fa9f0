"""How long things are kept, and their erasure when the time has come. What is promised in ``data/reponses/`` is held here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, inspect, text
from sqlalchemy.engine import Engine

from bot.base import effacer_les_traces, fabrique_de_sessions, ouvrir
from bot.moteur.reecriture import reecrire_sans_le_personnel
from bot.moteur.retrait import IDENTIFIANTES
from bot.reglages import Reglages
from bot.sejours.effacement import purger as purger_demandes

BROUILLONS = timedelta(days=1)  # a request left halfway: nobody takes it up again after so long
JOURS_ESSAIS = 7  # what counsellors do while trying the bot
ESSAI = "essai-"  # how the names of their conversations begin
EVENEMENTS = "events"  # Rasa's own table


@dataclass(frozen=True)
class Purge:
    """How many requests and events were erased, and conversations freed of a request left halfway."""

    demandes: int
    evenements: int
    brouillons: int = 0


def purger(reglages: Reglages, maintenant: datetime) -> Purge:
    """Erase the conversations and turn to counts the requests that are older than promised. ``maintenant`` is UTC."""
    moteur = ouvrir(reglages.base)
    try:
        demandes = purger_demandes(fabrique_de_sessions(moteur), maintenant, reglages.jours_demandes, JOURS_ESSAIS)
        evenements = _purger_conversations(moteur, maintenant - timedelta(days=reglages.jours_conversations))
        evenements += _purger_conversations(moteur, maintenant - timedelta(days=JOURS_ESSAIS), ESSAI)
        purge = Purge(demandes, evenements, _retirer_les_brouillons(moteur, maintenant - BROUILLONS))
        effacer_les_traces(moteur)
        return purge
    finally:
        moteur.dispose()


def _purger_conversations(moteur: Engine, avant: datetime, debut: str = "") -> int:
    """Whole conversations go once their last word is too old: a half of one would mean something else. ``debut`` begins their names."""
    if not inspect(moteur).has_table(EVENEMENTS):
        return 0
    limite = (avant - datetime(1970, 1, 1)).total_seconds()
    anciennes = f"SELECT sender_id FROM {EVENEMENTS} WHERE sender_id LIKE :debut GROUP BY sender_id HAVING max(timestamp) < :limite"
    with moteur.begin() as connexion:
        return connexion.execute(text(f"DELETE FROM {EVENEMENTS} WHERE sender_id IN ({anciennes})"), {"limite": limite, "debut": f"{debut}%"}).rowcount


def _retirer_les_brouillons(moteur: Engine, avant: datetime) -> int:
    """Take contact details out of the conversations that stopped in the middle of a request."""
    if not inspect(moteur).has_table(EVENEMENTS):
        return 0
    en_attente = text(
        f"SELECT DISTINCT sender_id FROM {EVENEMENTS} WHERE type_name = 'slot' AND action_name IN :cases AND data NOT LIKE '%\"value\": null%'"
        f" AND sender_id IN (SELECT sender_id FROM {EVENEMENTS} GROUP BY sender_id HAVING max(timestamp) < :limite)"
    ).bindparams(bindparam("cases", expanding=True))
    with moteur.begin() as connexion:
        expediteurs = connexion.scalars(en_attente, {"cases": list(IDENTIFIANTES), "limite": (avant - datetime(1970, 1, 1)).total_seconds()}).all()
        for expediteur in expediteurs:
            reecrire_sans_le_personnel(connexion, expediteur, tout=True)
    return len(expediteurs)
