"""The request for a discovery stay (the only place where contact details live), its outbox, and what is left of it: counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Index, Integer, String, Text, UniqueConstraint

from bot.base import Base
from bot.ecoles.modeles import Ecole

NOTEE, TRANSMISE, REPONDUE, CLOTUREE = STATUTS = ("notee", "transmise", "repondue", "cloturee")
ACCEPTEE, COMPLET, IMPOSSIBLE, AUTREMENT = REPONSES = ("acceptee", "complet", "impossible", "autrement")
JEUNE, PARENT, PROFESSIONNEL = DEMANDEURS = ("jeune", "parent", "professionnel")

# What a mail of the outbox is for.
DEMANDE, RELANCE, RETRAIT = ("demande", "relance", "retrait")  # to the school, through the relay
CONFIRMATION, REPONSE = ("confirmation", "reponse")  # to the person
A_ENVOYER, ENVOYE, ABANDONNE = ("a_envoyer", "envoye", "abandonne")


class DemandeSejour(Base):
    """One request of one person to one school. ``cle`` makes the same request twice the same row."""

    __tablename__ = "demandes_sejour"
    reference = Column(String(12), primary_key=True)
    cle = Column(String(64), nullable=False)
    ecole_id = Column(String(20), ForeignKey(Ecole.id), nullable=False, index=True)
    demandeur = Column(String(13), nullable=False)  # one of ``DEMANDEURS``
    age = Column(Integer)  # years; never stored under 15, when a parent asks
    prenom = Column(Text, nullable=False)
    telephone = Column(Text, nullable=False, default="")  # as written in France: « 06 39 98 00 01 »
    courriel = Column(Text, nullable=False, default="")
    periode = Column(Text, nullable=False, default="")  # in the person's words, read back
    motif = Column(Text, nullable=False, default="")
    consentement_le = Column(DateTime, nullable=False)  # UTC
    cree_le = Column(DateTime, nullable=False, default=datetime.utcnow)  # UTC
    statut = Column(String(10), nullable=False, default=NOTEE)
    reponse = Column(String(12), nullable=False, default="")  # one of ``REPONSES``, empty before
    repondu_le = Column(DateTime)  # UTC
    essai = Column(Boolean, nullable=False, default=False)  # a counsellor trying the bot: never mailed, never counted

    __table_args__ = (UniqueConstraint("cle", name="uq_demandes_sejour_cle"),)


class Pli(Base):
    """A mail to send, without its words: they are written from the request at the moment of sending.

    No foreign key: a removal mail outlives its request. ``bail_*`` is the lease of the relay that is sending it.
    """

    __tablename__ = "plis"
    id = Column(Integer, primary_key=True)
    reference = Column(String(12), nullable=False, index=True)
    genre = Column(String(12), nullable=False)
    message_id = Column(String(80), nullable=False)  # the same at every attempt: a mailbox shows a double once
    etat = Column(String(10), nullable=False, default=A_ENVOYER)
    essais = Column(Integer, nullable=False, default=0)
    prochain_le = Column(DateTime, nullable=False)  # UTC
    bail_porteur = Column(String(40), nullable=False, default="")
    bail_jusqu_a = Column(DateTime)  # UTC
    cree_le = Column(DateTime, nullable=False)  # UTC
    envoye_le = Column(DateTime)  # UTC
    erreur = Column(String(80), nullable=False, default="")  # a code and a kind of error, never an address

    __table_args__ = (UniqueConstraint("message_id", name="uq_plis_message_id"), Index("ix_plis_a_envoyer", "etat", "prochain_le"))


class CompteSejour(Base):
    """What remains of a request once its time has passed: one more in a count."""

    __tablename__ = "comptes_sejour"
    mois = Column(String(7), primary_key=True)  # « 2026-11 », of the request
    ecole_id = Column(String(20), primary_key=True)
    demandeur = Column(String(13), primary_key=True)
    reponse = Column(String(12), primary_key=True)
    nombre = Column(Integer, nullable=False)
