"""When somebody could come, in plain French: « la semaine du 12 janvier », « lundi prochain », « pendant les vacances de février »."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Callable, Optional

from bot.francais.dates import JOURS, MOIS, jour_en_clair
from bot.francais.texte import cle

PASSEE, IMPOSSIBLE = "passee", "impossible"
_LONGUEUR_LUE = 300
_MOIS_DITS = {"jan": 1, "janv": 1, "fev": 2, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12}
_MOIS_DITS |= {cle(nom): rang for rang, nom in enumerate(MOIS, 1)}
_NOMBRES = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "huit": 8, "dix": 10, "quinze": 15}
_M = "|".join(sorted(_MOIS_DITS, key=len, reverse=True))
_D = r"(1er|\d{1,2})"
_A = r"(?: (20\d\d))?"
_J = "|".join(JOURS)
_N = rf"(\d{{1,2}}|{'|'.join(_NOMBRES)})"
_VACANCES = {
    "toussaint": "pendant les vacances de la Toussaint", "noel": "pendant les vacances de Noël", "fevrier": "pendant les vacances de février",
    "hiver": "pendant les vacances d'hiver", "paques": "pendant les vacances de printemps", "printemps": "pendant les vacances de printemps",
    "avril": "pendant les vacances de printemps", "ete": "pendant les vacances d'été", "grandes": "pendant les vacances d'été",
    "prochaines": "pendant les prochaines vacances",
}  # fmt: skip
_REPERES = {
    r"(?:cet|en|l|pendant l) ete": "cet été", r"(?:au|ce) printemps": "au printemps", r"(?:cet|en|l) hiver": "cet hiver",
    r"(?:cet|en|a l) automne": "cet automne", r"(?:a la|apres la) rentree": "à la rentrée", r"apres le (?:brevet|dnb)": "après le brevet",
    r"avant noel": "avant Noël", r"apres noel": "après Noël", r"apres les (?:fetes|vacances)": "après les vacances",
    r"en fin d annee|fin d annee": "en fin d'année",
}  # fmt: skip
_LIBRE = re.compile(
    r"\b(?:n ?importe (?:quand|quel jour|quel moment|lequel)|peu importe|tout le temps|toujours (?:libre|dispo)|(?:m|on s) en (?:fiche|fou\w*)|osef"
    r"|quand (?:vous|ils|elle|tu|on|l ecole|je) (?:voulez|veulent|veut|veux|vou\w*|pouvez|peuvent|peut|peux)|comme (?:vous|ils|tu) (?:voulez|veulent|veux))\b"
)
_VITE = re.compile(r"\b(?:des que possible|le plus (?:tot|vite|rapidement)|au plus vite|asap|tout de suite|rapidement)\b")
_NUMERIQUE = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?(?![\d/.-]\d)(?!\d)")


@dataclass(frozen=True)
class Periode:
    """A period in clear, dates resolved. ``erreur``: ``passee`` or ``impossible`` when the date cannot be."""

    clair: str
    erreur: Optional[str] = None


def lire_periode(texte: str, aujourd_hui: date) -> Optional[Periode]:
    """What a message says of a time to come; None when it says nothing of it. No date is made up: « vacances de février » stays so."""
    dit = cle(texte[:_LONGUEUR_LUE])
    numerique = _NUMERIQUE.search(texte[:_LONGUEUR_LUE])
    if numerique:
        dit = f"{dit} {_en_mots(numerique)}"
    for lire in _LECTURES:
        try:
            periode = lire(dit, aujourd_hui)
        except ValueError:
            return Periode("", IMPOSSIBLE)
        if periode:
            return periode
    return None


def _en_mots(trouve: re.Match[str]) -> str:
    jour, mois, annee = trouve.groups()
    if not 1 <= int(mois) <= 12:
        return ""
    return f"{jour} {cle(MOIS[int(mois) - 1])}" + (f" {annee if len(annee) == 4 else '20' + annee}" if annee else "")


def _entre_deux(dit: str, jour: date) -> Optional[Periode]:
    trouve = re.search(rf"\bdu (?:(?:{_J}) )?{_D}(?: ({_M}))? au (?:(?:{_J}) )?{_D} ({_M}){_A}\b", dit)
    if not trouve:
        return None
    fin = _date(trouve[3], trouve[4], trouve[5], jour)
    debut = date(fin.year, _MOIS_DITS[trouve[2] or trouve[4]], _rang(trouve[1]))
    if debut > fin:
        debut = date(fin.year - 1, debut.month, debut.day)
    return _a_venir(f"du {jour_en_clair(debut)} au {jour_en_clair(fin)}", fin, jour)


def _semaine(dit: str, jour: date) -> Optional[Periode]:
    trouve = re.search(rf"\bsem(?:aine)? (?:du|qui commence le|d) (?:(?:{_J}) )?{_D}(?: ({_M}){_A})?\b", dit)
    if not trouve:
        return None
    if trouve[2]:
        dedans = _date(trouve[1], trouve[2], trouve[3], jour - timedelta(days=jour.weekday()))  # a week that has begun is this week
    else:
        dedans = date(jour.year, jour.month, _rang(trouve[1]))
        if dedans < jour:
            dedans = _mois_suivant(dedans)
    return _semaine_de(dedans, jour)


def _semaine_de(dedans: date, jour: date) -> Periode:
    lundi = dedans - timedelta(days=dedans.weekday())
    return _a_venir(f"la semaine du {jour_en_clair(lundi)}", lundi + timedelta(days=6), jour)


def _jour_du_mois(dit: str, jour: date) -> Optional[Periode]:
    trouve = re.search(rf"\b{_D} ({_M}){_A}\b", dit)
    if not trouve:
        return None
    choisi = _date(trouve[1], trouve[2], trouve[3], jour)
    return _a_venir(f"le {jour_en_clair(choisi)}{_moment(dit)}", choisi, jour)


def _vacances(dit: str, _: date) -> Optional[Periode]:
    if not re.search(r"\bvac(?:ances?|s)?\b", dit):
        return None
    if re.search(r"\bapres les vac", dit):
        return Periode("après les vacances")
    nom = next((clair for mot, clair in _VACANCES.items() if re.search(rf"\b{mot}\b", dit)), None)
    return Periode(nom or "pendant les vacances scolaires")


_QUINZAINE = r"(?:premiere|1ere|1re|deuxieme|seconde|2e|2eme) quinzaine"


def _mois(dit: str, jour: date) -> Optional[Periode]:
    trouve = re.search(rf"\b(?:(debut|mi|milieu|fin|{_QUINZAINE}) (?:de |du mois de |d )?)?({_M}){_A}\b", dit)
    if not trouve or (trouve[2] in ("mai", "mars", "dec", "sep") and len(dit.split()) > 6):
        return None
    mois = _MOIS_DITS[trouve[2]]
    annee = int(trouve[3]) if trouve[3] else jour.year + (mois < jour.month)
    fin = date(annee, mois, monthrange(annee, mois)[1])
    place = {"debut": "début ", "mi": "mi-", "milieu": "mi-", "fin": "fin "}.get(trouve[1], "en ")
    if (trouve[1] or "").endswith("quinzaine"):
        rang = "première" if trouve[1].startswith(("prem", "1")) else "deuxième"
        place = f"{rang} quinzaine " + ("d'" if MOIS[mois - 1][0] in "ao" else "de ")
    return _a_venir(f"{place}{MOIS[mois - 1]} {annee}", fin, jour)


def _jour_de_semaine(dit: str, jour: date) -> Optional[Periode]:
    trouve = re.search(rf"\b(?:(les|tous les|le|chaque) )?({_J})(s?)\b( en huit)?", dit)
    if not trouve:
        return None
    prochain = "prochain" in dit or "qui vient" in dit
    if not prochain and (trouve[3] or trouve[1]):
        return Periode(f"les {trouve[2]}s{_moment(dit)}" if trouve[3] or trouve[1] != "le" else f"le {trouve[2]}{_moment(dit)}")
    ecart = (JOURS.index(trouve[2]) - jour.weekday() - 1) % 7 + 1 + (7 if trouve[4] else 0)
    return Periode(f"le {jour_en_clair(jour + timedelta(days=ecart))}{_moment(dit)}")


def _bientot(dit: str, jour: date) -> Optional[Periode]:
    if re.search(r"\b(?:sem|semaine) (?:pro|prochaine|d apres|qui vient)\b|\bprochaine semaine\b", dit):
        return _semaine_de(jour + timedelta(days=7), jour)
    if re.search(r"\bcette semaine\b", dit):
        return _semaine_de(jour, jour)
    if re.search(r"\bmois prochain\b", dit):
        suivant = _mois_suivant(jour.replace(day=1))
        return Periode(f"en {MOIS[suivant.month - 1]} {suivant.year}")
    if dans := re.search(rf"\bdans {_N} (jours?|semaines?|mois)\b", dit):
        return _dans(int(_NOMBRES.get(dans[1], 0) or dans[1]), dans[2], jour)
    ecart = 2 if re.search(r"\bapres demain\b", dit) else 1 if re.search(r"\bdemain\b", dit) else 0 if re.search(r"\baujourd hui\b", dit) else None
    return None if ecart is None else Periode(f"le {jour_en_clair(jour + timedelta(days=ecart))}{_moment(dit)}")


def _dans(combien: int, unite: str, jour: date) -> Periode:
    if unite == "mois":
        rang = jour.month - 1 + combien
        return Periode(f"en {MOIS[rang % 12]} {jour.year + rang // 12}")
    if unite.startswith("semaine"):
        return _semaine_de(jour + timedelta(weeks=combien), jour)
    return Periode(f"vers le {jour_en_clair(jour + timedelta(days=combien))}")


def _repere(dit: str, _: date) -> Optional[Periode]:
    return next((Periode(clair) for motif, clair in _REPERES.items() if re.search(rf"\b(?:{motif})\b", dit)), None)


def _libre(dit: str, _: date) -> Optional[Periode]:
    if _LIBRE.search(dit) or re.fullmatch(r"(?:oui )?(?:je suis |jsuis |chui )?(?:tout le temps )?(?:libre|dispo|disponible)", dit):
        return Periode("n'importe quand")
    return Periode("dès que possible") if _VITE.search(dit) else None


_LECTURES: tuple[Callable[[str, date], Optional[Periode]], ...] = (
    _entre_deux, _semaine, _jour_du_mois, _vacances, _bientot, _jour_de_semaine, _repere, _mois, _libre,
)  # fmt: skip


def _date(jour: str, mois: str, annee: Optional[str], aujourd_hui: date) -> date:
    """The next such day, or that of the year said. Raises ``ValueError`` for 31 February."""
    rang, numero = _rang(jour), _MOIS_DITS[mois]
    if annee:
        return date(int(annee), numero, rang)
    choisi = date(aujourd_hui.year, numero, rang)
    return choisi if choisi >= aujourd_hui else date(aujourd_hui.year + 1, numero, rang)


def _rang(jour: str) -> int:
    return 1 if jour == "1er" else int(jour)


def _mois_suivant(jour: date) -> date:
    return date(jour.year + jour.month // 12, jour.month % 12 + 1, jour.day)


def _moment(dit: str) -> str:
    return " au matin" if re.search(r"\bmat(?:in|inee)?\b", dit) else " après-midi" if re.search(r"\b(?:apres midi|aprem|aprm)\b", dit) else ""


def _a_venir(clair: str, fin: date, aujourd_hui: date) -> Periode:
    return Periode(clair) if fin >= aujourd_hui else Periode("", PASSEE)
