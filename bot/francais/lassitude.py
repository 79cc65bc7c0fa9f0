"""« l'école ça me gonfle », « marre des cours » : who is fed up with school, and says only that."""

from __future__ import annotations

import re

from bot.francais.normalisation import cle, normaliser

_CLASSE = r"\b(?:ecole|cours|college|lycee|bahut|classe|prof(?:s|esseurs?)?|maths?|segpa|devoirs)\b"
_ASSEZ = (
    r"\b(?:gonfl\w+|saoul\w*|soul(?:e|es|ent)|marre|ras le bol|plein le (?:cul|dos)|relou|chiant\w*|fai[st] chier|casse\w* les (?:pieds|couilles)|deteste\w*"
    r"|(?:ennui|emmerd|barb)\w*|degout\w*|supporte (?:pas|plus)|aime (?:pas|plus)|en peux plus|nul(?:le)? (?:en|a)|pas fait pour)\b"
)
_LAS = re.compile(f"{_ASSEZ}.*{_CLASSE}|{_CLASSE}.*{_ASSEZ}")


def las_de_l_ecole(texte: str) -> bool:
    """The words only: that nothing is asked, and nothing worse is said, is for who asks to know."""
    return bool(_LAS.search(cle(normaliser(texte))))
