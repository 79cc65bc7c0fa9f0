"""The JSON schema of a scenario file, for editors: keys, names of subjects and of what is remembered. Written, never read by the bot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.reglages import RACINE
from bot.scenarios import vocabulaire

SCHEMA = RACINE / "docs" / "scenario.schema.json"


def schema() -> dict[str, Any]:
    """What ``lire_scenario`` accepts, as far as a schema can say it; names of shared openings and personas are left to it."""
    texte = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
    textes = {"oneOf": [texte, {"type": "array", "items": texte, "minItems": 1}]}
    reponse = {"type": "string", "pattern": r"^(utter_)?[a-z0-9_]+(/[a-z0-9_]+)?$"}
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
            "persona": {**texte, "description": "Qui parle (personas.yml)."},
            "ouverture": {**texte, "description": "Un début partagé (ouvertures.yml)."},
            "échanges": {"type": "array", "items": echange, "minItems": 1},
        },
    }


def ecrire_schema() -> Path:
    SCHEMA.write_text(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return SCHEMA
