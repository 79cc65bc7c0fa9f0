"""Our classifier outside Rasa: learns any part of the training messages in a minute, for experiments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Optional, Sequence

import numpy as np
import yaml
from scipy.sparse import csr_matrix

from bot.francais.normalisation import normaliser
from bot.nlu.classifieur import ClassifieurNeuronal
from bot.nlu.descente import Apprentissage
from bot.nlu.ecoute import apprendre as apprendre_l_ecoute
from bot.nlu.encodeur import encodeur
from bot.nlu.ngrammes import NgrammesDeCaracteres, Vocabulaire
from bot.nlu.reseau import peser
from bot.reglages import RACINE

GRAINE = 2026
Probabilites = Callable[[Sequence[str]], list[dict[str, float]]]


@dataclass(frozen=True)
class Exemple:
    texte: str
    etiquettes: tuple[str, ...]


def exemples() -> list[Exemple]:
    """Every training message with its label, in the order of the files."""
    trouves = []
    for fichier in sorted((RACINE / "data" / "nlu").glob("*.yml")):
        for bloc in yaml.safe_load(fichier.read_text(encoding="utf-8"))["nlu"]:
            trouves += [Exemple(ligne[2:].strip(), (bloc["intent"],)) for ligne in bloc["examples"].splitlines() if ligne.startswith("- ")]
    return trouves


def apprendre(vus: Sequence[Exemple], passages: Optional[int] = None) -> Probabilites:
    """Our classifier with its usual settings, on these examples only; gives the probabilities of any texts."""
    lettres, reglages = NgrammesDeCaracteres.get_default_config(), ClassifieurNeuronal.get_default_config()
    longueurs = range(lettres["de"], lettres["a"] + 1)
    vocabulaire = Vocabulaire.apprendre([_deux_vues(e.texte) for e in vus], longueurs, lettres["frequence_minimale"])

    def vues(textes: Sequence[str]) -> tuple[np.ndarray, csr_matrix]:
        return encodeur().encoder([normaliser(t) or t for t in textes]), vocabulaire.vecteurs([_deux_vues(t) for t in textes])

    champs = ("caches", "abandon_entree", "abandon_sens")
    apprentissage = Apprentissage(**{nom: reglages[nom] for nom in champs}, passages=passages or reglages["passages"])
    modele = apprendre_l_ecoute(*vues([e.texte for e in vus]), [e.etiquettes[0] for e in vus], apprentissage, reglages["caches_veille"], GRAINE)

    def lire(textes: Sequence[str]) -> list[dict[str, float]]:
        dense, creux = vues(textes)
        return [dict(zip(modele.etiquettes, ligne.tolist())) for ligne in modele.probabilites(modele.lettres(creux), dense)]

    return lire


def peser_par_nom(entier: dict[str, float], lues: Sequence[dict[str, float]], part: float) -> dict[str, float]:
    """The probabilities of a message in the light of those of its clauses, as the bot weighs them."""
    pesees = peser(np.array([*entier.values()]), np.array([[*une.values()] for une in lues]), part)
    return dict(zip(entier, pesees.tolist()))


def _deux_vues(texte: str) -> str:
    normalise = normaliser(texte)
    return texte if not normalise or normalise == texte.casefold() else f"{texte} {normalise}"
