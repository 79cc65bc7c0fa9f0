"""What is asked of the two sides while both run, and how long it takes, over HTTP on loopback.

The machine's speed changes from one minute to the next: measures are taken by turns, a lot of one side, the same of the other. Never
message by message: each would find the processor's caches full of the other's.
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Callable, Iterator, Sequence

import aiohttp
import httpx
import numpy as np
from rich.progress import Progress

from bench.vitesse.phrases import Phrases, phrases

MESURES = 150
ECHAUFFEMENT = 30
TOURS = 300
CONVERSATIONS_LONGUES = 2
CONVERSATIONS = 500
MANCHES = 5  # the lots of a measure; of the flows, the median counts
DEBIT_MESSAGES = {1: 40, 8: 160}  # in a bout, by number of people who write at once
_RECHERCHE_SUR = 5  # one message in five of a mix runs an action
_AUTOUR = 10  # turns


@dataclass
class Releve:
    """Figures of one side. Durations in milliseconds; ``debit`` in messages a second, a bout each, by number of clients."""

    question: list[float] = field(default_factory=list)
    recherche: list[float] = field(default_factory=list)
    debit: dict[int, list[float]] = field(default_factory=lambda: {clients: [] for clients in DEBIT_MESSAGES})
    tours: list[list[float]] = field(default_factory=list)
    depart: float = 0.0
    entrainement: float = 0.0
    memoire: float = 0.0

    def tour(self, autour_de: int) -> float:
        """Median over the twenty turns around one, or the first twenty, in all long conversations."""
        debut = max(autour_de - _AUTOUR, 0)
        return float(np.median([d for conversation in self.tours for d in conversation[debut : debut + 2 * _AUTOUR]]))


@dataclass
class Banc:
    """A running side under load: where it answers, what it uses, its own supply of messages, its figures so far."""

    nom: str
    adresse: str
    memoire_mo: Callable[[], float]
    releve: Releve
    phrases: Phrases = field(default_factory=phrases)

    def dire(self, client: httpx.Client, expediteur: str, texte: str) -> float:
        """Milliseconds for one answer. Raises ``RuntimeError`` without one.

        A question taken for a request opens the form, which then asks again under each answer: it is dropped at once, untimed, or one
        such mistake would make every later turn of its conversation another measure.
        """
        debut = time.perf_counter()
        reponse = self._envoyer(client, expediteur, texte)
        duree = (time.perf_counter() - debut) * 1000
        if '"etape"' in reponse.text:
            self._envoyer(client, expediteur, "annuler")
        return duree

    def _envoyer(self, client: httpx.Client, expediteur: str, texte: str) -> httpx.Response:
        reponse = client.post("/webhooks/rest/webhook", json={"sender": expediteur, "message": texte})
        _verifier(reponse.status_code, reponse.text, texte)
        return reponse

    def melange(self, combien: int) -> Sequence[str]:
        return [next(self.phrases.recherches if i % _RECHERCHE_SUR == 0 else self.phrases.questions) for i in range(combien)]


def mesurer(bancs: Sequence[Banc], avance: Progress) -> None:
    """All measures, the quick ones first, into the figures of each side."""
    with ExitStack() as pile:
        clients = [pile.enter_context(httpx.Client(base_url=b.adresse, timeout=60)) for b in bancs]
        a_faire = {
            "échauffement": _echauffer,
            "questions et recherches": _un_par_un,
            "débit": _debits,
            "longues conversations": _longues,
            "mémoire": _memoires,
        }
        etapes = avance.add_task("", total=len(a_faire))
        for nom, mesure in a_faire.items():
            avance.update(etapes, description=nom)
            mesure(list(zip(bancs, clients)))
            avance.advance(etapes)


_Cotes = Sequence[tuple[Banc, httpx.Client]]


def _echauffer(cotes: _Cotes) -> None:
    for banc, client in cotes:
        for i in range(ECHAUFFEMENT):
            banc.dire(client, f"echauffement{i % 3}", next(banc.phrases.recherches if i % _RECHERCHE_SUR == 0 else banc.phrases.connues))


def _un_par_un(cotes: _Cotes) -> None:
    for manche in range(MANCHES):
        for banc, client in cotes:
            for i in range(MESURES // MANCHES):
                banc.releve.question.append(banc.dire(client, f"q{manche}-{i}", next(banc.phrases.questions)))
                banc.releve.recherche.append(banc.dire(client, f"r{manche}-{i}", next(banc.phrases.recherches)))


def _debits(cotes: _Cotes) -> None:
    for manche in range(MANCHES):
        for clients, combien in DEBIT_MESSAGES.items():
            for banc, _ in cotes:
                banc.releve.debit[clients].append(asyncio.run(_debit(banc.adresse, clients, manche, banc.melange(combien))))


async def _debit(adresse: str, clients: int, manche: int, textes: Sequence[str]) -> float:
    """Messages answered a second by ``clients`` people who each wait for their answer; eight turns a conversation.

    ``aiohttp``, and not ``httpx``: 1.3 ms of this machine's work for a message instead of 4.4, beside a server that is what is measured.
    """

    async def personne(numero: int, client: aiohttp.ClientSession, reste: Iterator[str]) -> None:
        for tour, texte in enumerate(reste):
            dit = {"sender": f"d{clients}-{manche}-{numero}-{tour // 8}", "message": texte}
            async with client.post("/webhooks/rest/webhook", json=dit) as reponse:
                _verifier(reponse.status, await reponse.text(), texte)

    reste = iter(textes)
    async with aiohttp.ClientSession(adresse, timeout=aiohttp.ClientTimeout(total=120)) as client:
        debut = time.perf_counter()
        await asyncio.gather(*(personne(i, client, reste) for i in range(clients)))
        return len(textes) / (time.perf_counter() - debut)


def _longues(cotes: _Cotes) -> None:
    for i in range(CONVERSATIONS_LONGUES):
        for banc, client in cotes:
            banc.releve.tours.append([banc.dire(client, f"longue{i}", texte) for texte in banc.melange(TOURS + _AUTOUR)])


def _memoires(cotes: _Cotes) -> None:
    for banc, client in cotes:
        for i in range(CONVERSATIONS):
            banc.dire(client, f"memoire{i}", next(banc.phrases.connues if i % _RECHERCHE_SUR else banc.phrases.recherches))
        banc.releve.memoire = banc.memoire_mo()


def _verifier(statut: int, corps: str, texte: str) -> None:
    if statut != 200 or not json.loads(corps):
        raise RuntimeError(f"Pas de réponse à « {texte} » : {statut} {corps[:200]}.")
