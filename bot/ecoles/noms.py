"""Which words designate a school. « La Passerelle » does; « production », « métiers » or the name of a town do not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

TAILLE_MAXIMALE = 6  # words in a name
_LUS = 60  # words read in a message
_LONGUEUR_MINIMALE = 4

_VIDES = frozenset("a au aux d de des du en et je l la le les mon par pour s sur un une".split())
_STATUTS = frozenset(
    """ecole ecoles production productions prive privee technique techniques technologique secondaire professionnel
    professionnelle lycee institut formation association fondation groupe site hors contrat 2d degre apprentissage
    catholique metier metiers""".split()
)
_METIERS = frozenset(
    """usinage mecanique automobile auto garage metallerie chaudronnerie soudure bois menuiserie couture confection
    textile mode restauration cuisine electricite energies energie maintenance batiment numerique digitale ferme""".split()
)
_LIEUX = frozenset(
    """sud nord est ouest grand grande vallee region agglo agglomeration metropole paris havraise dunkerquoise
    nazairienne forezienne pevele cotentin avaloirs morvan littoral oise mayenne senart bretagne vendee anjou""".split()
)
_BANALS = frozenset("academie academy school campus atelier ateliers industrie industries industriel industrielle tech metal".split())
_SOCLE = _STATUTS | _METIERS | _LIEUX
_ORDINAIRES = frozenset("plane boost fabrique avenir ensemble cordee talents mestalents gem envol cedre usin".split())

COURANTS = _SOCLE | _BANALS | _ORDINAIRES


_SEPARATION = re.compile(r"\s[-–]\s|,")
_PARENTHESES = re.compile(r"\([^)]*\)")
_MOT = re.compile(r"[a-z0-9]+")
_ABREGES = {"st": "saint", "ste": "sainte"}
_PARTAGES = _SOCLE | _BANALS


def mots(texte: str) -> list[str]:
    """Words without accents, capitals or punctuation, the grammatical ones left out; « St » is « saint »."""
    return [mot for mot in _decouper(texte) if mot not in _VIDES]


def normaliser(texte: str) -> str:
    """Glue the words of a short text: « Y-FAB », « y fab » and « yfab » are one."""
    return "".join(mots(texte))


def fenetres(texte: str) -> list[str]:
    """Glue every run of words of a message, the longest first.

    « une école de production à Belfort » asks for a place, « l'école de production de Belfort » names a school: a run
    that begins with « école » does not cross « à ».
    """
    lus = _decouper(texte)[:_LUS]
    suites: dict[str, int] = {}
    for debut in range(len(lus)):
        if lus[debut] in _VIDES:
            continue
        suite: list[str] = []
        for mot in lus[debut:]:
            if len(suite) == TAILLE_MAXIMALE or (mot == "a" and suite[0] == "ecole"):
                break
            if mot not in _VIDES:
                suite.append(mot)
                suites.setdefault("".join(suite), len(suite))
    return sorted(suites, key=lambda cle: -suites[cle])


def cles(noms: Iterable[str], lieux: frozenset[str], villes: frozenset[str]) -> set[str]:
    """Return the glued words that designate a school, from its names.

    ``lieux`` are the words of its own commune, département and région; ``villes`` the glued names of all communes: a
    school named like a town (« Saint-Éloi »), or like an everyday word, answers only to « école Saint-Éloi ».
    """
    propres = [_PARENTHESES.sub(" ", nom) for nom in noms]
    communs = _PARTAGES | lieux
    lus = {partie: mots(partie) for nom in propres for partie in (nom, *_SEPARATION.split(nom))}
    entiers = {
        "".join(suite)
        for suite in map(lus.__getitem__, propres)
        if len(suite) > 2 and "ecole" in suite and all(mot in communs or mot in villes for mot in suite)
    }
    return entiers | {
        "ecole" + cle if cle in villes or cle in _ORDINAIRES else cle
        for suite in lus.values()
        for coeur in _coeurs(suite, lieux)
        if _designe(coeur, lieux, villes) and _assez_long(cle := "".join(coeur), propres)
    }


def _decouper(texte: str) -> list[str]:
    sans_ligature = texte.replace("œ", "oe").replace("Œ", "OE").replace("’", "'")
    lettres = unicodedata.normalize("NFKD", sans_ligature).encode("ascii", "ignore").decode().lower()
    return [_ABREGES.get(mot, mot) for mot in _MOT.findall(lettres.replace("p'tit", "petit"))]


def _coeurs(suite: list[str], lieux: frozenset[str]) -> list[list[str]]:
    """Cut the words that many schools share off both ends: all of them with the school's place, all, or the legal ones."""
    avec_lieu = _PARTAGES | lieux
    sans_lieu = _rogner(suite, avec_lieu, _PARTAGES)
    return [
        _rogner(suite, _PARTAGES, avec_lieu),
        _rogner(suite, _PARTAGES, _PARTAGES),
        _rogner(suite, _STATUTS, _STATUTS),
        sans_lieu if len(sans_lieu) > 1 else [],  # « Usin'Eure » in the Eure must not become « usin »
    ]


def _rogner(suite: list[str], devant: frozenset[str], derriere: frozenset[str]) -> list[str]:
    debut, fin = 0, len(suite)
    while debut < fin and suite[debut] in devant:
        debut += 1
    while fin > debut and suite[fin - 1] in derriere:
        fin -= 1
    return suite[debut:fin]


def _designe(coeur: list[str], lieux: frozenset[str], villes: frozenset[str]) -> bool:
    """A core needs a word that is no trade, no town and no number: « chaudronnerie Cognac » asks for a place."""
    if not 0 < len(coeur) <= TAILLE_MAXIMALE or "ecole" in coeur or "site" in coeur:
        return False
    rares = [mot for mot in coeur if mot not in _SOCLE and mot not in lieux and mot not in villes and not mot.isdigit()]
    return bool(rares) and (len(coeur) > 1 or coeur[0] not in _BANALS)


def _assez_long(cle: str, noms: Iterable[str]) -> bool:
    """Three letters are enough for an acronym written in capitals, such as « EPB »."""
    return len(cle) >= _LONGUEUR_MINIMALE or (len(cle) == 3 and any(cle.upper() in nom.split() for nom in noms))
