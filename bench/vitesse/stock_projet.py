"""A stock French Rasa project with our answers: what a team gets from the documentation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bench.stock import CONFIGURATION
from bench.vitesse.phrases import tirage
from bot.reglages import RACINE

_POLITIQUES = [
    {"name": "MemoizationPolicy", "max_history": 5},
    {"name": "RulePolicy"},
    {"name": "TEDPolicy", "max_history": 5, "epochs": 100, "random_seed": 2026},
]


def ecrire(dossier: Path, port_actions: int, epoques: int) -> None:
    """Write config, domain, examples, rules, a story and endpoints to ``dossier``. One flat intent a subject, as stock Rasa has them."""
    par_intention: dict[str, list[str]] = {}
    for exemple in tirage():
        par_intention.setdefault(exemple.etiquettes[0].replace("/", "_"), []).append(exemple.texte)
    faq = [nom for nom in par_intention if nom != "chercher_ecole"]
    configuration = yaml.safe_load(CONFIGURATION.read_text(encoding="utf-8"))
    for composant in configuration["pipeline"]:
        if "epochs" in composant:
            composant["epochs"] = epoques
    fichiers: dict[str, Any] = {
        "config.yml": {**configuration, "policies": _POLITIQUES},
        "domain.yml": {
            "version": "3.1",
            "intents": [*par_intention],
            "responses": {**{f"utter_{nom}": [{"text": _texte(nom)}] for nom in faq}, "utter_default": [{"text": "Je n'ai pas compris."}]},
            "actions": ["action_chercher_ecole"],
        },
        "nlu.yml": {"version": "3.1", "nlu": [{"intent": nom, "examples": "".join(f"- {t}\n" for t in textes)} for nom, textes in par_intention.items()]},
        "rules.yml": {"version": "3.1", "rules": [_regle(nom, f"utter_{nom}") for nom in faq] + [_regle("chercher_ecole", "action_chercher_ecole")]},
        "stories.yml": {"version": "3.1", "stories": [_histoire()]},
        "endpoints.yml": {
            "action_endpoint": {"url": f"http://127.0.0.1:{port_actions}/webhook"},
            "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(dossier / "conversations.db")},
        },
        "credentials.yml": {"rest": None},
    }
    for nom, contenu in fichiers.items():
        (dossier / nom).write_text(yaml.safe_dump(contenu, allow_unicode=True), encoding="utf-8")


def _regle(intention: str, action: str) -> dict[str, Any]:
    return {"rule": intention, "steps": [{"intent": intention}, {"action": action}]}


def _histoire() -> dict[str, Any]:
    tours = (("saluer", "utter_saluer"), ("chercher_ecole", "action_chercher_ecole"), ("remercier", "utter_remercier"))
    return {"story": "une recherche", "steps": [pas for intention, action in tours for pas in ({"intent": intention}, {"action": action})]}


def _texte(intention: str) -> str:
    reponses: dict[str, Any] = {}
    for fichier in (RACINE / "data" / "reponses").glob("*.yml"):
        reponses.update(yaml.safe_load(fichier.read_text(encoding="utf-8"))["responses"])
    for nom in (f"utter_{intention}", f"utter_{intention.replace('_', '/', 1)}"):
        if nom in reponses:
            return reponses[nom][0]["text"]
    return "D'accord."
