"""Scenarios as a spreadsheet, one exchange a line, and back without loss. What is wrong is told with its cell.

The same columns in xlsx and csv. In a cell of several values, one value a line (Alt+Enter); ``retient`` is written ``commune: Dijon``.
A line with a file begins a scenario; the lines under it, without file, are its next exchanges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from bot.scenarios.ecriture import champs
from bot.scenarios.feuilles import Feuille, Ligne, TableurInvalide, ecrire_feuille, lire_feuille
from bot.scenarios.lecture import CLES_ECHANGE, LecteurDeScenario
from bot.scenarios.modele import Scenario
from bot.scenarios.noeuds import ScenarioInvalide, phrase

EN_TETE = ("fichier", "scénario", "connu", "persona", "ouverture", *CLES_ECHANGE)
_DU_SCENARIO = EN_TETE[: -len(CLES_ECHANGE)]
_LISTES = {"façons", "contient", "ne contient pas", "propose", "répond"}
# An empty message is something that people send; an empty cell is nothing. This stands for the first in a sheet.
VIDE = "(vide)"
_SEQ = "tag:yaml.org,2002:seq"
_FAUTES_DITES = 20
Numerotees = Sequence[tuple[int, Ligne]]


def exporter(scenarios: Iterable[tuple[str, Scenario]], chemin: Path) -> None:
    """Write scenarios with their relative file names, in the format of the file's extension (.xlsx or .csv)."""
    ecrire_feuille(chemin, EN_TETE, [ligne for fichier, scenario in scenarios for ligne in _lignes(fichier, scenario)])


def importer(chemin: Path, dossier: Path) -> list[Scenario]:
    """The scenarios of a sheet, to be written under ``dossier``. Raises ``TableurInvalide``: the first wrong cell of each scenario."""
    feuille = lire_feuille(chemin, EN_TETE, ("fichier", "scénario", "dit"))
    importes: list[Scenario] = []
    fautes: list[str] = []
    vus: set[PurePosixPath] = set()
    for groupe in _groupes(feuille):
        try:
            fichier = _fichier(feuille, groupe, vus)
            importes.append(LecteurDeCellules(dossier / fichier, feuille.case("fichier", groupe[0][0])).scenario(_noeud(feuille, groupe)))
        except ScenarioInvalide as faute:
            fautes.append(str(faute))
    if fautes:
        reste = [f"… et {len(fautes) - _FAUTES_DITES} autres."] if len(fautes) > _FAUTES_DITES else []
        raise TableurInvalide("\n".join([*fautes[:_FAUTES_DITES], *reste]))
    return importes


def _lignes(fichier: str, scenario: Scenario) -> Iterator[Ligne]:
    entete = dict(zip(_DU_SCENARIO, (fichier, scenario.titre, scenario.connu, scenario.persona, scenario.ouverture)))
    for echange in scenario.echanges:
        yield {**entete, **{nom: _cellule(nom, valeur) for nom, valeur in champs(echange).items()}}
        entete = {}


def _cellule(nom: str, valeur: Any) -> str:
    if isinstance(valeur, dict):
        return "\n".join(f"{cle}: {_en_ligne(contenu)}" for cle, contenu in valeur.items())
    if isinstance(valeur, list):
        return "\n".join(map(_en_ligne, valeur))
    if nom == "dit" and valeur == "":
        return VIDE
    return f"\\{valeur}" if nom == "dit" and valeur.lstrip("\\") == VIDE else valeur


def _en_ligne(valeur: str) -> str:
    """One value of several stands on one line: its own line breaks are written ``\\n``."""
    return valeur.replace("\\", "\\\\").replace("\n", "\\n")


def _valeurs(cellule: str) -> list[str]:
    lignes = [ligne.rstrip("\r") for ligne in cellule.split("\n")]
    return [re.sub(r"\\([\\n])", lambda m: "\n" if m[1] == "n" else "\\", ligne) for ligne in lignes if ligne.strip()]


def _dit(cellule: str) -> str:
    return "" if cellule == VIDE else cellule[1:] if cellule.startswith("\\") and cellule.lstrip("\\") == VIDE else cellule


def _groupes(feuille: Feuille) -> list[list[tuple[int, Ligne]]]:
    groupes: list[list[tuple[int, Ligne]]] = []
    for numero, ligne in feuille.lignes:
        if ligne["fichier"].strip():
            groupes.append([])
        elif not groupes:
            raise TableurInvalide(f"{feuille.case('fichier', numero)} : le premier scénario n'a pas de fichier ; écris par exemple « precisions/le_prix.yml ».")
        groupes[-1].append((numero, ligne))
    return groupes


def _fichier(feuille: Feuille, groupe: Numerotees, vus: set[PurePosixPath]) -> PurePosixPath:
    """The file of a scenario, which no line above has; its other columns stand on its first line only."""
    numero, premiere = groupe[0]
    fichier = PurePosixPath(premiere["fichier"].strip())
    if fichier.is_absolute() or ".." in fichier.parts or fichier.suffix != ".yml" or len(fichier.parts) > 2:
        raise TableurInvalide(f"{feuille.case('fichier', numero)} : « {premiere['fichier']} » ; attendu : dossier/nom.yml, par exemple « precisions/le_prix.yml ».")
    if fichier in vus:
        raise TableurInvalide(f"{feuille.case('fichier', numero)} : « {fichier} » est déjà plus haut ; laisse la colonne vide pour continuer un scénario.")
    vus.add(fichier)
    for suivant, ligne in groupe[1:]:
        trop = next((nom for nom in _DU_SCENARIO[1:] if ligne[nom].strip()), None)
        if trop:
            raise TableurInvalide(f"{feuille.case(trop, suivant)} : « {trop} » ne s'écrit qu'à la première ligne d'un scénario, celle qui a un fichier.")
    return fichier


class LecteurDeCellules(LecteurDeScenario):
    """The rules of a scenario file, told by cells."""

    def __init__(self, chemin: Path, case: str) -> None:
        super().__init__(chemin)
        self._case = case

    def faute(self, noeud: yaml.Node | None, texte: str) -> ScenarioInvalide:
        return TableurInvalide(phrase(noeud.start_mark.name if noeud else self._case, texte))


def _noeud(feuille: Feuille, groupe: Numerotees) -> yaml.MappingNode:
    """The nodes that the scenario's file would give; their marks carry the names of cells."""

    def marque(nom: str, numero: int) -> yaml.Mark:
        return yaml.Mark(feuille.case(nom, numero), 0, numero - 1, 0, None, None)

    def scalaire(valeur: str, nom: str, numero: int) -> yaml.ScalarNode:
        return yaml.ScalarNode("tag:yaml.org,2002:str", valeur, marque(nom, numero))

    def mapping(paires: list[tuple[yaml.Node, yaml.Node]], nom: str, numero: int) -> yaml.MappingNode:
        return yaml.MappingNode("tag:yaml.org,2002:map", paires, marque(nom, numero))

    def paire(nom: str, cellule: str, numero: int) -> tuple[yaml.Node, yaml.Node]:
        cle = scalaire(nom, nom, numero)
        if nom == "retient":
            couples = [(c.strip(), v.strip()) for c, _, v in (ligne.partition(":") for ligne in _valeurs(cellule))]
            return cle, mapping([(scalaire(c, nom, numero), scalaire(v, nom, numero)) for c, v in couples], nom, numero)
        if nom in _LISTES:
            return cle, yaml.SequenceNode(_SEQ, [scalaire(valeur, nom, numero) for valeur in _valeurs(cellule)], marque(nom, numero))
        return cle, scalaire(_dit(cellule) if nom == "dit" else cellule, nom, numero)

    numero, premiere = groupe[0]
    paires = [paire(nom, premiere[nom], numero) for nom in _DU_SCENARIO[1:] if premiere[nom] or nom == "scénario"]
    echanges = [mapping([paire(nom, ligne[nom], n) for nom in CLES_ECHANGE if ligne[nom]], "dit", n) for n, ligne in groupe]
    return mapping([*paires, (scalaire("échanges", "dit", numero), yaml.SequenceNode(_SEQ, echanges, marque("dit", numero)))], "fichier", numero)
