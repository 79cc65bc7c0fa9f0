"""``/chat/``: the first page, plain files from ``widget/``, with a policy that lets nothing else in."""

from __future__ import annotations

from typing import Any, Awaitable, Callable

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.reglages import RACINE

DOSSIER = RACINE / "widget"
_FICHIERS = {"": "index.html", "chat.js": "chat.js", "chat.css": "chat.css", "icone.svg": "icone.svg"}
_TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_ENTETES = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class CanalPage(InputChannel):
    """Serves the page; messages go through the REST door."""

    @classmethod
    def name(cls) -> str:
        return "page"

    def url_prefix(self) -> str:
        return "/chat"  # an absolute path: Rasa would otherwise put the page under /webhooks/

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        entree = Blueprint("canal_page")

        @entree.route("/", methods=["GET"])
        async def page(_: Request) -> HTTPResponse:
            return _fichier("")

        @entree.route("/<nom:str>", methods=["GET"])
        async def fichier(_: Request, nom: str) -> HTTPResponse:
            return _fichier(nom) if nom in _FICHIERS else response.text("Cette page n'existe pas.", status=404)

        return entree


def _fichier(nom: str) -> HTTPResponse:
    chemin = DOSSIER / _FICHIERS[nom]
    return response.raw(chemin.read_bytes(), headers=_ENTETES, content_type=_TYPES[chemin.suffix])
