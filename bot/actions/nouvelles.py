"""« Des nouvelles ? »: where a request stands, by its reference."""

from __future__ import annotations

from typing import Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ressources import sessions
from bot.actions.tour import Reponse, Suite, rendre
from bot.francais.dates import date_en_clair
from bot.francais.references import lire_reference
from bot.sejours.suivi import nouvelles


def donner(reference: Optional[str]) -> Suite:
    if reference is None:
        return Suite((Reponse("utter_nouvelles_reference"),))
    lues = nouvelles(sessions(), reference)
    if lues is None:
        return Suite((Reponse("utter_nouvelles_introuvable", {"reference": reference}),))
    variables = {"reference": reference, "ecole": lues.ecole, "date": date_en_clair(lues.le.date().isoformat())}
    return Suite((Reponse(f"utter_nouvelles/{lues.etat}", variables),))


class ActionDonnerDesNouvelles(Action):
    """The reference is the one in the message, or that of the request made in this conversation."""

    def name(self) -> str:
        return "action_donner_des_nouvelles"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        dite = lire_reference(tracker.latest_message.get("text") or "")
        return rendre(donner(dite or tracker.get_slot("sejour_reference")), dispatcher, tracker)
