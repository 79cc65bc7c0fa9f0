"""Our pipeline, as it runs: the trained model, one message at a time, with no conversation around it."""

from __future__ import annotations

import asyncio
from typing import Any, Sequence

from bench.messages import MessageEvalue
from bench.mesures import Compris
from bot.reglages import RACINE

_HORS = ("hors_sujet", "detresse/")


def comprendre(messages: Sequence[MessageEvalue]) -> list[Compris]:
    """Run the NLU graph of ``models/etabli.tar.gz`` on every message."""
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    from bot.moteur.correctifs import journaux_discrets, silence_reseau

    silence_reseau()
    journaux_discrets()
    agent = Agent.load(str(RACINE / "models" / "etabli.tar.gz"))

    async def lire(texte: str) -> dict[str, Any]:
        return await agent.processor.parse_message(UserMessage(texte))

    return [compris(asyncio.run(lire(m.texte))) for m in messages]


def compris(lu: dict[str, Any]) -> Compris:
    questions = tuple(q["nom"] for q in lu["questions"])
    intention = lu["intent"]["name"]
    classement = lu["intent_ranking"]
    dedans = [c["confidence"] for c in classement if not c["name"].startswith(_HORS)]
    secours = any(q["reponse"].startswith("detresse/") for q in lu["questions"])
    return Compris(
        decision=questions[0] if intention not in ("inconnu", "hesiter", "plusieurs_questions") else intention,
        questions=(*lu["politesses"], *questions) if intention not in ("inconnu", "hesiter") else (),
        aide=intention == "detresse" or bool(lu["aide_discrete"]) or secours,
        secours=secours,
        premier=classement[0]["name"],
        confiance=classement[0]["confidence"],
        dans_le_sujet=max(dedans, default=0.0),
    )
