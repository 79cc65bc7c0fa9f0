"""Rules of typed French that need the neighbouring words: « c », « g », « t », « ou c », « sa coute », « et ce que »..."""

from __future__ import annotations

import re
import sre_parse
from typing import Any, Iterable

Regles = tuple[tuple[str, re.Pattern[str], str], ...]
"""What every match of a pattern contains, the pattern, what replaces it."""

_SEUL = r"(?<![\w'./@+-])"
_FIN = r"(?![\w'./@+#-])"
_VOYELLE = r"(?=[aeiouyhàâéèêîôœ]\w)"


def _regles(*paires: tuple[str, str]) -> Regles:
    return tuple((passage_oblige(motif), re.compile(motif), remplacement) for motif, remplacement in paires)


def passage_oblige(motif: str) -> str:
    """The longest text that every match of a pattern contains: to look for it is far quicker than to look for the pattern."""
    return _le_plus_long(sre_parse.parse(motif))


def _le_plus_long(morceaux: Iterable[tuple[Any, Any]]) -> str:
    trouves, suite = [""], ""
    for genre, valeur in morceaux:
        if genre is sre_parse.LITERAL:
            suite += chr(valeur)
        elif genre not in (sre_parse.AT, sre_parse.ASSERT, sre_parse.ASSERT_NOT):  # these take no room between two letters
            trouves.append(suite)
            suite = ""
            if genre is sre_parse.SUBPATTERN:
                trouves.append(_le_plus_long(valeur[-1]))
    return max((*trouves, suite), key=len)


def appliquer(regles: Regles, texte: str) -> str:
    """Apply rules in order."""
    for passage, motif, remplacement in regles:
        if passage in texte:
            texte = motif.sub(remplacement, texte)
    return texte


# Before the lexicon: single letters, which mean nothing alone.
AVANT = _regles(
    (r"(?<!\w)[a@]\+(?!\w)", "à plus"),
    (r"\bc a d\b|\bc a dire\b", "c'est-à-dire"),
    (rf"{_SEUL}c ?(?:est|ai)\b", "c'est"),
    (rf"{_SEUL}c ?(?:[ée]t(?:ait|ai|é))\b", "c'était"),
    (rf"{_SEUL}(?<!permis )(?<!option )(?<!vitamine )(?<!plan )(?<!langage )(?<!je )(?<!tu )c{_FIN}", "c'est"),
    (rf"{_SEUL}je c{_FIN}", "je sais"),
    (rf"{_SEUL}tu c{_FIN}", "tu sais"),
    (rf"{_SEUL}(?<!\d )g{_FIN}", "j'ai"),
    (rf"{_SEUL}t (?=(?:a|as|avais|aurais|es|[ée]tais|aimes?|inqui[eè]te)\b)", "t'"),
    (rf"{_SEUL}(?<!\d )(?<!-)t{_FIN}(?! il| elle| on)", "t'es"),
    (rf"{_SEUL}j' ?(?=[bcdfgjklmnpqrstvwxz]\w)", "je "),
    (rf"{_SEUL}t' ?(?=[bcdfgjklmnpqrsvwxz]\w)", "tu "),
    (rf"{_SEUL}j (?=[aeiouyhéèê])", "j'"),
    (rf"{_SEUL}j (?=\w)", "je "),
    (rf"{_SEUL}(l|d|n|s|m|qu) {_VOYELLE}(?!et\b)", r"\1'"),
    (rf"{_SEUL}(?<!\d )k(?= \w)", "que"),
    (rf"{_SEUL}d (?=(?:la|le|l')\b)", "de "),
    (r"\bn (?=y a\b)", "n'"),
    (r"(?<!il )(?<!ils )(?<!on )(?<!elle )(?<!ça )(?<!qui )(?<!['\w])y ?'?a\b(?!\w)", "il y a"),
)

# After the lexicon: homophones and glued questions.
APRES = _regles(
    (r"\b(?:et|es|est|é|ai)[ -]ce[ -]?(?=qu[ei'])", "est-ce "),
    (r"\bqu['e]? ?est?[ -]ce[ -]?(?=qu[ei'])", "qu'est-ce "),
    (r"\best[ -]ce (?=qu)", "est-ce "),
    (r"\bkes ?(?=que\b)", "qu'est-ce "),
    (
        r"\bces (?=(?:quoi|où|ou|qui|combien|payant|gratuit|pas|cher|loin|vrai|comment|possible|obligatoire|un|une|pour|quand|mort|bien|reconnu)\b)",
        "c'est ",
    ),
    (r"^(?:ses|sait|s'est) (?=(?:quoi|où|ou|qui|combien|payant|gratuit|pas|cher|loin|vrai|possible|obligatoire|pour|quand)\b)", "c'est "),
    (
        r"\bsa (?=(?:co[uû]te|fai[ts]|va|dure|marche|sert|veut|se|me|te|existe|sera|serait|vaut|prend|change|donne|peut|doit|parle|ressemble|craint"
        r"|d[ée]pend|commence|paye|paie|int[ée]resse|m'|s'|c'est|y)(?:\b|(?<=')))",
        "ça ",
    ),
    (r"\bsa(?= ?(?:[?!.,]|$))", "ça"),
    (r"\bta (?=(?:pas|quoi|un|une|des|combien|vu|dit|compris|d[ée]j[àa])\b)", "t'as "),
    (r"(?<!un )(?<!le )(?<!des )\btas (?=\w)", "t'as "),
    (r"\btes (?=(?:qui|quoi|un|une|pas|sûr|où|ou|humain|vraiment|con|nul|trop)\b)", "t'es "),
    (r"(^|[,.?!] ?|\bsavoir |\bdire |\bsais )ou (?=(?:c'est|est|se trouve|sont|je|aller|trouver|il y a|vous [êe]tes|t'es|ça)\b)", r"\1où "),
    (r"\b(c'est|t'es|par|vers|habites?|d'|jusqu'|êtes|etes|situé|situe|trouve) ?ou(?= ?(?:[?!.]|$))", r"\1 où"),
    (r"\b(d'|jusqu') où\b", r"\1où"),
    (r"\b(c'est|t'es) ou (?=(?:l'|la |le |les |vos |votre |ça|exactement|qu))", r"\1 où "),
    (r"\bvs (?=\w*(?:ez|êtes|etes|faites|dites)\b)", "vous "),
    (r"\b(chez|pour|avec|de|à) vs\b", r"\1 vous"),
    (r"\b(?:la|le) argent\b", "l'argent"),
    (r"\b[mts]a argent\b", "mon argent"),
    (r"(\d) ?(?:balles?|boules)\b", r"\1 euros"),
    (r"\b(?:des|du) sous(?![-\w])(?! (?:le|la|les|un|une|de)\b)", "de l'argent"),
    (r"\b(?:les|mes|leurs) sous(?![-\w])(?! (?:le|la|les|un|une|de)\b)", "l'argent"),
)
