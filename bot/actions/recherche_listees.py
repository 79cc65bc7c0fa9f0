"""Questions about the schools just listed: « laquelle fait le bac pro ? », « laquelle est la plus proche en train ? »."""

from __future__ import annotations

import re
from typing import Optional

from sqlalchemy.orm import Session

from bot.actions.fiche import nom_complet
from bot.actions.ressources import formule
from bot.actions.tour import Reponse, Suite, Tour
from bot.ecoles.criteres import ecoles_qui_ont
from bot.ecoles.modeles import Ecole
from bot.ecoles.presentation import montrer
from bot.ecoles.resultat import EcoleTrouvee
from bot.francais.criteres import ABANDON, TRAJET
from bot.francais.texte import cle

_LESQUELLES = re.compile(r"\b(?:laquelle|lesquelles|celles? qui)\b")


def trajet(session: Session, tour: Tour) -> Suite:
    """Journeys are not known: said so, with what is (as the crow flies, in the order of the list)."""
    premiere = next(iter(_listees(session, tour)), None)
    if premiere is None or not (tour.cases.get("lieu") or "").startswith("commune:"):
        return Suite((Reponse("utter_trajet/inconnu"),), {"attente": "ecole"})
    return Suite((Reponse("utter_trajet/vol_d_oiseau", {"ecole": nom_complet(premiere)}),), {"attente": "ecole"})


def parmi_les_listees(session: Session, tour: Tour) -> Optional[Suite]:
    """Which of the listed schools have it; those of which the data do not say are named apart. None: search instead."""
    voulus = [c for c in tour.entites.get("critere", ()) if c != TRAJET and not c.startswith(ABANDON)]
    listees = _listees(session, tour)
    if not voulus or len(listees) < 2 or tour.entite("lieu") or tour.entite("metier") or not _LESQUELLES.search(cle(tour.texte)):
        return None
    ids = [e.id for e in listees]
    oui = set(session.scalars(ecoles_qui_ont(voulus).where(Ecole.id.in_(ids))))
    peut_etre = set(session.scalars(ecoles_qui_ont(voulus, inconnues=True).where(Ecole.id.in_(ids)))) - oui
    if not oui and not peut_etre:
        return None
    quoi = ", ".join(formule(f"utter_morceau/critere_{c}") for c in voulus)
    reponses = []
    if oui:
        reponses.append(Reponse("utter_parmi/oui", {"quoi": quoi, "liste": _noms(listees, oui)}))
    if peut_etre:
        reponses.append(Reponse("utter_parmi/inconnu", {"quoi": quoi, "liste": _noms(listees, peut_etre)}))
    seule = next(iter(oui)) if len(oui) == 1 else tour.cases.get("ecole")
    return Suite(tuple(reponses), {"attente": "ecole", "echecs": 0, "ecole": seule})


def _listees(session: Session, tour: Tour) -> tuple[EcoleTrouvee, ...]:
    return montrer(session, list(tour.cases.get("ecoles_listees") or ()))


def _noms(listees: tuple[EcoleTrouvee, ...], ids: set[str]) -> str:
    """With their rank in the list, so that « la 2 » still means the same."""
    return "\n".join(f"{rang}. {nom_complet(e)}" for rang, e in enumerate(listees, 1) if e.id in ids)
