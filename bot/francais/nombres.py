"""Ages, school years and ranks, as digits or words. A number is nothing by itself: its neighbours say what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.francais.texte import Jeton, cle, decouper

AGE_MINIMUM, AGE_MAXIMUM = 6, 80
_UNITES = "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix_sept dix_huit dix_neuf".split()
_NOMBRES = {mot.replace("_", " "): valeur for valeur, mot in enumerate(_UNITES)}
_NOMBRES |= {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_NOMBRES |= {
    f"vingt {lien}{mot}": 20 + n for n, (lien, mot) in enumerate([("et ", "un"), ("", "deux"), ("", "trois"), ("", "quatre"), ("", "cinq")], 1)
}
_NOMBRES |= {"kinze": 15, "katorze": 14, "quinse": 15, "quatorse": 14, "seise": 16, "diset": 17, "dizuit": 18, "disept": 17}
_EN_LETTRES = "|".join(sorted(_NOMBRES, key=len, reverse=True))
_N = rf"(\d{{1,2}}|{_EN_LETTRES})"
_AN = r"(?:ans?|piges?|balais|berges)"

# Before the number, these make it a length of time, not an age.
_DUREE_AVANT = re.compile(
    r"\b(?:dans|depuis|pendant|durant|en|fait|dure|durent|sur|apres|il y a|y a|ya|encore|pour|cap|bac|pro|formation|annees|duree|tous les|moins de|prend|minimum|ca dure|parcours|etudes|contrat)"
    r"(?: (?:a peu pres|environ|genre|les|de|c est|en))* $"
)
_AGE_AVANT = re.compile(
    r"\b(?:ai|j ai|jai|g|a|aura|aurai|auras|avait|aurait|ont|avoir|as|avez|fille|fils|gamin|ado|enfant|eleves?|age|ages?|agee?s?|des|partir de|jusqu a|jusque|avant|que|moins de|plus de|entre|c est|jeune de|fete|fetera|fais|vais sur|a les)"
    r"(?: (?:deja|bientot|presque|que|a peine|seulement|environ|eu|juste|mes|ses|les|tout juste|genre|de|a|a peu pres|bien|pas encore|pile))* $"
)
_MOINS_DE_DUREE = re.compile(r"\b(?:en|dure|fait) (?:moins de|plus de|a peu pres|environ) $")
_AGE = re.compile(rf"\b{_N} ?{_AN}\b(?: (?:et demi|passe))?")
_SANS_UNITE = re.compile(
    rf"\b(?:(?:j|g) ?ai|jai|g|il a|elle a|mon fils a|ma fille a|mon age(?: c est)?|age) (?:bientot |deja )?{_N}(?: et demi)?$|\b(1\d) et demi\b"
)
_EN_FAIT = re.compile(r"\ben fait\b")
_NU = re.compile(
    rf"^(?:(?:ah bah|ah|nan|non|enfait|oups|pardon|euh|ben|bah|alors|environ|bientot|presque|c est|ca fait|il a|elle a|j ai|jai|g|je vais avoir|j en ai|il en a|elle en a) )*{_N}(?: (?:ans?|et demi|ans et demi|piges))?(?: (?:stp|svp|merci|voila|dsl|desole|desolee|pardon|enfait|ah bah))*$"
)
_DUREE_APRES = re.compile(
    r"^ (?:de (?:formation|cap|etudes?|bac|galere|retard|travail|cours|contrat)|plus tard|apres|apprentissage|maximum pour|d etudes?|d experience|minimum de)\b"
)


_MOIS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".replace(" ", "|")
_UN_JOUR = rf"(?:(?:en|debut|fin|mi|au mois de) (?:{_MOIS})|l ann?ee? prochaine|l an prochain|(?:le mois|la semaine) prochaine?|a la rentree|cet ete|a noel)"
_A_VENIR = re.compile(
    r"\b(?:bientot|presque|pas encore|je vais avoir|jvais avoir|vais avoir|va avoir|j aurai|jaurai|aurai|auras?|aurez|fetera?i?"
    r"|dans (?:un|deux|trois|\d+) (?:mois|semaines?|jours?))\b"
    rf"|\b{_N} ?{_AN} {_UN_JOUR}\b"  # a date elsewhere is that of the stay: « 16 ans, je viendrais en mars »
)
_DEJA = re.compile(r"\b(?:ai|j ai|jai|a|g) eu\b|\bdepuis\b")
_A_UN_AUTRE = re.compile(rf"\b(?:freres?|soeurs?|cousine?s?|potes?|copains?|copines?|amie?s?|voisine?s?)\b(?: \w+){{0,3}} {_N} ?{_AN}\b")


def age_d_un_jour(texte: str) -> bool:
    """The age said is one to come, « j'aurai 15 ans en mai » : nobody is 15 before the day, and the law minds."""
    dit = cle(texte)
    return bool(_A_VENIR.search(dit)) and not _DEJA.search(dit)


def age_d_un_autre(texte: str) -> bool:
    """« mon grand frère a 17 ans, moi je suis en 4e » : the age is not that of the person."""
    return bool(_A_UN_AUTRE.search(cle(texte)))


@dataclass(frozen=True)
class Age:
    """An age in years, at [debut, fin[ of the text."""

    valeur: int
    debut: int
    fin: int


def age(texte: str, attendu: bool = False) -> Age | None:
    """The age said in a text: « j'ai 13 ans », « quinze ans », « à partir de 16 ans ? ». Not « dans 2 ans », « CAP en 2 ans », « en 3e ».

    ``attendu``: the bot has just asked for it, so a bare number counts.
    """
    jetons = decouper(texte, 300)
    cles = _EN_FAIT.sub("ah bah", " ".join(jeton.cle for jeton in jetons))  # two words for two: the positions hold
    for trouve in _AGE.finditer(cles):
        if _est_un_age(cles[: trouve.start()], cles[trouve.end() :], _valeur(trouve.group(1))):
            return _age(jetons, cles, trouve, 1)
    for motif in (_SANS_UNITE, *([_NU] if attendu else [])):
        trouve = motif.search(cles)
        groupe = trouve.lastindex if trouve else None
        if trouve and groupe and AGE_MINIMUM <= _valeur(trouve.group(groupe)) <= AGE_MAXIMUM:
            return _age(jetons, cles, trouve, groupe)
    return None


def classe(texte: str) -> str | None:
    """The school year said in a text: « 6e », « 5e », « 4e », « 3e », « seconde », « premiere », « terminale », « segpa », « ulis »."""
    cles = " ".join(jeton.cle for jeton in decouper(texte, 300))
    for nom, motif in _CLASSES:
        if motif.search(cles):
            return nom
    return None


def ordinal(texte: str) -> int | None:
    """The rank chosen in a list, from 0: « la deuxième » gives 1, « le 1 » 0, « la dernière » -1. None when the text chooses no rank."""
    cles = " ".join(jeton.cle for jeton in decouper(texte, 60))
    if _PAS_UN_RANG.search(cles):
        return None
    if _DERNIER.search(cles):
        return -2 if "avant derni" in cles else -1
    for motif in (_RANG_MOT, _RANG_CHIFFRE, _RANG_NU):
        trouve = motif.search(cles)
        if trouve:
            dit = next(filter(None, trouve.groups()))
            valeur = _RANGS.get(dit) or int(re.sub(r"\D", "", dit) or 0)
            return valeur - 1 if 1 <= valeur <= 20 else None
    return None


_RANGS = {"premier": 1, "premiere": 1, "second": 2, "seconde": 2}
_RANGS |= {
    mot: rang
    for rang, mots in {
        1: "1er 1ere preums",
        2: "deuxieme deusieme dexieme 2nd 2nde",
        3: "troisieme troisiem",
        4: "quatrieme",
        5: "cinquieme",
        6: "sixieme",
        7: "septieme",
        8: "huitieme",
        9: "neuvieme",
        10: "dixieme",
    }.items()
    for mot in mots.split()
}
_RANG_MOT = re.compile(
    rf"\b(?:le|la|l|les|au|du|numero|choix|prend|prends|pour|plutot|oui|celle|ecole)? ?\b({'|'.join(_RANGS)})\b(?! (?:annee|fois|degre|generation|etage|jour|semaine|chance|de cordee|main|vue))"
)
_RANG_CHIFFRE = re.compile(
    r"\b(?:la|le|l ecole|ecole|numero|num|n|no|option|choix|celle) (?:numero |n )?(\d{1,2})(?:e|eme|ieme)?$|\b(?:la|le) (\d{1,2})(?:eme|ieme) (?:ecole|stp|svp|de la liste|merci|m interesse|elle|est)\b|\b(?:la|le) ([1-9]) (?:stp|svp|de la liste|m interesse|merci|elle|il|est|c est|ou|me|plutot|plz|s il)\b"
)
_RANG_NU = re.compile(r"^(?:oui |ok |euh )?(\d)(?:e|eme|ieme)?$")
_DERNIER = re.compile(
    r"\b(?:la|le|celle|l ecole)? ?(?:toute )?(?:avant )?dernier(?:e)?\b(?! (?:annee|fois|classe|moment|minute|recours|mot|annees|jour|trimestre|chose|question))"
)
_PAS_UN_RANG = re.compile(
    r"\b(?:dans|ds|vers|depuis) (?:le|la) \d|"
    r"\b(?:en|suis en|de|ma|mon|fin de|classe de|stage de|eleve de|apres la|la classe de|redouble ma|pour la|depuis la|sa|son|fini ma|avant la) (?:premiere|seconde|troisieme|quatrieme|cinquieme|sixieme|[3456]e|[3456]eme|[3456]ieme|1ere|2nde)\b"
    r"|\b(?:troisieme|[34]e|[34]eme) (?:prepa|segpa|pro|generale|ulis)\b|\bprof\w* principal"
)
_ECOLIER = r"(?:\b(?:en|de|la|ma|sa|son|fin|classe|eleve|eleves|une|leur|nos|mes|des|le|redouble|suis|apres|avant|est|fille|fils|passe|fini|niveau) (?:de |fin de |classe de )?)"
_CLASSES = tuple(
    (nom, re.compile(motif))
    for nom, motif in (
        ("segpa", r"\bsegpa\b"),
        ("ulis", r"\bulis\b"),
        (
            "3e",
            rf"{_ECOLIER}(?:3 ?(?:e|em|eme|ieme)|troisieme|3ieme)\b|\b3 ?(?:e|eme|ieme) (?:prepa|pro|generale|a|b|c|d)\b|^(?:3 ?(?:e|eme|ieme)|troisieme)$",
        ),
        ("4e", rf"{_ECOLIER}(?:4 ?(?:e|em|eme|ieme)|quatrieme)\b|^(?:4 ?(?:e|eme|ieme)|quatrieme)$"),
        ("5e", rf"{_ECOLIER}(?:5 ?(?:e|em|eme|ieme)|cinquieme)\b|^(?:5 ?(?:e|eme|ieme)|cinquieme)$"),
        ("6e", rf"{_ECOLIER}(?:6 ?(?:e|em|eme|ieme)|sixieme)\b|^(?:6 ?(?:e|eme|ieme)|sixieme)$"),
        (
            "seconde",
            r"\b(?:en|de|ma|sa|fin de|classe de|apres la|une|redouble|la) (?:seconde|2nde|2 nde|2de)\b(?! (?:ecole|chance|fois))|^(?:seconde|2nde|2de)$|\bseconde (?:pro|generale)\b",
        ),
        (
            "premiere",
            r"\b(?:en|ma|sa|fin de|classe de|suis en) (?:premiere|1ere|1re)\b(?! (?:annee|fois|ecole))|\b(?:premiere|1ere) (?:pro|generale|techno|stmg|sti2d)\b",
        ),
        ("terminale", r"\b(?:terminale|tle)\b|\ben term\b"),
    )
)


def _est_un_age(avant: str, apres: str, valeur: int) -> bool:
    if not AGE_MINIMUM <= valeur <= AGE_MAXIMUM or _DUREE_APRES.match(apres) or _MOINS_DE_DUREE.search(avant):
        return False
    if _AGE_AVANT.search(avant) and not re.search(r"\b(?:il y|y|ya) a $|\bdepuis (?:que )?$", avant):
        return True
    return not _DUREE_AVANT.search(avant) and valeur >= 11


def _valeur(dit: str) -> int:
    return int(dit) if dit.isdigit() else _NOMBRES[dit]


def _age(jetons: list[Jeton], cles: str, trouve: re.Match[str], groupe: int) -> Age:
    """Positions in the keys turned back into positions in the text, word by word."""
    premier = cles[: trouve.start(groupe)].count(" ")
    dernier = cles[: trouve.end()].rstrip().count(" ")
    return Age(_valeur(trouve.group(groupe)), jetons[premier].debut, jetons[dernier].fin)
