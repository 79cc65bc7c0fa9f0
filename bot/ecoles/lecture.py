"""Read a CSV file a line at a time, so that one broken line costs one line and a long file costs no memory.

A quote left open would make the csv module swallow the rest of the file: each physical line is parsed alone, and joined
to the next ones only when that closes the quote and gives the right number of cells.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

BOM = b"\xef\xbb\xbf"
_SUITE_MAXIMALE = 20  # physical lines that one cell may span


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


Refuser = Callable[[Rejet], None]
Avancer = Callable[[int], None]  # told how many bytes were read


def lire_csv(chemin: Path, colonnes: tuple[str, ...]) -> Table:
    """Read a « ; » file in UTF-8, with or without a byte order mark; columns may come in any order, more are allowed."""
    table = Table()
    if not chemin.is_file():
        table.rejets.append(Rejet(chemin.name, 0, f"fichier absent de {chemin.parent} : remets-le avant de recharger"))
        return table
    lues = lire_lignes(chemin, "utf-8", ";", table.rejets.append)
    _, entete = next(lues, (1, {}))
    manquantes = [colonne for colonne in colonnes if colonne not in entete]
    if manquantes:
        raison = f"colonnes absentes : {', '.join(manquantes)} ; la première ligne doit nommer les colonnes"
        table.rejets.append(Rejet(chemin.name, 1, raison))
        return table
    table.lignes.extend(lues)
    return table


def lire_lignes(
    chemin: Path, encodage: str, separateur: str, refuser: Refuser, avancer: Avancer | None = None
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number and the cells of each line by column name; the first is the heading, each name giving itself."""
    with chemin.open("rb") as fichier:
        suites = _suites(chemin.name, _physiques(fichier, avancer), encodage, separateur, refuser)
        _, entete = next(suites, (1, []))
        entete = [nom.strip() for nom in entete]
        yield 1, dict(zip(entete, entete))
        for numero, cases in suites:
            yield numero, {nom: case.strip() for nom, case in zip(entete, cases)}


def _physiques(fichier: BinaryIO, avancer: Avancer | None) -> Iterator[tuple[int, bytes]]:
    for numero, brute in enumerate(fichier, start=1):
        if avancer is not None:
            avancer(len(brute))
        propre = (brute.removeprefix(BOM) if numero == 1 else brute).rstrip(b"\r\n")
        if propre.strip():
            yield numero, propre


def _suites(
    nom: str, physiques: Iterator[tuple[int, bytes]], encodage: str, separateur: str, refuser: Refuser
) -> Iterator[tuple[int, list[str]]]:
    """Cut each line into cells; every line has as many as the first, or is refused."""
    attente: deque[tuple[int, bytes]] = deque()
    largeur = None
    while True:
        if not attente and (suivante := next(physiques, None)) is None:
            return
        numero, brute = attente.popleft() if attente else suivante
        try:
            if brute.count(b'"') % 2 and largeur is not None:
                attente.extend(islice(physiques, max(0, _SUITE_MAXIMALE - len(attente))))
                cases = _joindre(brute, attente, encodage, separateur, largeur)
            else:
                cases = _decouper(brute, encodage, separateur)
            if largeur is not None and len(cases) != largeur:
                raise LigneRefusee(f"{len(cases)} colonnes au lieu de {largeur} : vérifie les « {separateur} » et les guillemets")
        except LigneRefusee as erreur:
            refuser(Rejet(nom, numero, str(erreur)))
        else:
            largeur = len(cases)
            yield numero, cases


def _joindre(brute: bytes, attente: deque[tuple[int, bytes]], encodage: str, separateur: str, largeur: int) -> list[str]:
    """Take the following lines that belong to the open quote, and only if together they make one sound line."""
    morceaux = [brute]
    for rang, (_, suite) in enumerate(attente, start=1):
        morceaux.append(suite)
        if suite.count(b'"') % 2:
            cases = _decouper(b"\n".join(morceaux), encodage, separateur)
            if len(cases) == largeur:
                for _ in range(rang):
                    attente.popleft()
                return cases
            break
    return _decouper(brute, encodage, separateur)


def _decouper(brute: bytes, encodage: str, separateur: str) -> list[str]:
    try:
        texte = brute.decode(encodage)
        if '"' not in texte:
            return texte.split(separateur)
        (cases,) = csv.reader([texte.replace("\n", "\x0b")], delimiter=separateur, strict=True)
        return [case.replace("\x0b", " ") for case in cases]
    except UnicodeDecodeError:
        raise LigneRefusee("texte illisible : enregistre le fichier en UTF-8") from None
    except (csv.Error, ValueError):
        raison = "guillemets mal fermés : chaque guillemet ouvert doit être refermé sur la ligne"
        raise LigneRefusee(raison) from None
