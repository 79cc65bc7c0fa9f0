"""The stock French Rasa pipeline on the same examples: half an hour of training, so its answers are kept by fingerprint."""

from __future__ import annotations

import asyncio
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Optional, Sequence

import yaml

from bench.messages import MessageEvalue
from bench.mesures import Compris
from bot.reglages import RACINE, empreinte

CONFIGURATION = Path(__file__).with_name("stock.yml")
CONSERVE = Path(__file__).with_name("stock_reponses.json")


def empreinte_des_exemples() -> str:
    """What the stock model depends on: its configuration and the examples."""
    return empreinte([CONFIGURATION, *(RACINE / "data" / "nlu").glob("*.yml")])


def reponses_conservees(messages: Sequence[MessageEvalue]) -> tuple[Optional[list[Compris]], bool]:
    """The kept answers if there are some for these messages, and whether the examples are still the same."""
    if not CONSERVE.exists():
        return None, False
    garde = json.loads(CONSERVE.read_text(encoding="utf-8"))
    if any(m.texte not in garde["reponses"] for m in messages):
        return None, False
    reponses = [Compris(**{**garde["reponses"][m.texte], "questions": tuple(garde["reponses"][m.texte]["questions"])}) for m in messages]
    return reponses, garde["exemples"] == empreinte_des_exemples()


def comprendre(messages: Sequence[MessageEvalue]) -> list[Compris]:
    """Train the stock pipeline, understand every message, and keep the answers."""
    from bot.moteur.correctifs import silence_reseau

    silence_reseau()
    with tempfile.TemporaryDirectory() as dossier:
        modele = _entrainer(Path(dossier))
        reponses = asyncio.run(_lire(modele, messages))
    garde = {
        "exemples": empreinte_des_exemples(),
        "reponses": {m.texte: asdict(r) for m, r in zip(messages, reponses)},
    }
    CONSERVE.write_text(json.dumps(garde, ensure_ascii=False, indent=0), encoding="utf-8")
    return reponses


def _entrainer(dossier: Path) -> str:
    """Same examples, one flat intent a subject (``faq.cout``): stock Rasa classifies intents."""
    import rasa.model_training

    for fichier in (RACINE / "data" / "nlu").glob("*.yml"):
        contenu = yaml.safe_load(fichier.read_text(encoding="utf-8"))
        for bloc in contenu["nlu"]:
            bloc["intent"] = bloc["intent"].replace("/", ".")
        (dossier / fichier.name).write_text(yaml.safe_dump(contenu, allow_unicode=True), encoding="utf-8")
    return rasa.model_training.train_nlu(str(CONFIGURATION), str(dossier), output=str(dossier / "modele"))


async def _lire(modele: str, messages: Sequence[MessageEvalue]) -> list[Compris]:
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    agent = Agent.load(modele)
    return [_compris(await agent.processor.parse_message(UserMessage(m.texte))) for m in messages]


def _compris(lu: dict[str, Any]) -> Compris:
    classement = [{**c, "name": c["name"].replace(".", "/")} for c in lu["intent_ranking"] if c["name"] != "nlu_fallback"]
    decision = lu["intent"]["name"].replace(".", "/")
    dedans = [c["confidence"] for c in classement if not c["name"].startswith(("hors_sujet", "detresse/"))]
    return Compris(
        decision="inconnu" if decision == "nlu_fallback" else decision,
        questions=() if decision == "nlu_fallback" else (decision,),
        premier=classement[0]["name"],
        confiance=classement[0]["confidence"],
        dans_le_sujet=max(dedans, default=0.0),
    )
