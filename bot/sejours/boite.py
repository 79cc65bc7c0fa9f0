"""The outbox: mails wait here, in the same transaction as what they tell, until a relay has sent them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Optional

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from bot.sejours.modeles import A_ENVOYER, ABANDONNE, DEMANDE, ENVOYE, NOTEE, TRANSMISE, DemandeSejour, Pli

# Times the first pause (a minute, unless set otherwise): a minute, five… then a day, in all about four days.
PAUSES = (1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440)


@dataclass(frozen=True)
class PliPris:
    """A mail that this relay may send now."""

    id: int
    reference: str
    genre: str
    message_id: str
    essais: int


def deposer(session: Session, reference: str, genre: str, maintenant: datetime) -> None:
    """Add a mail in the caller's transaction. Its Message-ID follows from the request: the same mail is never two messages."""
    deja = session.scalar(select(func.count()).select_from(Pli).where(Pli.reference == reference, Pli.genre == genre))
    session.add(
        Pli(reference=reference, genre=genre, message_id=identifiant(reference, genre, deja + 1), prochain_le=maintenant, cree_le=maintenant)
    )


def identifiant(reference: str, genre: str, rang: int = 1) -> str:
    suite = f"-{rang}" if rang > 1 else ""
    return f"<{genre}{suite}.{reference.lower()}@sejours.etabli>"


def prendre(fabrique: sessionmaker, porteur: str, genres: Collection[str], bail: timedelta, maintenant: datetime) -> Optional[PliPris]:
    """Lease the mail that has waited longest, or None. The lease of a relay that died runs out by itself.

    ``bail`` is longer than a send may take: two relays never hold the same mail.
    """
    libre = or_(Pli.bail_jusqu_a.is_(None), Pli.bail_jusqu_a < maintenant)
    with fabrique() as session, session.begin():
        candidats = select(Pli.id).where(Pli.etat == A_ENVOYER, Pli.prochain_le <= maintenant, Pli.genre.in_(genres), libre)
        for numero in session.scalars(candidats.order_by(Pli.prochain_le, Pli.id).limit(5)).all():
            tenu = {"bail_porteur": porteur, "bail_jusqu_a": maintenant + bail}
            # The condition is asked again by the UPDATE itself: another relay may have been quicker.
            if session.execute(update(Pli).where(Pli.id == numero, Pli.etat == A_ENVOYER, libre).values(**tenu), _SANS_SYNCHRO).rowcount:
                pris = session.get(Pli, numero)
                return PliPris(pris.id, pris.reference, pris.genre, pris.message_id, pris.essais)
    return None


def marquer_envoye(fabrique: sessionmaker, pris: PliPris, maintenant: datetime) -> None:
    """Sent, and the request with it. An erasure may have removed both meanwhile: then there is nothing to mark."""
    fait = {"etat": ENVOYE, "envoye_le": maintenant, "bail_jusqu_a": None, "bail_porteur": "", "essais": pris.essais + 1, "erreur": ""}
    with fabrique() as session, session.begin():
        session.execute(update(Pli).where(Pli.id == pris.id).values(**fait), _SANS_SYNCHRO)
        if pris.genre == DEMANDE:
            notee = (DemandeSejour.reference == pris.reference, DemandeSejour.statut == NOTEE)
            session.execute(update(DemandeSejour).where(*notee).values(statut=TRANSMISE), _SANS_SYNCHRO)


def marquer_echec(fabrique: sessionmaker, pris: PliPris, raison: str, definitif: bool, pause: timedelta, maintenant: datetime) -> bool:
    """Try again after a pause that grows, or give up after the last one. True when given up."""
    abandon = definitif or pris.essais >= len(PAUSES)
    suite = {"etat": ABANDONNE} if abandon else {"prochain_le": maintenant + pause * PAUSES[pris.essais]}
    commun = {"essais": pris.essais + 1, "erreur": raison[:80], "bail_jusqu_a": None, "bail_porteur": ""}
    with fabrique() as session, session.begin():
        session.execute(update(Pli).where(Pli.id == pris.id).values(**commun, **suite), _SANS_SYNCHRO)
    return abandon


def remettre(session: Session, reference: str, maintenant: datetime) -> int:
    """Put the mails of a request that wait or were given up back at the front; returns how many."""
    arretes = (Pli.reference == reference, Pli.etat.in_((A_ENVOYER, ABANDONNE)))
    neufs = {"etat": A_ENVOYER, "essais": 0, "prochain_le": maintenant, "erreur": ""}
    return session.execute(update(Pli).where(*arretes).values(**neufs), _SANS_SYNCHRO).rowcount


_SANS_SYNCHRO = {"synchronize_session": False}
"""Bulk updates: no object of the session is looked at before."""
