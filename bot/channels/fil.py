"""What the widget is sent: messages of the bot, and the conversation read back from its events."""

from __future__ import annotations

from typing import Any, Iterable, Mapping

from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.events import BotUttered, Event, UserUttered

MESSAGES_RELUS = 200
ETABLI, TOI = "etabli", "toi"


class Recueil(OutputChannel):
    """Collects a turn, whole messages with their buttons, data and sources."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "widget"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.messages.append(message_du_bot(message))


def message_du_bot(message: Mapping[str, Any]) -> dict[str, Any]:
    """One message as the widget reads it; what is empty is left out."""
    sources = (message.get("metadata") or {}).get("sources") if isinstance(message.get("metadata"), Mapping) else None
    boutons = [{"titre": b["title"], "charge": b["payload"]} for b in message.get("buttons") or [] if b.get("title") and b.get("payload")]
    champs = {"texte": message.get("text"), "boutons": boutons, "donnees": message.get("custom"), "sources": sources}
    return {"de": ETABLI, **{nom: valeur for nom, valeur in champs.items() if valeur}}


def relire_le_fil(evenements: Iterable[Event]) -> list[dict[str, Any]]:
    """The last messages of both, oldest first; ``quand`` is in seconds since 1970."""
    messages = []
    for evenement in evenements:
        if isinstance(evenement, UserUttered) and evenement.text:
            messages.append({"de": TOI, "texte": evenement.text, "quand": evenement.timestamp})
        elif isinstance(evenement, BotUttered):
            messages.append({**message_du_bot(evenement.message()), "quand": evenement.timestamp})
    return messages[-MESSAGES_RELUS:]


def reponses_par_message(evenements: Iterable[Event]) -> dict[str, list[dict[str, Any]]]:
    """What was answered to each message of the person, by the id the widget gave it."""
    reponses: dict[str, list[dict[str, Any]]] = {}
    courante: list[dict[str, Any]] = []
    for evenement in evenements:
        if isinstance(evenement, UserUttered):
            courante = reponses.setdefault(evenement.message_id or "", [])
        elif isinstance(evenement, BotUttered):
            courante.append(message_du_bot(evenement.message()))
    return reponses
