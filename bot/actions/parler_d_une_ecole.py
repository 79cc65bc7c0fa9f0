"""One school: what is known of it, where it is, how to reach it."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from bot.actions.ecole_visee import ecole_ou_seule_listee, ecoles_visees, hors_de_la_liste
from bot.actions.fiche import adresse, presenter
from bot.actions.recherche import chercher
from bot.actions.ressources import consultations
from bot.actions.tour import Reponse, Suite, Tour, rendre
from bot.ecoles.recherche import trouver_ecole
from bot.ecoles.resultat import EcoleTrouvee
from bot.francais.texte import cle

_DESIGNE = re.compile(r"\b(celle|celui|l ecole de|cette|chez)\b")


def parler_d_une_ecole(session: Session, tour: Tour, intention: str) -> Suite:
    """Answer about the school that is meant; ask which one when it is not clear."""
    if intention == "situer_ecole" and tour.entite("lieu") and not _DESIGNE.search(cle(tour.texte)):
        return chercher(session, tour, "chercher_ecole")  # « c'est où à Lyon » : no school is meant yet
    ecole = ecole_ou_seule_listee(session, tour)
    if not ecole:
        return demander_laquelle(session, tour, tour.intention)
    reponses = {"situer_ecole": _situer, "contacter_ecole": _contacter}.get(intention, presenter)(ecole)
    souvenirs: dict[str, Any] = {"ecole": ecole.id, "echecs": 0, "attente": None}
    return Suite((*fin_de_liste(tour), *reponses), souvenirs)


def _situer(ecole: EcoleTrouvee) -> tuple[Reponse, ...]:
    if not ecole.adresse:
        return (Reponse("utter_ecole/adresse_inconnue", {"nom": ecole.nom, "commune": ecole.commune}),)
    return (Reponse("utter_ecole/adresse", {"nom": ecole.nom, "adresse": adresse(ecole)}),)


def _contacter(ecole: EcoleTrouvee) -> tuple[Reponse, ...]:
    if ecole.site:
        return (Reponse("utter_ecole/site", {"nom": ecole.nom, "site": ecole.site}),)
    return (Reponse("utter_ecole/contact_inconnu", {"nom": ecole.nom}),)


def fin_de_liste(tour: Tour) -> tuple[Reponse, ...]:
    """A rank that the last list does not have is said to be none, before anything is said of another school."""
    if not hors_de_la_liste(tour):
        return ()
    nombre = len(tour.cases.get("ecoles_listees"))
    return (Reponse("utter_ecole/une_seule_listee" if nombre == 1 else "utter_ecole/fin_de_liste", {"nombre": nombre}),)


def demander_laquelle(session: Session, tour: Tour, sujet: str) -> Suite:
    """``sujet`` is what is then said of the school that is chosen."""
    visees = ecoles_visees(session, tour)
    candidates = visees or ecoles_de_la_liste(session, tour)
    if not candidates:
        return Suite((Reponse("utter_ecole/pas_trouvee"),), {"attente": "lieu"})
    options, boutons = choix(candidates, sujet)
    question = Reponse("utter_ecole/laquelle", {"options": options}, boutons)
    return Suite((*fin_de_liste(tour), question), {"ecoles_listees": [e.id for e in candidates], "attente": "ecole"})


def ecoles_de_la_liste(session: Session, tour: Tour) -> list[EcoleTrouvee]:
    """The schools shown last."""
    return [e for e in (trouver_ecole(session, i) for i in tour.cases.get("ecoles_listees") or []) if e]


def choix(ecoles: list[EcoleTrouvee], intention: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Numbered lines and their buttons; a press means ``intention`` about that school."""
    options = "\n".join(f"{i}. {e.nom}, {e.commune}" for i, e in enumerate(ecoles[:5], 1))
    return options, tuple((f"{i}. {e.commune}"[:24], f'/{intention}{{"ecole": "{e.id}"}}') for i, e in enumerate(ecoles[:5], 1))


class ActionParlerDUneEcole(Action):
    """A school's card, address or contact."""

    def name(self) -> str:
        return "action_parler_d_une_ecole"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        tour = Tour.lire(tracker)
        with consultations()() as session:
            return rendre(parler_d_une_ecole(session, tour, tour.intention), dispatcher, tracker)
