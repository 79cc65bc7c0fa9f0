"""What is kept of requests, given out: one person's data, or the staff's table."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Optional, TextIO

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.ecoles.modeles import Ecole
from bot.sejours.courriels import une_ligne
from bot.sejours.modeles import DemandeSejour, Pli

COLONNES = (
    "reference", "cree_le", "ecole", "commune", "demandeur", "prenom", "age", "telephone", "courriel", "periode", "motif",
    "statut", "reponse", "repondu_le", "courrier",
)  # fmt: skip
_FORMULE = ("=", "+", "-", "@", "\t", "\r")


def donnees_d_une_personne(fabrique: sessionmaker, reference: str) -> Optional[dict[str, Any]]:
    """All that is kept under a reference, ready for JSON; None when there is nothing."""
    with fabrique() as session:
        demande = session.get(DemandeSejour, reference)
        plis = session.scalars(select(Pli).where(Pli.reference == reference).order_by(Pli.id)).all()
        if demande is None and not plis:
            return None
        return {"demande": _en_json(demande) if demande else None, "courriels": [_en_json(pli) for pli in plis]}


def lignes(session: Session, essais: bool = False) -> list[dict[str, Any]]:
    """One dictionary a request (keys: ``COLONNES``), the newest first."""
    trouvees = session.execute(
        select(DemandeSejour, Ecole.nom, Ecole.commune)
        .join(Ecole, Ecole.id == DemandeSejour.ecole_id)
        .where(DemandeSejour.essai.is_(essais))
        .order_by(DemandeSejour.cree_le.desc())
    ).all()
    courriers: dict[str, list[str]] = {}
    for pli in session.scalars(select(Pli).order_by(Pli.id)):
        courriers.setdefault(pli.reference, []).append(f"{pli.genre} {pli.etat}")
    return [
        {**_en_json(d), "ecole": nom, "commune": commune, "courrier": ", ".join(courriers.get(d.reference, []))} for d, nom, commune in trouvees
    ]


def ecrire_csv(sortie: TextIO, donnees: Iterable[dict[str, Any]]) -> int:
    """A table for a spreadsheet (semicolons); a value that a spreadsheet would compute is made a text. Returns the number of lines."""
    tableau = [[_inoffensive(ligne.get(colonne)) for colonne in COLONNES] for ligne in donnees]
    csv.writer(sortie, delimiter=";").writerows([COLONNES, *tableau])
    return len(tableau)


def _inoffensive(valeur: Any) -> str:
    texte = "" if valeur is None else une_ligne(str(valeur), 5_000)
    return f"'{texte}" if texte.startswith(_FORMULE) else texte


def _en_json(ligne: Any) -> dict[str, Any]:
    valeurs = {colonne.name: getattr(ligne, colonne.name) for colonne in ligne.__table__.columns}
    return {nom: v.isoformat(timespec="seconds") if isinstance(v, datetime) else v for nom, v in valeurs.items()}
