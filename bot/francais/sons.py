"""A key for how a name sounds: « kimper » and « Quimper », « bordo » and « Bordeaux », « roubé » and « Roubaix » share one.

Own rules rather than phonetic-fr: that library takes 0.3 ms a word (too slow for 5,000 names at start) and keeps « é » apart from « aix ».
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.francais.texte import sans_accents

# Capital letters stand for sounds that no single French letter writes: C = ch, E = é/è/ai, A = an, I = in, O = on, W = ou, Y = eu.
_REGLES = tuple(
    (re.compile(motif), son)
    for motif, son in (
        (r"[éèêë]", "E"),
        (r"ç", "s"),
        (r"[^a-zA-Z]", ""),  # spaces and hyphens too: names are heard in one go
        (r"ph", "f"),
        (r"(?:sch|sh|ch)(?![rl])", "C"),
        (r"ch|ck|cqu|cq|qu|q", "k"),
        (r"(?<=[aeiouE])s(?=[aeiouyE])", "z"),
        (r"sc(?=[eiyE])|c(?=[eiyE])", "s"),
        (r"c", "k"),
        (r"ge(?=[ao])|g(?=[eiyE])", "j"),
        (r"gu(?=[eiyE])", "g"),
        (r"h", ""),
        (r"w", "v"),
        (r"gn", "n"),
        (r"([a-zA-Z])\1", r"\1"),
        (r"(?<=[aeiou]n)t(?=[bdfgjklmnpsv])", ""),  # « Montluçon », « Saint-Brieuc »
        (r"eil+es?$|eil+e?|ey$", "Ei"),
        (r"ing$|ein[gs]$", "I"),
        (r"eaux?|aux?|ault$", "o"),
        (r"oeu|eu", "Y"),
        (r"ou|oo", "W"),
        (r"oi|oy", "Wa"),
        (r"(?:ain|ein|in|im|yn|ym|un|ien)(?![aeiouyEWm])", "I"),
        (r"(?:an|en|am|em)(?![aeiouyEWnm])", "A"),
        (r"(?:on|om)(?![aeiouyEWnm])", "O"),
        (r"(?:aix|ais|ait|ets?|ers?|ez|ay|ai|ei)$|ai|ei(?!$)|ay|ey", "E"),
        (r"y", "i"),
        (r"(?<=[a-zA-Z]{2})es?$", "_"),
        (r"(?<=[a-zA-Z]{2})[dtspxg]+$", ""),
        (r"_", ""),
        (r"e", "E"),
        (r"(.)\1", r"\1"),
    )
)


_S_ENTRE_VOYELLES = re.compile(r"(?<=[aeiouyé])s(?=[aeiouyé])", re.IGNORECASE)
_E_MUET = re.compile(r"(?<=[aeiouyéèA-Z][bcdfghjklmnpqrstvz])e(?=[bcdfghjklmnpqrstvz][lr]?[aeiouyéè])", re.IGNORECASE)
_ER_FINAL = re.compile(r"ers?$")


@lru_cache(maxsize=20_000)
def son(mot: str) -> str:
    """How a word or a name sounds. Give it with its accents when it has some: a final « é » is heard, a final « e » is not."""
    texte = "".join(lettre if lettre in "éèêëç" else sans_accents(lettre) for lettre in mot.lower())
    for motif, remplacement in _REGLES:
        texte = motif.sub(remplacement, texte)
    return texte


def sons_possibles(mot: str) -> tuple[str, ...]:
    """The sounds a typed word may stand for: people leave out the accent (« roube »), the mute e (« garajist ») or the cedilla (« monluson »)."""
    possibles = [son(mot)]
    if mot.lower().endswith("e"):
        possibles.append(son(mot[:-1] + "é"))
    elif mot[-1:].lower() in "tdsgpr":
        possibles.append(son(mot + "e"))
    possibles.append(son(_S_ENTRE_VOYELLES.sub("ss", mot)))
    return tuple(dict.fromkeys(possibles))


def sons_d_un_nom(nom: str) -> tuple[str, ...]:
    """The ways a name is said: with and without the e inside it (« Fontainebleau »), with a final -er heard or not (« Quimper », « Angers »)."""
    dits = [son(nom), son(_E_MUET.sub("", nom))]
    if _ER_FINAL.search(nom):
        dits.append(son(_ER_FINAL.sub("ère", nom)))
    return tuple(dict.fromkeys(dits))
