"""The JSON schema of a scenario file, for editors: keys, names of subjects, of answers and of what is remembered. Written, never read by the bot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.reglages import RACINE
from bot.scenarios import vocabulaire
from bot.scenarios.annexes import OUVERTURES, SCENARIOS, lire_personas
from bot.scenarios.lecture import lire_ouvertures

SCHEMA = RACINE / "docs" / "scenario.schema.json"


def schema() -> dict[str, Any]:
    """What ``lire_scenario`` accepts, as far as a schema can say it. A folder may have openings and personas of its own: those of the project are examples."""
    texte = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
    textes = {"oneOf": [texte, {"type": "array", "items": texte, "minItems": 1}]}
    reponse = {"enum": [nom for court in sorted(vocabulaire.reponses()) for nom in (court, f"{vocabulaire.PREFIXE}{court}")]}
    proprietes = {
        "dit": {"type": ["string", "number", "boolean"], "description": "Ce que la personne écrit."},
        "clique": {**texte, "description": "Le titre du bouton qu'elle choisit."},
        "façons": {"type": "array", "items": texte, "minItems": 2, "description": "Plusieurs façons de dire la même chose : chacune est jouée."},
        "contient": {**textes, "description": "Ce qui doit se lire dans la réponse."},
        "ne contient pas": {**textes, "description": "Ce qui ne doit pas s'y lire."},
        "propose": {**textes, "description": "Des titres de boutons."},
        "comprend": {"enum": sorted(vocabulaire.sujets()), "description": "Le sujet compris."},
        "répond": {"oneOf": [reponse, {"type": "array", "items": reponse, "minItems": 1}], "description": "Des réponses, par leur nom."},
        "retient": {
            "type": "object",
            "propertyNames": {"enum": sorted(vocabulaire.souvenirs())},
            "additionalProperties": texte,
            "minProperties": 1,
            "description": "Ce que le bot retient.",
        },
    }
    parole = [{"required": [cle]} for cle in ("dit", "clique", "façons")]
    echange = {"type": "object", "properties": proprietes, "additionalProperties": False, "oneOf": parole}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Un scénario d'Établi",
        "type": "object",
        "required": ["scénario", "échanges"],
        "additionalProperties": False,
        "properties": {
            "scénario": {**texte, "description": "Ce qui s'y passe, en une phrase."},
            "connu": {"type": "string", "description": "Pourquoi il échoue aujourd'hui, tant qu'on le sait."},
            "persona": {**texte, "examples": list(lire_personas()), "description": "Qui parle (personas.yml)."},
            "ouverture": {**texte, "examples": list(lire_ouvertures(SCENARIOS / OUVERTURES)), "description": "Un début partagé (ouvertures.yml)."},
            "échanges": {"type": "array", "items": echange, "minItems": 1},
        },
    }


def ecrire_schema() -> Path:
    SCHEMA.write_text(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return SCHEMA
