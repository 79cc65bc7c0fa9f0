"""The stored conversation, rewritten without what was personal, or deleted. SQL on Rasa's ``events`` table, without Rasa."""

from __future__ import annotations

import json
from typing import Any, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.moteur.retrait import Donnees, retirer

EVENEMENTS = sa.table("events", *(sa.column(nom) for nom in ("id", "sender_id", "type_name", "timestamp", "intent_name", "action_name", "data")))
# Columns that name a conversation, in whichever table: an erasure leaves none of its rows.
COLONNES_DE_CONVERSATION = ("sender_id", "expediteur", "conversation")


def reecrire_sans_le_personnel(connexion: Connection, sender_id: str, nouveaux: Sequence[Donnees] = (), tout: bool = False) -> list[Donnees]:
    """Update what is stored of a conversation, in the caller's transaction; returns ``nouveaux`` as they may be stored."""
    requete = sa.select(EVENEMENTS.c.id, EVENEMENTS.c.data).where(EVENEMENTS.c.sender_id == sender_id).order_by(EVENEMENTS.c.id)
    stockes = [(numero, json.loads(donnees)) for numero, donnees in connexion.execute(requete)]
    nets = retirer([donnees for _, donnees in stockes] + list(nouveaux), tout)
    for (numero, avant), apres in zip(stockes, nets):
        if apres != avant:
            connexion.execute(sa.update(EVENEMENTS).where(EVENEMENTS.c.id == numero).values(data=json.dumps(apres)))
    return nets[len(stockes) :]


def effacer_conversation(connexion: Connection, sender_id: str) -> int:
    """Delete the rows of a conversation from every table that knows it, in the caller's transaction; returns how many."""
    effacees = 0
    inspecteur = sa.inspect(connexion)
    for table in inspecteur.get_table_names():
        for colonne in inspecteur.get_columns(table):
            if colonne["name"] in COLONNES_DE_CONVERSATION:
                nom = sa.column(colonne["name"])
                effacees += connexion.execute(sa.delete(sa.table(table, nom)).where(nom == sender_id)).rowcount
    return effacees


def ligne(sender_id: str, donnees: Donnees) -> dict[str, Any]:
    """An event as a row of ``events``."""
    return {
        "sender_id": sender_id,
        "type_name": donnees["event"],
        "timestamp": donnees.get("timestamp"),
        "intent_name": donnees.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": donnees.get("name"),
        "data": json.dumps(donnees),
    }
