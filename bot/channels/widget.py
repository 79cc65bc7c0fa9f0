"""The widget's own door: a session, messages, the thread on reload, erasure. Over ``fetch``, one JSON object each way.

Bodies are posted as plain text holding JSON, the token inside: browsers then ask no permission first (no preflight), which
saves a round trip on a phone, and no token ever stands in an address or a log.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any, Awaitable, Callable

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.debit import Debit
from bot.channels.echanges import Refus, lire, phrase, rendre, toujours_repondre
from bot.channels.fil import Recueil, message_du_bot, relire_le_fil, reponses_par_message
from bot.channels.jetons import JetonExpire, JetonInvalide, Jetons, nouvelle_conversation
from bot.channels.origines import adresse, autorisee
from bot.channels.reprises import Messages, Reprises
from bot.reglages import RACINE, Reglages, lire_reglages

BUNDLE = RACINE / "widget" / "dist" / "etabli.js"
CARTE = RACINE / "data" / "ecoles" / "carte-departements.svg"
DELAI_S = 25.0  # under the 30 s at which proxies cut; the turn goes on, a retry picks its answer up
ACCUEIL = "utter_saluer"
_IDENTIFIANT = re.compile(r"^[\w-]{8,64}$", re.ASCII)


class CanalWidget(InputChannel):
    """``/chat/session``, ``message``, ``historique``, ``effacer``, and the files the widget needs."""

    def __init__(self, reglages: Reglages | None = None) -> None:
        self._reglages = reglages or lire_reglages()
        self._jetons = Jetons(self._reglages.secret)
        self._reprises = Reprises()
        # A person may fire off a few messages; a class of thirty sits behind one address.
        self._par_conversation = Debit(capacite=10, par_seconde=1)
        self._par_adresse = Debit(capacite=150, par_seconde=15)

    @classmethod
    def name(cls) -> str:
        return "widget"

    def url_prefix(self) -> str:
        return "/chat"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        entree = Blueprint("canal_widget")
        self._jouer = on_new_message
        for nom, traitement in {"session": self._session, "message": self._message, "historique": self._historique, "effacer": self._effacer}.items():
            entree.add_route(toujours_repondre(traitement), f"/{nom}", methods=["POST"], name=nom, stream=True)
        entree.add_route(_script, "/etabli.js", methods=["GET"], name="script")
        entree.add_route(_carte, "/carte.svg", methods=["GET"], name="carte")
        return entree

    async def _session(self, requete: Request) -> HTTPResponse:
        """A new conversation, its greeting and the privacy note. Nothing is stored until the person writes."""
        donnees = await self._lire(requete)
        jeton = self._jetons.signer(nouvelle_conversation(essai=donnees.get("essai") is True))
        return rendre(requete, {"jeton": jeton, **_ouverture(requete)})

    async def _historique(self, requete: Request) -> HTTPResponse:
        """The thread of this token's conversation, and a fresh token: a tab that stays open does not expire under the fingers."""
        conversation = self._conversation(await self._lire(requete))
        messages = relire_le_fil(await _evenements(requete, conversation))
        return rendre(requete, {"jeton": self._jetons.signer(conversation), "messages": messages, **_ouverture(requete)})

    async def _message(self, requete: Request) -> HTTPResponse:
        donnees = await self._lire(requete)
        conversation = self._conversation(donnees)
        identifiant, texte, charge = donnees.get("id"), donnees.get("texte"), donnees.get("charge")
        bien_ecrit = isinstance(identifiant, str) and _IDENTIFIANT.match(identifiant) and isinstance(texte, str) and isinstance(charge, (str, type(None)))
        if not bien_ecrit:
            raise Refus(400, "utter_widget/illisible")
        _freiner(self._par_conversation, conversation)

        async def tour() -> Messages:
            return await self._tour(conversation, identifiant, texte, charge)

        async def relire() -> dict[str, Messages]:
            return reponses_par_message(await _evenements(requete, conversation))

        try:
            messages = await asyncio.wait_for(self._reprises.repondre(conversation, identifiant, tour, relire), DELAI_S)
        except asyncio.TimeoutError as trop_long:
            raise Refus(504, "utter_widget/lent", 1) from trop_long
        return rendre(requete, {"messages": messages or [{"de": "etabli", "texte": phrase(requete, "utter_panne")}]})

    async def _tour(self, conversation: str, identifiant: str, texte: str, charge: str | None) -> Messages:
        """The title goes along with a payload: a button that no longer counts is then read as the words it showed."""
        recueil = Recueil()
        memoire = {"presente": True, **({"titre": texte} if charge else {})}
        await self._jouer(UserMessage(charge or texte, recueil, conversation, input_channel=self.name(), message_id=identifiant, metadata=memoire))
        return recueil.messages

    async def _effacer(self, requete: Request) -> HTTPResponse:
        """All that this conversation holds, requests included, is deleted before the answer says so; a turn under way ends first."""
        conversation = self._conversation(await self._lire(requete))
        agent = requete.app.ctx.agent
        async with agent.lock_store.lock(conversation):
            dite, variables = await agent.tracker_store.effacer_conversation(conversation)
        self._reprises.oublier(conversation)
        return rendre(requete, {"efface": True, "texte": phrase(requete, dite, **variables)})

    async def _lire(self, requete: Request) -> dict[str, Any]:
        if not autorisee(requete.headers.get("origin"), requete.host, self._reglages.origines):
            raise Refus(403, "utter_widget/origine")
        _freiner(self._par_adresse, adresse(requete, self._reglages.mandataires))
        return await lire(requete)

    def _conversation(self, donnees: dict[str, Any]) -> str:
        try:
            return self._jetons.lire(donnees.get("jeton"))
        except JetonExpire as expire:
            raise Refus(401, "utter_widget/expire") from expire
        except JetonInvalide as faux:
            raise Refus(401, "utter_widget/jeton") from faux


_FICHIER_PUBLIC = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "public, max-age=3600",
    "X-Content-Type-Options": "nosniff",
}


async def _script(requete: Request) -> HTTPResponse:
    """The widget, for any site: the script itself is public, what it may do is decided by the routes above."""
    version = f'"{int(BUNDLE.stat().st_mtime)}-{BUNDLE.stat().st_size}"'
    entetes = {**_FICHIER_PUBLIC, "ETag": version, "Cache-Control": "public, max-age=300"}
    if requete.headers.get("if-none-match") == version:
        return response.empty(304, headers=entetes)
    return response.raw(BUNDLE.read_bytes(), headers=entetes, content_type="text/javascript; charset=utf-8")


async def _carte(_: Request) -> HTTPResponse:
    """The outlines of the départements, for the small map: asked for when a map comes into sight."""
    return response.raw(CARTE.read_bytes(), headers=_FICHIER_PUBLIC, content_type="image/svg+xml")


def _ouverture(requete: Request) -> dict[str, Any]:
    """The greeting as the bot says it, and what is done with what is written."""
    accueil = requete.app.ctx.agent.domain.responses[ACCUEIL][0]
    return {"accueil": message_du_bot(accueil), "vie_privee": phrase(requete, "utter_widget/vie_privee")}


async def _evenements(requete: Request, conversation: str) -> list[Any]:
    tracker = await requete.app.ctx.agent.tracker_store.retrieve_full_tracker(conversation)
    return list(tracker.events) if tracker else []


def _freiner(debit: Debit, cle: str) -> None:
    attente = debit.prendre(cle)
    if attente:
        raise Refus(429, "utter_widget/trop_vite", attente)
