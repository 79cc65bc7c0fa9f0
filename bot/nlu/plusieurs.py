"""Does a message ask two things, or one thing with a story around it?

The clauses are taken two by two: what the classifier thought of each and of the whole message, whether each is put as something that
one asks (``demande.py``), and what links them. Small trees (``plusieurs.json``, fitted by ``python -m bench.plusieurs`` on messages that the classifier had not
seen) say how likely it is that both ask what their best labels say. Judged one by one, clauses tell a question from a piece of a
story far less well (docs/mesures.md).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import combinations
from pathlib import Path
from typing import Mapping, NamedTuple, Sequence

import numpy as np

from bot.francais.interrogation import est_une_question
from bot.nlu.demande import Demande, demande, mots_d_une_demande
from bot.nlu.lecture import COMBINABLES

ARBRES = Path(__file__).with_name("plusieurs.json")
_PRESQUE_RIEN = 1e-4
_RIEN_D_AUTRE = -9.0
_SUJETS_COMPARES = 3
_SECOND_CHOIX = 0.05  # of a clause at its second choice: less is nothing


@dataclass(frozen=True)
class Proposition:
    """A clause of a message, with what stands around it there, and the probabilities of its labels; ``demande`` judges how it is put."""

    texte: str
    avant: str
    suite: str
    probabilites: Mapping[str, float]
    rang: int
    demande: Demande
    second_choix: bool = False

    @cached_property
    def etiquette(self) -> str:
        if self.second_choix:
            return nlargest(2, self.probabilites, key=self.probabilites.__getitem__)[1]
        return max(self.probabilites, key=self.probabilites.__getitem__)

    @cached_property
    def confiance(self) -> float:
        return self.probabilites[self.etiquette]

    @cached_property
    def posee(self) -> float:
        """The log-odds that it asks what its label says, from how it is put."""
        return self.demande.cote(mots_d_une_demande(self.texte, self.etiquette, self.avant, self.suite))


class Paire(NamedTuple):
    """Two clauses in the order of the message, their labels apart."""

    premiere: Proposition
    seconde: Proposition

    @property
    def etiquettes(self) -> frozenset[str]:
        return frozenset(p.etiquette for p in self)

    @property
    def rangs(self) -> frozenset[int]:
        return frozenset(p.rang for p in self)


def situer(message: str, propositions: Sequence[tuple[str, Mapping[str, float]]], demande: Demande) -> list[Proposition]:
    """The clauses with the words around them; ``propositions`` are in the order of the message."""
    situees, fin = [], 0
    for rang, (texte, probabilites) in enumerate(propositions):
        debut = max(message.find(texte, fin), 0)
        fin = debut + len(texte)
        situees.append(Proposition(texte, message[max(0, debut - 5) : debut].casefold().rstrip(), message[fin : fin + 3], probabilites, rang, demande))
    return situees


def paires(propositions: Sequence[Proposition]) -> list[Paire]:
    """The clauses to compare: the surest one of each label that can stand beside another, for the surest labels.

    A clause whose label another says more surely is taken at its second choice: nobody asks the same thing twice.
    """
    par_sujet: dict[str, Proposition] = {}
    for proposition in sorted(propositions, key=lambda p: -p.confiance):
        choisie = replace(proposition, second_choix=True) if proposition.etiquette in par_sujet else proposition
        if choisie.etiquette.split("/")[0] in COMBINABLES and choisie.confiance >= _SECOND_CHOIX * choisie.second_choix:
            par_sujet.setdefault(choisie.etiquette, choisie)
    sures = sorted(par_sujet.values(), key=lambda p: -p.confiance)[:_SUJETS_COMPARES]
    return [Paire(a, b) for a, b in combinations(sorted(sures, key=lambda p: p.rang), 2)]


def indices(message: str, entier: Mapping[str, float], paire: Paire, toutes: Sequence[Proposition]) -> dict[str, float]:
    """What speaks for and against two questions in this pair, two of ``toutes``; ``entier`` are the probabilities of the whole message."""
    premiere, seconde = (_d_une_proposition(entier, p, toutes) for p in paire)
    ensembles = [entier.get(p.etiquette, 0.0) for p in paire]
    return {
        **{f"{nom}_1": valeur for nom, valeur in premiere.items()},
        **{f"{nom}_2": valeur for nom, valeur in seconde.items()},
        "propositions": len(toutes),
        "mots": len(message.split()),
        "points": message.count("?"),
        "ecart": paire.seconde.rang - paire.premiere.rang,
        "la_moins_sure": min(p.confiance for p in paire),
        "demandes": premiere["question"] + seconde["question"],
        "ensemble": sum(ensembles),
        "le_moins_dans_l_ensemble": min(ensembles),
        "apres_et": float(paire.seconde.avant.endswith("et")),
        "apres_un_point_d_interrogation": float(paire.seconde.avant.endswith("?")),
        "apres_une_virgule": float(paire.seconde.avant.endswith((",", ":"))),
        "seconde_dans_la_premiere": paire.premiere.probabilites.get(paire.seconde.etiquette, 0.0),
        "premiere_dans_la_seconde": paire.seconde.probabilites.get(paire.premiere.etiquette, 0.0),
        "la_moins_posee": min(p.posee for p in paire),
        "autre_posee": max((p.posee for p in toutes if p.rang not in paire.rangs), default=_RIEN_D_AUTRE),
        "second_choix": float(paire.premiere.second_choix or paire.seconde.second_choix),
        "genres": float(paire.premiere.etiquette.startswith("faq/") != paire.seconde.etiquette.startswith("faq/")),
    }


def _d_une_proposition(entier: Mapping[str, float], proposition: Proposition, toutes: Sequence[Proposition]) -> dict[str, float]:
    premier, second = sorted(proposition.probabilites.values(), reverse=True)[:2]
    ensemble = entier.get(proposition.etiquette, 0.0)
    rivales = [p for p in toutes if p.etiquette != proposition.etiquette]
    return {
        "confiance": premier,
        "avance": premier - second,
        "ensemble": ensemble,
        "ensemble_log": math.log(ensemble + _PRESQUE_RIEN),
        "question": float(est_une_question(proposition.texte, proposition.suite)),
        "posee": proposition.posee,
        "point": float("?" in proposition.suite),
        "mots": len(proposition.texte.split()),
        "rang": proposition.rang,
        "rivale": max((p.confiance for p in rivales), default=0.0),
        "rivale_dans_l_ensemble": max((entier.get(p.etiquette, 0.0) for p in rivales), default=0.0),
    }


class Arbres:
    """Boosted trees, all gone down together. A node is (rank of a name, threshold, node when at most that, node when more), a leaf is
    its value."""

    def __init__(self, noms: Sequence[str], depart: float, arbres: Sequence[Sequence[Sequence[float] | float]]) -> None:
        self._noms, self._depart = tuple(noms), depart
        self._racines = np.cumsum([0, *map(len, arbres)])[:-1]
        noeuds = [_noeud(noeud, rang + racine, racine) for racine, arbre in zip(self._racines, arbres) for rang, noeud in enumerate(arbre)]
        rangs, seuils, bas, haut, valeurs = zip(*noeuds)
        self._rangs, self._suites = np.array(rangs), np.array([haut, bas])
        self._seuils, self._valeurs = np.array(seuils), np.array(valeurs)
        self._profondeur = max(map(_profondeur, arbres))

    def vraisemblances(self, trouves: Sequence[Mapping[str, float]]) -> list[float]:
        """How likely each of these is; a leaf leads to itself, so that all trees are gone down by as many steps."""
        valeurs = np.array([[indices[nom] for nom in self._noms] for indices in trouves])
        lignes, ici = np.arange(len(valeurs))[:, None], np.tile(self._racines, (len(valeurs), 1))
        for _ in range(self._profondeur):
            en_bas = valeurs[lignes, self._rangs[ici]] <= self._seuils[ici]
            ici = self._suites[en_bas.astype(np.intp), ici]
        return (1.0 / (1.0 + np.exp(-self._depart - self._valeurs[ici].sum(axis=1)))).tolist()


def _noeud(noeud: Sequence[float] | float, place: int, racine: int) -> tuple[int, float, int, int, float]:
    """Rank of a name, threshold, both nodes that follow among those of all trees, and value."""
    if isinstance(noeud, (int, float)):
        return 0, math.inf, place, place, noeud
    rang, seuil, bas, haut = noeud
    return int(rang), seuil, int(bas) + racine, int(haut) + racine, 0.0


def _profondeur(arbre: Sequence[Sequence[float] | float], place: int = 0) -> int:
    noeud = arbre[place]
    return 0 if isinstance(noeud, (int, float)) else 1 + max(_profondeur(arbre, int(suite)) for suite in noeud[2:])


@lru_cache(maxsize=1)
def arbres() -> Arbres:
    """Those of ``plusieurs.json``, read once."""
    lus = json.loads(ARBRES.read_text(encoding="utf-8"))
    return Arbres(lus["noms"], lus["depart"], lus["arbres"])


def juger(message: str, entier: Mapping[str, float], propositions: Sequence[tuple[str, Mapping[str, float]]]) -> list[tuple[Paire, float]]:
    """How likely it is of each pair of clauses that both ask what their labels say; ``entier`` and ``propositions`` as above."""
    situees = situer(message, propositions, demande())
    candidates = paires(situees)
    return list(zip(candidates, arbres().vraisemblances([indices(message, entier, p, situees) for p in candidates]))) if candidates else []


def questions_posees(jugees: Sequence[tuple[Paire, float]], seuil: float) -> list[Proposition]:
    """The clauses that each ask something else, in their order; empty when fewer than two do."""
    vraisemblances = {paire.rangs: p for paire, p in jugees}
    meilleure = max(vraisemblances, key=vraisemblances.__getitem__, default=frozenset())
    if not meilleure or vraisemblances[meilleure] < seuil:
        return []
    posees = set(meilleure)
    for autre in frozenset().union(*vraisemblances) - meilleure:  # a third stands only with both
        if all(vraisemblances[frozenset((autre, rang))] >= seuil for rang in meilleure):
            posees.add(autre)
    comparees = {p.rang: p for paire, _ in jugees for p in paire}
    return [comparees[rang] for rang in sorted(posees)]
