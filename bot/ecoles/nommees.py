"""Recognise the schools that a message names."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ecoles.modeles import OUVERTE, PROJET, Ecole, NomEcole
from bot.ecoles.noms import COURANTS, fenetres, mots
from bot.ecoles.presentation import montrer
from bot.ecoles.resultat import EcoleTrouvee

_LETTRES_POUR_UNE_FAUTE = 7  # shorter words are too close to everyday ones
_RESSEMBLANCE = 86


def ecoles_nommees(session: Session, texte: str) -> tuple[EcoleTrouvee, ...]:
    """Return the open or announced schools named in a free text, open ones first; several when a name is shared (« l'Icam »).

    The longest name wins: « l'Icam de Nantes » is one school. A misspelt name is tried only when none is exact.
    """
    suites = fenetres(texte)
    if not suites:
        return ()
    trouvees = _exactes(session, suites) or _approchees(session, mots(texte))
    return montrer(session, trouvees)


def _exactes(session: Session, suites: list[str]) -> list[str]:
    par_cle = _ecoles_par_cle(session, NomEcole.cle.in_(suites))
    retenues: list[str] = []
    for cle in (suite for suite in suites if suite in par_cle):
        if not any(cle in plus_longue for plus_longue in retenues):
            retenues.append(cle)
    return list(dict.fromkeys(ecole for cle in retenues for ecole in par_cle[cle]))


def _approchees(session: Session, lus: list[str]) -> list[str]:
    longs = [mot for mot in lus if len(mot) >= _LETTRES_POUR_UNE_FAUTE and mot not in COURANTS]
    par_cle = _ecoles_par_cle(session, NomEcole.debut.in_({mot[:3] for mot in longs}))
    trouvees: dict[str, None] = {}
    for mot in longs:
        candidates = [cle for cle in par_cle if len(cle) >= _LETTRES_POUR_UNE_FAUTE and cle + "s" != mot]
        proche = process.extractOne(mot, candidates, scorer=fuzz.ratio, score_cutoff=_RESSEMBLANCE)
        if proche:
            trouvees |= dict.fromkeys(par_cle[proche[0]])
    return list(trouvees)


def _ecoles_par_cle(session: Session, condition: object) -> dict[str, list[str]]:
    requete = select(NomEcole.cle, NomEcole.ecole_id).join(Ecole, Ecole.id == NomEcole.ecole_id)
    requete = requete.where(condition, Ecole.statut.in_((OUVERTE, PROJET))).order_by(Ecole.statut, Ecole.nom)
    return _grouper(session.execute(requete))


def _grouper(lignes: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groupes: dict[str, list[str]] = {}
    for cle, ecole_id in lignes:
        groupes.setdefault(cle, []).append(ecole_id)
    return groupes
