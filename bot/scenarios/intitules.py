"""French titles for the names of the machine: subjects, answers, landmarks, memory."""

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


def des_sujets() -> dict[str, str]:
    """Every subject that ``comprend`` may name, with its title."""
    return {nom: sujet(nom) for nom in sorted(vocabulaire.sujets())}


def des_reponses() -> dict[str, str]:
    """Every answer that ``répond`` may name, with its title, or its name where it has none."""
    return {nom: sujet(nom) for nom in vocabulaire.reponses()}


def repere(genre: str) -> str:
    return _intitules()["reperes"].get(genre, genre)


def dossier(nom: str) -> str:
    """A folder of scenarios, as a title."""
    return _intitules()["dossiers"].get(nom, nom.replace("_", " ").capitalize())


def des_souvenirs() -> dict[str, str]:
    """What ``retient`` may name and a person can read, with its title."""
    return dict(_intitules()["souvenirs"])


def souvenirs(retient: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """What the bot remembers and a counsellor can read: name in scenarios to (French title, value)."""
    lus: dict[str, tuple[str, str]] = {}
    for case, valeur in retient.items():
        nom = _NOMS.get(case, case)
        titre = _intitules()["souvenirs"].get(nom)
        if titre and isinstance(valeur, (str, int, float, bool)) and valeur != "":
            lus[nom] = (titre, {True: "oui", False: "non"}[valeur] if isinstance(valeur, bool) else str(valeur))
    return lus


def en_clair(nom: str, valeur: str) -> str:
    """A remembered value as people say it: « l'école » for ``ecole``, where the name of the machine means nothing."""
    return _intitules()["valeurs"].get(valeur, valeur) if nom in ("attente", "requested_slot") else valeur


@lru_cache(maxsize=1)
def _intitules() -> Mapping[str, Mapping[str, str]]:
    return yaml.safe_load(_FICHIER.read_text(encoding="utf-8"))
