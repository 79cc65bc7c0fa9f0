"""Open a table that somebody received: CSV in any usual encoding and separator, or JSON, read a line at a time."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.ecoles.lecture import BOM, Avancer, Refuser, Rejet, lire_lignes

SEPARATEURS = (";", ",", "\t")
_MORCEAU = 1 << 16
_VIDE = re.compile(r"[\s,]*")
Cellules = dict[str, str]


class FichierIllisible(ValueError):
    """The file cannot be imported at all; the message says why and what to do, in French."""


@dataclass(frozen=True)
class Apparence:
    """How a file is written. ``separateur`` is empty for JSON. ``colonnes`` are the names as they stand in the file."""

    chemin: Path
    encodage: str
    separateur: str
    colonnes: tuple[str, ...]

    def lignes(self, refuser: Refuser, avancer: Avancer | None = None) -> Iterator[tuple[int, Cellules]]:
        """Yield the number and the cells of each line, by column name."""
        if not self.separateur:
            return _lignes_json(self.chemin, refuser, avancer)
        lues = lire_lignes(self.chemin, self.encodage, self.separateur, refuser, avancer)
        next(lues, None)
        return lues


def cle_colonne(nom: str) -> str:
    """Compare column names without case, accents, spaces or signs: « n° SIRET » and « n_siret » are one."""
    lettres = unicodedata.normalize("NFKD", nom.replace("œ", "oe").replace("°", "")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", lettres.lower())


def examiner(chemin: Path) -> Apparence:
    """Find out how a file is written. Raises ``FichierIllisible``."""
    if not chemin.is_file():
        raise FichierIllisible(f"Le fichier « {chemin} » n'existe pas : vérifie son nom et son dossier.")
    with chemin.open("rb") as fichier:
        debut = fichier.read(_MORCEAU).removeprefix(BOM).lstrip()
    if debut.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"PK")):
        raise FichierIllisible(f"« {chemin.name} » est un classeur ou de l'UTF-16 : enregistre-le en « CSV UTF-8 », puis relance.")
    if not debut:
        raise FichierIllisible(f"« {chemin.name} » est vide.")
    if debut[:1] in (b"[", b"{"):
        _, premiere = next(_lignes_json(chemin, lambda _: None, None), (0, {}))
        return Apparence(chemin, "utf-8", "", tuple(premiere))
    encodage = _encodage(chemin)
    entete = debut.splitlines()[0].decode(encodage, "replace")
    separateur = max(SEPARATEURS, key=entete.count)
    _, colonnes = next(lire_lignes(chemin, encodage, separateur, lambda _: None), (1, {}))
    return Apparence(chemin, encodage, separateur, tuple(colonnes))


def empreinte(chemin: Path) -> str:
    somme = hashlib.sha256()
    with chemin.open("rb") as fichier:
        while morceau := fichier.read(_MORCEAU):
            somme.update(morceau)
    return somme.hexdigest()


def _encodage(chemin: Path) -> str:
    """UTF-8, unless no accent of the file reads as UTF-8. A file that mixes both is UTF-8 with bad lines."""
    etrangeres = False
    with chemin.open("rb") as fichier:
        if fichier.read(len(BOM)) == BOM:
            return "utf-8"
        fichier.seek(0)
        for ligne in fichier:
            if ligne.isascii():
                continue
            try:
                ligne.decode("utf-8")
                return "utf-8"
            except UnicodeDecodeError:
                etrangeres = True
    return "cp1252" if etrangeres and _se_lit(chemin, "cp1252") else "latin-1" if etrangeres else "utf-8"


def _se_lit(chemin: Path, encodage: str) -> bool:
    try:
        with chemin.open(encoding=encodage) as fichier:
            while fichier.read(_MORCEAU):
                pass
        return True
    except UnicodeDecodeError:
        return False


def _lignes_json(chemin: Path, refuser: Refuser, avancer: Avancer | None) -> Iterator[tuple[int, Cellules]]:
    """Yield the objects of the first list of the file; the number is the rank of the object, beginning at 1."""
    numero = 0
    try:
        for numero, objet in enumerate(_objets(chemin, avancer), start=1):
            if isinstance(objet, dict):
                yield numero, {str(nom): _texte(valeur) for nom, valeur in objet.items()}
            else:
                refuser(Rejet(chemin.name, numero, "il faut un objet { … } par école"))
    except (ValueError, UnicodeDecodeError) as erreur:
        # A broken JSON has no next line to start again from.
        raise FichierIllisible(f"« {chemin.name} » : le JSON se casse après l'objet {numero} ({erreur}).") from erreur


def _objets(chemin: Path, avancer: Avancer | None) -> Iterator[Any]:
    decodeur = json.JSONDecoder()
    with chemin.open(encoding="utf-8-sig") as fichier:
        tampon = ""
        while "[" not in tampon:
            if not (morceau := fichier.read(_MORCEAU)):
                raise ValueError("aucune liste d'écoles")
            tampon += morceau
        place = tampon.index("[") + 1
        while True:
            place = _VIDE.match(tampon, place).end()
            if tampon.startswith("]", place):
                return
            try:
                objet, fin = decodeur.raw_decode(tampon, place)
            except ValueError:
                if not (morceau := fichier.read(_MORCEAU)):
                    raise
                tampon, place = tampon[place:] + morceau, 0
                continue
            if avancer is not None:
                avancer(fin - place)
            place = fin
            yield objet


def _texte(valeur: Any) -> str:
    if isinstance(valeur, list):
        return "|".join(_texte(element) for element in valeur)
    return "" if valeur is None else str(valeur).strip()


