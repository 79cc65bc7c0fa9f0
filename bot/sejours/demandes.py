"""Storing a request: once, whole, and said to be stored only after the commit."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from bot.francais.references import ALPHABET, LONGUEUR
from bot.sejours.boite import deposer
from bot.sejours.modeles import CONFIRMATION, DEMANDE, JEUNE, PARENT, DemandeSejour

AGE_SANS_PARENT = 15


class DemandeRefusee(ValueError):
    """A request that must not be stored; the message says what is missing."""


@dataclass(frozen=True)
class Demande:
    """What the person has confirmed."""

    ecole_id: str
    age: int
    par_un_parent: bool
    prenom: str
    telephone: str
    courriel: str
    consentement: bool
    periode: str = ""
    motif: str = ""
    qui: str = JEUNE  # or « parent », « professionnel »
    essai: bool = False


@dataclass(frozen=True)
class Accuse:
    """The reference of the stored request, and whether it was already there."""

    reference: str
    deja: bool


def enregistrer(fabrique: sessionmaker, demande: Demande) -> Accuse:
    """Store a request with the mails that it causes, and return its reference after the commit.

    The same request again returns the same reference.

    Raises ``DemandeRefusee`` without consent, without a contact, or for a child under 15 without a parent.
    """
    _verifier(demande)
    cle = _cle(demande)
    deja = _reference(fabrique, cle)
    if deja:
        return Accuse(deja, True)
    ligne = _ligne(demande, cle)
    try:
        with fabrique() as session, session.begin():
            session.add(ligne)
            session.flush()
            _deposer_les_plis(session, ligne)
            reference = ligne.reference
    except IntegrityError:
        deja = _reference(fabrique, cle)  # a double click: the other one was first
        if not deja:
            raise
        return Accuse(deja, True)
    return Accuse(reference, False)


def _ligne(demande: Demande, cle: str) -> DemandeSejour:
    maintenant = datetime.utcnow()
    return DemandeSejour(
        reference=_nouvelle_reference(),
        cle=cle,
        ecole_id=demande.ecole_id,
        demandeur=PARENT if demande.par_un_parent else demande.qui,
        age=None if demande.age < AGE_SANS_PARENT else demande.age,
        prenom=demande.prenom,
        telephone=demande.telephone,
        courriel=demande.courriel,
        periode=demande.periode,
        motif=demande.motif,
        consentement_le=maintenant,
        cree_le=maintenant,
        essai=demande.essai,
    )


def _deposer_les_plis(session: Session, ligne: DemandeSejour) -> None:
    if ligne.essai:
        return
    deposer(session, ligne.reference, DEMANDE, ligne.cree_le)
    if ligne.courriel:
        deposer(session, ligne.reference, CONFIRMATION, ligne.cree_le)


def _verifier(demande: Demande) -> None:
    if not demande.consentement:
        raise DemandeRefusee("La demande n'a pas d'accord : rien n'est enregistré.")
    if not (demande.telephone or demande.courriel):
        raise DemandeRefusee("La demande n'a ni téléphone ni adresse mail : rien n'est enregistré.")
    if demande.age < AGE_SANS_PARENT and not demande.par_un_parent:
        raise DemandeRefusee(f"À {demande.age} ans, un parent fait la demande : rien n'est enregistré.")


def _reference(fabrique: sessionmaker, cle: str) -> Optional[str]:
    with fabrique() as session:
        return session.execute(select(DemandeSejour.reference).where(DemandeSejour.cle == cle)).scalar_one_or_none()


def _cle(demande: Demande) -> str:
    """Same school, same first name, same contact: the same request."""
    morceaux = (demande.ecole_id, demande.prenom.casefold(), demande.telephone, demande.courriel.casefold(), *(["essai"] * demande.essai))
    return hashlib.sha256("\x1f".join(morceaux).encode()).hexdigest()


def _nouvelle_reference() -> str:
    return "ET-" + "".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR))
