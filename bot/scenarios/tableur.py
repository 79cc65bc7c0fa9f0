"""Scenarios as a spreadsheet, one exchange a line, and back without loss. What is wrong is told with its cell.

The same columns in xlsx and csv. In a cell of several values, one value a line (Alt+Enter); ``retient`` is written ``commune: Dijon``.
A line with a file begins a scenario; the lines under it, without file, are its next exchanges.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from bot.scenarios.ecriture import champs
from bot.scenarios.lecture import CLES_ECHANGE, LecteurDeScenario
from bot.scenarios.modele import Scenario
from bot.scenarios.noeuds import ScenarioInvalide, phrase

EN_TETE = ("fichier", "scénario", "connu", "persona", "ouverture", *CLES_ECHANGE)
_DU_SCENARIO = EN_TETE[: -len(CLES_ECHANGE)]
_LISTES = {"façons", "contient", "ne contient pas", "propose", "répond"}
# An empty message is something that people send; an empty cell is nothing. This stands for the first in a sheet.
VIDE = "(vide)"
_SEQ = "tag:yaml.org,2002:seq"
_LARGEURS = {"fichier": 40, "scénario": 40, "dit": 50, "contient": 40}
_FORMULES = ("=", "+", "-", "@", "\t", "\r")
Ligne = dict[str, str]


class TableurInvalide(ScenarioInvalide):
    """A sheet that cannot be read; the message names the cell."""


def exporter(scenarios: Iterable[tuple[str, Scenario]], chemin: Path) -> None:
    """Write scenarios with their relative file names, in the format of the file's extension (.xlsx or .csv)."""
    lignes = [ligne for fichier, scenario in scenarios for ligne in _lignes(fichier, scenario)]
    if chemin.suffix == ".csv":
        with chemin.open("w", encoding="utf-8-sig", newline="") as sortie:  # the mark tells Excel that it is UTF-8
            ecrivain = csv.DictWriter(sortie, EN_TETE, delimiter=";", restval="")
            ecrivain.writeheader()
            ecrivain.writerows({nom: _proteger(valeur) for nom, valeur in ligne.items()} for ligne in lignes)
        return
    _ecrire_xlsx(lignes, chemin)


def importer(chemin: Path, dossier: Path) -> list[Scenario]:
    """The scenarios of a sheet, to be written under ``dossier``. Raises ``TableurInvalide`` at the first cell that is wrong."""
    importes: list[Scenario] = []
    vus: set[PurePosixPath] = set()
    for groupe in _groupes(_cellules(chemin)):
        debut, premiere = groupe[0]
        fichier = _fichier(premiere["fichier"], debut)
        if fichier in vus:
            raise TableurInvalide(f"{_case('fichier', debut)} : « {fichier} » est déjà plus haut ; laisse la colonne vide pour continuer un scénario.")
        vus.add(fichier)
        importes.append(LecteurDeCellules(dossier / fichier).scenario(_noeud(groupe)))
    return importes


def _lignes(fichier: str, scenario: Scenario) -> Iterator[Ligne]:
    entete = dict(zip(_DU_SCENARIO, (fichier, scenario.titre, scenario.connu, scenario.persona, scenario.ouverture)))
    for echange in scenario.echanges:
        yield {**entete, **{nom: _cellule(nom, valeur) for nom, valeur in champs(echange).items()}}
        entete = {}


def _cellule(nom: str, valeur: Any) -> str:
    if isinstance(valeur, dict):
        return "\n".join(f"{cle}: {contenu}" for cle, contenu in valeur.items())
    if isinstance(valeur, list):
        return "\n".join(valeur)
    return VIDE if nom == "dit" and valeur == "" else str(valeur)


def _proteger(valeur: str) -> str:
    """A sheet must not run what a person wrote: an apostrophe in front, as spreadsheets themselves do; one more where there was one."""
    return f"'{valeur}" if valeur.startswith((*_FORMULES, "'")) else valeur


def _ecrire_xlsx(lignes: Sequence[Ligne], chemin: Path) -> None:
    classeur = Workbook()
    feuille = classeur.active
    feuille.title = "scénarios"
    feuille.append(EN_TETE)
    for rang, ligne in enumerate(lignes, 2):
        for colonne, nom in enumerate(EN_TETE, 1):
            if ligne.get(nom):
                case = feuille.cell(rang, colonne, ligne[nom])
                case.data_type = "s"  # « =1+1 » is a text too, and 0639980012 keeps its zero
                case.number_format = "@"
                case.alignment = Alignment(wrap_text=True, vertical="top")
    for colonne, nom in enumerate(EN_TETE, 1):
        feuille.cell(1, colonne).font = Font(bold=True)
        feuille.column_dimensions[get_column_letter(colonne)].width = _LARGEURS.get(nom, 22)
    feuille.freeze_panes = "C2"
    classeur.save(chemin)


def _cellules(chemin: Path) -> list[tuple[int, Ligne]]:
    """The lines that hold something, with their numbers in the sheet."""
    brutes = _lire_csv(chemin) if chemin.suffix == ".csv" else _lire_xlsx(chemin)
    entete = [valeur.strip() for valeur in next(brutes, (1, []))[1]]
    for colonne, nom in enumerate(entete, 1):
        if nom and nom not in EN_TETE:
            raise TableurInvalide(f"{get_column_letter(colonne)}1 : la colonne « {nom} » n'existe pas ; colonnes possibles : {', '.join(EN_TETE)}.")
    for nom in ("fichier", "scénario", "dit"):
        if nom not in entete:
            raise TableurInvalide(f"La première ligne n'a pas de colonne « {nom} ».")
    lignes = [(numero, {**dict.fromkeys(EN_TETE, ""), **dict(zip(entete, valeurs))}) for numero, valeurs in brutes]
    return [(numero, ligne) for numero, ligne in lignes if ligne["dit"] or any(valeur.strip() for valeur in ligne.values())]


def _lire_csv(chemin: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        texte = chemin.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as erreur:
        raise TableurInvalide(f"{chemin} n'est pas en UTF-8 : à l'enregistrement, choisis « CSV UTF-8 ».") from erreur
    separateur = max(";,\t", key=texte.split("\n", 1)[0].count)
    for numero, valeurs in enumerate(csv.reader(StringIO(texte, newline=""), delimiter=separateur), 1):
        yield numero, [v[1:] if v.startswith("'") and v[1:2] in (*_FORMULES, "'") else v for v in valeurs]


def _lire_xlsx(chemin: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        feuille = load_workbook(chemin, data_only=False).worksheets[0]
    except (InvalidFileException, OSError, KeyError, ValueError) as erreur:
        raise TableurInvalide(f"{chemin} n'est pas un classeur lisible ({type(erreur).__name__}) ; attendu : .xlsx ou .csv.") from erreur
    for numero, valeurs in enumerate(feuille.iter_rows(values_only=True), 1):
        yield numero, ["" if valeur is None else str(valeur) for valeur in valeurs]


def _groupes(lignes: Iterable[tuple[int, Ligne]]) -> list[list[tuple[int, Ligne]]]:
    groupes: list[list[tuple[int, Ligne]]] = []
    for numero, ligne in lignes:
        if ligne["fichier"].strip():
            groupes.append([])
        elif not groupes:
            raise TableurInvalide(f"{_case('fichier', numero)} : le premier scénario n'a pas de fichier ; écris par exemple « precisions/le_prix.yml ».")
        else:
            _rien_du_scenario(numero, ligne)
        groupes[-1].append((numero, ligne))
    return groupes


def _rien_du_scenario(numero: int, ligne: Ligne) -> None:
    for nom in _DU_SCENARIO[1:]:
        if ligne[nom].strip():
            raise TableurInvalide(f"{_case(nom, numero)} : « {nom} » ne s'écrit qu'à la première ligne d'un scénario, celle qui a un fichier.")


def _fichier(brut: str, numero: int) -> PurePosixPath:
    fichier = PurePosixPath(brut.strip())
    if fichier.is_absolute() or ".." in fichier.parts or fichier.suffix != ".yml" or len(fichier.parts) > 2:
        raise TableurInvalide(f"{_case('fichier', numero)} : « {brut} » ; attendu : dossier/nom.yml, par exemple « precisions/le_prix.yml ».")
    return fichier


class LecteurDeCellules(LecteurDeScenario):
    """The rules of a scenario file, told by cells."""

    def faute(self, noeud: yaml.Node | None, texte: str) -> ScenarioInvalide:
        return TableurInvalide(phrase(noeud.start_mark.name if noeud else "A1", texte))


def _noeud(groupe: Sequence[tuple[int, Ligne]]) -> yaml.MappingNode:
    """The nodes that the scenario's file would give; their marks carry the names of cells."""
    numero, premiere = groupe[0]
    paires = [_paire(nom, premiere[nom], numero) for nom in _DU_SCENARIO[1:] if premiere[nom] or nom == "scénario"]
    echanges = [_mapping([_paire(nom, ligne[nom], n) for nom in CLES_ECHANGE if ligne[nom]], "dit", n) for n, ligne in groupe]
    return _mapping([*paires, (_scalaire("échanges", "dit", numero), yaml.SequenceNode(_SEQ, echanges, _marque("dit", numero)))], "fichier", numero)


def _paire(nom: str, valeur: str, numero: int) -> tuple[yaml.Node, yaml.Node]:
    lignes = [ligne for ligne in valeur.splitlines() if ligne.strip()]
    if nom == "retient":
        couples = [(cle.strip(), contenu.strip()) for cle, _, contenu in (ligne.partition(":") for ligne in lignes)]
        return _scalaire(nom, nom, numero), _mapping([(_scalaire(c, nom, numero), _scalaire(v, nom, numero)) for c, v in couples], nom, numero)
    if nom in _LISTES:
        return _scalaire(nom, nom, numero), yaml.SequenceNode(_SEQ, [_scalaire(ligne, nom, numero) for ligne in lignes], _marque(nom, numero))
    return _scalaire(nom, nom, numero), _scalaire("" if nom == "dit" and valeur == VIDE else valeur, nom, numero)


def _mapping(paires: list[tuple[yaml.Node, yaml.Node]], nom: str, numero: int) -> yaml.MappingNode:
    return yaml.MappingNode("tag:yaml.org,2002:map", paires, _marque(nom, numero))


def _scalaire(valeur: str, nom: str, numero: int) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", valeur, _marque(nom, numero))


def _marque(nom: str, numero: int) -> yaml.Mark:
    return yaml.Mark(_case(nom, numero), 0, numero - 1, 0, None, None)


def _case(nom: str, numero: int) -> str:
    """« F12 », as the spreadsheet shows it."""
    return f"{get_column_letter(EN_TETE.index(nom) + 1)}{numero}"
