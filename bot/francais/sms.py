"""What is typed, turned into plain French: a second view of the message, for understanding only."""

from __future__ import annotations

import csv
import html
import re
import unicodedata
from pathlib import Path
from typing import Mapping

from bot.francais.contexte_sms import APRES, AVANT, appliquer
from bot.francais.texte import cle
from bot.francais.vocabulaire import Vocabulaire, lire_vocabulaire

_PASSES = 6
_BALISE = re.compile(r"<[a-zA-Z/!][^<>]{0,500}>")
_COEUR = re.compile(r"<3+")
_SMILEY = re.compile(r"(?<![\w:;=])[:;=][-']?[)(dpo3|]+(?!\w)|(?<!\w)(?:x+d+|\^\^+|\^_+\^)(?!\w)")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "ʼ": "'", "…": ".", "‐": "-", "–": "-", "—": "-", "&": " et "})
_HORS_TEXTE = re.compile(r"[^\w\s.,?!;:'\"/@+%€$#()«»°=*-]|_")
_INTACT = re.compile(r"\S*(?:@\w|://|www\.)\S*")
_MOT = re.compile(r"\w+(?:'\w+)*")
_EXCLAMATIONS = re.compile(r"[?!]{2,}")
_SIGNE_REPETE = re.compile(r"([.,;:'\"*#=+-])\1+")
_AVANT_UN_SIGNE = re.compile(r"\s*([?!])")
_TROIS_FOIS = re.compile(r"([^\W\d])\1{2,}")
_ELIDABLES = ("qu", "l", "d", "n", "s", "m", "j")
_VOYELLES = tuple("aeiouyhàâéèêëîïôöùûü")


class Normaliseur:
    """Reads messages through an SMS lexicon and an everyday vocabulary. Idempotent: a normalised text stays as it is.

    Order: HTML and entities, case, emoji, repeated punctuation; then, until nothing changes, rules that look at neighbours
    (« c », « g », « ou c »), words one by one (repeated letters, lexicon, missing apostrophe), rules on the result.
    """

    def __init__(self, sms: Mapping[str, str], vocabulaire: Vocabulaire) -> None:
        self._sms = dict(sms)
        self._vocabulaire = vocabulaire

    @classmethod
    def depuis(cls, dossier: Path) -> Normaliseur:
        """Read ``sms.csv`` (columns ecrit;dit) and ``mots.txt`` in a folder."""
        with (dossier / "sms.csv").open(encoding="utf-8", newline="") as fichier:
            sms = {ligne["ecrit"]: ligne["dit"] for ligne in csv.DictReader(fichier, delimiter=";")}
        return cls(sms, lire_vocabulaire(dossier / "mots.txt"))

    def normaliser(self, texte: str) -> str:
        """Plain French for a typed message: « jveu savoir cb sa coute stpppp » gives « je veux savoir combien ça coûte s'il te plaît »."""
        courant = nettoyer(texte)
        for _ in range(_PASSES):
            suivant = self._une_passe(courant)
            if suivant == courant:
                break
            courant = suivant
        return courant

    def _une_passe(self, texte: str) -> str:
        morceaux, fin = [], 0
        for intact in _INTACT.finditer(texte):
            morceaux += [self._reecrire(texte[fin : intact.start()]), intact.group()]
            fin = intact.end()
        morceaux.append(self._reecrire(texte[fin:]))
        return nettoyer("".join(morceaux))

    def _reecrire(self, texte: str) -> str:
        texte = appliquer(AVANT, texte)
        texte = _MOT.sub(lambda mot: self._mot(mot.group()), texte)
        return appliquer(APRES, texte)

    def _mot(self, mot: str) -> str:
        if mot in self._sms:
            return self._sms[mot]
        reduit = self._sans_repetition(mot)
        if reduit in self._sms:
            return self._sms[reduit]
        return self._apres_apostrophe(reduit) if "'" in reduit else self._rendre_apostrophe(reduit)

    def _apres_apostrophe(self, mot: str) -> str:
        """« l'ecole » gives « l'école »; nothing when the apostrophe would no longer hold (« d'thune »)."""
        tete, _, queue = mot.partition("'")
        dit = self._sms.get(queue, queue)
        return f"{tete}'{dit}" if dit.startswith(_VOYELLES) and " " not in dit and "'" not in dit else mot

    def _sans_repetition(self, mot: str) -> str:
        """« ouiiii » gives « oui », « allleeez » « allez »: two letters are kept when that makes a known word."""
        if _TROIS_FOIS.search(mot):
            double = _TROIS_FOIS.sub(r"\1\1", mot)
            mot = double if self._connu(double) else _TROIS_FOIS.sub(r"\1", mot)
        if len(mot) > 2 and mot[-1] == mot[-2] and not self._connu(mot) and self._connu(mot[:-1]):
            return mot[:-1]
        return mot

    def _rendre_apostrophe(self, mot: str) -> str:
        """« lecole » gives « l'ecole », « jveux » « je veux ». Only when the rest is an everyday word and the whole is not one."""
        if len(mot) < 4 or self._vocabulaire.est_banal(cle(mot)):
            return mot
        for elision in _ELIDABLES:
            reste = mot[len(elision) :]
            if mot.startswith(elision) and len(reste) > 2 and reste.startswith(_VOYELLES) and self._vocabulaire.connait(cle(reste)):
                return f"{elision}'{reste}"
        if mot[0] in "jt" and mot[1] not in _VOYELLES and mot[1] != "r" and self._vocabulaire.connait(cle(mot[1:])):
            return f"{'je' if mot[0] == 'j' else 'tu'} {mot[1:]}"
        return mot

    def _connu(self, mot: str) -> bool:
        return mot in self._sms or self._vocabulaire.connait(cle(mot))


def nettoyer(texte: str) -> str:
    """HTML, emoji, case, repeated punctuation and spaces. Nothing is interpreted yet."""
    texte = unicodedata.normalize("NFC", html.unescape(texte))
    texte = _COEUR.sub(" ", _BALISE.sub(" ", texte)).lower().translate(_APOSTROPHES)
    texte = _SMILEY.sub(" ", _HORS_TEXTE.sub(" ", texte))
    texte = _EXCLAMATIONS.sub(lambda suite: " ?" if "?" in suite.group() else " !", texte)
    texte = _SIGNE_REPETE.sub(r"\1", texte)
    return _AVANT_UN_SIGNE.sub(r" \1", " ".join(texte.split())).strip()
