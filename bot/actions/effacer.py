"""« Efface mes données »: what would go is told, a yes of its own is asked, then conversation and requests are gone."""

from __future__ import annotations

from typing import Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ressources import sessions
from bot.actions.tour import Reponse, Suite, rendre
from bot.base import effacer_les_traces
from bot.francais.references import lire_reference
from bot.sejours.effacement import Effacement, effacer
from bot.sejours.suivi import nouvelles

_EFFACER_TOUT = "effacer_conversation"  # read by the conversation store (bot/moteur/magasin.py), which then keeps nothing
_A_EFFACER = "effacement_reference"


def proposer(reference: Optional[str], dite: bool) -> Suite:
    """Say what would be erased. A reference that is unknown is never told apart from one that is somebody else's."""
    if reference is None:
        return Suite((Reponse("utter_effacement_conversation"),), {_A_EFFACER: None})
    if nouvelles(sessions(), reference) is None:
        return Suite((Reponse("utter_effacement_introuvable" if dite else "utter_effacement_conversation"),), {_A_EFFACER: None})
    return Suite((Reponse("utter_effacement_demande", {"reference": reference}),), {_A_EFFACER: reference})


def accomplir(reference: Optional[str]) -> Suite:
    """Erase the request now; the conversation goes when this turn is saved."""
    fait = effacer(sessions(), reference) if reference else Effacement(False)
    if fait.trouvee:
        effacer_les_traces(sessions().kw["bind"])
    nom = "utter_effacement_fait"
    if fait.trouvee:
        nom = "utter_effacement_fait_deja_partie" if fait.deja_partie else "utter_effacement_fait_demande"
    return Suite((Reponse(nom, {"reference": reference} if fait.trouvee else {}),), {_EFFACER_TOUT: True})


class ActionEffacerDemande(Action):
    """Asks before erasing. The reference is the one in the message, or that of the request made in this conversation."""

    def name(self) -> str:
        return "action_effacer_demande"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        dite = lire_reference(tracker.latest_message.get("text") or "")
        return rendre(proposer(dite or tracker.get_slot("sejour_reference"), dite is not None), dispatcher)


class ActionConfirmerEffacement(Action):
    """After the yes."""

    def name(self) -> str:
        return "action_confirmer_effacement"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        return rendre(accomplir(tracker.get_slot(_A_EFFACER)), dispatcher)
