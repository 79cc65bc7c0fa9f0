"""Erasing requests: on demand with the reference, and by age."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Optional

from sqlalchemy import delete
from sqlalchemy.orm import sessionmaker

from bot.sejours.modeles import DemandeSejour

CONSERVATION = timedelta(days=183)  # « six mois au plus », dit à l'accord
_REFERENCE = re.compile(r"\bET[- ]?([A-HJ-NP-Z2-9]{6})\b", re.IGNORECASE)


def lire_reference(texte: str) -> Optional[str]:
    """The reference in a message, as it was given: ``ET-ABC234``."""
    trouvee = _REFERENCE.search(texte)
    return f"ET-{trouvee[1].upper()}" if trouvee else None


def effacer(fabrique: sessionmaker, reference: str) -> bool:
    """Delete a request for good (SQLite's ``secure_delete`` wipes the page). False when there is none."""
    with fabrique() as session, session.begin():
        return session.execute(delete(DemandeSejour).where(DemandeSejour.reference == reference)).rowcount > 0


def purger(fabrique: sessionmaker, maintenant: datetime) -> int:
    """Delete the requests older than the promise made at consent; returns how many."""
    with fabrique() as session, session.begin():
        return session.execute(delete(DemandeSejour).where(DemandeSejour.cree_le < maintenant - CONSERVATION)).rowcount
