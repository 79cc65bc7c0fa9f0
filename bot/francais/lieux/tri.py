"""Which of the places named is meant: negation, birthplaces, corrections, « Saint-Denis (93) »."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Sequence

from bot.francais.lieux.modeles import Lieu, MentionLieu
from bot.francais.lieux.numeros import dominant
from bot.francais.texte import cle

_PREP = r"(?: (?:a|au|aux|sur|vers|de|du|d|en|dans|le|la|les|l|chez|cote|pres|celle|celui))*"
_NIE = re.compile(
    rf"(?:\b(?:pas|ni|sauf|hors|non|a part|plutot qu[e]?|autre qu[e]?|ailleurs qu[e]?|plus){_PREP}"
    rf"|\b(?:veux|peux|pourrai|pourrais|compte|envie|question|deteste|marre)(?: \w+){{0,2}}? pas(?: \w+){{0,3}}?{_PREP}"
    rf"|\b(?:pas|jamais) (?:envie|moyen|question|d aller|aller|habiter|bouger|retourner|vivre|partir)(?: \w+){{0,2}}?{_PREP}"
    rf"|\b(?:quitte|quitter|marre|deteste|fuir|partir){_PREP}"
    r"|\bplutot .{2,40} que? ?(?:a|vers|sur|de)?) $"
)
_PAS_NIE = re.compile(
    rf"\b(?:pourquoi pas|y a(?: \w+)? pas|ya(?: \w+)? pas|avez pas|etes pas|es pas|existe pas|as pas|aurait pas|sais pas si|pas loin|pas trop loin|pas que|pas si loin"
    rf"|pas seulement|suis pas loin|pas tres loin|pas mal){_PREP} $"
)
_TROP_LOIN = re.compile(
    r"^ ?(?:c est |cest |c |est |ca fait |ca me fait |fait )?(?:un peu |beaucoup )?(?:trop|super|hyper|vachement) loin|^ ?(?:non|nan|pas possible)\b"
)
_NAISSANCE = re.compile(r"\b(?:né|née|nee|originaire|naissance|grandi|vécu|vecu)\b|\bsuis ne\b", re.IGNORECASE)
_AVANT = re.compile(
    r"\b(?:avant|etais|vivais|habitais|venais|viens|vient|vienne|demenage|ancien|ancienne|pere|mere|daron|daronne|cousin|cousine|tante|oncle|copain|copine|pote|potes"
    r"|ami|amie|frere|soeur|grands? (?:mere|pere|parents)|ex|vacances|match|etait|scolarise|scolarisee|bosse a|travaille a)\b"
)
_DOMICILE = re.compile(r"\b(?:habite|j habite|jhabite|vis|loge|reside)\b")
_CHEZ_SOI = re.compile(r"\b(?:j habite|jhabite|je vis|jvis|on habite|on vit|nous habitons|j abite|jabite|jvis|on loge|je loge|nous vivons|nous logeons|moi (?:je suis|jsuis|chui|j suis)|maintenant)\b")
_RECHERCHE = re.compile(
    r"\b(?:cherche|ecoles?|autour|pres|trouver?|formation|stage|aller|interesse|veux|voudrais|aimerais|y a|ya|plutot|vers|internat)\b"
)
_CORRECTION = re.compile(r"\b(?:enfin|plutot|non|nan|pardon|voulais dire|oups|je corrige|je rectifie|en fait|ou plutot)\b")
_NON_PLUTOT = re.compile(r"\w\s*[?,.;!]\s*(?:non|nan),?\s+(?:[àa] |vers )?$", re.IGNORECASE)  # « Paris ? non, Lille »
_ENUMERATION = re.compile(r"\b(?:ni|pas)\b|\bnon(?: \w+)? plus\b")
_FRONTIERE = re.compile(r"[,;.!?:\n(]|\bmais\b|\bdonc\b|\bmaintenant\b|\bet\b")
_RATTACHE = re.compile(
    r"[\s,(/-]*(?:(?:dans|en|du|de|le|la|l'|les|d'|departement|département|dept|région|region|c'est|au)\b[\s']*){0,4}[\s(]*", re.IGNORECASE
)


def trier(texte: str, mentions: Sequence[MentionLieu], attendu: bool) -> list[MentionLieu]:
    """Mentions that are meant, in order of the text, each with how sure it is."""
    gardees = rattacher(texte, mentions)
    gardees = [mention for rang, mention in enumerate(gardees) if not _corrigee(texte, gardees, rang)]
    pesees = [(mention, _poids(texte, gardees, rang)) for rang, mention in enumerate(gardees)]
    pesees = [(mention, poids) for mention, poids in pesees if poids > 0]
    meilleur = max((poids for _, poids in pesees), default=0.0)
    minimum = 0.5 if meilleur >= 0.6 else 0.0 if attendu else 0.35
    return [replace(mention, sur=round(min(mention.sur, poids), 2)) for mention, poids in pesees if poids >= minimum]


def rattacher(texte: str, mentions: Sequence[MentionLieu]) -> list[MentionLieu]:
    """Join a commune with the zone or postal code beside it, and let any zone of the message settle a doubt.

    A mention with ``sur`` 0 is a bare number: it only counts beside a commune of its département (« Valence 82 »).
    """
    jointes: list[MentionLieu] = []
    for mention in mentions:
        precedente = jointes[-1] if jointes else None
        if precedente and (union := _unir(texte, precedente, mention)):
            jointes[-1] = union
        else:
            jointes.append(mention)
    jointes = [mention for mention in jointes if mention.sur > 0]
    lieux = [mention.lieu for mention in jointes if mention.lieu]
    zones = [lieu for lieu in lieux if lieu.genre != "commune"]
    departements = {lieu.departement for lieu in lieux if lieu.genre == "commune"}
    return [_eclairer(mention, zones, departements) for mention in jointes]


def _unir(texte: str, premiere: MentionLieu, seconde: MentionLieu) -> MentionLieu | None:
    if not _RATTACHE.fullmatch(texte[premiere.fin : seconde.debut]):
        return None
    for commune, cadre in ((premiere, seconde), (seconde, premiere)):
        if not commune.candidats or commune.candidats[0].genre != "commune":
            continue
        retenus = tuple(lieu for lieu in commune.candidats if any(zone == lieu or zone.contient(lieu) for zone in cadre.candidats))
        if retenus:
            lieu = dominant(retenus)
            debut, fin = premiere.debut, seconde.fin
            fin += texte[fin : fin + 1] == ")" and "(" in texte[debut:fin]
            return MentionLieu(debut, fin, texte[debut:fin], lieu, retenus, lieu is None, 0.98 if lieu else 0.7)
    return None


def _eclairer(mention: MentionLieu, zones: Sequence[Lieu], departements: set[str]) -> MentionLieu:
    """« l'école du Mans est à Allonnes »: the Allonnes of the same département."""
    if not mention.ambigu:
        return mention
    communes = [lieu for lieu in mention.candidats if lieu.genre == "commune"]
    retenus = tuple(lieu for lieu in communes if any(zone.contient(lieu) for zone in zones))
    retenus = retenus or tuple(lieu for lieu in communes if lieu.departement in departements)
    lieu = dominant(retenus)
    return replace(mention, lieu=lieu, candidats=retenus, ambigu=False, sur=0.9) if lieu else mention


def _corrigee(texte: str, mentions: Sequence[MentionLieu], rang: int) -> bool:
    """« Lyon, enfin Villeurbanne »: the first is taken back. « plutôt Lyon que Villeurbanne » is another matter."""
    if rang + 1 >= len(mentions):
        return False
    entre = cle(texte[mentions[rang].fin : mentions[rang + 1].debut])
    return len(entre.split()) <= 5 and bool(_CORRECTION.search(entre)) and not _ENUMERATION.search(entre)


def _dernier(motif: re.Pattern[str], texte: str) -> int:
    """Where the last match starts, -1 without one."""
    return max((trouve.start() for trouve in motif.finditer(texte)), default=-1)


def _poids(texte: str, mentions: Sequence[MentionLieu], rang: int) -> float:
    """0 denied, 0.3 a birthplace, 0.45 someone else's or a former place, 0.75 where one lives, up to 0.95 what one looks for."""
    mention = mentions[rang]
    debut = mentions[rang - 1].fin if rang else 0
    avant = texte[debut : mention.debut]
    phrase = cle(texte[max(0, mention.debut - 80) : mention.debut]) + " "
    proche = cle(_FRONTIERE.split(avant)[-1]) + " "
    apres = cle(texte[mention.fin : mention.fin + 40])
    corrige = bool(_NON_PLUTOT.search(avant))
    if not corrige and (_NIE.search(proche) or _NIE.search(phrase)) and not _PAS_NIE.search(phrase):
        return 0.0
    if _TROP_LOIN.search(apres):
        return 0.0 if len(mentions) > 1 else 0.4
    chez_soi = _dernier(_CHEZ_SOI, cle(avant))
    if _dernier(_NAISSANCE, cle(avant)) > chez_soi:
        return 0.3
    if chez_soi >= 0 and chez_soi > _dernier(_AVANT, cle(avant)):
        return 0.8
    if _RECHERCHE.search(proche):
        return 0.95
    if _CHEZ_SOI.search(proche):
        return 0.8
    if _DOMICILE.search(proche) and not _AVANT.search(proche):
        return 0.8
    return 0.45 if _AVANT.search(proche) else 0.9
