"""Does a clause hold a question of its own, or is it a piece of a story?

A logistic model on what the classifier thought of the clause and of the whole message, and on how the clause is put. Its
weights (``plusieurs.json``) are fitted by ``python -m bench.plusieurs`` on training messages that the classifier had not seen.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Mapping, Sequence

from bot.francais.interrogation import est_une_question

POIDS = Path(__file__).with_name("plusieurs.json")
_PRESQUE_RIEN = 1e-4


@dataclass(frozen=True)
class Proposition:
    """A clause of ``message``, with what follows it there, and the probabilities of its labels."""

    texte: str
    avant: str
    suite: str
    probabilites: Mapping[str, float]

    @property
    def etiquette(self) -> str:
        return max(self.probabilites, key=self.probabilites.__getitem__)

    @property
    def jointe(self) -> bool:
        """A question that opens the message, or is added to another: « … et c'est où ? », « … ? Effectif par groupe ? »"""
        return est_une_question(self.texte, self.suite) and not self.avant.rstrip().endswith((",", ":"))


def situer(message: str, propositions: Sequence[tuple[str, Mapping[str, float]]]) -> list[Proposition]:
    """The clauses with the words around them; ``propositions`` are in the order of the message."""
    situees, fin = [], 0
    for texte, probabilites in propositions:
        debut = max(message.find(texte, fin), 0)
        fin = debut + len(texte)
        situees.append(Proposition(texte, message[max(0, debut - 5) : debut].casefold(), message[fin : fin + 3], probabilites))
    return situees


def indices(message: str, entier: Mapping[str, float], proposition: Proposition, toutes: Sequence[Proposition]) -> dict[str, float]:
    """What speaks for and against a question in this clause, one of ``toutes``; ``entier`` are the probabilities of the whole message."""
    triees = sorted(proposition.probabilites.values(), reverse=True)
    premiere = triees[0]
    ensemble = entier.get(proposition.etiquette, 0.0)
    question = est_une_question(proposition.texte, proposition.suite)
    marquee = "?" in proposition.suite and message.count("?") >= 2
    avant = proposition.avant.rstrip()
    apres_et = avant.endswith("et")
    rivales = [p for p in toutes if p.etiquette != proposition.etiquette]
    demandes = [p for p in rivales if est_une_question(p.texte, p.suite)]
    return {
        "proposition": premiere,
        "proposition_cote": math.log(premiere / (1 - premiere + _PRESQUE_RIEN) + _PRESQUE_RIEN),
        "avance": premiere - triees[1],
        "ensemble": ensemble,
        "ensemble_log": math.log(ensemble + _PRESQUE_RIEN),
        "en_tete": float(ensemble >= max(entier.values())),
        "question": float(question),
        "question_sure": question * premiere,
        "affirmation_effacee": (not question) * math.log(ensemble + _PRESQUE_RIEN),
        "mots": min(len(proposition.texte.split()), 12) / 12,
        "propositions": len(toutes) / 6,
        "mots_du_message": min(len(message.split()), 40) / 30,
        "point_d_interrogation": float("?" in proposition.suite),
        "plusieurs_points": float(marquee),
        "plusieurs_points_sure": marquee * premiere,
        "apres_et": apres_et * question,
        "apres_et_sure": apres_et * question * premiere,
        "apres_un_point": float(avant.endswith((".", "?", "!"))) * question,
        "apres_une_virgule": float(avant.endswith((",", ":"))),
        "rivale": max((p.probabilites[p.etiquette] for p in rivales), default=0.0),
        "rivale_demande": max((p.probabilites[p.etiquette] for p in demandes), default=0.0) * question,
        "rivale_pesee": max((entier.get(p.etiquette, 0.0) for p in rivales), default=0.0),
    }


@lru_cache(maxsize=1)
def _poids() -> Mapping[str, Sequence[float]]:
    """Name to (mean, standard deviation, weight), and ``biais``."""
    return json.loads(POIDS.read_text(encoding="utf-8"))["poids"]


def vraisemblance(trouves: Mapping[str, float]) -> float:
    """Probability that the clause asks what its best label says."""
    poids = _poids()
    score = poids["biais"][0] + sum(poids[nom][2] * (valeur - poids[nom][0]) / poids[nom][1] for nom, valeur in trouves.items())
    return 1.0 / (1.0 + math.exp(-score))
