"""French titles for the names of the machine: subjects, landmarks, memory."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.scenarios import vocabulaire

_FICHIER = Path(__file__).with_name("intitules.yml")
# In scenarios, the readable name of a place is « commune ».
_NOMS = {case: nom for nom, case in vocabulaire.CASES.items()}


def sujet(nom: str) -> str:
    """« Le prix » for ``faq/cout``; the bare name when nothing better is known."""
    metadata = (vocabulaire.reponses().get(nom) or {}).get("metadata") or {}
    return str(metadata.get("titre") or _intitules()["sujets"].get(nom, nom))


def repere(genre: str) -> str:
    return _intitules()["reperes"].get(genre, genre)


def dossier(nom: str) -> str:
    """A folder of scenarios, as a title."""
    return _intitules()["dossiers"].get(nom, nom.replace("_", " ").capitalize())


def souvenirs(retient: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """What the bot remembers and a counsellor can read: name in scenarios to (French title, value)."""
    lus: dict[str, tuple[str, str]] = {}
    for case, valeur in retient.items():
        nom = _NOMS.get(case, case)
        titre = _intitules()["souvenirs"].get(nom)
        if titre and isinstance(valeur, (str, int, float, bool)) and valeur != "":
            lus[nom] = (titre, {True: "oui", False: "non"}.get(valeur, str(valeur)) if isinstance(valeur, bool) else str(valeur))
    return lus


@lru_cache(maxsize=1)
def _intitules() -> Mapping[str, Mapping[str, str]]:
    return yaml.safe_load(_FICHIER.read_text(encoding="utf-8"))
