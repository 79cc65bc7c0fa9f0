"""What the staff does with a request: put its mails back on their way, remind the school, close it."""

from __future__ import annotations

from datetime import datetime
from typing import Optional

from sqlalchemy.orm import sessionmaker

from bot.sejours.boite import deposer, remettre
from bot.sejours.modeles import CLOTUREE, NOTEE, RELANCE, REPONDUE, TRANSMISE, DemandeSejour


def relancer(fabrique: sessionmaker, reference: str) -> Optional[int]:
    """How many mails were put back, 0 when a reminder was added instead; None when no answer is awaited."""
    maintenant = datetime.utcnow()
    with fabrique() as session, session.begin():
        demande = session.get(DemandeSejour, reference)
        if demande is None or demande.essai:
            return None
        remis = remettre(session, reference, maintenant)
        if remis:
            return remis
        if demande.statut not in (NOTEE, TRANSMISE):
            return None
        deposer(session, reference, RELANCE, maintenant)
        return 0


def cloturer(fabrique: sessionmaker, reference: str, issue: str) -> bool:
    """Close a request; an answer that the school has given itself stays. False when there is none."""
    with fabrique() as session, session.begin():
        demande = session.get(DemandeSejour, reference)
        if demande is None:
            return False
        if issue and demande.statut != REPONDUE:
            demande.reponse, demande.repondu_le = issue, datetime.utcnow()
        demande.statut = CLOTUREE
        return True
