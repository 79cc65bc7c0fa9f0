"""A trade that somebody wishes for and that the lexicon does not know: « dresseur de dragons », « astronaute »."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Optional

from bot.francais.texte import Jeton, decouper

_ARTICLES = frozenset("un une le la l les de d du des".split())
_LONGUEUR = 5
_MOTS_D_UNE_REPONSE = 4
# After these a trade follows; after « être », only a word made like the name of one does (« être acceptée », « être interne »).
_AVANT_UN_METIER = re.compile(
    r"\b(?:devenir|deviendrai|devienne|metier (?:de|d)|metier c est|formation (?:de|d|pour (?:etre|devenir))|travailler comme|bosser comme|cap (?:de|d)?) ?$"
)
_ETRE = re.compile(r"\b(?:etre|etr|soit) ?$")
_QUI_FAIT = re.compile(r"(?:eur|euse|trice|ien|ienne|ier|iere|iste|ologue|naute|cher|chere|graphe|culteur|nome)s?$")


def metier_inconnu(texte: str, connu: Callable[[str], bool], repond: bool = False) -> Optional[tuple[int, int]]:
    """Where the unknown trade stands in a text that names no trade and whose places are blanked out.

    ``connu`` says whether the key of a word is everyday French. ``repond``: a trade has just been asked for.
    """
    jetons = decouper(texte, 60)
    for rang, jeton in enumerate(jetons):
        if not _est_un_nom(jeton, connu):
            continue
        avant = _cles_avant(jetons, rang)
        if _AVANT_UN_METIER.search(avant) or (_ETRE.search(avant) and _QUI_FAIT.search(jeton.cle)):
            return jeton.debut, jeton.fin
        if repond and len(jetons) <= _MOTS_D_UNE_REPONSE and _QUI_FAIT.search(jeton.cle):
            return jeton.debut, jeton.fin
    return None


def _est_un_nom(jeton: Jeton, connu: Callable[[str], bool]) -> bool:
    return len(jeton.cle) >= _LONGUEUR and jeton.cle.isalpha() and not connu(jeton.cle)


def _cles_avant(jetons: list[Jeton], rang: int) -> str:
    """The words before, down to the article of this one."""
    fin = rang
    while fin and jetons[fin - 1].cle in _ARTICLES and jetons[fin - 1].cle not in ("de", "d"):
        fin -= 1
    return " ".join(jeton.cle for jeton in jetons[max(0, fin - 4) : fin])
