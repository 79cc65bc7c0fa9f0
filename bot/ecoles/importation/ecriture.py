"""Write what was compared, a packet of schools at a time, and remember who did it. The caller commits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.ecoles.ecoles_chargees import enfants_de
from bot.ecoles.importation.comparaison import NOUVELLE, Comparaison
from bot.ecoles.importation.modeles import Changement
from bot.ecoles.importation.reference import Reference
from bot.ecoles.modeles import RETIREE, Ecole, Enseignement
from bot.ecoles.synchronisation import ecrire_enfants, inserer, mettre_a_jour, paquets

ORIGINE = "import"


@dataclass(frozen=True)
class Auteur:
    """Who changes the base, through what."""

    qui: str
    action: str
    importation: int | None = None
    raison: str = ""


def maintenant() -> datetime:
    """UTC, without a zone, as the base keeps it."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


def ecrire(session: Session, reference: Reference, comparees: list[Comparaison], auteur: Auteur) -> None:
    """Store new and changed schools with all that hangs from them, and the history of their cells."""
    neuves = [une.valeurs | {"origine": ORIGINE} for une in comparees if une.genre == NOUVELLE]
    inserer(session, Ecole, neuves)
    mettre_a_jour(session, Ecole, [une.valeurs for une in comparees if une.genre != NOUVELLE])
    lignes = [(une.fiche, une.valeurs) for une in comparees]
    enfants = enfants_de(lignes, reference.officiels, reference.noms)
    ecrire_enfants(session, [une.valeurs["id"] for une in comparees if une.genre != NOUVELLE], enfants)
    journaliser(session, comparees, auteur)


def journaliser(session: Session, comparees: Iterable[Comparaison], auteur: Auteur) -> None:
    le = maintenant()
    commun = {"le": le, "qui": auteur.qui, "action": auteur.action, "importation": auteur.importation, "raison": auteur.raison}
    lignes = []
    for une in comparees:
        if une.genre == NOUVELLE:
            lignes.append(commun | {"ecole_id": une.valeurs["id"], "champ": "", "avant": "", "apres": une.nom})
        else:
            cellules = une.changements.items()
            lignes += [commun | {"ecole_id": une.ecole_id, "champ": champ, "avant": a, "apres": b} for champ, (a, b) in cellules]
    inserer(session, Changement, lignes)


def retirer(session: Session, ids: list[str], auteur: Auteur) -> None:
    """Stop showing the schools that a complete list no longer names."""
    for paquet in paquets(ids):
        session.execute(update(Ecole.__table__).where(Ecole.__table__.c.id.in_(paquet)).values(statut=RETIREE))
        enseignements = Enseignement.__table__
        session.execute(update(enseignements).where(enseignements.c.ecole_id.in_(paquet)).values(statut=RETIREE))
    commun = {"le": maintenant(), "qui": auteur.qui, "action": auteur.action, "importation": auteur.importation, "raison": auteur.raison}
    lignes = [commun | {"ecole_id": cle, "champ": "statut", "avant": "", "apres": RETIREE} for cle in ids]
    inserer(session, Changement, lignes)
