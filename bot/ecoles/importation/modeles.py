"""Tables that remember who changed a school, when, from what: imports, corrections by hand, history."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, String, Text

from bot.base import Base

IMPORT, CORRECTION = "import", "correction"


class Importation(Base):
    """One file applied. Times are UTC; ``empreinte`` is the SHA-256 of the file."""

    __tablename__ = "importations"
    id = Column(Integer, primary_key=True)
    le = Column(DateTime, nullable=False)
    qui = Column(Text, nullable=False)
    fichier = Column(Text, nullable=False)
    format = Column(String(20), nullable=False)
    source = Column(Text, nullable=False)
    empreinte = Column(String(64), nullable=False)
    lues = Column(Integer, nullable=False)
    nouvelles = Column(Integer, nullable=False)
    changees = Column(Integer, nullable=False)
    confirmees = Column(Integer, nullable=False)
    fermees = Column(Integer, nullable=False)
    rejetees = Column(Integer, nullable=False)
    conflits = Column(Integer, nullable=False)


class Correction(Base):
    """A cell that somebody set by hand: it wins over every file until it is lifted. ``valeur`` is the text of the cell."""

    __tablename__ = "corrections_ecoles"
    ecole_id = Column(String(20), ForeignKey("ecoles.id", ondelete="CASCADE"), primary_key=True)
    champ = Column(String(20), primary_key=True)
    valeur = Column(Text, nullable=False)
    raison = Column(Text, nullable=False)
    qui = Column(Text, nullable=False)
    le = Column(DateTime, nullable=False)


class Changement(Base):
    """One cell of one school, before and after. ``champ`` is empty for a school that was added.

    No foreign key to the school: its history outlives it.
    """

    __tablename__ = "historique_ecoles"
    id = Column(Integer, primary_key=True)
    ecole_id = Column(String(20), nullable=False)
    le = Column(DateTime, nullable=False)
    qui = Column(Text, nullable=False)
    action = Column(String(12), nullable=False)
    importation = Column(Integer, ForeignKey("importations.id"))
    champ = Column(String(20), nullable=False)
    avant = Column(Text, nullable=False)
    apres = Column(Text, nullable=False)
    raison = Column(Text, nullable=False)

    __table_args__ = (Index("ix_historique_ecoles_ecole_id", "ecole_id", "id"),)
