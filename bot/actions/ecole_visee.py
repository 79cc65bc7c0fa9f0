"""Which school is the person talking about? A name, a town that has a school, "celle-là", or the one just shown."""

from __future__ import annotations

import re
from typing import Optional

from sqlalchemy.orm import Session

from bot.actions.tour import Tour
from bot.ecoles.nommees import ecoles_nommees
from bot.ecoles.recherche import ecoles_de_commune, trouver_ecole
from bot.ecoles.resultat import EcoleTrouvee
from bot.francais.normalisation import cle

_L_AUTRE = re.compile(r"\bl autre\b")
_LA_BAS = re.compile(r"\b(?:la bas|laba|labas|chez (?:elles|eux)|ces ecoles|celles la|celles ci|laquelle|lesquelles|chacune|les trois|les deux)\b")
_EN_GENERAL = re.compile(r"\b(en general|les ecoles|ces ecoles|une ecole|dans vos ecoles|des ecoles)\b")


def ecoles_visees(session: Session, tour: Tour) -> list[EcoleTrouvee]:
    """Schools named in this message: by a button, by rank in the last list, by name, by town. Newest wins; may be several."""
    bouton = tour.entite("ecole")
    if bouton:
        trouvee = trouver_ecole(session, bouton)
        return [trouvee] if trouvee else []
    listees = tour.cases.get("ecoles_listees") or []
    rang = tour.entite("rang")
    if rang is not None and listees:
        position = int(rang) if int(rang) >= 0 else len(listees) + int(rang)
        if 0 <= position < len(listees):
            trouvee = trouver_ecole(session, listees[position])
            return [trouvee] if trouvee else []
    if _L_AUTRE.search(cle(tour.texte)):
        autres = [e for e in (trouver_ecole(session, i) for i in listees if i != tour.cases.get("ecole")) if e]
        if autres:
            return autres
    nommees = list(ecoles_nommees(session, tour.texte))
    if nommees:
        return nommees
    return _dans_la_commune(session, tour, listees)


def ecole_en_question(session: Session, tour: Tour) -> Optional[EcoleTrouvee]:
    """The one school that a question is about, or None when it is about schools in general."""
    visees = ecoles_visees(session, tour)
    if len(visees) == 1:
        return visees[0]
    courante = tour.cases.get("ecole")
    if visees or hors_de_la_liste(tour) or not courante or _EN_GENERAL.search(cle(tour.texte)):
        return None
    return trouver_ecole(session, courante)


def ecole_ou_seule_listee(session: Session, tour: Tour) -> Optional[EcoleTrouvee]:
    """The same; « la deuxième » of a list of one is that one, as long as it is said (``fin_de_liste``)."""
    listees = tour.cases.get("ecoles_listees") or []
    if hors_de_la_liste(tour) and len(listees) == 1:
        return trouver_ecole(session, listees[0])
    return ecole_en_question(session, tour)


def hors_de_la_liste(tour: Tour) -> bool:
    """« la deuxième » when one school was shown."""
    listees = tour.cases.get("ecoles_listees") or []
    rang = tour.entite("rang")
    return rang is not None and bool(listees) and not tour.entite("ecole") and not -len(listees) <= int(rang) < len(listees)


def listees_en_question(session: Session, tour: Tour) -> tuple[EcoleTrouvee, ...]:
    """« c'est combien là-bas ? » after a list of several: all of them are meant. Empty when no list is."""
    listees = tour.cases.get("ecoles_listees") or []
    if len(listees) < 2 or not _LA_BAS.search(cle(tour.texte)):
        return ()
    return tuple(e for e in (trouver_ecole(session, i) for i in listees) if e)


def _dans_la_commune(session: Session, tour: Tour, listees: list[str]) -> list[EcoleTrouvee]:
    lieu = tour.entite("lieu")
    if not lieu or not lieu.startswith("commune:"):
        return []
    sur_place = list(ecoles_de_commune(session, lieu.split(":", 1)[1]))
    deja_montrees = [e for e in sur_place if e.id in listees]
    return deja_montrees or sur_place
