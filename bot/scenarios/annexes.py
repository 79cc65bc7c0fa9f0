"""What scenarios share, by name: openings (``ouvertures.yml``) and personas (``personas.yml``), beside their folders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.reglages import RACINE
from bot.scenarios.modele import Persona
from bot.scenarios.noeuds import Lecteur, composer

SCENARIOS = RACINE / "tests" / "scenarios"
OUVERTURES, PERSONAS = ANNEXES = ("ouvertures.yml", "personas.yml")
_CLES_PERSONA = ("qui", "écrit", "demande")


def annexe(nom: str, chemin: Path) -> Path:
    """The file ``nom`` that goes with a scenario: in its folder, in the one above, else the project's own."""
    voisins = (dossier / nom for dossier in list(chemin.resolve().parents)[:2])
    return next((fichier for fichier in voisins if fichier.is_file()), SCENARIOS / nom)


def fichiers(chemin: Path) -> list[Path]:
    """The scenario files of a folder, in order, or the file itself."""
    if not chemin.is_dir():
        return [chemin]
    return [fichier for fichier in sorted(chemin.rglob("*.yml")) if fichier.name not in ANNEXES]


def lire_personas(chemin: Path = SCENARIOS / PERSONAS) -> Mapping[str, Persona]:
    """Personas by name, in the order of the file; none when there is no file. Raises ``ScenarioInvalide``."""
    if not chemin.is_file():
        return {}
    lecteur = Lecteur(chemin)
    noeuds = lecteur.cles(lecteur.cles(composer(chemin), ("personas",), "le fichier des personas").get("personas"), None, "« personas »")
    personas: dict[str, Persona] = {}
    for nom, noeud in noeuds.items():
        cles = lecteur.cles(noeud, _CLES_PERSONA, f"la persona « {nom} »")
        if "qui" not in cles:
            raise lecteur.faute(noeud, f"la persona « {nom} » n'a pas de « qui »")
        demande = lecteur.liste(cles["demande"], "demande") if "demande" in cles else ()
        personas[nom] = Persona(nom, lecteur.texte(cles["qui"], "qui"), lecteur.texte(cles["écrit"], "écrit") if "écrit" in cles else "", demande)
    return personas
