"""The stock French Rasa pipeline on a fixed draw of the examples; its answers are kept, because it learns for an hour.

DIET on all the examples would take many hours. The draw keeps the first N examples of each label in the order of their
SHA-256: it has no taste of ours, and new examples change it little. Kept: fingerprints and answers, no text.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Optional, Sequence

import yaml

from bench.apprentissage import Exemple, exemples
from bench.messages import MessageEvalue
from bench.mesures import Compris

CONFIGURATION = Path(__file__).with_name("stock.yml")
CONSERVE = Path(__file__).with_name("stock_reponses.json")
PAR_ETIQUETTE = 20
_LETTRES_D_EMPREINTE = 12


def empreinte(texte: str) -> str:
    return sha256(texte.encode()).hexdigest()[:_LETTRES_D_EMPREINTE]


def tirer(tous: Sequence[Exemple], combien: int = PAR_ETIQUETTE) -> list[Exemple]:
    """At most ``combien`` examples of each label."""
    groupes: dict[str, list[Exemple]] = defaultdict(list)
    for exemple in sorted(tous, key=lambda e: empreinte(e.texte)):
        groupes[exemple.etiquettes[0]].append(exemple)
    return [e for nom in sorted(groupes) for e in groupes[nom][:combien]]


@dataclass(frozen=True)
class Garde:
    """What the stock pipeline answered. ``configuration``: fingerprint of ``stock.yml``; ``tirage``: of each example learned."""

    configuration: str
    tirage: tuple[str, ...]
    reponses: dict[str, tuple[str, str, float, float]]

    def a_jour(self) -> bool:
        """Whether it was learned with today's settings."""
        return self.configuration == empreinte(CONFIGURATION.read_text(encoding="utf-8"))

    def appris(self, tous: Sequence[Exemple]) -> list[Exemple]:
        """The examples it learned from, as far as they are still there: ours learns from the same ones to be compared."""
        vus = set(self.tirage)
        return [e for e in tous if empreinte(e.texte) in vus]

    def repondre(self, messages: Sequence[MessageEvalue]) -> Optional[list[Compris]]:
        lues = [self.reponses.get(empreinte(m.texte)) for m in messages]
        return None if None in lues else [_depuis(*lu) for lu in lues if lu]


def lire_garde() -> Optional[Garde]:
    if not CONSERVE.exists():
        return None
    lu = json.loads(CONSERVE.read_text(encoding="utf-8"))
    return Garde(lu["configuration"], tuple(lu["tirage"]), {cle: tuple(reponse) for cle, reponse in lu["reponses"].items()})


def apprendre_et_garder(messages: Sequence[MessageEvalue], combien: int = PAR_ETIQUETTE) -> Garde:
    """Train the stock pipeline on the draw (on everything with a large ``combien``), understand every message, keep the answers."""
    from bot.moteur.correctifs import silence_reseau

    silence_reseau()
    vus = tirer(exemples(), combien)
    with tempfile.TemporaryDirectory() as dossier:
        reponses = asyncio.run(_lire(_entrainer(Path(dossier), vus), messages))
    garde = Garde(empreinte(CONFIGURATION.read_text(encoding="utf-8")), tuple(sorted(empreinte(e.texte) for e in vus)), reponses)
    CONSERVE.write_text(json.dumps(garde.__dict__, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"') + "\n", encoding="utf-8")
    return garde


def _entrainer(dossier: Path, vus: Sequence[Exemple]) -> str:
    """One flat intent a subject (``faq.cout``): stock Rasa classifies intents."""
    import rasa.model_training

    groupes: dict[str, list[str]] = defaultdict(list)
    for exemple in vus:
        groupes[exemple.etiquettes[0].replace("/", ".")].append(exemple.texte)
    blocs = [{"intent": nom, "examples": "".join(f"- {texte}\n" for texte in textes)} for nom, textes in groupes.items()]
    (dossier / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": blocs}, allow_unicode=True), encoding="utf-8")
    return rasa.model_training.train_nlu(str(CONFIGURATION), str(dossier / "nlu.yml"), output=str(dossier / "modele"))


async def _lire(modele: str, messages: Sequence[MessageEvalue]) -> dict[str, tuple[str, str, float, float]]:
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    agent = Agent.load(modele)
    return {empreinte(m.texte): _reponse(await agent.processor.parse_message(UserMessage(m.texte))) for m in messages}


def _reponse(lu: dict[str, Any]) -> tuple[str, str, float, float]:
    """Decision, best label, its confidence, and the best confidence that is neither off-topic nor distress."""
    classement = [{**c, "name": c["name"].replace(".", "/")} for c in lu["intent_ranking"] if c["name"] != "nlu_fallback"]
    decision = lu["intent"]["name"].replace(".", "/")
    dedans = max((c["confidence"] for c in classement if not c["name"].startswith(("hors_sujet", "detresse/"))), default=0.0)
    return "inconnu" if decision == "nlu_fallback" else decision, classement[0]["name"], round(classement[0]["confidence"], 4), round(dedans, 4)


def _depuis(decision: str, premier: str, confiance: float, dedans: float) -> Compris:
    return Compris(decision, () if decision == "inconnu" else (decision,), premier, confiance, dedans, aide=decision.startswith("detresse"))
