"""Read the schools to show, all their parts at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, bindparam, literal_column, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from bot.ecoles.distance import distance_km
from bot.ecoles.lieux import Point
from bot.ecoles.modeles import OUVERTE, PROJET, Ecole, Enseignement, Formation
from bot.ecoles.resultat import EcoleTrouvee

METIER, DIPLOME = "metier", "diplome"
_ecoles, _enseignements, _formations = Ecole.__table__, Enseignement.__table__, Formation.__table__
_COPIES = (
    "id nom commune code_insee departement region cout_min cout_max cout_annee hebergement contrat site adresse code_postal "
    "latitude longitude position_exacte ouverture statut source date_source confiance note autres_noms"
).split()
_COLONNES = (*(_ecoles.c[nom] for nom in _COPIES), _ecoles.c.cout.label("cout_texte"))


def _ecoles_de(ids: Any) -> Select:
    montrables = _ecoles.c.statut.in_((OUVERTE, PROJET))
    return select(*_COLONNES).where(_ecoles.c.id.in_(ids), montrables).order_by(_ecoles.c.id)


def _enfants_de(ids: Any) -> Select:
    """Trades and diplomas in one reading: each is a trip to the server."""

    def lus(colonne: Column, genre: str) -> Select:
        table = colonne.table
        dit = literal_column(f"'{genre}'")
        return select(table.c.ecole_id, dit.label("genre"), table.c.rang, colonne.label("valeur")).where(table.c.ecole_id.in_(ids))

    return union_all(lus(_enseignements.c.metier, METIER), lus(_formations.c.diplome, DIPLOME)).order_by("ecole_id", "genre", "rang")


# Built once: building a statement takes longer than running it.
_IDS = bindparam("ids", expanding=True)
_PRETES = (_ecoles_de(_IDS), _enfants_de(_IDS))


def montrer(session: Session, ids: Sequence[str] | Select, origine: Point | None = None) -> tuple[EcoleTrouvee, ...]:
    """Give schools in the order of their ids, or of a query that selects ids; only an open or announced one comes out."""
    if not isinstance(ids, Select) and not ids:
        return ()
    if isinstance(ids, Select):
        requetes = (_ecoles_de(ids), _enfants_de(ids))
    else:
        requetes = _PRETES
    valeurs = {} if isinstance(ids, Select) else {"ids": list(ids)}
    lignes, enfants = (session.connection().execute(requete, valeurs) for requete in requetes)
    parts = _par_ecole(enfants)
    trouvees = {
        ligne["id"]: EcoleTrouvee(
            **ligne,
            distance_km=_eloignement(origine, ligne["latitude"], ligne["longitude"]),
            metiers=tuple(parts[ligne["id"], METIER]),
            diplomes=tuple(parts[ligne["id"], DIPLOME]),
        )
        for ligne in lignes.mappings()
    }
    ordre = trouvees if isinstance(ids, Select) else ids
    return tuple(trouvees[cle] for cle in ordre if cle in trouvees)


def _par_ecole(rangees: Iterable[tuple[str, str, int, str]]) -> dict[tuple[str, str], list[str]]:
    groupes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for cle, genre, _, valeur in rangees:
        groupes[cle, genre].append(valeur)
    return groupes


def _eloignement(origine: Point | None, latitude: float | None, longitude: float | None) -> float | None:
    if origine is None or latitude is None or longitude is None:
        return None
    return round(distance_km(*origine, latitude, longitude), 1)
