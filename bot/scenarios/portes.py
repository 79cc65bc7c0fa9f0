"""The doors through which a scenario is played: each is one conversation of one new person."""

from __future__ import annotations

import uuid
from typing import Any, Mapping

import httpx

from bot.scenarios import attentes
from bot.scenarios.texte import choix, textes

PATIENCE = 60.0  # seconds for one answer; the first one after a start may be slow
ESSAI = "essai-"  # senders whose requests are marked as tests: never mailed, never counted, purged


class BotInjoignable(RuntimeError):
    """Nobody answers at this address, or not in the language of the door."""


class Porte:
    """The REST door, shared by all: what is said, the last reply, and the development view of the last turn."""

    def __init__(self, client: httpx.AsyncClient, expediteur: str = "") -> None:
        self._client = client
        self.expediteur = expediteur or f"{ESSAI}{uuid.uuid4().hex}"
        self.reponse: list[Mapping[str, Any]] = []

    async def dire(self, texte: str) -> list[Mapping[str, Any]]:
        corps = await self._demander("POST", "/webhooks/rest/webhook", json={"sender": self.expediteur, "message": texte})
        self.reponse = corps if isinstance(corps, list) else []
        return self.reponse

    def offre(self, titre: str) -> bool:
        return any(attentes.pareil(offert, titre) for offert in attentes.titres(self.reponse))

    async def choisir(self, titre: str) -> list[Mapping[str, Any]]:
        """Press an offered button."""
        return await self.dire(next(str(b.get("payload")) for b in attentes.boutons(self.reponse) if attentes.pareil(str(b.get("title", "")), titre)))

    async def dernier_tour(self) -> dict[str, Any] | None:
        """What was understood and remembered; None where the bot does not tell (in production)."""
        vue = await self._demander("GET", f"/webhooks/rest/dernier_tour/{self.expediteur}", absence_permise=True)
        return vue if isinstance(vue, dict) else None

    async def _demander(self, methode: str, chemin: str, absence_permise: bool = False, **options: Any) -> Any:
        reponse = await self._brut(methode, chemin, **options)
        return None if reponse.status_code == 404 and absence_permise else self._contenu(reponse)

    async def _brut(self, methode: str, chemin: str, **options: Any) -> httpx.Response:
        try:
            return await self._client.request(methode, chemin, **options)
        except httpx.HTTPError as erreur:
            adresse = f"{str(self._client.base_url).rstrip('/')}{chemin}"
            raise BotInjoignable(f"{adresse} ne répond pas ({type(erreur).__name__}) : démarre le bot (make run) ou vérifie l'adresse.") from erreur

    @staticmethod
    def _contenu(reponse: httpx.Response) -> Any:
        if reponse.status_code == 404:
            raise BotInjoignable(f"{reponse.url} n'existe pas : est-ce bien l'adresse d'un bot Établi, comme http://localhost:5005 ?")
        if reponse.status_code != 200:
            raise BotInjoignable(f"{reponse.url} a répondu {reponse.status_code} au lieu de 200 : {reponse.text[:200]}")
        try:
            return reponse.json()
        except ValueError as erreur:
            raise BotInjoignable(f"{reponse.url} n'a pas répondu en JSON : est-ce bien un bot Établi ?") from erreur


class PorteRest(Porte):
    """Texts, cards and buttons, as the page receives them."""


class PorteTexte(Porte):
    """A plain text message: texts, then numbered choices; choosing sends the words of the choice, never a payload.

    Not its number: « 1 » after a list of schools is the first school (bot/nlu/attentes.py); a channel of text messages decides what it means.
    """

    async def dire(self, texte: str) -> list[Mapping[str, Any]]:
        recus = await super().dire(texte)
        noms = [{"reponse": m["reponse"]} for m in recus if m.get("reponse")]
        self.reponse = [{"text": t} for t in textes(recus)] + noms + [{"buttons": [{"title": t} for t in choix(recus)]}]
        return self.reponse

    async def choisir(self, titre: str) -> list[Mapping[str, Any]]:
        return await self.dire(next(offert for offert in attentes.titres(self.reponse) if attentes.pareil(offert, titre)))
