"""Playing scenarios on a running bot, over HTTP, several conversations at a time. Senders start with ``essai-``: their requests are never sent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpx

from bot.scenarios import attentes
from bot.scenarios.bilan import Bilan, Difference, Partie, Tour
from bot.scenarios.modele import Echange, Scenario
from bot.scenarios.porte_widget import PorteWidget
from bot.scenarios.portes import PATIENCE, BotInjoignable, Porte, PorteRest, PorteTexte

ENSEMBLE = 6  # conversations at a time: the bot has one processor, more only wait in its queue
PORTES: dict[str, type[Porte]] = {"rest": PorteRest, "texte": PorteTexte, "widget": PorteWidget}

__all__ = ["BotInjoignable", "jouer", "jouer_tous"]

Progres = Callable[[Scenario, Bilan], None]


def jouer(scenario: Scenario, adresse: str, canal: str = "rest") -> Bilan:
    """Play one scenario as new people, up to the first difference of each. Raises ``BotInjoignable`` when nobody answers."""
    return jouer_tous([scenario], adresse, canal)[0]


def jouer_tous(scenarios: Sequence[Scenario], adresse: str, canal: str = "rest", progres: Progres = lambda *_: None) -> list[Bilan]:
    """Play scenarios together; ``progres`` is told each one as it ends, in any order."""
    return asyncio.run(jouer_ensemble(scenarios, adresse, canal, progres))


async def jouer_ensemble(scenarios: Sequence[Scenario], adresse: str, canal: str = "rest", progres: Progres = lambda *_: None) -> list[Bilan]:
    """The bilans, in the order of the scenarios. The first failure to reach the bot stops everything."""
    places = asyncio.Semaphore(ENSEMBLE)
    # trust_env: a proxy set for the rest of the machine must not be asked for a bot that runs here.
    async with httpx.AsyncClient(base_url=adresse.rstrip("/"), timeout=PATIENCE, trust_env=False) as client:

        async def une_partie(echanges: Sequence[Echange]) -> Partie:
            async with places:
                return await _jouer_partie(PORTES[canal](client), echanges)

        async def un_scenario(scenario: Scenario) -> Bilan:
            bilan = Bilan(tuple(await asyncio.gather(*(une_partie(echanges) for echanges in scenario.parties()))))
            progres(scenario, bilan)
            return bilan

        taches = [asyncio.ensure_future(un_scenario(scenario)) for scenario in scenarios]
        try:
            return list(await asyncio.gather(*taches))
        finally:
            for tache in taches:
                tache.cancel()


async def _jouer_partie(porte: Porte, echanges: Iterable[Echange]) -> Partie:
    """One conversation, turn after turn, until one is not as expected."""
    tours: list[Tour] = []
    for echange in echanges:
        tour = await _jouer_tour(porte, echange)
        tours.append(tour)
        if tour.difference:
            break
    return Partie(tuple(tours))


async def _jouer_tour(porte: Porte, echange: Echange) -> Tour:
    dit = echange.dit if echange.dit is not None else f"[{echange.clique}]"
    if echange.clique is not None and not porte.offre(echange.clique):
        offerts = noms_de_boutons(attentes.titres(porte.reponse))
        return Tour(echange.ligne, dit, (), Difference(echange.ligne, dit, f"un bouton « {echange.clique} »", offerts))
    debut = time.perf_counter()
    messages = await (porte.dire(echange.dit) if echange.dit is not None else porte.choisir(echange.clique or ""))
    duree = time.perf_counter() - debut
    ecart = _ecart(echange, messages)
    vue = await porte.dernier_tour() if ecart or echange.comprend or echange.retient else None
    if not ecart and (echange.comprend or echange.retient):
        ecart = _ecart_de_comprehension(echange, vue)
    if not ecart:
        return Tour(echange.ligne, dit, tuple(messages), None, duree)
    lu = citer(attentes.lisible(messages))
    difference = Difference(echange.ligne, dit, *ecart, compris=attentes.compris_en_clair(vue), reponse=lu if lu != ecart[1] else "")
    return Tour(echange.ligne, dit, tuple(messages), difference, duree)


def _ecart(echange: Echange, messages: list[Any]) -> tuple[str, str] | None:
    """The first expectation that is not met: what was expected, what was obtained."""
    defaut = attentes.defaut(messages)
    if defaut:
        return "une réponse, entière et lisible", defaut
    morceaux, titres = attentes.lisible(messages), attentes.titres(messages)
    for cherche in echange.contient:
        if not attentes.contient(morceaux, cherche):
            return f"une réponse qui contient « {cherche} »", citer(morceaux)
    for cherche in echange.ne_contient_pas:
        if attentes.contient(morceaux, cherche):
            return f"une réponse qui ne contient pas « {cherche} »", citer(morceaux)
    for titre in echange.propose:
        if not any(attentes.pareil(titre, offert) for offert in titres):
            return f"un bouton « {titre} »", noms_de_boutons(titres)
    return _ecart_de_nom(echange, attentes.noms_des_reponses(messages))


def _ecart_de_nom(echange: Echange, noms: list[str]) -> tuple[str, str] | None:
    if echange.repond and not noms:
        raise BotInjoignable("« répond » demande un bot en développement : relance-le avec ETABLI_MODE=developpement.")
    for voulu in echange.repond:
        if voulu not in noms:
            return f"la réponse « {voulu} »", _ou(noms, "aucune réponse nommée")
    return None


def _ecart_de_comprehension(echange: Echange, vue: dict[str, Any] | None) -> tuple[str, str] | None:
    if vue is None:
        raise BotInjoignable("« comprend » et « retient » demandent un bot en développement : relance-le avec ETABLI_MODE=developpement.")
    compris = attentes.compris(vue)
    if echange.comprend and echange.comprend not in compris:
        return f"un message compris comme « {echange.comprend} »", _ou(compris, "rien de compris")
    for nom, voulu in echange.retient.items():
        retenu = attentes.retenu(vue, nom)
        if retenu is None or not attentes.pareil(retenu, voulu):
            return f"« {nom} » retenu : « {voulu} »", "rien de retenu" if retenu is None else f"« {retenu} »"
    return None


def citer(morceaux: Iterable[str]) -> str:
    return "« " + " ¦ ".join(dict.fromkeys(m.strip() for m in morceaux if m.strip())) + " »"


def noms_de_boutons(titres: Iterable[str]) -> str:
    return _ou([f"[{titre}]" for titre in titres], "aucun bouton")


def _ou(noms: list[str], sinon: str) -> str:
    return ", ".join(noms) if noms else sinon
