"""The school's answer: a signed link in the mail, a page that shows, a button that confirms. No account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from bot.ecoles.modeles import Ecole
from bot.sejours.boite import deposer
from bot.sejours.modeles import REPONDUE, REPONSE, REPONSES, DemandeSejour

_LIEN, _BOUTON = "etabli-reponse-ecole", "etabli-reponse-ecole-bouton"


class LienRefuse(ValueError):
    """The link or the button was not made by us."""


@dataclass(frozen=True)
class Fiche:
    """What the page shows: no name, no contact. ``reponse`` is empty until the school has answered."""

    reference: str
    ecole: str
    cree_le: datetime
    reponse: str


def lien_de_reponse(secret: str, adresse_publique: str, reference: str) -> str:
    """The link dies with the request: nothing to date it with."""
    return f"{adresse_publique}/ecole/{URLSafeSerializer(secret, salt=_LIEN).dumps(reference)}"


def sceau(secret: str, reference: str) -> str:
    """Goes into the form: only somebody who has seen the page can confirm."""
    return URLSafeSerializer(secret, salt=_BOUTON).dumps(reference)


def reference_du_lien(secret: str, jeton: str) -> str:
    return _lire(secret, _LIEN, jeton)


def lire_fiche(fabrique: sessionmaker, reference: str) -> Optional[Fiche]:
    """None when the request is gone: erased by the person, or too old."""
    with fabrique() as session:
        return _fiche(session, reference)


def repondre(fabrique: sessionmaker, secret: str, reference: str, sceau_recu: str, reponse: str, maintenant: datetime) -> Optional[Fiche]:
    """Keep the first answer; a second one changes nothing and gets the first back. None when the request is gone."""
    if _lire(secret, _BOUTON, sceau_recu) != reference or reponse not in REPONSES:
        raise LienRefuse("Le formulaire ne vient pas de cette page.")
    with fabrique() as session, session.begin():
        premiere = update(DemandeSejour).where(DemandeSejour.reference == reference, DemandeSejour.reponse == "")
        nouvelle = premiere.values(reponse=reponse, repondu_le=maintenant, statut=REPONDUE).execution_options(synchronize_session=False)
        if session.execute(nouvelle).rowcount:
            demande = session.get(DemandeSejour, reference)
            if demande.courriel and not demande.essai:
                deposer(session, reference, REPONSE, maintenant)
        return _fiche(session, reference)


def _fiche(session: Session, reference: str) -> Optional[Fiche]:
    lignes = select(DemandeSejour, Ecole.nom).join(Ecole, Ecole.id == DemandeSejour.ecole_id).where(DemandeSejour.reference == reference)
    trouvee = session.execute(lignes).first()
    return Fiche(reference, trouvee.nom, trouvee.DemandeSejour.cree_le, trouvee.DemandeSejour.reponse) if trouvee else None


def _lire(secret: str, usage: str, jeton: str) -> str:
    try:
        lu = URLSafeSerializer(secret, salt=usage).loads(jeton)
    except (BadData, ValueError) as erreur:  # ValueError: characters that no encoding has
        raise LienRefuse("Le lien n'est pas valable.") from erreur
    if not isinstance(lu, str):
        raise LienRefuse("Le lien n'est pas valable.")
    return lu
