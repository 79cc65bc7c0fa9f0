"""What the gazetteer knows and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Genre = Literal["commune", "departement", "region"]


@dataclass(frozen=True)
class Lieu:
    """A place. ``latitude`` and ``longitude`` are WGS 84 degrees (None for 94 communes overseas and for zones); ``population`` of a zone is the sum.

    ``code`` is text: INSEE code ("2A004", "01053"), département ("01", "2A", "974") or region ("84"). ``contexte`` is said aloud after the
    name: « Loire (42) » for a commune, the region for a département, nothing for a region.
    """

    genre: Genre
    code: str
    nom: str
    latitude: float | None
    longitude: float | None
    population: int
    contexte: str
    departement: str = ""
    region: str = ""

    def contient(self, autre: Lieu) -> bool:
        """Whether another place lies within this one (or is this one)."""
        if self.genre == "commune":
            return self == autre
        if self.genre == "departement":
            return autre.departement == self.code
        return autre.region == self.code


@dataclass(frozen=True)
class MentionLieu:
    """A place named in a text, at [debut, fin[. ``candidats`` are the homonyms, most populated first.

    ``lieu`` is None and ``ambigu`` True when a question is needed. ``sur`` goes from 0 to 1; below 0.6, confirm with the person.
    """

    debut: int
    fin: int
    texte: str
    lieu: Lieu | None
    candidats: tuple[Lieu, ...]
    ambigu: bool
    sur: float
