"""The names that a scenario may use: subjects, answers, things remembered. Read from the bot's own files, so that a typo is seen before playing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from bot.reglages import RACINE

_CHARGEUR = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ETIQUETTE = re.compile(r"^- intent: *(\S+)", re.MULTILINE)
PREFIXE = "utter_"
# What scenarios call a place; the slot with a readable name is ``lieu_nom``.
CASES = {"commune": "lieu_nom"}


@lru_cache(maxsize=1)
def sujets() -> frozenset[str]:
    """Intentions (``chercher_ecole``) and subjects (``faq/cout``)."""
    appris = {nom for fichier in (RACINE / "data" / "nlu").glob("*.yml") for nom in _ETIQUETTE.findall(fichier.read_text(encoding="utf-8"))}
    intentions = {next(iter(i)) if isinstance(i, dict) else str(i) for i in _domaine()["intents"]}
    return frozenset(appris | intentions)


@lru_cache(maxsize=1)
def souvenirs() -> frozenset[str]:
    """What ``retient`` may name: the slots of the conversation, and ``commune``."""
    return frozenset({*_domaine()["slots"], *CASES})


@lru_cache(maxsize=1)
def reponses() -> Mapping[str, Mapping[str, Any]]:
    """Each answer by its name without ``utter_``, with its text, buttons and metadata (the first variant: there is only one)."""
    lues: dict[str, Mapping[str, Any]] = {}
    for fichier in sorted((RACINE / "data" / "reponses").glob("*.yml")):
        for nom, variantes in yaml.load(fichier.read_text(encoding="utf-8"), Loader=_CHARGEUR)["responses"].items():
            lues[nom.removeprefix(PREFIXE)] = variantes[0]
    return lues


@lru_cache(maxsize=1)
def _domaine() -> Mapping[str, Any]:
    return yaml.load((RACINE / "domain.yml").read_text(encoding="utf-8"), Loader=_CHARGEUR)
