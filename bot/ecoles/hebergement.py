"""Where a pupil can sleep, read from the free text of the Onisep.

Trap: « sans hébergement (partenariat avec un internat) » contains « internat », so the beginning of the text decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

INTERNAT, ORGANISE, SANS, INCONNU = "internat", "organise", "sans", "inconnu"
_DEBUTS = (("sans hébergement", SANS), ("hébergement organisé hors établissement", ORGANISE), ("internat", INTERNAT))
_PUBLICS = {"homme/femme": "mixte", "homme": "garçons", "femme": "filles"}


@dataclass(frozen=True)
class Hebergement:
    """``internat``: at the school; ``organise``: elsewhere, found with the school; ``sans``: none; ``inconnu``: nothing said.

    ``public`` is « mixte », « garçons », « filles » or empty; ``detail`` is the rest of the text as published.
    """

    genre: str
    public: str = ""
    detail: str = ""

    @property
    def possible(self) -> bool:
        return self.genre in (INTERNAT, ORGANISE)


def lire_hebergement(texte: str) -> Hebergement:
    """Read the published text; a wording never met before is ``inconnu`` with the text as detail."""
    propre = " ".join(texte.split())
    for debut, genre in _DEBUTS:
        if propre.lower().startswith(debut):
            public, detail = _parenthese(propre[len(debut) :].strip())
            return Hebergement(genre, public, detail)
    return Hebergement(INCONNU, "", propre)


def _parenthese(reste: str) -> tuple[str, str]:
    contenu = re.sub(r"^\(|\)$|^:\s*", "", reste).strip()
    debut, _, suite = contenu.partition(" - ")
    if debut in _PUBLICS:
        return _PUBLICS[debut], suite
    return "", contenu
