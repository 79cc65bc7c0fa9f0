"""Two networks listen to a message: one tells all subjects apart; the other, a small one, only distress from all the rest.

What each believes of distress is averaged: at the same rate of false alarms, far fewer calls for help are missed than by the
first alone (docs/mesures.md). Where meaning is read too, the nearest examples have their say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Optional, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu.creux import Table
from bot.nlu.descente import Apprentissage, entrainer
from bot.nlu.lecture import DETRESSE
from bot.nlu.reseau import Classifieur, calibrer
from bot.nlu.voisins import Voisins

RESTE = "reste"
_PRESQUE_RIEN = 1e-6


@dataclass(frozen=True)
class Ecoute:
    """``sujets`` knows every label; ``veille`` knows the kinds of distress, and ``RESTE``. What both do with letters is in ``table``
    (S, H), side by side: a message is looked up once. Made by ``reunir``, which gives it no neighbours."""

    sujets: Classifieur
    veille: Classifieur
    table: Table
    voisins: Optional[Voisins] = None

    @classmethod
    def reunir(cls, sujets: Classifieur, veille: Classifieur) -> Ecoute:
        table = Table.alleger(np.hstack([sujets.reseau.creux, veille.reseau.creux]))
        return cls(*(replace(c, reseau=replace(c.reseau, creux=None)) for c in (sujets, veille)), table)

    @property
    def etiquettes(self) -> tuple[str, ...]:
        return self.sujets.etiquettes

    @cached_property
    def detresses(self) -> list[int]:
        """The ranks of the kinds of distress among the labels."""
        return [i for i, nom in enumerate(self.etiquettes) if est_une_detresse(nom)]

    def lettres(self, creux: csr_matrix) -> np.ndarray:
        """What letters bring to both hidden layers, side by side; worked out once of ``creux`` (N, S), for both ``probabilites``."""
        return self.table.lire(creux)

    def probabilites(self, lettres: np.ndarray, dense: Optional[np.ndarray] = None) -> np.ndarray:
        """Probabilities (N, K) of N messages from ``lettres``, with their meaning ``dense`` (N, D) or without."""
        probabilites = self._des_reseaux(lettres, dense)
        return probabilites if dense is None or self.voisins is None else self.voisins.entendre(probabilites, lettres, dense)

    def _des_reseaux(self, lettres: np.ndarray, dense: Optional[np.ndarray]) -> np.ndarray:
        les_siennes, celles_de_la_veille = self._partager(lettres)
        sujets, veille = self.sujets.probabilites(les_siennes, dense), self.veille.probabilites(celles_de_la_veille, dense)
        ici = self.detresses
        la = [self.veille.etiquettes.index(self.etiquettes[i]) for i in ici]
        detresse = (sujets[:, ici] + veille[:, la]) / 2
        reste = np.maximum(1.0 - sujets[:, ici].sum(axis=1), _PRESQUE_RIEN)
        sujets *= ((1.0 - detresse.sum(axis=1)) / reste)[:, None]
        sujets[:, ici] = detresse
        return sujets

    def _partager(self, lettres: np.ndarray) -> Sequence[np.ndarray]:
        return np.hsplit(lettres, [len(self.sujets.reseau.biais)])

    def calibre(self, dense: np.ndarray, creux: csr_matrix, etiquettes: Sequence[str]) -> Ecoute:
        """The same with its temperatures set on messages that were not learned from."""
        les_siennes, celles_de_la_veille = self._partager(self.lettres(creux))
        sujets = calibrer(self.sujets, les_siennes, dense, list(etiquettes))
        return replace(self, sujets=sujets, veille=calibrer(self.veille, celles_de_la_veille, dense, _de_veille(etiquettes)))

    def enregistrer(self, dossier: Path) -> None:
        """Write one file for each network, one for their letters, one for the neighbours."""
        self.sujets.enregistrer(dossier / "sujets.npz")
        self.veille.enregistrer(dossier / "veille.npz")
        self.table.enregistrer(dossier / "lettres.npz")
        if self.voisins:
            self.voisins.enregistrer(dossier / "voisins.npz")

    @classmethod
    def charger(cls, dossier: Path) -> Ecoute:
        sujets, veille = (Classifieur.charger(dossier / f"{nom}.npz") for nom in ("sujets", "veille"))
        voisins = dossier / "voisins.npz"
        return cls(sujets, veille, Table.charger(dossier / "lettres.npz"), Voisins.charger(voisins) if voisins.is_file() else None)


def apprendre(dense: np.ndarray, creux: csr_matrix, etiquettes: Sequence[str], reglages: Apprentissage, caches_veille: int, graine: int) -> Ecoute:
    """Both networks on the same N messages, with the same settings but for the size of the second; then these messages as neighbours."""
    sujets = entrainer(dense, creux, list(etiquettes), reglages, graine)
    ecoute = Ecoute.reunir(sujets, entrainer(dense, creux, _de_veille(etiquettes), replace(reglages, caches=caches_veille), graine))
    return replace(ecoute, voisins=Voisins.apprendre(ecoute.lettres(creux), dense, etiquettes, ecoute.etiquettes))


def est_une_detresse(etiquette: str) -> bool:
    return etiquette.startswith(f"{DETRESSE}/")


def _de_veille(etiquettes: Sequence[str]) -> list[str]:
    return [e if est_une_detresse(e) else RESTE for e in etiquettes]
