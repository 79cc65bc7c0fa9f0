"""Read the schools to show, all their parts at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from bot.ecoles.distance import distance_km
from bot.ecoles.lieux import Point
from bot.ecoles.modeles import OUVERTE, PROJET, Ecole, Enseignement, Formation
from bot.ecoles.resultat import EcoleTrouvee

_ecoles, _enseignements, _formations = Ecole.__table__, Enseignement.__table__, Formation.__table__
_COPIES = (
    "id nom commune code_insee departement region cout_min cout_max cout_annee hebergement contrat site adresse code_postal "
    "latitude longitude position_exacte ouverture statut source date_source confiance note autres_noms"
).split()
_COLONNES = (*(_ecoles.c[nom] for nom in _COPIES), _ecoles.c.cout.label("cout_texte"))


def _ecoles_de(ids: Any) -> Select:
    montrables = _ecoles.c.statut.in_((OUVERTE, PROJET))
    return select(*_COLONNES).where(_ecoles.c.id.in_(ids), montrables).order_by(_ecoles.c.id)


def _enfants_de(colonne: Column, ids: Any) -> Select:
    table = colonne.table
    return select(table.c.ecole_id, colonne).where(table.c.ecole_id.in_(ids)).order_by(table.c.ecole_id, table.c.rang)


# Built once: building a statement takes longer than running it.
_IDS = bindparam("ids", expanding=True)
_PRETES = (_ecoles_de(_IDS), _enfants_de(_enseignements.c.metier, _IDS), _enfants_de(_formations.c.diplome, _IDS))


def montrer(session: Session, ids: Sequence[str] | Select, origine: Point | None = None) -> tuple[EcoleTrouvee, ...]:
    """Give schools in the order of their ids, or of a query that selects ids; only an open or announced one comes out."""
    if not isinstance(ids, Select) and not ids:
        return ()
    if isinstance(ids, Select):
        requetes = (_ecoles_de(ids), _enfants_de(_enseignements.c.metier, ids), _enfants_de(_formations.c.diplome, ids))
    else:
        requetes = _PRETES
    valeurs = {} if isinstance(ids, Select) else {"ids": list(ids)}
    lignes, par_metier, par_diplome = (session.connection().execute(requete, valeurs) for requete in requetes)
    metiers, diplomes = _par_ecole(par_metier), _par_ecole(par_diplome)
    trouvees = {
        ligne["id"]: EcoleTrouvee(
            **ligne,
            distance_km=_eloignement(origine, ligne["latitude"], ligne["longitude"]),
            metiers=tuple(metiers[ligne["id"]]),
            diplomes=tuple(diplomes[ligne["id"]]),
        )
        for ligne in lignes.mappings()
    }
    ordre = trouvees if isinstance(ids, Select) else ids
    return tuple(trouvees[cle] for cle in ordre if cle in trouvees)


def _par_ecole(rangees: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groupes: dict[str, list[str]] = defaultdict(list)
    for cle, valeur in rangees:
        groupes[cle].append(valeur)
    return groupes


def _eloignement(origine: Point | None, latitude: float | None, longitude: float | None) -> float | None:
    if origine is None or latitude is None or longitude is None:
        return None
    return round(distance_km(*origine, latitude, longitude), 1)
