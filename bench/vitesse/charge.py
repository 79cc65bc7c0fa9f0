"""What is asked of a running side, and how long it takes, over HTTP on loopback."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Callable, Iterator, Sequence

import httpx
import numpy as np
from rich.progress import Progress

from bench.vitesse.phrases import Phrases

MESURES = 150
ECHAUFFEMENT = 30
TOURS = 300
CONVERSATIONS_LONGUES = 1
CONVERSATIONS = 500
DEBIT_MESSAGES = 300
_RECHERCHE_SUR = 5  # one message in five of a mix runs an action


@dataclass
class Releve:
    """Figures of one side. Durations in milliseconds."""

    question: list[float] = field(default_factory=list)
    recherche: list[float] = field(default_factory=list)
    debit: dict[int, float] = field(default_factory=dict)
    tours: list[list[float]] = field(default_factory=list)
    depart: float = 0.0
    entrainement: float = 0.0
    memoire: float = 0.0

    def tour(self, autour_de: int) -> float:
        """Median over ten turns around one, in all long conversations."""
        debut = max(autour_de - 5, 0)
        return float(np.median([d for conversation in self.tours for d in conversation[debut : debut + 10]]))


def mesurer(adresse: str, phrases: Phrases, memoire: Callable[[], float], avance: Progress, nom: str) -> Releve:
    """All measures of a side that runs, the quick ones first."""
    releve = Releve()
    with httpx.Client(base_url=adresse, timeout=60) as client:
        etapes = avance.add_task(nom, total=5)
        for i in range(ECHAUFFEMENT):
            _dire(client, f"echauffement{i % 3}", next(phrases.recherches if i % _RECHERCHE_SUR == 0 else phrases.connues))
        releve.question = [_dire(client, f"q{i}", next(phrases.questions)) for i in range(MESURES)]
        releve.recherche = [_dire(client, f"r{i}", next(phrases.recherches)) for i in range(MESURES)]
        avance.advance(etapes)
        for clients in (1, 8):
            releve.debit[clients] = asyncio.run(_debit(adresse, clients, phrases))
            avance.advance(etapes)
        for i in range(CONVERSATIONS_LONGUES):
            releve.tours.append([_dire(client, f"longue{i}", texte) for texte in _melange(phrases, TOURS + 5)])
        avance.advance(etapes)
        for i in range(CONVERSATIONS):
            _dire(client, f"memoire{i}", next(phrases.connues if i % _RECHERCHE_SUR else phrases.recherches))
        releve.memoire = memoire()
        avance.advance(etapes)
    return releve


def _dire(client: httpx.Client, expediteur: str, texte: str) -> float:
    debut = time.perf_counter()
    reponse = client.post("/webhooks/rest/webhook", json={"sender": expediteur, "message": texte})
    duree = (time.perf_counter() - debut) * 1000
    if reponse.status_code != 200 or not reponse.json():
        raise RuntimeError(f"Pas de réponse à « {texte} » : {reponse.status_code} {reponse.text[:200]}.")
    return duree


def _melange(phrases: Phrases, combien: int) -> Sequence[str]:
    return [next(phrases.recherches if i % _RECHERCHE_SUR == 0 else phrases.questions) for i in range(combien)]


async def _debit(adresse: str, clients: int, phrases: Phrases) -> float:
    """Messages answered a second by ``clients`` people who each wait for their answer; eight turns a conversation."""
    textes = iter(_melange(phrases, DEBIT_MESSAGES))

    async def personne(numero: int, client: httpx.AsyncClient, reste: Iterator[str]) -> None:
        for tour, texte in enumerate(reste):
            reponse = await client.post("/webhooks/rest/webhook", json={"sender": f"d{clients}-{numero}-{tour // 8}", "message": texte})
            if reponse.status_code != 200 or not reponse.json():
                raise RuntimeError(f"Pas de réponse à « {texte} » : {reponse.status_code} {reponse.text[:200]}.")

    async with httpx.AsyncClient(base_url=adresse, timeout=120) as client:
        debut = time.perf_counter()
        await asyncio.gather(*(personne(i, client, textes) for i in range(clients)))
        return DEBIT_MESSAGES / (time.perf_counter() - debut)
