"""Searches that found nothing, counted by day, trade and département: what the network does not teach yet. Nothing about anybody."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, Date, Integer, String, bindparam, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.base import Base


class RechercheManquee(Base):
    """How many searches found nothing that day for a trade; ``departement`` is empty when no place was given."""

    __tablename__ = "recherches_manquees"
    jour = Column(Date, primary_key=True)
    metier = Column(String(60), primary_key=True)
    departement = Column(String(3), primary_key=True)
    nombre = Column(Integer, nullable=False)


_table = RechercheManquee.__table__
# Written once: SQLAlchemy takes longer to build a request than SQLite to answer it.
_UN_DE_PLUS = update(_table).where(*(_table.c[nom] == bindparam(f"{nom}_dit") for nom in ("jour", "metier", "departement"))).values(nombre=_table.c.nombre + 1)


def compter_manque(session: Session, metier: str, departement: str = "", jour: date | None = None) -> None:
    """Add one and commit. Two processes that create the same row at once both count."""
    cle = {"jour": jour or date.today(), "metier": metier, "departement": departement}
    if _ajouter(session, cle):
        session.commit()
        return
    try:
        session.add(RechercheManquee(**cle, nombre=1))
        session.commit()
    except IntegrityError:
        session.rollback()
        _ajouter(session, cle)
        session.commit()


def _ajouter(session: Session, cle: dict[str, object]) -> bool:
    return session.connection().execute(_UN_DE_PLUS, {f"{nom}_dit": valeur for nom, valeur in cle.items()}).rowcount > 0
