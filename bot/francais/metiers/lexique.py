"""Find the trades named in a message, from ``data/ecoles/metiers.csv``."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Iterable, Mapping

from rapidfuzz import fuzz, process

from bot.francais.metiers.formes import VIDES, forme
from bot.francais.metiers.gardes import admis
from bot.francais.metiers.negation import clause_avant, est_ecarte, est_nie, est_une_suite
from bot.francais.normalisation import DONNEES
from bot.francais.sons import sons_possibles
from bot.francais.texte import Jeton, cle, decouper
from bot.francais.vocabulaire import Vocabulaire, lire_vocabulaire

_JETONS_LUS = 200
_CORRECTIONS_PAR_MESSAGE = 12
_LONGUEUR_FAUTE = 6
_SEUIL_FAUTE = 85
_RIE_ELIDEE = re.compile(r"([^aeiouyéè])ri$", re.IGNORECASE)  # « chodronri »: the e before -rie is not heard
_COUPURE = re.compile(r"[.?!;\n]")


@dataclass(frozen=True)
class MentionMetier:
    """A trade named at [debut, fin[. ``cle`` is its key in metiers.csv; ``candidats`` the trades to choose from when it is ambiguous, else empty.

    ``nie``: the person refuses it. ``sur`` is 0.95 as written, 0.8 for a word that has other meanings, 0.7 for a misspelling.
    """

    debut: int
    fin: int
    texte: str
    cle: str
    candidats: tuple[str, ...]
    sur: float
    nie: bool


class LexiqueMetiers:
    """Ways of saying each trade, longest first; plurals, feminines and conjugated verbs are met through one common form."""

    def __init__(self, facons: Mapping[str, Iterable[str]], candidats: Mapping[str, tuple[str, ...]], vocabulaire: Vocabulaire) -> None:
        self._candidats = dict(candidats)
        self._vocabulaire = vocabulaire
        self._index: dict[tuple[str, ...], str] = {}
        self._longueur = 1
        for metier, dites in facons.items():
            for dite in dites:
                self._ajouter(metier, dite)
        self._mots = sorted({mot for formes in self._index for mot in formes if len(mot) >= _LONGUEUR_FAUTE})
        self._connus = {mot for formes in self._index for mot in formes}
        self._sons: defaultdict[str, list[str]] = defaultdict(list)
        for mot in self._mots:
            for entendu in sons_possibles(mot):
                self._sons[entendu].append(mot)

    @classmethod
    def charger(cls, chemin: Path, francais: Path = DONNEES) -> LexiqueMetiers:
        """Read metiers.csv, and in ``francais`` the wishes and slang (facons-metiers.csv) and the everyday words (mots.txt)."""
        facons: defaultdict[str, list[str]] = defaultdict(list)
        candidats: dict[str, tuple[str, ...]] = {}
        for ligne in _lire(chemin):
            facons[ligne["cle"]] += [ligne["cle"], *ligne["facons_de_le_dire"].split("|")]
            candidats[ligne["cle"]] = tuple(filter(None, ligne["candidats"].split("|")))
        for ligne in _lire(francais / "facons-metiers.csv"):
            if ligne["cle"] in candidats:
                facons[ligne["cle"]].append(ligne["ecrit"])
        return cls(facons, candidats, lire_vocabulaire(francais / "mots.txt"))

    def trouver(self, texte: str, lieux: Iterable[tuple[int, int]] = ()) -> list[MentionMetier]:
        """Trades of a text in order, refused ones included (``nie``). An ambiguous one goes when another settles it.

        ``lieux`` are the [start, end[ of the places named: « cuisine gap » says nothing but a trade and a place.
        """
        un_lieu = False
        for debut, fin in lieux:
            un_lieu = True
            texte = texte[:debut] + " " * (fin - debut) + texte[fin:]
        jetons = [jeton for jeton in decouper(texte, _JETONS_LUS) if jeton.cle not in VIDES]
        formes, fautes = self._formes(jetons)
        mentions: list[MentionMetier] = []
        rang = 0
        while rang < len(jetons):
            mention, suivant = self._a_partir_de(texte, jetons, formes, fautes, rang, un_lieu)
            if mention:
                mentions.append(mention)
            rang = suivant
        return _preciser(_nier(texte, mentions))

    def est_un_mot(self, mot: str) -> bool:
        """Whether the key of one word belongs to the ways of saying trades."""
        return self._forme(mot) in self._connus

    def _ajouter(self, metier: str, dite: str) -> None:
        formes = tuple(forme(mot) for mot in cle(dite).split() if mot not in VIDES)
        if formes:
            self._index.setdefault(formes, metier)
            self._longueur = max(self._longueur, len(formes))

    def _formes(self, jetons: list[Jeton]) -> tuple[list[str], set[int]]:
        """Common forms of the words; unknown long words are corrected to the nearest word of the lexicon."""
        formes, fautes = [self._forme(jeton.cle) for jeton in jetons], set()
        for rang, jeton in enumerate(jetons):
            if len(fautes) < _CORRECTIONS_PAR_MESSAGE and self._est_une_faute(jeton, formes[rang]):
                corrige = self._corriger(jeton, formes[rang])
                if corrige:
                    formes[rang] = corrige
                    fautes.add(rang)
        return formes, fautes

    def _forme(self, mot: str) -> str:
        """The common form; a stray final e is dropped when that makes a word of the lexicon (« soudeure »)."""
        commune = forme(mot)
        return (
            commune[:-1] if commune not in self._connus and commune.endswith("e") and commune[:-1] in self._connus and len(commune) > 5 else commune
        )

    def _est_une_faute(self, jeton: Jeton, commune: str) -> bool:
        if len(jeton.cle) < _LONGUEUR_FAUTE or commune in self._connus or not jeton.cle.isalpha() or len(jeton.cle) > 25:
            return False
        return not self._vocabulaire.est_banal(jeton.cle) and not self._vocabulaire.est_banal(commune)

    def _corriger(self, jeton: Jeton, commune: str) -> str | None:
        if commune[0] in "ld" and commune[1:] in self._connus:
            return commune[1:]  # a glued article: « lusinage »
        proche = process.extractOne(commune, self._mots, scorer=fuzz.ratio, score_cutoff=_SEUIL_FAUTE)
        if proche and proche[0][0] == commune[0]:
            return proche[0]
        ecrit = _RIE_ELIDEE.sub(r"\1erie", jeton.texte)
        entendus = [mot for entendu in sons_possibles(ecrit) for mot in self._sons.get(entendu, ())]
        return entendus[0] if entendus else None

    def _a_partir_de(
        self, texte: str, jetons: list[Jeton], formes: list[str], fautes: set[int], rang: int, un_lieu: bool
    ) -> tuple[MentionMetier | None, int]:
        for longueur in range(min(self._longueur, len(jetons) - rang), 0, -1):
            metier = self._index.get(tuple(formes[rang : rang + longueur]))
            debut, fin = jetons[rang].debut, jetons[rang + longueur - 1].fin
            if metier is None or _COUPURE.search(texte[debut:fin]):
                continue
            sur = 0.95
            if longueur == 1:
                if not admis(formes[rang], cle(_phrase_avant(texte[:debut])), cle(_COUPURE.split(texte[fin:])[0]), un_lieu):
                    continue
                sur = 0.9
            if fautes & set(range(rang, rang + longueur)):
                sur = 0.7
            return MentionMetier(debut, fin, texte[debut:fin], metier, self._candidats.get(metier, ()), sur, False), rang + longueur
        return None, rang + 1


def _phrase_avant(texte: str) -> str:
    return _COUPURE.split(texte[-200:])[-1]


def _nier(texte: str, mentions: list[MentionMetier]) -> list[MentionMetier]:
    lues: list[MentionMetier] = []
    for rang, mention in enumerate(mentions):
        fin_precedente = mentions[rang - 1].fin if rang else 0
        debut_suivante = mentions[rang + 1].debut if rang + 1 < len(mentions) else len(texte)
        entre = texte[fin_precedente : mention.debut]
        apres = re.split(r"[.?!;\n]|, (?:je veux|plutôt)", texte[mention.fin : debut_suivante])[0]
        nie = est_nie(cle(clause_avant(entre)), cle(apres))
        if rang and est_ecarte(cle(texte[max(0, mentions[rang - 1].debut - 60) : mentions[rang - 1].debut]), cle(entre)):
            nie = True
        if lues and lues[-1].nie and "," not in entre and est_une_suite(cle(entre)):
            nie = True
        lues.append(replace(mention, nie=nie))
    return lues


def _preciser(mentions: list[MentionMetier]) -> list[MentionMetier]:
    """« la mécanique, les voitures » is one wish: the ambiguous word goes when one of its candidates is named beside it."""
    precis = {mention.cle for mention in mentions if not mention.candidats and not mention.nie}
    return [mention for mention in mentions if not (precis & set(mention.candidats))]


def _lire(chemin: Path) -> Iterable[dict[str, str]]:
    with chemin.open(encoding="utf-8", newline="") as fichier:
        yield from csv.DictReader(fichier, delimiter=";")
