"""Figures about understanding, from what a pipeline answered to each message. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Callable, Iterable, Sequence

import numpy as np

from bench.messages import STYLES, MessageEvalue


@dataclass(frozen=True)
class Compris:
    """What a pipeline decided: ``decision`` (an intent or a subject, or ``inconnu``/``hesiter``), the questions it would answer,
    the confidence of its best label and of its best label that is neither off-topic nor distress, whether help is named
    (a distress answer, or one line beside another answer), and whether it is all that is answered (``secours``: to a worrying laugh too)."""

    decision: str
    questions: tuple[str, ...]
    premier: str
    confiance: float
    dans_le_sujet: float
    aide: bool = False
    secours: bool = False


@dataclass
class Bilan:
    """All the figures of one pipeline on one half."""

    justesse: float = 0.0
    premier_choix: float = 0.0
    par_style: dict[str, tuple[float, int]] = field(default_factory=dict)
    par_sujet: dict[str, tuple[float, int]] = field(default_factory=dict)
    hors_sujet_rappel: float = 0.0
    auroc: float = 0.0
    detresse_rappel: float = 0.0
    fausses_alertes: float = 0.0
    detresse_secourue: float = 0.0
    secours_de_trop: float = 0.0
    aide_nommee: float = 0.0
    aide_de_trop: float = 0.0
    deux_questions: float = 0.0
    calibration: float = 0.0


def mesurer(messages: Sequence[MessageEvalue], compris: Sequence[Compris]) -> Bilan:
    """Compare what was understood with what the writers meant."""
    paires = list(zip(messages, compris))
    sujets = [(m, c) for m, c in paires if m.genre == "dans_le_sujet"]
    hors = [(m, c) for m, c in paires if m.genre == "hors_sujet"]
    detresses = [(m, c) for m, c in paires if m.genre == "detresse"]
    autres = [(m, c) for m, c in paires if m.genre != "detresse"]
    plusieurs = [(m, c) for m, c in paires if m.genre == "plusieurs"]
    return Bilan(
        justesse=_taux(m.accepte(c.decision) for m, c in sujets),
        premier_choix=_taux(m.accepte(c.premier) for m, c in sujets),
        par_style=_groupes(sujets, lambda m: m.style, STYLES),
        par_sujet=_groupes(sujets, lambda m: m.etiquettes[0]),
        hors_sujet_rappel=_rappel_hors_sujet(sujets, hors),
        auroc=_auroc([c.dans_le_sujet for _, c in sujets], [c.dans_le_sujet for _, c in hors]),
        detresse_rappel=_taux(c.decision.startswith("detresse") for _, c in detresses),
        fausses_alertes=_taux(c.decision.startswith("detresse") for _, c in autres),
        detresse_secourue=_taux(c.secours or c.decision.startswith("detresse") for _, c in detresses),
        secours_de_trop=_taux(c.secours or c.decision.startswith("detresse") for _, c in autres),
        aide_nommee=_taux(c.aide for _, c in detresses),
        aide_de_trop=_taux(c.aide for _, c in autres),
        deux_questions=_taux(set(m.etiquettes) <= set(c.questions) for m, c in plusieurs),
        calibration=_erreur_de_calibration([(c.confiance, m.accepte(c.premier)) for m, c in sujets + hors]),
    )


def _taux(reussites: Iterable[bool]) -> float:
    liste = list(reussites)
    return sum(liste) / len(liste) if liste else float("nan")


def _groupes(
    paires: list[tuple[MessageEvalue, Compris]], cle: Callable[[MessageEvalue], str], ordre: Sequence[str] = ()
) -> dict[str, tuple[float, int]]:
    groupes: dict[str, list[bool]] = defaultdict(list)
    for message, lu in paires:
        groupes[cle(message)].append(message.accepte(lu.decision))
    return {nom: (_taux(groupes[nom]), len(groupes[nom])) for nom in (ordre or sorted(groupes)) if groupes[nom]}


def _rappel_hors_sujet(sujets: list[tuple[MessageEvalue, Compris]], hors: list[tuple[MessageEvalue, Compris]]) -> float:
    """Off-topic messages refused at the threshold that keeps 95 % of the in-scope messages that were right."""
    justes = np.array([c.dans_le_sujet for m, c in sujets if m.accepte(c.premier)])
    if not len(justes) or not hors:
        return float("nan")
    seuil = np.quantile(justes, 0.05)
    return _taux(c.dans_le_sujet < seuil for _, c in hors)


def _auroc(dedans: Sequence[float], dehors: Sequence[float]) -> float:
    """Probability that an in-scope message scores above an off-topic one (ties count half)."""
    if not dedans or not dehors:
        return float("nan")
    a, b = np.array(dedans)[:, None], np.array(dehors)[None, :]
    return float(((a > b) + 0.5 * (a == b)).mean())


def _erreur_de_calibration(couples: Sequence[tuple[float, bool]], tranches: int = 10) -> float:
    """Expected calibration error: mean distance between confidence and frequency of being right, by tenths."""
    confiances, justes = np.array([c for c, _ in couples]), np.array([j for _, j in couples], dtype=float)
    rangs = np.minimum((confiances * tranches).astype(int), tranches - 1)
    ecarts = [abs(confiances[rangs == r].mean() - justes[rangs == r].mean()) * (rangs == r).mean() for r in set(rangs)]
    return float(sum(ecarts))
