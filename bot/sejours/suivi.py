"""Where a request stands, for whoever knows its reference: states and dates, nothing about the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from bot.ecoles.modeles import Ecole
from bot.sejours.modeles import CLOTUREE, DEMANDE, TRANSMISE, DemandeSejour, Pli


@dataclass(frozen=True)
class Nouvelles:
    """``etat``: notee, transmise, cloturee, or the school's answer (acceptee, complet, impossible, autrement). ``le`` is UTC."""

    reference: str
    etat: str
    ecole: str
    le: datetime


def nouvelles(fabrique: sessionmaker, reference: str) -> Optional[Nouvelles]:
    """None when there is no such request (any more)."""
    with fabrique() as session:
        lignes = select(DemandeSejour, Ecole.nom).join(Ecole, Ecole.id == DemandeSejour.ecole_id).where(DemandeSejour.reference == reference)
        trouvee = session.execute(lignes).first()
        if trouvee is None:
            return None
        demande, ecole = trouvee
        if demande.reponse:
            return Nouvelles(reference, demande.reponse, ecole, demande.repondu_le or demande.cree_le)
        if demande.statut == TRANSMISE:
            partie = session.scalar(select(Pli.envoye_le).where(Pli.reference == reference, Pli.genre == DEMANDE))
            return Nouvelles(reference, TRANSMISE, ecole, partie or demande.cree_le)
        return Nouvelles(reference, CLOTUREE if demande.statut == CLOTUREE else "notee", ecole, demande.cree_le)
