"""The request for a discovery stay: the only place where contact details live."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, String, Text, UniqueConstraint

from bot.base import Base

NOTEE, TRANSMISE, CLOTUREE = STATUTS = ("notee", "transmise", "cloturee")


class DemandeSejour(Base):
    """One request of one person to one school. ``cle`` makes the same request twice the same row."""

    __tablename__ = "demandes_sejour"
    reference = Column(String(12), primary_key=True)
    cle = Column(String(64), nullable=False)
    ecole_id = Column(String(20), ForeignKey("ecoles.id"), nullable=False, index=True)
    demandeur = Column(String(10), nullable=False)  # « jeune » or « parent »
    age = Column(Integer)  # years; never stored under 15, when a parent asks
    prenom = Column(Text, nullable=False)
    telephone = Column(Text, nullable=False, default="")  # E.164
    courriel = Column(Text, nullable=False, default="")
    consentement_le = Column(DateTime, nullable=False)  # UTC
    cree_le = Column(DateTime, nullable=False, default=datetime.utcnow)  # UTC
    statut = Column(String(10), nullable=False, default=NOTEE)
    essai = Column(Boolean, nullable=False, default=False)

    __table_args__ = (UniqueConstraint("cle", name="uq_demandes_sejour_cle"),)
