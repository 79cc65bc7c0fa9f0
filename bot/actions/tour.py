"""One turn as an action sees it, and what a skill gives back. Everything here is plain data: no dispatcher, no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, NamedTuple, Optional

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher


@dataclass(frozen=True)
class Reponse:
    """A response of ``data/reponses/`` by name, with what fills its ``{variables}``, more buttons, and structured data."""

    nom: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    boutons: tuple[tuple[str, str], ...] = ()
    donnees: Optional[Mapping[str, Any]] = None


@dataclass(frozen=True)
class Suite:
    """What happens next: what is said, what is remembered (slot to value), and an action that must follow."""

    reponses: tuple[Reponse, ...] = ()
    souvenirs: Mapping[str, Any] = field(default_factory=dict)
    action: Optional[str] = None

    def puis(self, autre: Suite) -> Suite:
        return Suite(self.reponses + autre.reponses, {**self.souvenirs, **autre.souvenirs}, autre.action or self.action)


class Mention(NamedTuple):
    """Where a trade or a place is said in the message: of ``texte[debut:fin]``."""

    genre: str
    valeur: str
    debut: int
    fin: int


@dataclass(frozen=True)
class Tour:
    """The message of this turn, what was understood in it, and what is remembered."""

    texte: str
    intention: str
    sujets: tuple[str, ...]
    entites: Mapping[str, tuple[str, ...]]
    cases: Mapping[str, Any]
    expediteur: str = ""
    confiance: float = 1.0
    politesses: tuple[str, ...] = ()
    charge: str = ""  # the payload of the button that was pressed
    reponse: str = ""  # the name of an answer that understanding has already chosen
    mentions: tuple[Mention, ...] = ()  # of what has a place in the text, in its order
    offres: tuple[tuple[str, str], ...] = ()  # title and payload of what the bot had just offered, when this is a bare yes to it

    @classmethod
    def lire(cls, tracker: Tracker) -> Tour:
        message = tracker.latest_message or {}
        entites: dict[str, tuple[str, ...]] = {}
        for entite in message.get("entities") or []:
            entites[entite["entity"]] = entites.get(entite["entity"], ()) + (str(entite["value"]),)
        return cls(
            texte=message.get("text") or "",
            intention=(message.get("intent") or {}).get("name") or "",
            sujets=tuple(q["nom"] for q in message.get("questions") or []),
            entites=entites,
            cases=tracker.current_slot_values(),
            expediteur=tracker.sender_id,
            confiance=float((message.get("intent") or {}).get("confidence") or 0.0),
            politesses=tuple(message.get("politesses") or ()),
            charge=message.get("charge") or "",
            reponse=next((q["reponse"] for q in message.get("questions") or [] if q.get("reponse")), ""),
            mentions=tuple(sorted(_mentions(message), key=lambda m: m.debut)),
            offres=tuple((bouton["title"], bouton["payload"]) for bouton in message.get("offres") or []),
        )

    def entite(self, nom: str) -> Optional[str]:
        valeurs = self.entites.get(nom)
        return valeurs[0] if valeurs else None

    def age(self) -> Optional[int]:
        """The age said in this message, else the one remembered."""
        dit = self.entite("age")
        return int(dit) if dit else self.cases.get("age")


def _mentions(message: Mapping[str, Any]) -> list[Mention]:
    return [Mention(e["entity"], str(e["value"]), e["start"], e["end"]) for e in message.get("entities") or [] if "start" in e and "end" in e]


def polie(tour: Tour, suite: Suite) -> Suite:
    """The answer, after a word for who said hello or thank you beside the question."""
    return Suite(tuple(Reponse(f"utter_politesse/{nom}") for nom in tour.politesses)).puis(suite)


def rendre(suite: Suite, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Send what a skill decided through Rasa: messages by name, memory as slots, those that already hold it aside (a third of them)."""
    for reponse in suite.reponses:
        dispatcher.utter_message(
            response=reponse.nom,
            buttons=[{"title": titre, "payload": charge} for titre, charge in reponse.boutons],
            json_message=dict(reponse.donnees) if reponse.donnees else None,
            **reponse.variables,
        )
    evenements: list[EventType] = [SlotSet(nom, valeur) for nom, valeur in suite.souvenirs.items() if tracker.slots.get(nom, ...) != valeur]
    if suite.action:
        evenements.append({"event": "followup", "timestamp": None, "name": suite.action})
    return evenements
