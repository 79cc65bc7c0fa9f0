"""Misspelt places: edit distance first, then the sound of the name."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from math import log10

from rapidfuzz import fuzz, process

from bot.francais.lieux.index import Index
from bot.francais.lieux.modeles import Lieu
from bot.francais.memoire import le_temps_d_un_message
from bot.francais.sons import son, sons_d_un_nom, sons_possibles

_SEUIL = 85.0
_SEUIL_MINIMUM = 84.0  # nobody asks for less
_POPULATION_SONS = 2_000
_POPULATION_GRANDE = 10_000
_SON_MINIMUM = 3
_SON_D_UNE_ZONE = 6
_POPULATION_ABREGE = 40_000
_LONGUEUR_ABREGE = 5
_DOUBLE = re.compile(r"(.)\1")


class Approche:
    """Near names, in buckets of first letter and length so that a look-up compares a few hundred names, not 35,000."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._voisines: dict[tuple[str, int, bool], list[str]] = {}

    def proches(self, mot: str, population: int, seuil: float = _SEUIL) -> tuple[str, float] | None:
        """The nearest known name (key) and its score, among places of at least ``population``. Near ties go to the bigger place."""
        if len(mot) < 4:
            return None
        meilleur: tuple[float, str, float] | None = None
        for nom, score, _ in self._ressemblants(mot, population >= _POPULATION_GRANDE):
            habitants = self._population(nom)
            if habitants >= population and score >= seuil:
                rang = score + 1.5 * log10(habitants + 1)
                meilleur = max(meilleur or (0.0, "", 0.0), (rang, nom, score))
        return (meilleur[1], meilleur[2]) if meilleur else None

    def inversees(self, mot: str, population: int) -> str | None:
        """Two neighbouring letters the wrong way round, whatever is doubled: « limgoes », « aurliac »."""
        simple = _DOUBLE.sub(r"\1", mot)
        essais = (simple[:rang] + simple[rang + 1] + simple[rang] + simple[rang + 2 :] for rang in range(len(simple) - 1))
        trouves = [nom for essai in essais if essai != simple for nom in self._simples.get(essai, ())]
        return max((nom for nom in trouves if self._population(nom) >= population), key=self._population, default=None)

    def de_meme_son(self, mots: str, population: int) -> str | None:
        """The biggest place whose name sounds like these words (as typed, with their accents)."""
        trouves = [nom for entendu in sons_possibles(mots) for nom in self._sons.get(entendu, ())]
        trouves = [nom for nom in trouves if self._population(nom) >= population]
        return max(trouves, key=self._population, default=None)

    def abrege(self, mot: str) -> str | None:
        """« villeurb », « montpel »: the biggest town whose name starts so."""
        if len(mot) < _LONGUEUR_ABREGE:
            return None
        trouves = [nom for nom in self._grandes if nom.startswith(mot)]
        return max(trouves, key=self._population, default=None)

    def prechauffer(self) -> None:
        """Build the lazy tables now rather than at the first misspelt message."""
        len(self._par_forme), len(self._sons), len(self._grandes), len(self._simples)

    @le_temps_d_un_message
    def _ressemblants(self, mot: str, grandes: bool) -> list[tuple[str, float, int]]:
        """The eight nearest names, of any place or of towns, with their scores: a word is looked up several times, ever less strictly."""
        return process.extract(mot, self._noms(mot[0], len(mot), grandes), scorer=fuzz.ratio, score_cutoff=_SEUIL_MINIMUM, limit=8)

    def _noms(self, initiale: str, longueur: int, grandes: bool) -> list[str]:
        """Those that a word of this length may be a misspelling of; towns alone are twenty times fewer."""
        forme = (initiale, longueur, grandes)
        if forme not in self._voisines:
            longueurs = range(longueur - 2, longueur + (4 if longueur > _LONGUEUR_ABREGE + 2 else 3))
            self._voisines[forme] = [nom for autre in longueurs for nom in self._par_forme.get((initiale, autre, grandes), ())]
        return self._voisines[forme]

    def _population(self, nom: str) -> int:
        return max((lieu.population for lieu in self._lieux(nom)), default=0)

    def _lieux(self, nom: str) -> tuple[Lieu, ...]:
        if nom in self._index.anciens:
            return ()
        zone = self._index.zones.get(nom)
        return self._index.communes.get(nom, ()) + ((zone,) if zone else ())

    @cached_property
    def _par_forme(self) -> dict[tuple[str, int, bool], list[str]]:
        """All names by first letter and length; those of towns once more, apart."""
        formes: defaultdict[tuple[str, int, bool], list[str]] = defaultdict(list)
        for nom in {**self._index.communes, **self._index.zones}:
            if nom not in self._index.anciens:
                formes[nom[0], len(nom), False].append(nom)
                if self._population(nom) >= _POPULATION_GRANDE:
                    formes[nom[0], len(nom), True].append(nom)
        return dict(formes)

    @cached_property
    def _simples(self) -> dict[str, list[str]]:
        """Towns of one word, by their name without its doubled letters."""
        simples: defaultdict[str, list[str]] = defaultdict(list)
        for nom in self._index.communes:
            if nom.isalpha() and self._population(nom) >= _POPULATION_SONS:
                simples[_DOUBLE.sub(r"\1", nom)].append(nom)
        return dict(simples)

    @cached_property
    def _sons(self) -> dict[str, list[str]]:
        """Keys by sound; accents matter (« Roubaix » ends on é), so the sound is taken from the official name where the key has one."""
        sons: defaultdict[str, list[str]] = defaultdict(list)
        for nom, lieux in self._index.communes.items():
            if lieux[0].population >= _POPULATION_SONS and nom not in self._index.anciens:
                officiel = lieux[0].nom if nom.count(" ") == lieux[0].nom.replace("-", " ").replace("'", " ").count(" ") else nom
                for entendu in sons_d_un_nom(officiel):
                    if len(entendu) >= _SON_MINIMUM:
                        sons[entendu].append(nom)
        for nom, zone in self._index.zones.items():  # « martinik »
            if len(son(nom)) >= _SON_D_UNE_ZONE and zone.population >= _POPULATION_SONS:
                sons[son(nom)].append(nom)
        return dict(sons)

    @cached_property
    def _grandes(self) -> list[str]:
        return [nom for nom, lieux in self._index.communes.items() if lieux[0].population >= _POPULATION_ABREGE]
