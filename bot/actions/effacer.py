"""« Efface mes données »: what would go is told, a yes of its own is asked, then conversation and requests are gone."""

from __future__ import annotations

from typing import Optional, Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.ressources import sessions
from bot.actions.sejour import FORMULAIRE, en_attente
from bot.actions.tour import Reponse, Suite, rendre
from bot.base import effacer_les_traces
from bot.francais.references import lire_reference
from bot.sejours.effacement import effacer, references_de
from bot.sejours.suivi import nouvelles

_EFFACER_TOUT = "effacer_conversation"  # read by the conversation store (bot/moteur/magasin.py), which then keeps nothing
_A_EFFACER = "effacement_references"


def proposer(dite: Optional[str], conversation: str, brouillon: bool = False) -> Suite:
    """Say what would be erased: this conversation, the requests made in it, and the one whose reference was typed.

    ``brouillon``: a request is being filled in; it waits for the answer.
    """
    references = references_de(sessions(), conversation)
    if dite and dite not in references:
        if nouvelles(sessions(), dite) is None:
            return Suite((Reponse("utter_effacement_introuvable"),), {_A_EFFACER: references})
        references.append(dite)
    if not references:
        return Suite((Reponse("utter_effacement_brouillon" if brouillon else "utter_effacement_conversation"),), {_A_EFFACER: []})
    nom = "utter_effacement_demande" if len(references) == 1 else "utter_effacement_demandes"
    return Suite((Reponse(nom, {"reference": ", ".join(references)}),), {_A_EFFACER: references})


def accomplir(references: Sequence[str]) -> Suite:
    """Erase the requests now; the conversation goes when this turn is saved."""
    faits = {reference: effacer(sessions(), reference) for reference in references}
    effacees = [reference for reference, fait in faits.items() if fait.trouvee]
    parties = [reference for reference, fait in faits.items() if fait.deja_partie]
    if effacees:
        effacer_les_traces(sessions().kw["bind"])
    if parties:
        reponse = Reponse("utter_effacement_fait_deja_partie", {"reference": ", ".join(effacees), "parties": ", ".join(parties)})
    elif effacees:
        reponse = Reponse("utter_effacement_fait_demande", {"reference": ", ".join(effacees)})
    else:
        reponse = Reponse("utter_effacement_fait")
    return Suite((reponse,), {_EFFACER_TOUT: True})


def tout_effacer(conversation: str) -> Reponse:
    """The same, from a menu that has asked already: the requests made in a conversation go; the caller deletes its messages, then says this."""
    return accomplir(references_de(sessions(), conversation)).reponses[0]


class ActionEffacerDemande(Action):
    """Asks before erasing."""

    def name(self) -> str:
        return "action_effacer_demande"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        dite = lire_reference(tracker.latest_message.get("text") or "")
        return rendre(proposer(dite, tracker.sender_id, en_attente(tracker.current_slot_values())), dispatcher, tracker)


class ActionConfirmerEffacement(Action):
    """After the yes."""

    def name(self) -> str:
        return "action_confirmer_effacement"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        return rendre(accomplir(tracker.get_slot(_A_EFFACER) or []), dispatcher, tracker)


class ActionGarderDonnees(Action):
    """After the no."""

    def name(self) -> str:
        return "action_garder_donnees"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        if en_attente(tracker.current_slot_values()):
            return rendre(Suite((Reponse("utter_effacement_garde_brouillon"),), {}, FORMULAIRE), dispatcher, tracker)
        return rendre(Suite((Reponse("utter_effacement_garde"),)), dispatcher, tracker)
