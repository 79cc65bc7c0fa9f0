"""Who is talking, and about whom: a parent, a professional, somebody close, or the young person. Pronouns and kinship, nothing learned."""

from __future__ import annotations

import re
from typing import Optional

from bot.francais.texte import cle

JEUNE, PARENT, PROFESSIONNEL, PROCHE = QUI = ("jeune", "parent", "professionnel", "proche")
_LONGUEUR_LUE = 1_000
_DU_MIEN = r"(?:mon|ma|mes|notre|nos)"
_ENFANT = r"(?:fils|fille|filles|garcon|garcons|gamin|gamine|gamins|ado|ados|enfant|enfants|gosse|gosses|mome|aine|ainee|cadet|cadette|loulou|fiston)"
_PARENT = re.compile(
    rf"\b{_DU_MIEN} (?:petite? |grande? |jeune )?{_ENFANT}\b|\bma (?:grande|puce)\b(?! (?:soeur|mere|cousine|copine))|\bmon (?:grand|petit)$"
    r"|\b(?:je suis|jsuis|j suis|chui|chuis|c est|moi c est) (?:sa|son|la|le|leur|une?) (?:mere|maman|mre|pere|papa|parent)\b|\ben tant que (?:parent|mere|pere)\b"
    r"|\bje suis (?:mere|maman|pere|papa|parent)\b"
)
_METIER = r"(?:prof(?:esseur\w*)?|enseignante?|cpe|conseill\w+|educ\w*|assistante? sociale?|infirmiere?|psy ?en|tutrice|tuteur|animat\w+|referente?|coordo\w*|mission locale)"
_PROFESSIONNEL = re.compile(
    rf"\b(?:{_DU_MIEN}|un de mes|une de mes|l un de mes|de nos|l) (?:eleves?|jeunes?)\b(?! (?:fille|garcon|frere|soeur))|\b(?:un|une) (?:de mes|de nos) (?:eleves|jeunes)\b"
    rf"|\bje suis (?:une? |sa |son |la |le )?{_METIER}\b|^{_METIER}\b(?=.*\b(?:jeune|eleve)s?\b)|\b(?:j accompagne|nous accompagnons|nous suivons|on suit) (?:une?|des|le|la|ce|cette) (?:jeune|eleve)s?\b"
    r"|\b(?:pour|concernant) (?:une?|cet|cette|le|la) (?:jeune (?:suivie?|fille|garcon|que|de)|eleve|jeune)\b|\bjeunes? suivie?s?\b|\bma classe de\b|\btut(?:eur|rice) d une?\b"
)
_JE_SUIS_ELEVE = re.compile(r"\b(?:je suis|jsuis|chui|j suis) (?:une? |en )?(?:eleve|jeune)\b")
_PROCHE = re.compile(
    r"\b(?:pour|a la place de|au nom de|inscri\w*|inscrivez) (?:mon|ma|un|une) (?:petite? |grande? |meilleure? )?"
    r"(?:frere|soeur|frangin|frangine|cousine?|pote|copain|copine|amie?|neveu|niece|petit fils|petite fille|filleule?|voisine?|beau frere|belle soeur|camarade)\b"
)
_SOI = re.compile(r"\b(?:c est|c|non|en fait|enfait) pour moi\b|\bpour moi meme\b|^(?:pour )?moi$|\bc est moi (?:l eleve|le jeune|qui veux)\b")

_AUTRE = re.compile(
    rf"\b(?:{_DU_MIEN}|une?|cet|cette|l|sa|son|des) (?:petite? |grande? |meilleure? |autre )?(?:pote|copine|copain|amie?s?|{_ENFANT}|soeur|frere|cousine?|eleves?|camarade|jeune|neveu|niece|voisine?|meuf)\b"
    r"|\bquelqu un\b|\b(?:il|elle) (?:se|s|veut|a envie|dit|parle|pense|dort|est|ne|n|m a dit)\b|\b(?:ma mere|mon pere|ma maman|mon papa) (?:se|est|veut)\b"
)
# The person who writes is the one who suffers: « mon frère me frappe », « elle dit que je veux mourir ».
_MOI = re.compile(
    r"\bj(?:e)? ?(?:veux|veut|veu|vais|ai (?:envie|plus|mal|peur|pense|fugue|fait)|dors|dort|suis (?:a bout|seule?|dehors|harcele\w*|victime|blessee?|partie?)|me |m |en peux|n en peux|en ai|pense a|craque|pleure)"
    r"|\bmoi aussi\b|\b(?:me|m)(?! (?:a|ont|as|avait) (?:dit|raconte|parle|confie|ecrit|envoye|demande|avoue|montre|inquiete|fait peur))(?! (?:dit|raconte|parle|inquiete|demande|ecrit|fait peur|confie|fait du souci|avoue))\b"
)
_SOUCI = re.compile(r"\b(?:je m inquiete|jm inquiete|je me fais du souci|je me demande|je m appelle|ca m inquiete)\b")


def qui_demande(texte: str) -> Optional[str]:
    """Who writes, when the message tells: ``parent``, ``professionnel``, ``proche`` (for a brother, a friend) or ``jeune``; else None."""
    dit = cle(texte[:_LONGUEUR_LUE])
    if _SOI.search(dit):
        return JEUNE
    if _PROCHE.search(dit):
        return PROCHE
    if _PARENT.search(dit):
        return PARENT
    return PROFESSIONNEL if _PROFESSIONNEL.search(dit) and not _JE_SUIS_ELEVE.search(dit) else None


def parle_d_un_autre(texte: str) -> bool:
    """Whether the trouble told is somebody else's. In doubt, no: the answer written for oneself also fits the other."""
    dit = cle(texte[:_LONGUEUR_LUE])
    return bool(_AUTRE.search(dit)) and not _MOI.search(_SOUCI.sub(" ", dit))
