"""The widget's door: a session of its own, messages with an identifier, a pause when it asks for one."""

from __future__ import annotations

import asyncio
import json
import random
import uuid
from collections.abc import Mapping
from typing import Any

import httpx
from itsdangerous import URLSafeTimedSerializer

from bot.scenarios import attentes
from bot.scenarios.portes import BotInjoignable, Porte

_ESSAIS = 30  # times that a slow-down is obeyed before giving up


class PorteWidget(Porte):
    """What a person on the page sends and receives, put in the shape of the REST door. Names of answers come from the development view."""

    _jeton = ""

    def __init__(self, client: httpx.AsyncClient, expediteur: str = "") -> None:
        super().__init__(client, expediteur)
        # Each person has an address of their own (198.18.0.0/15 is kept for tests): heard only where a proxy is announced, as the test bot does.
        self._adresse = f"198.18.{random.randrange(256)}.{random.randrange(256)}"

    async def dire(self, texte: str) -> list[Mapping[str, Any]]:
        return await self._envoyer(texte, None)

    async def choisir(self, titre: str) -> list[Mapping[str, Any]]:
        bouton = next(b for b in attentes.boutons(self.reponse) if attentes.pareil(str(b.get("title", "")), titre))
        return await self._envoyer(str(bouton["title"]), str(bouton["payload"]))

    async def _envoyer(self, texte: str, charge: str | None) -> list[Mapping[str, Any]]:
        if not self._jeton:
            self._jeton = (await self._poster("session", {"essai": True}))["jeton"]
            # The token says in clear which conversation it is for; only its signature needs the secret.
            self.expediteur = str(URLSafeTimedSerializer("").loads_unsafe(self._jeton)[1])
        demande = {"jeton": self._jeton, "id": uuid.uuid4().hex, "texte": texte, "charge": charge}
        messages = [_comme_rest(message) for message in (await self._poster("message", demande))["messages"]]
        vue = await self.dernier_tour() or {}
        self.reponse = [*messages, *({"reponse": nom} for nom in vue.get("reponses") or [])]
        return self.reponse

    async def _poster(self, chemin: str, demande: dict[str, Any]) -> Any:
        """The answer; a refusal for haste is waited out, as the widget itself does."""
        for _ in range(_ESSAIS):
            reponse = await self._brut("POST", f"/chat/{chemin}", content=json.dumps(demande), headers={"Content-Type": "text/plain", "X-Forwarded-For": self._adresse})
            if reponse.status_code != 429:
                return self._contenu(reponse)
            await asyncio.sleep(float(reponse.headers.get("retry-after", 1)))
        raise BotInjoignable(f"Le widget demande d'attendre depuis {_ESSAIS} essais : joue moins de scénarios à la fois.")


def _comme_rest(message: Mapping[str, Any]) -> dict[str, Any]:
    boutons = [{"title": bouton["titre"], "payload": bouton["charge"]} for bouton in message.get("boutons") or []]
    champs = {"text": message.get("texte"), "buttons": boutons, "custom": message.get("donnees"), "metadata": {"sources": message.get("sources")}}
    return {nom: valeur for nom, valeur in champs.items() if valeur}
