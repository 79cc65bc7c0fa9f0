"""No real person in a scenario: telephones come from the range kept for fiction, addresses from domains kept for examples."""

from __future__ import annotations

import re

from bot.francais.contacts import courriels, telephones

# 06 39 98 xx xx: kept by the regulator for stories, nobody is called by mistake.
_FICTIF = re.compile(r"^063998\d{4}$")
# RFC 2606 and 6761: no mail ever arrives there.
_DOMAINES_FICTIFS = ("example.org", "example.com", "example.net")
_FINS_FICTIVES = (".example", ".test", ".invalid")


def vraies_donnees(texte: str) -> str | None:
    """Why a text may name a real person, or None. An address with a slip (gmial.com) is a test of that slip, not an address."""
    for numero in telephones(texte):
        if not _FICTIF.match(re.sub(r"\D", "", numero)):
            return f"« {numero} » pourrait être le numéro de quelqu'un ; prends 06 39 98 xx xx, réservé à la fiction"
    for courriel in courriels(texte):
        domaine = courriel.adresse.rpartition("@")[2]
        fictif = domaine in _DOMAINES_FICTIFS or domaine.endswith(_FINS_FICTIVES)
        if courriel.valide and not courriel.suggestion and not fictif:
            return f"« {courriel.adresse} » pourrait être l'adresse de quelqu'un ; prends une adresse en @example.org"
    return None
