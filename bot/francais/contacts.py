"""Phone numbers and e-mail addresses given in a message."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

# Region FR refuses the numbers of Réunion, Guadeloupe or Guyane: each territory is tried in turn.
REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "NC", "PF", "WF", "BL", "MF")
_LONGUEUR_LUE = 2_000
_NUMERO = re.compile(r"(?<![\w.@])(?:\+|00)?\(?\d(?:[\s.\-/()]{0,3}\d){5,14}(?![\w@])")
_COURRIEL = re.compile(
    r"[\w.+%'-]{1,64}(?:\s?@\s?|\s?\(?(?:arobase|arobaz|\[at\]|\(at\))\)?\s?)[\w-]+(?:\s?(?:\.|,| point )\s?[\w-]+)+|[\w.+%-]{1,64}@[\w.-]*",
    re.IGNORECASE,
)
_DOMAINES = (
    "gmail.com hotmail.com hotmail.fr outlook.com outlook.fr yahoo.com yahoo.fr orange.fr wanadoo.fr free.fr sfr.fr laposte.net live.fr icloud.com"
    " msn.com bbox.fr neuf.fr numericable.fr aol.com protonmail.com proton.me me.com live.com ac-lyon.fr"
).split()
_CONNUS = frozenset(
    (*_DOMAINES, "gmx.fr", "gmx.com", "gmx.net", "mail.com", "email.com", "ymail.com", "pm.me", "mac.com", "club-internet.fr", "sfr.net")
)
_DOMAINE_COURT = 8
_CHIFFRES, _CHIFFRES_MINIMUM = 10, 6
_INDICATIFS = ("33", "262", "590", "594", "596", "508", "687", "689", "681")  # mainland and overseas
# Ranges that ARCEP keeps for fiction: no subscriber has them, phonenumbers refuses them, demonstrations and tests use them.
_FICTION = re.compile(r"(?:\+33|0)((?:19900|26191|35301|46571|53649|63998)\d{4})")


@dataclass(frozen=True)
class Courriel:
    """An address as typed (spaces removed). ``suggestion`` is what was probably meant (gmial.con), None when nothing looks wrong."""

    adresse: str
    valide: bool
    suggestion: str | None


def telephones(texte: str) -> list[str]:
    """French numbers of a text, overseas included, written « 06 39 98 00 01 » (or « +262 ... » overseas), each once."""
    trouves: dict[str, None] = {}
    for candidat in _NUMERO.finditer(texte[:_LONGUEUR_LUE]):
        numero = _lire_numero(candidat.group())
        if numero:
            trouves[numero] = None
    return list(trouves)


def courriels(texte: str) -> list[Courriel]:
    """E-mail addresses of a text, in order, valid or not. No network: only the form and the usual slips are looked at."""
    return [_lire_courriel(trouve.group()) for trouve in _COURRIEL.finditer(texte[:_LONGUEUR_LUE])]


def defaut_de_numero(texte: str) -> tuple[str, int] | None:
    """Why what looks like a number is none of ours, and how many digits it has: ``court``, ``long``, ``etranger``, ``faux``."""
    chiffres = re.sub(r"(?<=\d)[\s.\-/()]{0,3}(?=\d)", "", texte[:_LONGUEUR_LUE])
    trouve = max(re.findall(r"(?<![\w@])(?:\+|00)?\d{4,}", chiffres), key=len, default="")
    nombre = sum(c.isdigit() for c in trouve)
    if nombre < _CHIFFRES_MINIMUM:
        return None
    if nombre == _CHIFFRES and not trouve.startswith("+"):
        return "faux", nombre
    if trouve.startswith(("+", "00")):
        return ("etranger" if not trouve.lstrip("+0").startswith(_INDICATIFS) else "faux"), nombre
    return ("court" if nombre < _CHIFFRES else "long"), nombre


def _lire_numero(brut: str) -> str | None:
    chiffres = re.sub(r"[^\d+]", "", brut)
    if chiffres.startswith("00"):
        chiffres = "+" + chiffres[2:]
    if fiction := _FICTION.fullmatch(chiffres):
        return " ".join(re.findall(r"\d\d", "0" + fiction.group(1)))
    for region in REGIONS:
        try:
            numero = phonenumbers.parse(chiffres, region)
        except phonenumbers.NumberParseException:
            continue
        # Six-digit numbers of the Pacific are also prices and codes: only with their country code.
        if region in ("PM", "NC", "PF", "WF") and not chiffres.startswith("+"):
            continue
        if phonenumbers.is_valid_number(numero) and phonenumbers.region_code_for_number(numero) in REGIONS:
            return _ecrire(numero)
    return None


def _ecrire(numero: phonenumbers.PhoneNumber) -> str:
    nationale = numero.country_code == 33
    forme = phonenumbers.PhoneNumberFormat.NATIONAL if nationale else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(numero, forme)


def _lire_courriel(brut: str) -> Courriel:
    adresse = re.sub(r"\s?\(?(?:arobase|arobaz|\[at\]|\(at\))\)?\s?", "@", brut.strip(" .,'"), flags=re.IGNORECASE)
    adresse = re.sub(r"\s+point\s+", ".", adresse, flags=re.IGNORECASE)
    adresse = re.sub(r"\s+", "", adresse).rstrip(".-").lower()
    corrigee = _corriger(adresse)
    try:
        validee = validate_email(adresse, check_deliverability=False).normalized
    except EmailNotValidError:
        return Courriel(adresse, False, corrigee if corrigee != adresse else None)
    return Courriel(validee, True, corrigee if corrigee != adresse else None)


def _corriger(adresse: str) -> str:
    """The same address at the nearest usual domain; unknown domains (a school's, a firm's) are left alone unless one or two letters off."""
    local, _, domaine = adresse.partition("@")
    domaine = domaine.replace(",", ".").replace("..", ".")
    if not local or not domaine or domaine in _CONNUS:
        return f"{local}@{domaine}"
    sans_point = next((connu for connu in _DOMAINES if domaine == connu.replace(".", "") or domaine == connu.split(".")[0]), None)
    if sans_point:
        return f"{local}@{sans_point}"
    if domaine.startswith("gmail."):
        return f"{local}@gmail.com"
    proche = process.extractOne(domaine, _DOMAINES, scorer=DamerauLevenshtein.distance, score_cutoff=1 if len(domaine) < _DOMAINE_COURT else 2)
    nom, _, fin = domaine.rpartition(".")
    autre_pays = any(nom == connu.rpartition(".")[0] for connu in _DOMAINES) and fin in (
        "fr",
        "com",
        "net",
        "eu",
        "org",
        "be",
        "ch",
        "es",
        "it",
        "de",
    )
    return f"{local}@{proche[0]}" if proche and not autre_pays else f"{local}@{domaine}"
