"""The pages that are not the chat: schools answering a request, counsellors trying the bot. One process, loopback by default.

A module of this folder gives its pages as ``ROUTES``; ``application`` puts them together behind the same headers.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.pages import ecole
from bot.pages.arriere_plan import arriere_plan, vivant
from bot.pages.banc import routes as banc

ENTETES = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}


class EntetesDeSurete:
    """Every answer leaves with the same policy: nothing from elsewhere, no frame, no cache."""

    def __init__(self, suite: ASGIApp) -> None:
        self._suite = suite

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def envoyer(message: Message) -> None:
            if message["type"] == "http.response.start":
                deja = {nom for nom, _ in message["headers"]}
                message["headers"] += [(n.encode(), v.encode()) for n, v in ENTETES.items() if n.encode() not in deja]
            await send(message)

        await self._suite(scope, receive, envoyer)


async def sante(requete: Request) -> Response:
    if not vivant(requete.app):
        return JSONResponse({"status": "le relais des courriels est bloqué"}, status_code=503)
    return JSONResponse({"status": "ok"})


def routes() -> list[BaseRoute]:
    return [Route("/sante", sante), *ecole.ROUTES, *banc.ROUTES]


def application() -> Starlette:
    return Starlette(routes=routes(), middleware=[Middleware(EntetesDeSurete)], lifespan=arriere_plan)
