"""Reasons to read a word as a place: what stands before it, its capital, its size."""

from __future__ import annotations

import re
from enum import Enum
from typing import Sequence

from bot.francais.texte import Jeton

# Small words of place as they are typed.
ECRIT_COMME_CA = {"ds": "dans", "dan": "dans", "ver": "vers", "che": "chez", "pre": "pres", "2": "de", "cotes": "cote"}

_VERS = frozenset(
    "a vers sur depuis habite habites habitons habitent habitant abite jhabite jabite vis loge residant reside jusqu jusque direction secteur".split()
)
_VERBES_DE_LIEU = frozenset(
    "habite habites habitons habitent abite jhabite jabite vis vit vivons suis es est sommes loge ecole ecoles cherche chercher trouver aller vais va"
    " formation stage atelier lycee quoi qqch truc chose ici internat soudure usinage menuiserie metier metiers travailler bosser venir passer".split()
)
_AVANT_DE = frozenset(
    "pres autour cote ville loin region environs alentours proche banlieue agglo agglomeration peripherie sud nord est ouest coin proximite"
    " suis viens secteur habitant centre bassin vallee bourg commune".split()
)
_DETERMINANTS = frozenset(
    "le la les l un une des mon ma mes ton ta tes son sa ses ce cet cette ces leur leurs notre nos votre vos quel quelle quels quelles chaque"
    " plusieurs deux trois quatre cinq six aucun aucune tout toute tous toutes trop tres au aux plus moins bien si assez autre autres meme bon bonne pas en".split()
)
_SUJETS = frozenset("je j tu il elle on nous vous ils elles ne n se s me m te t y ca qui c que qu avoir ai as avez ont chez par".split())
_ADRESSES = frozenset(
    "college lycee rue avenue boulevard bd place stade quartier institut fondation allee chemin impasse groupe prive privee".split()
)
_NOMMER = re.compile(r"(?:\bm ?appell?e|\bprenom|\bnomme|\bnom c est|\bappelle moi|\bappelez moi|\bmon nom est)(?: c est| est)? (?:\w+ )?$")
_CIVILITE = re.compile(r"\b(?:monsieur|madame|mademoiselle|mme|mlle|mr) $")
_MOI_CEST = re.compile(r"\b(?:moi c est|moi c|ici c est|et moi|bonjour c est|salut c est|c est) $")

_SEUIL = 3


class Appui(Enum):
    """What the words before a name say of it."""

    FORT = "fort"  # à, vers, près de, j'habite
    MOYEN = "moyen"  # « a » without its accent: a preposition or a verb
    ZONE = "zone"  # dans le, en
    FAIBLE = "faible"  # de, du
    DETERMINANT = "determinant"  # le, une, mon: a common noun follows
    SUJET = "sujet"  # je, il, chez: a verb or a person follows
    ADRESSE = "adresse"  # lycée, rue
    AUCUN = "aucun"


def appui(jetons: Sequence[Jeton], rang: int) -> Appui:
    """What supports a place at word ``rang``."""
    if rang == 0 or jetons[rang].debut - jetons[rang - 1].fin > 1:  # a comma or a full stop stands between
        return Appui.AUCUN
    avant, avant2 = (ECRIT_COMME_CA.get(jetons[i].cle, jetons[i].cle) if i >= 0 else "" for i in (rang - 1, rang - 2))
    if avant == "a":
        accent = jetons[rang - 1].texte in ("à", "À")
        if accent or avant2 in _VERBES_DE_LIEU or rang == 1:
            return Appui.FORT
        return Appui.SUJET if avant2 in _SUJETS else Appui.MOYEN
    if avant in _VERS:
        return Appui.FORT
    if avant in ("pres", "proche", "cote", "autour"):  # « près Lyon », as one types
        return Appui.FORT
    if avant in ("de", "d", "du", "des"):
        return Appui.FORT if avant2 in _AVANT_DE else Appui.FAIBLE
    if avant == "dans" or (avant in ("le", "la", "l", "les") and avant2 in ("dans", "departement", "region", "sur", "vers", "habite")):
        return Appui.ZONE
    if avant == "en":
        return Appui.ZONE
    if avant in _ADRESSES:
        return Appui.ADRESSE
    if avant in _DETERMINANTS:
        return Appui.DETERMINANT
    return Appui.SUJET if avant in _SUJETS else Appui.AUCUN


def est_un_prenom(jetons: Sequence[Jeton], rang: int, prenom_connu: bool) -> bool:
    """Whether the word stands where a first name is given: « je m'appelle Lyon », « moi c'est Nancy » (but not « moi c'est Rennes »)."""
    avant = " ".join(jeton.cle for jeton in jetons[max(0, rang - 6) : rang]) + " "
    return bool(_NOMMER.search(avant) or _CIVILITE.search(avant) or (prenom_connu and _MOI_CEST.search(avant)))


def a_une_raison(jetons: Sequence[Jeton], rang: int, longueur: int, population: int, attendu: bool) -> bool:
    """Whether a name that is also an everyday word (Tours, Sens, Orange) is meant as a place."""
    return _points(jetons, rang, longueur, population, attendu) >= _SEUIL


def _points(jetons: Sequence[Jeton], rang: int, longueur: int, population: int, attendu: bool) -> int:
    soutien = appui(jetons, rang)
    points = {Appui.FORT: 3, Appui.MOYEN: 2, Appui.FAIBLE: 0, Appui.AUCUN: 0, Appui.ZONE: -2}.get(soutien, -4)
    points += 2 if population >= 100_000 else 1 if population >= 20_000 else 0 if population >= 5_000 else -1
    points += _majuscule(jetons, rang)
    article = jetons[rang].cle in ("le", "la", "les", "l")
    if (longueur == len(jetons) and (not article or population >= 50_000)) or (attendu and len(jetons) - longueur <= 4):
        points += 3
    elif article and jetons[rang].texte.islower() and jetons[rang + longueur - 1].texte.islower() and not attendu:
        points -= 2  # « à la garde », « à la montagne »
    elif soutien is Appui.AUCUN and all(jeton.cle.isdigit() for jeton in jetons[rang + longueur :]):
        points += 1
    return points


def _majuscule(jetons: Sequence[Jeton], rang: int) -> int:
    """A capital counts inside a sentence that is not written all in capitals."""
    mot = jetons[rang].texte
    if rang == 0 or not mot[0].isupper() or mot.isupper():
        return 0
    minuscules = sum(jeton.texte[0].islower() for jeton in jetons)
    return 2 if minuscules >= max(1, len(jetons) // 2) else 0
