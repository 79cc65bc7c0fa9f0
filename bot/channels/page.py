"""``/chat/``: a school's page with the widget on it, the lines to copy, the state of the service, and the privacy page."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.metadata import version
from typing import Any, Awaitable, Callable

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.reglages import RACINE

DOSSIER = RACINE / "widget"
_FICHIERS = {
    "": "demo/index.html",
    "demo.js": "demo/demo.js",
    "demo.css": "demo/demo.css",
    "vie-privee": "demo/vie-privee.html",
    "icone.svg": "icone.svg",
}
_TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
# Nothing inline: the widget is shown under the strictest policy that a site may have.
_ENTETES = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class CanalPage(InputChannel):
    """Serves the pages; messages go through the widget's own door."""

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

        @entree.route("/etat", methods=["GET"])
        async def etat(requete: Request) -> HTTPResponse:
            pret = getattr(requete.app.ctx, "agent", None) is not None and requete.app.ctx.agent.is_ready()
            return response.json({"version": version("etabli"), "kilo_octets": _poids()}, status=200 if pret else 503, headers=_ENTETES)

        @entree.route("/<nom:str>", methods=["GET"])
        async def fichier(_: Request, nom: str) -> HTTPResponse:
            return _fichier(nom) if nom in _FICHIERS else response.text("Cette page n'existe pas.", status=404)

        return entree


def _fichier(nom: str) -> HTTPResponse:
    chemin = DOSSIER / _FICHIERS[nom]
    return response.raw(chemin.read_bytes(), headers=_ENTETES, content_type=_TYPES[chemin.suffix])


@cache
def _poids() -> int:
    """Of the widget as it travels, in kilobytes."""
    return round(len(gzip.compress((DOSSIER / "dist" / "etabli.js").read_bytes(), 9)) / 1000)
