"""« on continue », « ok merci, on peut reprendre ? » : nothing else than going on with what was being done."""

from __future__ import annotations

import re

from bot.francais.texte import cle

_REPRISE = re.compile(
    r"(?:(?:ok|oui|bon|bah|ben|allez|vas y|go|merci|dac|d accord|dsl|desole|desolee) )*(?:on |je |tu |jveux |jpeux )?(?:peut |peux |pe |veux |veu |va |voudrais )?"
    r"(?:continue[rsz]?|continuons|continu|reprend\w*|reprenons|poursui\w+)(?: (?:la|ma) demande)?(?: (?:stp|svp|alors|du coup))*"
)


def continue_seulement(texte: str) -> bool:
    return bool(_REPRISE.fullmatch(cle(texte)))
