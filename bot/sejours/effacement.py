"""Erasing requests: on demand with the reference, and by age, when only a count is left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select, text
from sqlalchemy.orm import Session, sessionmaker

from bot.sejours.boite import deposer
from bot.sejours.modeles import DEMANDE, ENVOYE, RETRAIT, CompteSejour, DemandeSejour, Pli


@dataclass(frozen=True)
class Effacement:
    """What was erased. ``deja_partie``: the school (or the relay) may hold the mail; a removal mail is on its way."""

    trouvee: bool
    deja_partie: bool = False


def references_de(fabrique: sessionmaker, conversation: str) -> list[str]:
    """The requests made in a conversation, all its sessions included, that still exist."""
    with fabrique() as session:
        dites = session.scalars(
            text("SELECT data FROM events WHERE sender_id = :qui AND type_name = 'slot' AND action_name = 'sejour_reference' ORDER BY id"),
            {"qui": conversation},
        )
        references = dict.fromkeys(valeur for donnees in dites if isinstance(valeur := json.loads(donnees).get("value"), str))
        return [reference for reference in references if session.get(DemandeSejour, reference)]


def effacer(fabrique: sessionmaker, reference: str) -> Effacement:
    """Delete a request and its mails for good (SQLite's ``secure_delete`` wipes the page)."""
    with fabrique() as session, session.begin():
        if session.get(DemandeSejour, reference) is None:
            return Effacement(False)
        partie = _peut_etre_partie(session, reference)
        _supprimer(session, [reference])
        if partie:
            deposer(session, reference, RETRAIT, datetime.utcnow())
        return Effacement(True, partie)


def _peut_etre_partie(session: Session, reference: str) -> bool:
    """Sent, being sent, or tried: a server may have kept a mail whose sending seemed to fail."""
    tentee = or_(Pli.etat == ENVOYE, Pli.bail_jusqu_a.is_not(None), Pli.essais > 0)
    partis = select(Pli.id).where(and_(Pli.reference == reference, Pli.genre == DEMANDE, tentee)).limit(1)
    return session.execute(partis).first() is not None


def purger(fabrique: sessionmaker, maintenant: datetime, jours: int, jours_essais: int) -> int:
    """Turn the requests older than the promise made at consent into counts; those made in tests go sooner, uncounted. Returns how many."""
    with fabrique() as session, session.begin():
        limite = maintenant - timedelta(days=jours)
        essai_fini = and_(DemandeSejour.essai.is_(True), DemandeSejour.cree_le < maintenant - timedelta(days=jours_essais))
        vieilles = session.scalars(select(DemandeSejour).where(or_(DemandeSejour.cree_le < limite, essai_fini))).all()
        for demande in vieilles:
            if not demande.essai:
                _compter(session, demande)
        references = [demande.reference for demande in vieilles]
        _supprimer(session, references)
        # A removal mail that was sent has no more use.
        session.execute(delete(Pli).where(Pli.genre == RETRAIT, Pli.cree_le < limite).execution_options(synchronize_session=False))
        return len(references)


def _compter(session: Session, demande: DemandeSejour) -> None:
    cle = (demande.cree_le.strftime("%Y-%m"), demande.ecole_id, demande.demandeur, demande.reponse)
    compte = session.get(CompteSejour, cle)
    if compte is None:
        compte = CompteSejour(mois=cle[0], ecole_id=cle[1], demandeur=cle[2], reponse=cle[3], nombre=0)
        session.add(compte)
    compte.nombre += 1
    session.flush()


def _supprimer(session: Session, references: list[str]) -> None:
    """In blocks: SQLite takes a bounded number of values in one statement."""
    for debut in range(0, len(references), 500):
        bloc = references[debut : debut + 500]
        for table in (Pli, DemandeSejour):
            session.execute(delete(table).where(table.reference.in_(bloc)).execution_options(synchronize_session=False))
