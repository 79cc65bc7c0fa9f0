"""Playing a scenario on a running bot, over HTTP. A request for a stay that goes to its end is stored: play on a test database."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Mapping

import httpx

from bot.scenarios import attentes
from bot.scenarios.lecture import Echange, Scenario

PATIENCE = 60.0  # seconds for one answer; the first one after a start may be slow


class BotInjoignable(RuntimeError):
    """Nobody answers at this address, or not in the language of the REST door."""


@dataclass(frozen=True)
class Difference:
    """Where a scenario and the bot part: line of the exchange, what was said, expected and obtained."""

    ligne: int
    dit: str
    attendu: str
    obtenu: str


@dataclass(frozen=True)
class Bilan:
    """How a scenario went. ``durees``: seconds for each answer received."""

    ok: bool
    difference: Difference | None
    durees: tuple[float, ...]


def jouer(scenario: Scenario, adresse: str) -> Bilan:
    """Play a scenario as a new person, up to the first difference. Raises ``BotInjoignable`` when nobody answers."""
    # trust_env: a proxy set for the rest of the machine must not be asked for a bot that runs here.
    with httpx.Client(base_url=adresse.rstrip("/"), timeout=PATIENCE, trust_env=False) as client:
        partie = _Partie(client, f"scenario-{uuid.uuid4().hex}")
        durees: list[float] = []
        for echange in scenario.echanges:
            difference = partie.jouer(echange, durees)
            if difference:
                return Bilan(False, difference, tuple(durees))
        return Bilan(True, None, tuple(durees))


class _Partie:
    """One conversation: its sender, and the last reply, whose buttons may be pressed."""

    def __init__(self, client: httpx.Client, expediteur: str) -> None:
        self._client = client
        self._expediteur = expediteur
        self._reponse: list[Mapping[str, Any]] = []

    def jouer(self, echange: Echange, durees: list[float]) -> Difference | None:
        texte = echange.dit if echange.dit is not None else self._charge(echange.clique or "")
        if texte is None:
            return Difference(echange.ligne, f"[{echange.clique}]", f"un bouton « {echange.clique} »", _noms(attentes.titres(self._reponse)))
        debut = time.perf_counter()
        corps = self._demander("POST", "/webhooks/rest/webhook", json={"sender": self._expediteur, "message": texte})
        durees.append(time.perf_counter() - debut)
        self._reponse = corps if isinstance(corps, list) else []
        ecart = self._ecart(echange)
        if not ecart:
            return None
        dit = echange.dit if echange.dit is not None else f"[{echange.clique}]"
        return Difference(echange.ligne, dit, *ecart)

    def _charge(self, titre: str) -> str | None:
        return next((str(b.get("payload")) for b in attentes.boutons(self._reponse) if attentes.pareil(str(b.get("title", "")), titre)), None)

    def _ecart(self, echange: Echange) -> tuple[str, str] | None:
        """The first expectation that is not met: what was expected, what was obtained."""
        defaut = attentes.defaut(self._reponse)
        if defaut:
            return "une réponse, entière et lisible", defaut
        morceaux, titres = attentes.lisible(self._reponse), attentes.titres(self._reponse)
        for cherche in echange.contient:
            if not attentes.contient(morceaux, cherche):
                return f"une réponse qui contient « {cherche} »", _citer(morceaux)
        for cherche in echange.ne_contient_pas:
            if attentes.contient(morceaux, cherche):
                return f"une réponse qui ne contient pas « {cherche} »", _citer(morceaux)
        for titre in echange.propose:
            if not any(attentes.pareil(titre, offert) for offert in titres):
                return f"un bouton « {titre} »", _noms(titres)
        return self._ecart_de_comprehension(echange) if echange.comprend or echange.retient else None

    def _ecart_de_comprehension(self, echange: Echange) -> tuple[str, str] | None:
        vue = self._demander("GET", f"/webhooks/rest/dernier_tour/{self._expediteur}")
        if not isinstance(vue, dict):
            return "la vue du dernier tour", f"autre chose : {str(vue)[:200]}"
        compris = attentes.compris(vue)
        if echange.comprend and echange.comprend not in compris:
            return f"un message compris comme « {echange.comprend} »", _ou(compris, "rien de compris")
        for nom, voulu in echange.retient.items():
            retenu = attentes.retenu(vue, nom)
            if retenu is None or not attentes.pareil(retenu, voulu):
                return f"« {nom} » retenu : « {voulu} »", "rien de retenu" if retenu is None else f"« {retenu} »"
        return None

    def _demander(self, methode: str, chemin: str, **options: Any) -> Any:
        adresse = f"{self._client.base_url}{chemin}".replace("//webhooks", "/webhooks")
        try:
            reponse = self._client.request(methode, chemin, **options)
            if reponse.status_code == 404 and "dernier_tour" in chemin:
                raise BotInjoignable("« comprend » et « retient » demandent un bot en développement : relance-le avec ETABLI_MODE=developpement.")
            if reponse.status_code != 200:
                raise BotInjoignable(f"{adresse} a répondu {reponse.status_code} au lieu de 200 : {reponse.text[:200]}")
            return reponse.json()
        except httpx.HTTPError as erreur:
            raise BotInjoignable(f"{adresse} ne répond pas ({type(erreur).__name__}) : démarre le bot (make run) ou vérifie l'adresse.") from erreur
        except ValueError as erreur:
            raise BotInjoignable(f"{adresse} n'a pas répondu en JSON : est-ce bien un bot Établi ?") from erreur


def _citer(morceaux: Iterable[str]) -> str:
    return "« " + " ¦ ".join(dict.fromkeys(m.strip() for m in morceaux if m.strip())) + " »"


def _noms(titres: Iterable[str]) -> str:
    return _ou([f"[{titre}]" for titre in titres], "aucun bouton")


def _ou(noms: list[str], sinon: str) -> str:
    return ", ".join(noms) if noms else sinon
