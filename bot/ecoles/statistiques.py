"""Figures about the open schools, always computed from the table, never typed in a sentence."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.ecoles.cout import GRATUIT, INCONNU
from bot.ecoles.hebergement import INCONNU as HEBERGEMENT_INCONNU
from bot.ecoles.hebergement import INTERNAT, ORGANISE, SANS
from bot.ecoles.lieux import codes_equivalents
from bot.ecoles.modeles import INCERTAINE, OUVERTE, PROJET, Ecole, Region
from bot.ecoles.presentation import montrer
from bot.ecoles.resultat import EcoleTrouvee

PLAFOND_DE_LA_FICHE = 800  # euros a year: what the fact sheet gives as a maximum
_FRAICHEUR_S = 60.0
_RECENTES: WeakKeyDictionary[Any, tuple[float, Statistiques]] = WeakKeyDictionary()
_AGES = re.compile(r"(?:(?:de )?(\d{2}) (?:à|-) (\d{2}) ans|à partir de (\d{2}) ans|(\d{2})-(\d{2}) ans)")


@dataclass(frozen=True)
class AgeCite:
    """An age that a source gives for one school; ``maximum`` is None for « à partir de 14 ans »."""

    ecole: EcoleTrouvee
    minimum: int
    maximum: int | None


@dataclass(frozen=True)
class Statistiques:
    """Counts of open schools. ``gratuites`` and ``au_dessus_de_800`` are among ``cout_connu``; fees are euros a year.

    ``plus_cher`` is the school whose highest fee is the highest. ``date`` is the newest date of a row, ISO text.
    """

    ouvertes: int
    projets: int
    incertaines: int
    cout_connu: int
    gratuites: int
    payantes: int
    au_dessus_de_800: int
    plus_cher: EcoleTrouvee | None
    cout_maximum: int | None
    cout_maximum_annee: int | None
    hebergement_connu: int
    avec_internat: int
    hebergement_organise: int
    sans_hebergement: int
    par_region: dict[str, int]
    par_metier: dict[str, int]
    par_contrat: dict[str, int]
    ages: tuple[AgeCite, ...]
    date: str


def ouvertes_dans(session: Session, genre: str, code: str) -> int:
    """How many schools are open in a commune, a département or a region (official codes)."""
    ici = {"commune": Ecole.code_insee.in_(codes_equivalents(code)), "departement": Ecole.departement == code, "region": Ecole.region == code}
    return session.scalar(select(func.count()).select_from(Ecole).where(Ecole.statut == OUVERTE, ici[genre])) or 0


def calculer(session: Session) -> Statistiques:
    """Count everything once; dictionaries go from the most to the least frequent, regions by name."""
    ecoles = montrer(session, select(Ecole.id).where(Ecole.statut == OUVERTE))
    statuts = Counter(session.scalars(select(Ecole.statut)))
    regions = dict(session.execute(select(Region.code, Region.nom)).all())
    connus = [ecole for ecole in ecoles if ecole.cout.genre != INCONNU]
    chere = max(connus, key=lambda ecole: ecole.cout.maximum or 0, default=None)
    logements = Counter(ecole.logement.genre for ecole in ecoles)
    gratuites = sum(ecole.cout.genre == GRATUIT for ecole in connus)
    return Statistiques(
        ouvertes=len(ecoles),
        projets=statuts[PROJET],
        incertaines=statuts[INCERTAINE],
        cout_connu=len(connus),
        gratuites=gratuites,
        payantes=len(connus) - gratuites,
        au_dessus_de_800=sum((ecole.cout.maximum or 0) > PLAFOND_DE_LA_FICHE for ecole in connus),
        plus_cher=chere,
        cout_maximum=chere.cout.maximum if chere else None,
        cout_maximum_annee=chere.cout.annee if chere else None,
        hebergement_connu=len(ecoles) - logements[HEBERGEMENT_INCONNU],
        avec_internat=logements[INTERNAT],
        hebergement_organise=logements[ORGANISE],
        sans_hebergement=logements[SANS],
        par_region=_compter(regions.get(ecole.region, ecole.region) for ecole in ecoles),
        par_metier=_compter(metier for ecole in ecoles for metier in ecole.metiers),
        par_contrat=_compter(ecole.contrat for ecole in ecoles if ecole.contrat),
        ages=tuple(age for ecole in ecoles for age in ages_cites(ecole)),
        date=max((ecole.date_source for ecole in ecoles), default=""),
    )


def recentes(session: Session) -> Statistiques:
    """The same, at most a minute old: they are read from every school, and asked for by one message in ten."""
    base = session.get_bind()
    connues = _RECENTES.get(base)
    if connues is None or time.monotonic() - connues[0] > _FRAICHEUR_S:
        connues = _RECENTES[base] = (time.monotonic(), calculer(session))
    return connues[1]


def ages_cites(ecole: EcoleTrouvee) -> Iterable[AgeCite]:
    """Read « 14 à 19 ans » or « à partir de 14 ans » in the note of a school."""
    for groupes in _AGES.findall(ecole.note):
        nombres = [int(groupe) for groupe in groupes if groupe]
        yield AgeCite(ecole, nombres[0], nombres[1] if len(nombres) > 1 else None)


def _compter(valeurs: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(valeurs).items(), key=lambda paire: (-paire[1], paire[0])))
