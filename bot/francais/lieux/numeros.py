"""Places given by a number: postal codes, département numbers, arrondissements."""

from __future__ import annotations

import re
from typing import Iterator, Sequence

from bot.francais.lieux.index import Index, par_population
from bot.francais.lieux.modeles import Lieu, MentionLieu
from bot.francais.texte import Jeton

DOMINANCE = 5

_UNITE = (
    r"(?!\s*(?:[€%/:]|ans?\b|euros?\b|eur\b|balles|h\b|h\d|heures?|min|mois|jours?|km|metres|m2|e\b|eme|ème|er\b|ere|cm|kg|g\b|places?|[eé]l[eè]ves|fois|habitants"
    r"|personnes|pourcent|pour ?cent|sur 20|janvier|f[eé]vrier|mars|avril|mai\b|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[eé]cembre|semaines?|ecoles|écoles"
    r"|enfants|ados|points?|pts|lignes?|et demi|en pointure)|[\w.,-]?\d|-\w)"
)
_TELEPHONE = re.compile(r"(?<!\d)(?:(?:\+|00)\d{2,3}[\s.-]?(?:\(0\)\s?)?|0)[1-9](?:[\s.-]?\d{2}){3,4}(?!\d)")
_POSTAL = re.compile(rf"(?<![\w.,+-])(\d{{5}})(?!\d){_UNITE}")
_POSTAL_COUPE = re.compile(r"(?:\bcp|code postal)\D{0,15}(\d{2}) (\d{3})(?!\d)|^\s*(\d{2}) (\d{3})\s*$", re.IGNORECASE)
_NUMERO = r"(\d{2,3}|2[abAB])"
_EXPLICITE = re.compile(rf"\b(?:d[ée]p(?:artement|t)?|dpt|dept)s?\.?\s*(?:(?:num[ée]ro|n°|du|de|le|c'?est)\s*)*{_NUMERO}{_UNITE}", re.IGNORECASE)
_DANS_LE = re.compile(rf"\b(?:dans|ds|dan|depuis|habit\w+|vers|vi[st]|abite)\s+(?:le|du)\s+{_NUMERO}(?!\w){_UNITE}(?!\s+(?:au|à)\s+\d)", re.IGNORECASE)
# After « le », a number up to 31 may be a day: only « dans le 13 » is a place.
_LE = re.compile(
    rf"(?<!bus )(?<!ligne )(?<!tram )(?<!taille )(?<!appelle )(?<!appeler )(?<!chausse )(?<!pointure )(?<!fais )(?<!fait )(?<!faire )\b(?:le|du|au)\s+(3[2-9]|[4-9]\d|2[abAB]|97[1-8]|98[678])(?!\w){_UNITE}",
    re.IGNORECASE,
)
_OUTRE_MER = re.compile(rf"(?<![\w.,/:+-])(97[1-8]|98[678])(?!\w){_UNITE}")
_LETTRES = re.compile(
    r"(?:\b(?:le|du|dans le|au)\s+)9\s?[-. ]\s?([1-5])(?!\s?\d)(?!\w)|(?<![\d-])9-([1-5])(?![\d-])(?!\w)|\bneuf[ -](trois|quatre|cinq|deux|un)\b"
    r"(?! (?:ans|euros|heures|fois|mois))",
    re.IGNORECASE,
)
_CHIFFRES = {"un": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5"}
_SEUL = re.compile(rf"(?<![\w.,/:+-]){_NUMERO}(?!\w){_UNITE}")
_NU = re.compile(rf"^\D{{0,30}}(?<![\w.,+-]){_NUMERO}(?!\w){_UNITE}\D{{0,15}}$")
_TOUT_SEUL = re.compile(r"^\s*(?:le |dans le )?(3\d|[4-9]\d|2[abAB]|97[1-8])\s*[?!.]*\s*$")  # below 30, a number alone is an age or a choice
_PAS_UN_LIEU = re.compile(r"\b(?:ans?|age|âge|euros?|note|moyenne|taille|heures?|classe)\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(\d{1,2})(?:e|er|eme|ieme|em|nd|nde)?")
_ARRONDISSEMENTS = {"75056": (75100, 20), "69123": (69380, 9), "13055": (13200, 16)}


def numeros(index: Index, texte: str, attendu: bool) -> Iterator[MentionLieu]:
    """Postal codes and département numbers of a text. Phone numbers, ages, prices, hours and dates are left alone."""
    if not any(lettre.isdigit() for lettre in texte) and "euf" not in texte:
        return
    texte = _TELEPHONE.sub(lambda numero: " " * len(numero.group()), texte)
    for trouve in _POSTAL.finditer(texte):
        yield from _postal(index, trouve.group(1), trouve.start(1), trouve.end(1))
    if coupe := _POSTAL_COUPE.search(texte):
        code = "".join(filter(None, coupe.groups()))
        yield from _postal(index, code, coupe.end() - len(coupe.group().split()[-1]) - 3, coupe.end())
    for motif in (_EXPLICITE, _DANS_LE, _LE, _OUTRE_MER):
        for trouve in motif.finditer(texte):
            yield from _departement(index, trouve.group(1), trouve.start(1), trouve.end(1), 0.95)
    for trouve in _SEUL.finditer(texte):
        yield from _departement(index, trouve.group(1), trouve.start(1), trouve.end(1), 0.0)
    for trouve in _LETTRES.finditer(texte):
        unite = next(filter(None, trouve.groups())).lower()
        yield from _departement(index, "9" + _CHIFFRES.get(unite, unite), trouve.start(), trouve.end(), 0.9)
    if (seul := _TOUT_SEUL.match(texte)) and not attendu:
        yield from _departement(index, seul.group(1), seul.start(1), seul.end(1), 0.7)
    if attendu and (nu := _NU.search(texte)) and not _PAS_UN_LIEU.search(texte):
        yield from _departement(index, nu.group(1), nu.start(1), nu.end(1), 0.85)


def arrondissement(index: Index, ville: Lieu, jetons: Sequence[Jeton], suivant: int) -> tuple[Lieu, int] | None:
    """« Lyon 7e », « paris 13 », « Marseille dans le 14e arrondissement »: the arrondissement, and the rank of the word after it."""
    base, nombre = _ARRONDISSEMENTS.get(ville.code, (0, 0))
    rang = suivant
    while rang < min(len(jetons), suivant + 2) and jetons[rang].cle in ("dans", "le", "du"):
        rang += 1
    if not nombre or rang >= len(jetons):
        return None
    ordinal = _ORDINAL.fullmatch(jetons[rang].cle)
    if not ordinal or not 1 <= int(ordinal.group(1)) <= nombre:
        return None
    apres = jetons[rang + 1].cle if rang + 1 < len(jetons) else ""
    if apres.startswith("arr"):
        return index.par_code[str(base + int(ordinal.group(1)))], rang + 2
    if apres in ("ans", "an", "euros", "places", "h", "heures", "fois", "km", "min", "minutes", "ecoles", "mois", "jours", "prepa"):
        return None
    return index.par_code[str(base + int(ordinal.group(1)))], rang + 1


def arrondissement_avant(index: Index, ville: Lieu, jetons: Sequence[Jeton], rang: int) -> tuple[Lieu, int] | None:
    """« le 8e arrondissement de Lyon », « dans le 13e à Paris »: the arrondissement, and the rank of its first word."""
    base, nombre = _ARRONDISSEMENTS.get(ville.code, (0, 0))
    avant = rang - 1
    while avant > 0 and jetons[avant].cle in ("de", "d", "a", "du"):
        avant -= 1
    explicite = avant > 0 and jetons[avant].cle.startswith("arr")
    avant -= explicite
    if not nombre or avant < 0 or not (ordinal := _ORDINAL.fullmatch(jetons[avant].cle)):
        return None
    introduit = explicite or (avant > 0 and jetons[avant - 1].cle in ("le", "du") and not jetons[avant].cle.isdigit())
    if not introduit or not 1 <= int(ordinal.group(1)) <= nombre:
        return None
    return index.par_code[str(base + int(ordinal.group(1)))], avant


def dominant(candidats: Sequence[Lieu]) -> Lieu | None:
    """The homonym that is meant without a doubt: alone, or at least five times as populated as the next."""
    if not candidats:
        return None
    if len(candidats) == 1 or candidats[0].population >= DOMINANCE * max(1, candidats[1].population):
        return candidats[0]
    return None


def _postal(index: Index, code: str, debut: int, fin: int) -> Iterator[MentionLieu]:
    candidats = index.postaux.get(code, ())
    if candidats:
        lieu = dominant(candidats)
        yield MentionLieu(debut, fin, code, lieu, candidats, lieu is None, 0.95 if lieu else 0.7)
        return
    departement = index.departements.get(code[:3] if code[:2] in ("97", "98") else code[:2])
    if departement is None:
        return
    if code.endswith("000"):  # 69000, 75000: nobody's postal code, but everybody writes it for the prefecture
        villes = [lieu for lieux in index.communes.values() for lieu in lieux if lieu.departement == departement.code]
        villes = list(par_population(set(villes)))[:1]
        if villes:
            yield MentionLieu(debut, fin, code, villes[0], tuple(villes), False, 0.8)
            return
    yield MentionLieu(debut, fin, code, departement, (departement,), False, 0.7)


def _departement(index: Index, numero: str, debut: int, fin: int, sur: float) -> Iterator[MentionLieu]:
    if numero == "20":
        corses = (index.departements["2A"], index.departements["2B"])
        yield MentionLieu(debut, fin, numero, None, corses, True, min(sur, 0.6))
    elif lieu := index.departements.get(numero.upper()):
        yield MentionLieu(debut, fin, numero, lieu, (lieu,), False, sur)
