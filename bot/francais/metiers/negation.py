"""Whether a trade is refused: « pas la soudure », « j'aime pas la cuisine », « plutôt que l'usinage »."""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"[,;.!?:\n]|\b(?:mais|donc|puis|alors|plutôt(?! qu)|plutot(?! qu)|par contre)\b", re.IGNORECASE)
_NIE = re.compile(
    r"\b(?:(?:pas|ni|sauf|jamais|sans|deteste|hais|horreur|arreter|arrete|quitter|quitte|hors|degoute)|marre|plutot qu(?:e|)|autre (?:chose )?qu(?:e|)|a part|aucune envie"
    r"|(?:veux|peux|aime|fais|ferai|voudrais) plus|nul|nulle)(?: \w+){0,5} $"
)
_PAS_NIE = re.compile(
    r"\b(?:pourquoi pas|pas mal|pas (?:trop |tres )?loin|y a(?: \w+)? pas|ya pas|avez pas|existe pas|as pas|a pas|ai pas|ont pas|sais pas|savez pas|connais pas|connaissez pas|pas que|pas seulement|pas si"
    r"|pas (?:trop )?cher|pas besoin|aurait pas|auriez pas|auras? pas|vois pas|trouve pas|trouver pas|pas encore|pas (?:de|la|assez de) place|suis pas (?:bon|sur|sure)|es pas|etes pas|pas le niveau"
    r"|peut pas|peux pas (?:trouver|savoir)|sans (?:diplome|brevet|bac|cap)|arrive pas|pas question de lacher|faut pas|pas deja|propose pas|proposez pas|pas aussi|est ce pas|comprends? pas)\b"
)
_APRES = re.compile(
    r"^(?: c est| ca| j| je| m| n| moi)*(?: aime pas| veux pas| kiffe pas| deteste| c est pas (?:pour moi|mon|trop mon|fait pour moi)| est pas (?:pour moi|mon|trop mon|fait pour moi)"
    r"| (?:me |m )?(?:plait|interesse|tente|branche|attire|dit) pas| non\b| nan\b| bof\b| pas du tout| jamais de la vie)"
)
_PREFERENCE = re.compile(r"\b(?:plutot|prefere|mieux)\b")
_ECARTE = re.compile(r"^(?:que?|plutot que?)(?: (?:le|la|les|l|du|de|des|faire))*$")
_SUITE = re.compile(r"^(?:(?:et|ou|ni|et de|ou de)? ?(?:le|la|les|l|du|de|des|de la|de l)?)$")


def est_nie(avant: str, apres: str) -> bool:
    """Keys of what stands before the trade in its clause, and after it."""
    gauche = avant + " "
    if _APRES.match(" " + apres):
        return True
    return bool(_NIE.search(gauche)) and not _PAS_NIE.search(gauche)


def est_ecarte(avant: str, entre: str) -> bool:
    """« plutôt l'usinage que la soudure »: ``avant`` stands before the first trade, ``entre`` between the two."""
    return bool(_PREFERENCE.search(avant + " ") and _ECARTE.match(entre))


def clause_avant(texte: str) -> str:
    """The end of a text, from its last boundary on."""
    return _CLAUSE.split(texte)[-1]


def est_une_suite(entre: str) -> bool:
    """Whether two trades belong to one list: « ni la soudure ni l'usinage », « la cuisine et la vente »."""
    return bool(_SUITE.match(entre))
