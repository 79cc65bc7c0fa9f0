"""Small talk whose answer depends on what was said before."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.sejour import VIDE, annuler, en_attente, reprendre
from bot.actions.tour import Reponse, Suite, Tour, rendre
from bot.francais.lassitude import las_de_l_ecole


def converser(tour: Tour) -> Suite:
    """Greet or calm down once at length, then briefly; a yes to several offers shows them again; a yes or a no that answers nothing leads on gently."""
    if tour.reponse:
        return Suite((Reponse(f"utter_{tour.reponse}"),))
    if tour.intention == "saluer":
        return Suite((Reponse("utter_saluer_encore" if tour.cases.get("salue") else "utter_saluer"),), {"salue": True})
    if tour.intention == "insulter":
        combien = int(tour.cases.get("insultes") or 0)
        return Suite((Reponse("utter_insulter_encore" if combien else "utter_insulter"),), {"insultes": combien + 1})
    if tour.intention == "annuler" and en_attente(tour.cases):  # suspended, by distress or by an erasure that was offered
        return annuler(tour.cases.get("sejour_reference"))
    if tour.intention == "affirmer" and tour.offres:
        return Suite((Reponse("utter_affirmer_offres", boutons=tour.offres),))
    if tour.intention == "affirmer" and en_attente(tour.cases):  # « oui je suis d'accord », to a question that distress has put on hold
        return reprendre()
    if tour.intention == "rire_ou_commenter" and las_de_l_ecole(tour.texte):
        return Suite((Reponse("utter_lassitude"),))
    noms = {"ne_pas_savoir": "utter_ne_pas_savoir", "rire_ou_commenter": "utter_rire_ou_commenter", "corriger": "utter_refuser_vide"}
    return Suite((Reponse(noms.get(tour.intention, f"utter_{tour.intention}_vide")),))


class ActionConverser(Action):
    """Greeting, insult, a bare yes or no."""

    def name(self) -> str:
        return "action_converser"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        return rendre(converser(Tour.lire(tracker)), dispatcher, tracker)


class ActionRecommencer(Action):
    """Forgets what was said of age, place, trade and school."""

    def name(self) -> str:
        return "action_recommencer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        # One by one first: it is how the conversation store knows that details have to be taken out of what was said.
        oublies = VIDE if en_attente(tracker.current_slot_values()) else {}
        envoyee = tracker.get_slot("sejour_reference")  # a request that was sent is still there: it must be found, and erased, from here
        return [*rendre(Suite((Reponse("utter_recommencer"),), oublies), dispatcher, tracker), AllSlotsReset(), SlotSet("sejour_reference", envoyee)]
