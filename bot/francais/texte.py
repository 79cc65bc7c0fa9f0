"""The comparison key of a text, and its words with their positions."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from bot.francais.memoire import le_temps_d_un_message


class _SansAccents(dict[int, str]):
    """What a character is without its accents, found when it is first met."""

    def __missing__(self, code: int) -> str:
        decompose = unicodedata.normalize("NFKD", chr(code))
        self[code] = "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
        return self[code]


_SANS_ACCENTS = _SansAccents(str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}))
# A combining accent may follow its letter (text pasted from a Mac): it must not cut the word in two.
_MOT = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_HORS_CLE = re.compile(r"[^a-z0-9]+")
_AUTRE_ECRITURE = re.compile(r"[^\W\x00-\x7f]")
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


class Jeton(NamedTuple):
    """A word: where it stands in the original text, and its key."""

    debut: int
    fin: int
    texte: str
    cle: str


def sans_accents(texte: str) -> str:
    """Drop accents and open ligatures; case and punctuation stay."""
    if texte.isascii():
        return texte
    return texte.translate(_SANS_ACCENTS)


def decouper(texte: str, maximum: int | None = None) -> list[Jeton]:
    """Words of a text in order, the first ``maximum`` only. Apostrophes and hyphens separate; words without Latin letters or digits are left out."""
    return list(_jetons(texte)[:maximum])


@le_temps_d_un_message
def _jetons(texte: str) -> tuple[Jeton, ...]:
    jetons: list[Jeton] = []
    for mot in _MOT.finditer(texte):
        brut = mot.group()
        minuscule = brut.lower() if brut.isascii() else _HORS_CLE.sub("", sans_accents(brut).lower())
        if minuscule:
            jetons.append(Jeton(mot.start(), mot.end(), brut, minuscule))
    return tuple(jetons)


def cle(texte: str) -> str:
    """Lowercase, no accents, one space where there was punctuation: « L'Haÿ-les-Roses » gives « l hay les roses »."""
    if texte.isascii():
        return texte.lower() if texte.isalnum() else _HORS_CLE.sub(" ", texte.lower()).strip()
    plat = sans_accents(texte).lower()
    if not _AUTRE_ECRITURE.search(plat):
        return _HORS_CLE.sub(" ", plat).strip()
    return " ".join(jeton.cle for jeton in decouper(texte))


def cle_lieu(texte: str) -> str:
    """``cle`` with st, ste opened: « St-Étienne » and « Saint Etienne » meet. For names, not for sentences."""
    return " ".join(ouvrir_saint(mot) for mot in cle(texte).split())


def ouvrir_saint(mot: str) -> str:
    """The key of one word of a place name: « st » gives « saint »."""
    return _SAINTS.get(mot, mot)
