"""« change le numéro », « c'est plus Nantes », « pas le bon mail » : which answers a message takes back."""

from __future__ import annotations

import re

from bot.francais.texte import cle

_MOTS = {
    "sejour_contact": r"(?:numero|num|tel|telephone|portable|phone|e ?mail|mail|adresse|contact|06|07)",
    "sejour_prenom": r"(?:prenom|nom|blase)",
    "sejour_age": r"(?:age|annees?)",
    "sejour_ecole": r"(?:ecole|ville|etablissement|endroit|lieu)",
    "sejour_periode": r"(?:periode|date|dates|jour|jours|semaine|moment|vacances)",
    "sejour_motif": r"(?:motif|phrase|raison|motivation|texte|message)",
}
_MOTS_D_UN_RETRAIT = 6
_CHANGER = (
    r"(?:chang\w*|modif\w*|corrig\w*|rectif\w*|refaire|remet\w*|trompee?|erreur|faute|faux|fausse|mauvaise?|(?:pas|plus) (?:le |la |les |l )?(?:bon|bonne|bons|bonnes)|pas bon\w*"
    r"|est (?:pas|plus) (?:bon|juste|exact)\w*|autre|mal (?:ecrit|tape|mis)|oublie)"
)
_CHAMPS = {nom: re.compile(rf"\b(?:mon|le|la|l|ma|son|mes|les|d|de|du|un|une|mauvaise?|{_CHANGER}) {mots}\b|^{mots}\b") for nom, mots in _MOTS.items()}
_CHANGEMENT = re.compile(rf"\b{_CHANGER}\b")
_PLUS = re.compile(r"\b(?:c est|c|ce n est) (?:plus|pas|pu) (?:a |sur |vers |l ecole de |celle de )?([a-z][a-z ]+)")
_EN_FAIT = re.compile(r"\b(?:en fait|enfait|finalement|plutot|change|changer|change d ecole|pardon|dsl|desolee?|trompee?|c est (?:plus|pas)|c plus|c pas|pas \d+|nan|non)\b")


def champs_a_changer(texte: str, seul: bool = False) -> tuple[str, ...]:
    """The answers that are to be given again, in the order of the request. ``seul``: it was just asked which, so a bare word counts."""
    dit = cle(texte[:300])
    trouves = [nom for nom, champ in _CHAMPS.items() if champ.search(dit)]
    if seul:
        return tuple(trouves)
    return tuple(trouves) if _CHANGEMENT.search(dit) else ()


def reprend_autre_chose(texte: str) -> bool:
    """« change le mail », where a school is asked for: another answer is taken back, and no town is named."""
    champs = champs_a_changer(texte)
    return bool(champs) and "sejour_ecole" not in champs


def se_reprend(texte: str) -> bool:
    """« en fait », « plutôt », « non » : what follows replaces what was said before."""
    return bool(_EN_FAIT.search(cle(texte[:300])))


def retire_l_ecole(texte: str, ecole: str) -> bool:
    """« c'est plus Dole » : the school asked for, by a word of its name or of its town, is taken back and no other is given."""
    retire = _PLUS.search(cle(texte[:300]))
    return bool(retire) and len(texte.split()) <= _MOTS_D_UN_RETRAIT and set((retire[1] if retire else "").split()) <= set(cle(ecole).split())
