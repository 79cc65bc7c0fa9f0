"""Read a CSV file a line at a time, so that one broken line costs one line.

A quote left open would make the csv module swallow the rest of the file: each physical line is parsed alone. So a cell
may not contain a line break.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


class LigneRefusee(ValueError):
    """A line cannot be loaded; the message is the reason, in French."""


@dataclass(frozen=True)
class Rejet:
    """What was refused: the file, its line (1 is the heading, 0 the whole file) and why."""

    fichier: str
    ligne: int
    raison: str

    def __str__(self) -> str:
        return f"{self.fichier}, ligne {self.ligne} : {self.raison}"


@dataclass
class Table:
    """The readable lines of a file, with their numbers, and the others."""

    lignes: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    rejets: list[Rejet] = field(default_factory=list)


def lire_csv(chemin: Path, colonnes: tuple[str, ...]) -> Table:
    """Read a « ; » file in UTF-8, with or without a byte order mark; columns may come in any order, more are allowed."""
    table = Table()
    if not chemin.is_file():
        table.rejets.append(Rejet(chemin.name, 0, f"fichier absent de {chemin.parent} : remets-le avant de recharger"))
        return table
    numerotees = _lignes(chemin.name, chemin.read_bytes(), table.rejets)
    _, entete = next(numerotees, (1, []))
    manquantes = [colonne for colonne in colonnes if colonne not in entete]
    if manquantes:
        raison = f"colonnes absentes : {', '.join(manquantes)} ; la première ligne doit nommer les colonnes"
        table.rejets.append(Rejet(chemin.name, 1, raison))
        return table
    for numero, cases in numerotees:
        if len(cases) == len(entete):
            table.lignes.append((numero, {nom: case.strip() for nom, case in zip(entete, cases)}))
        else:
            raison = f"{len(cases)} colonnes au lieu de {len(entete)} : vérifie les « ; » et les guillemets"
            table.rejets.append(Rejet(chemin.name, numero, raison))
    return table


def _lignes(nom: str, contenu: bytes, rejets: list[Rejet]) -> Iterator[tuple[int, list[str]]]:
    for numero, brute in enumerate(contenu.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not brute.strip():
            continue
        try:
            ligne = brute.decode("utf-8")
            cases = next(csv.reader([ligne], delimiter=";", strict=True)) if '"' in ligne else ligne.split(";")
        except UnicodeDecodeError:
            rejets.append(Rejet(nom, numero, "texte illisible : enregistre le fichier en UTF-8"))
        except csv.Error:
            rejets.append(Rejet(nom, numero, "guillemets mal fermés : chaque guillemet ouvert doit être refermé sur la ligne"))
        else:
            yield numero, cases
