"""Find the French places named in a message."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Sequence

from bot.francais.lieux.approche import Approche
from bot.francais.lieux.index import Index, construire
from bot.francais.lieux.lecture import POPULATION_D_UN_SOSIE, Lecture
from bot.francais.lieux.modeles import Lieu, MentionLieu
from bot.francais.lieux.numeros import numeros
from bot.francais.lieux.tri import trier
from bot.francais.texte import cle_lieu, decouper
from bot.francais.vocabulaire import Vocabulaire, lire_vocabulaire

_CARACTERES_LUS = 3_000
_JETONS_LUS = 150
_POPULATION_HOMONYME = 1_000
_ADRESSES_WEB = re.compile(r"(?<!\S)[^\s@]+@\S+|(?:https?://|www\.)\S+|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu|info)\b(?:/\S*)?")


class Gazetteer:
    """Every commune, former commune, arrondissement, département and region of France.

    Exact names first, longest first; then, only beside a place preposition, for unknown words or when a place is expected, misspellings.
    """

    def __init__(self, index: Index, vocabulaire: Vocabulaire) -> None:
        self._index = index
        self._vocabulaire = vocabulaire
        self._approche = Approche(index)

    @classmethod
    def depuis(cls, ecoles: Path, francais: Path) -> Gazetteer:
        """Read the places of ``data/ecoles`` and the nicknames and everyday words of ``data/francais``."""
        vocabulaire = lire_vocabulaire(francais / "mots.txt")
        gazetteer = cls(construire(ecoles, francais / "surnoms.csv", vocabulaire), vocabulaire)
        gazetteer._approche.prechauffer()
        return gazetteer

    def par_code(self, genre: str, code: str) -> Lieu | None:
        """The place of a code (INSEE for a commune)."""
        tables = {"commune": self._index.par_code, "departement": self._index.departements, "region": self._index.regions}
        return tables.get(genre, {}).get(code)

    def a_des_homonymes(self, lieu: Lieu) -> bool:
        """Whether another commune of some size bears the name of this one: then which one is meant is said aloud."""
        autres = self._index.communes.get(cle_lieu(lieu.nom), ())
        return any(autre.code != lieu.code and autre.population >= _POPULATION_HOMONYME for autre in autres)

    def est_une_zone(self, mots: Sequence[str]) -> bool:
        """Whether these words are the whole name of a département, a region or a nickname: « réunion » beside a trade."""
        nom = " ".join(mots)
        return nom in self._index.zones or nom in self._index.surnoms

    def est_un_mot(self, mot: str) -> bool:
        """Whether the key of one word is everyday French, so that it needs a reason to be read as a place."""
        return self._vocabulaire.est_banal(mot)

    def est_un_sosie(self, mot: str) -> bool:
        """Whether the key of one word is everyday French that sounds like a town of some size: « bourge », « never »."""
        return self._vocabulaire.est_un_sosie(mot) and self._approche.de_meme_son(mot, POPULATION_D_UN_SOSIE) is not None

    def trouver(self, texte: str, attendu: bool = False) -> list[MentionLieu]:
        """Places meant in a text, in order. ``attendu``: the bot has just asked for a place, so bare words and numbers count."""
        texte = texte[:_CARACTERES_LUS]
        texte_lu = _ADRESSES_WEB.sub(lambda adresse: " " * len(adresse.group()), texte)
        jetons = decouper(texte_lu, _JETONS_LUS)
        mentions = list(numeros(self._index, texte_lu, attendu))
        mentions = _sans_recouvrement(sorted(mentions, key=lambda mention: (mention.debut, -mention.fin, -mention.sur)))
        lecture = Lecture(self._index, self._vocabulaire, self._approche, texte, jetons, attendu)
        noms = lecture.exacts()
        noms += lecture.approches([*mentions, *noms])
        toutes = _sans_recouvrement(sorted([*noms, *mentions], key=lambda mention: (mention.debut, -mention.fin)))
        return trier(texte, toutes, attendu)


@lru_cache(maxsize=2)
def gazetteer_de(ecoles: Path, francais: Path) -> Gazetteer:
    """The one gazetteer of a process for these folders: it takes 70 MB and a second to read."""
    return Gazetteer.depuis(ecoles, francais)


def _sans_recouvrement(mentions: Sequence[MentionLieu]) -> list[MentionLieu]:
    gardees: list[MentionLieu] = []
    for mention in mentions:
        if not gardees or mention.debut >= gardees[-1].fin:
            gardees.append(mention)
    return gardees
