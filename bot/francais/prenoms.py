"""First names: after « je m'appelle », or alone when one is expected."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bot.francais.normalisation import DONNEES
from bot.francais.texte import cle, decouper
from bot.francais.vocabulaire import Vocabulaire, lire_vocabulaire

LONGUEUR_MAXIMUM = 40
_MOT = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_SUR = re.compile(
    rf"(?:\b(?:je|j)\s*(?:m['’ ]?\s*|me )(?:appell?e|nomme|prénomme)|\bjm['’ ]?app?el+e?|\bmappel+e|\bm['’ ]appell?e|\bmon (?:pr[ée]nom|nom)(?: c['’ ]?est| est|,?)|\bpr[ée]nom\s*:?(?: c['’ ]?est)?"
    rf"|\b(?:il|elle) s['’ ]appell?e|\b(?:mon fils|ma fille)(?: s['’ ]appell?e| c['’ ]?est)|\bappell?e[- ]moi|\bon m['’ ]appell?e|\bc['’ ]?est le pr[ée]nom)\s+(?P<nom>{_MOT}(?: {_MOT})?)",
    re.IGNORECASE,
)
_PROBABLE = re.compile(rf"\b(?:moi(?:,? c['’ ]?est)|moi c|(?:^|salut |bonjour |slt |bjr )c['’ ]?est)\s+(?P<nom>{_MOT})", re.IGNORECASE)
_POLITESSE = re.compile(
    r"^(?:(?:oui|ok|alors|euh+|bah|ben|c['’ ]?est|bonjour|salut|mets?|note|écris)[\s,:]+)+|[\s,]+(?:stp|svp|merci|voil[àa])$|[.!)]+$", re.IGNORECASE
)
_NU = re.compile(rf"{_MOT}(?:[ ]{_MOT}){{0,2}}")
# Never a first name, even where one is expected.
_REFUSES = frozenset(
    """
    pourquoi non nan nn oui ok quoi hein aucun aucune personne anonyme rien jsp stop annule annuler retour aide test salut bonjour coucou merci menu lol mdr ptdr xd wesh azerty qwerty abc
    connard connasse merde pute putain con conne fdp ntm tg salope batard encule enculer idiot debile cretin abruti nique niquer bite couille couilles caca pipi prout hitler zizi chatte
    toi moi lui elle nous vous lieu prenom nom tonton papa maman frere soeur fils fille robot bot etabli secret pas perdu prive inconnu
    """.split()
)
_PARTICULES = frozenset(("de", "du", "le", "la", "el", "al", "ben", "bel", "da", "dos", "van"))


@lru_cache(maxsize=2)
def _vocabulaire(dossier: Path) -> Vocabulaire:
    return lire_vocabulaire(dossier / "mots.txt")


def prenom(texte: str, attendu: bool = False, presente: bool = False, dossier: Path = DONNEES) -> str | None:
    """The first name given in a text, written « Jean-Luc », at most 40 characters; None for a sentence, a question or an insult.

    ``attendu``: the bot has just asked for it, so a bare word counts. ``presente``: an age or a contact is given beside it, so
    « moi c'est Tao » says a name even when it is a rare one.
    """
    if len(texte) > 500 or (attendu and "?" in texte):
        return None
    vocabulaire = _vocabulaire(dossier)
    if dit := _SUR.search(texte):
        nom = re.sub(r" (?:pas|mais)$", "", dit["nom"], flags=re.IGNORECASE)  # « c'est Fatma, pas Fatima »
        return _lire(nom, vocabulaire, " " in nom)
    probable = _PROBABLE.search(texte)
    if probable and (attendu or presente or vocabulaire_prenom(probable["nom"], vocabulaire)):
        return _lire(probable["nom"], vocabulaire, False)
    if not attendu or "?" in texte:
        return None
    nu = _POLITESSE.sub("", _POLITESSE.sub("", texte.strip())).strip()
    return _lire(nu, vocabulaire, True) if _NU.fullmatch(nu) else None


def vocabulaire_prenom(mot: str, vocabulaire: Vocabulaire) -> bool:
    """Whether a word is a known first name."""
    return all(jeton.cle in vocabulaire.prenoms for jeton in decouper(mot))


def _lire(dit: str, vocabulaire: Vocabulaire, plusieurs: bool) -> str | None:
    mots = dit.split()
    cles = [jeton.cle for jeton in decouper(dit)]
    if not cles or any(mot in _REFUSES for mot in cles) or len(dit) > LONGUEUR_MAXIMUM:
        return None
    gardes = [mot for rang, mot in enumerate(mots) if rang == 0 or (plusieurs and _suit(mot, vocabulaire))]
    if len(gardes) < len(mots) and not _suite_ordinaire(mots[len(gardes) :], vocabulaire, gardes):
        return None
    premier = cle(gardes[0]).replace(" ", "")
    banal = vocabulaire.connait(premier) and premier not in vocabulaire.prenoms
    if banal or (len(premier) < 2) or not re.search(r"[aeiouy]", premier):
        return None
    return " ".join(_majuscules(mot) for mot in gardes)


def _suit(mot: str, vocabulaire: Vocabulaire) -> bool:
    """Whether a second word belongs to the name: not an everyday word (« Léa et »)."""
    cles = [jeton.cle for jeton in decouper(mot)]
    return all(mot in _PARTICULES or mot in vocabulaire.prenoms or not vocabulaire.connait(mot) for mot in cles)


def _suite_ordinaire(reste: list[str], vocabulaire: Vocabulaire, gardes: list[str]) -> bool:
    """« Léa et » may follow « je m'appelle »; a bare answer of several everyday words is a sentence."""
    return (
        len(reste) == 1
        and vocabulaire_prenom(gardes[0], vocabulaire)
        or (len(gardes) == 1 and len(reste) == 1 and decouper(reste[0])[0].cle in ("et", "j", "je", "ai", "pas", "mais", "avec"))
    )


def _majuscules(mot: str) -> str:
    minuscule = mot.replace("’", "'").lower()
    return re.sub(r"(^|[-'])([^\W\d_])", lambda trouve: trouve[1] + trouve[2].upper(), minuscule)
