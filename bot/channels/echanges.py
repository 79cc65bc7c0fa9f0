"""Reading what a page posts and answering it: always JSON, a status that tells, a French sentence from ``data/reponses``."""

from __future__ import annotations

import json
import logging
import math
from functools import wraps
from typing import Any, Awaitable, Callable, Optional

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

logger = logging.getLogger(__name__)

OCTETS_MAXIMUM = 32_000
PANNE = "utter_panne"
Traitement = Callable[[Request], Awaitable[HTTPResponse]]


class Refus(Exception):
    """Why a request is not served: a status and the name of the response that says it."""

    def __init__(self, statut: int, reponse: str, attente_s: float = 0.0) -> None:
        super().__init__(reponse)
        self.statut, self.reponse, self.attente_s = statut, reponse, attente_s


def phrase(requete: Request, nom: str, **variables: Any) -> str:
    texte = requete.app.ctx.agent.domain.responses[nom][0]["text"]
    return texte.format(**variables) if variables else texte


def rendre(requete: Request, donnees: Any, statut: int = 200, attente_s: float = 0.0) -> HTTPResponse:
    """JSON that the page which asked may read. ``Vary`` keeps a cache from giving one site's copy to another."""
    entetes = {"Vary": "Origin", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if requete.headers.get("origin"):
        entetes.update({"Access-Control-Allow-Origin": requete.headers["origin"], "Access-Control-Expose-Headers": "Retry-After"})
    if attente_s:
        entetes["Retry-After"] = str(math.ceil(attente_s))
    return response.json(donnees, status=statut, headers=entetes, ensure_ascii=False)


def toujours_repondre(traitement: Traitement) -> Traitement:
    """No exception leaves: a refusal says why, a failure apologises, and the log says what happened without what was written."""

    @wraps(traitement)
    async def garde(requete: Request) -> HTTPResponse:
        try:
            return await traitement(requete)
        except Refus as refus:
            return rendre(requete, {"erreur": phrase(requete, refus.reponse), "code": refus.reponse}, refus.statut, refus.attente_s)
        except Exception:
            logger.exception("Une demande du widget a échoué.")
            return rendre(requete, {"erreur": phrase(requete, PANNE), "code": PANNE}, 500)

    return garde


async def lire(requete: Request) -> dict[str, Any]:
    """The posted object. Raises ``Refus`` (413) before reading more than the limit, or (400) when it is not an object."""
    if int(requete.headers.get("content-length") or 0) > OCTETS_MAXIMUM:
        raise Refus(413, "utter_widget/trop_gros")
    corps = bytearray()
    while (morceau := await _morceau(requete)) is not None:
        corps += morceau
        if len(corps) > OCTETS_MAXIMUM:
            raise Refus(413, "utter_widget/trop_gros")
    try:
        donnees = json.loads(corps.decode("utf-8"))
    except ValueError as illisible:
        raise Refus(400, "utter_widget/illisible") from illisible
    if not isinstance(donnees, dict):
        raise Refus(400, "utter_widget/illisible")
    return donnees


async def _morceau(requete: Request) -> Optional[bytes]:
    return await requete.stream.read() if requete.stream and requete.stream.request_body else None
