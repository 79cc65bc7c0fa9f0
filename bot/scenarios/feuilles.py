"""Sheets as files, xlsx or csv: lines of texts in and out, with the cell's own name for whatever is wrong."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError, InvalidFileException

from bot.scenarios.noeuds import ScenarioInvalide, phrase, suggestion

_LARGEURS = {"fichier": 40, "scénario": 40, "dit": 50, "contient": 40}
_FORMULES = ("=", "+", "-", "@", "\t", "\r")
_TEXTE = "@"  # the number format by which a spreadsheet leaves what is typed alone
_RETAPE = "mets la case au format Texte, puis retape"
Ligne = dict[str, str]


class TableurInvalide(ScenarioInvalide):
    """A sheet that cannot be read or written; the message names the file and the cell."""


@dataclass(frozen=True)
class Feuille:
    """The lines that hold something, with their numbers in the sheet, and where each column stands in this very file."""

    chemin: Path
    colonnes: Mapping[str, int]
    lignes: Sequence[tuple[int, Ligne]]

    def case(self, nom: str, numero: int) -> str:
        """« essais.csv, F12 », as the spreadsheet shows it; the first column stands for one that this file does not have."""
        return f"{self.chemin.name}, {get_column_letter(self.colonnes.get(nom, 1))}{numero}"


def lire_feuille(chemin: Path, entete: Sequence[str], necessaires: Sequence[str]) -> Feuille:
    """The first sheet of a file. Raises ``TableurInvalide``."""
    brutes = _lire_csv(chemin) if chemin.suffix == ".csv" else _lire_xlsx(chemin)
    noms = [unicodedata.normalize("NFC", valeur.strip()).lower() for valeur in next(brutes, (1, []))[1]]
    for colonne, nom in enumerate(noms, 1):
        if nom and nom not in entete:
            raise TableurInvalide(phrase(f"{chemin.name}, {get_column_letter(colonne)}1", f"la colonne « {nom} » n'existe pas{suggestion(nom, entete)}"))
    manque = next((nom for nom in necessaires if nom not in noms), None)
    if manque:
        raise TableurInvalide(f"{chemin.name}, A1 : la première ligne n'a pas de colonne « {manque} ».")
    lignes = [(numero, {**dict.fromkeys(entete, ""), **dict(zip(noms, valeurs))}) for numero, valeurs in brutes]
    colonnes = {nom: colonne for colonne, nom in enumerate(noms, 1) if nom}
    return Feuille(chemin, colonnes, [(numero, ligne) for numero, ligne in lignes if ligne["dit"] or any(v.strip() for v in ligne.values())])


def ecrire_feuille(chemin: Path, entete: Sequence[str], lignes: Sequence[Ligne]) -> None:
    """Raises ``TableurInvalide`` when the file cannot be written, or a text has a character that xlsx cannot hold."""
    try:
        chemin.parent.mkdir(parents=True, exist_ok=True)
        _ecrire_csv(chemin, entete, lignes) if chemin.suffix == ".csv" else _ecrire_xlsx(chemin, entete, lignes)
    except OSError as erreur:
        raise TableurInvalide(f"« {chemin} » ne peut pas être écrit : ferme-le s'il est ouvert, ou choisis un autre endroit.") from erreur


def _ecrire_csv(chemin: Path, entete: Sequence[str], lignes: Sequence[Ligne]) -> None:
    with chemin.open("w", encoding="utf-8-sig", newline="") as sortie:  # the mark tells Excel that it is UTF-8
        ecrivain = csv.DictWriter(sortie, entete, delimiter=";", restval="")
        ecrivain.writeheader()
        ecrivain.writerows({nom: _proteger(valeur) for nom, valeur in ligne.items()} for ligne in lignes)


def _ecrire_xlsx(chemin: Path, entete: Sequence[str], lignes: Sequence[Ligne]) -> None:
    classeur = Workbook()
    feuille = classeur.active
    feuille.title = "scénarios"
    feuille.append(entete)
    for rang, ligne in enumerate(lignes, 2):
        for colonne, nom in enumerate(entete, 1):
            if ligne.get(nom):
                _ecrire_case(feuille.cell(rang, colonne), ligne[nom])
    for colonne, nom in enumerate(entete, 1):
        feuille.cell(1, colonne).font = Font(bold=True)
        dimension = feuille.column_dimensions[get_column_letter(colonne)]
        dimension.width, dimension.number_format = _LARGEURS.get(nom, 22), _TEXTE  # what is typed below stays as typed too
    feuille.freeze_panes = "C2"
    classeur.save(chemin)


def _ecrire_case(case: Cell, valeur: str) -> None:
    try:
        case.value = valeur
    except IllegalCharacterError as erreur:
        raise TableurInvalide(f"{case.coordinate} : un caractère de « {valeur!r} » ne va pas dans un classeur ; choisis un fichier .csv.") from erreur
    case.data_type = "s"  # « =1+1 » is a text too, and 0639980012 keeps its zero
    case.number_format = _TEXTE
    case.alignment = Alignment(wrap_text=True, vertical="top")


def _proteger(valeur: str) -> str:
    """A sheet must not run what a person wrote: an apostrophe in front, as spreadsheets themselves do; one more where there was one."""
    return f"'{valeur}" if valeur.startswith((*_FORMULES, "'")) else valeur


def _lire_csv(chemin: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        with chemin.open(encoding="utf-8-sig", newline="") as lu:  # line ends inside a cell stay as they are
            texte = lu.read()
    except UnicodeDecodeError as erreur:
        raise TableurInvalide(f"{chemin.name} n'est pas en UTF-8 : à l'enregistrement, choisis « CSV UTF-8 ».") from erreur
    except FileNotFoundError as erreur:
        raise TableurInvalide(f"« {chemin} » n'existe pas.") from erreur
    separateur = max(";,\t", key=texte.split("\n", 1)[0].count)
    lignes = csv.reader(StringIO(texte, newline=""), delimiter=separateur)
    try:
        for numero, valeurs in enumerate(lignes, 1):
            yield numero, [v[1:] if v.startswith("'") and v[1:2] in (*_FORMULES, "'") else v for v in valeurs]
    except csv.Error as erreur:
        raise TableurInvalide(f"{chemin.name}, ligne {lignes.line_num} : ce n'est pas du CSV lisible ({erreur}).") from erreur


def _lire_xlsx(chemin: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        feuille = load_workbook(chemin, data_only=False).worksheets[0]
    except FileNotFoundError as erreur:
        raise TableurInvalide(f"« {chemin} » n'existe pas.") from erreur
    except (InvalidFileException, BadZipFile, OSError, KeyError, ValueError) as erreur:
        raise TableurInvalide(f"{chemin.name} n'est pas un classeur lisible : ouvre-le dans ton tableur, puis enregistre-le en .xlsx.") from erreur
    for numero, cases in enumerate(feuille.iter_rows(), 1):
        yield numero, [_valeur(chemin, case) for case in cases]


def _valeur(chemin: Path, case: Any) -> str:
    """The text that was typed. A value that the spreadsheet has understood its own way is told, never guessed back."""
    if case.value is None:
        return ""
    compris = {"f": "une formule", "e": "une erreur de calcul", "b": "« vrai » ou « faux »"}.get(case.data_type)
    if isinstance(case.value, (date, datetime, time)):
        compris = "une date"
    if compris:
        raise TableurInvalide(f"{chemin.name}, {case.coordinate} : le tableur en a fait {compris} ; {_RETAPE}.")
    return f"{case.value:g}".replace(".", ",") if isinstance(case.value, float) else str(case.value)
