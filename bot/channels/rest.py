"""``POST /webhooks/rest/webhook``: as any Rasa bot answers, without its traps.

Rasa's own channel lets all callers without ``sender`` share one conversation, lets them choose the channel's name, answers
``[]`` when something breaks, and hangs on ``?stream=true``. Here every request gets an answer in French, or a refusal that
says why.
"""

from __future__ import annotations

import logging
import re
import uuid
from itertools import takewhile
from typing import Any, Awaitable, Callable

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.reglages import lire_reglages

logger = logging.getLogger(__name__)

OCTETS_MAXIMUM = 64_000
EXCUSES = "utter_panne"
_EXPEDITEUR = re.compile(r"^[\w.:@+=-]{1,128}$")


class DemandeRefusee(ValueError):
    """A request that cannot be read; the message is for whoever sent it."""


class ReponsesRecueillies(CollectingOutputChannel):
    """Collects what the bot says; each text carries its sources, which the page shows discreetly.

    ``nommees``: each message also tells the name of its answer (``utter_faq/cout``), for scenarios and counsellors.
    """

    def __init__(self, nommees: bool = False) -> None:
        super().__init__()
        self._nommees = nommees

    @classmethod
    def name(cls) -> str:
        return "rest"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        avant = len(self.messages)
        await super().send_response(recipient_id, message)
        sources = (message.get("metadata") or {}).get("sources")
        if sources and len(self.messages) > avant:
            self.messages[avant]["metadata"] = {"sources": sources}
        if self._nommees and message.get("utter_action"):
            for recueilli in self.messages[avant:]:
                recueilli["reponse"] = message["utter_action"]


class CanalRest(InputChannel):
    """The REST door: loopback and development in this version; the widget gets a door of its own."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        entree = Blueprint("canal_rest")
        self._nommees = lire_reglages().en_developpement

        @entree.route("/", methods=["GET"])
        async def sante(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @entree.route("/webhook", methods=["POST"])
        async def recevoir(requete: Request) -> HTTPResponse:
            try:
                texte, expediteur, presente = _lire(requete)
            except DemandeRefusee as refus:
                return response.json({"erreur": str(refus)}, status=400, ensure_ascii=False)
            excuses = requete.app.ctx.agent.domain.responses[EXCUSES][0]["text"]
            return response.json(await self._repondre(on_new_message, texte, expediteur, presente, excuses), ensure_ascii=False)

        if self._nommees:
            entree.add_route(_dernier_tour, "/dernier_tour/<expediteur:str>", methods=["GET"])
        return entree

    async def _repondre(
        self, on_new_message: Callable[[UserMessage], Awaitable[Any]], texte: str, expediteur: str, presente: bool, excuses: str
    ) -> list[dict[str, Any]]:
        recueil = ReponsesRecueillies(self._nommees)
        message = UserMessage(texte, recueil, expediteur, input_channel=self.name(), metadata={"presente": presente})
        try:
            await on_new_message(message)
        except Exception:
            # The turn is not stored: what had been collected must not be promised.
            logger.exception("Le tour a échoué : la personne reçoit des excuses.")
            return [{"recipient_id": expediteur, "text": excuses}]
        return recueil.messages or [{"recipient_id": expediteur, "text": excuses}]


def _lire(requete: Request) -> tuple[str, str, bool]:
    if len(requete.body) > OCTETS_MAXIMUM:
        raise DemandeRefusee(f"Le message pèse {len(requete.body)} octets ; {OCTETS_MAXIMUM} au plus.")
    try:
        donnees = requete.json
    except SanicException:
        donnees = None
    if not isinstance(donnees, dict):
        raise DemandeRefusee('La demande n\'est pas du JSON lisible ; attendu : {"sender": "...", "message": "..."}.')
    texte = donnees.get("message")
    if texte is not None and not isinstance(texte, str):
        raise DemandeRefusee(f"« message » est de type {type(texte).__name__} ; attendu : du texte.")
    expediteur = donnees.get("sender")
    if expediteur in (None, ""):
        # Never a shared conversation: an anonymous caller gets a new one, named in the answer.
        expediteur = uuid.uuid4().hex
    if not isinstance(expediteur, str) or not _EXPEDITEUR.match(expediteur):
        raise DemandeRefusee("« sender » doit être un identifiant de 1 à 128 lettres, chiffres ou . : @ + = - _ .")
    return texte or "", expediteur, bool((donnees.get("metadata") or {}).get("presente")) if isinstance(donnees.get("metadata"), dict) else False


async def _dernier_tour(requete: Request, expediteur: str) -> HTTPResponse:
    """What was understood and remembered at the last turn: for scenarios, in development only."""
    tracker = await requete.app.ctx.agent.tracker_store.retrieve(expediteur)
    if tracker is None or tracker.latest_message is None:
        return response.json({"erreur": f"Aucune conversation « {expediteur} »."}, status=404, ensure_ascii=False)
    await requete.app.ctx.agent.tracker_store.save(tracker)
    lu = tracker.latest_message.parse_data or {}
    return response.json(
        {
            "message": tracker.latest_message.text,
            "intention": (lu.get("intent") or {}).get("name"),
            "confiance": (lu.get("intent") or {}).get("confidence"),
            "questions": [q["nom"] for q in lu.get("questions") or []],
            "lectures": [{"nom": q["nom"], "confiance": q.get("confiance")} for q in lu.get("questions") or []],
            "reponses": _reponses_du_tour(tracker),
            "reperes": [{"genre": e.get("entity"), "valeur": e.get("value")} for e in lu.get("entities") or []],
            "classement": lu.get("intent_ranking") or [],
            "retient": {nom: valeur for nom, valeur in tracker.current_slot_values().items() if valeur is not None},
        },
        ensure_ascii=False,
    )


def _reponses_du_tour(tracker: DialogueStateTracker) -> list[str]:
    """The names of the answers since the person last wrote, oldest first."""
    tour = takewhile(lambda evenement: not isinstance(evenement, UserUttered), reversed(tracker.events))
    return [e.metadata["utter_action"] for e in tour if isinstance(e, BotUttered) and e.metadata.get("utter_action")][::-1]
