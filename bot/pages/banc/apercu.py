"""A reply as the widget shows it: schools as cards in place of the list in words that says the same, addresses as links.

The same rules as widget/src/ecoles.ts and widget/src/liens.ts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_ADRESSE = re.compile(r"(https://[^\s<>\"«»]+)")
_FIN_DE_PHRASE = ".,;:!?)]}'’…"
_RANG = re.compile(r"^(\d+)\. (.*)$")


@dataclass(frozen=True)
class Bloc:
    """What one message shows: its text as pieces, each with its address when it is a link, then its cards."""

    texte: tuple[tuple[str, str], ...]
    cartes: tuple[Mapping[str, Any], ...]


def apercu(messages: Sequence[Mapping[str, Any]]) -> list[Bloc]:
    """The blocks to show, without those that show nothing. The cards of a list come with it, or in the message right after it."""
    cartes = [_ecoles(message) for message in messages]
    blocs: list[Bloc] = []
    for rang, message in enumerate(messages):
        suivantes = cartes[rang + 1] if rang + 1 < len(messages) and not messages[rang + 1].get("text") else ()
        texte = sans_liste(str(message.get("text") or ""), cartes[rang] or suivantes)
        blocs.append(Bloc(tuple(avec_liens(texte)), cartes[rang]))
    return [bloc for bloc in blocs if bloc.texte or bloc.cartes]


def sans_liste(texte: str, ecoles: Sequence[Mapping[str, Any]]) -> str:
    """The text without the numbered lines that the cards replace; whole when one of the schools is not found there."""
    lignes, gardees, trouvees, rang = texte.split("\n"), [], 0, 0
    while rang < len(lignes):
        lue = _RANG.match(lignes[rang])
        ecole = ecoles[int(lue[1]) - 1] if lue and 0 < int(lue[1]) <= len(ecoles) else None
        if lue and ecole and lue[2].startswith(str(ecole["nom"])):
            trouvees += 1
            rang += 1 if rang + 1 >= len(lignes) or _RANG.match(lignes[rang + 1]) else 2
        else:
            gardees.append(lignes[rang])
            rang += 1
    return "\n".join(gardees).strip() if ecoles and trouvees == len(ecoles) else texte


def avec_liens(texte: str) -> list[tuple[str, str]]:
    """Pieces of a text with the address they lead to, or nothing. Only clean https addresses are links."""
    morceaux: list[tuple[str, str]] = []
    for rang, morceau in enumerate(_ADRESSE.split(texte)):
        nu = morceau.rstrip(_FIN_DE_PHRASE) if rang % 2 else ""
        if nu and sure(nu):
            court = re.sub(r"^https://(www\.)?", "", nu).rstrip("/")
            morceaux += [(court, nu), (morceau[len(nu) :], "")]
        else:
            morceaux.append((morceau, ""))
    return [(vu, adresse) for vu, adresse in morceaux if vu]


def sure(adresse: str) -> bool:
    lue = urlsplit(adresse)
    return lue.scheme == "https" and bool(lue.netloc) and "@" not in lue.netloc


def _ecoles(message: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    custom = message.get("custom") or {}
    return tuple(e for e in custom.get("ecoles") or [] if e.get("nom")) if custom.get("genre") == "ecoles" else ()
