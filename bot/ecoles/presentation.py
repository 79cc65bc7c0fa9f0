"""Read the schools to show, all their parts at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Column, literal_column, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement, Select

from bot.ecoles.distance import distance_km
from bot.ecoles.lectures import Parmi, lire
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


def _fiches_de(parmi: Callable[[Column], ColumnElement]) -> Select:
    """A row for each trade and each diploma of a school, its columns repeated: one trip to the server is dearer than that."""

    def parts(colonne: Column, genre: str) -> Select:
        table = colonne.table
        dit = literal_column(f"'{genre}'").label("genre")
        return select(table.c.ecole_id, dit, table.c.rang, colonne.label("valeur")).where(parmi(table.c.ecole_id))

    toutes = union_all(parts(_enseignements.c.metier, METIER), parts(_formations.c.diplome, DIPLOME)).subquery()
    jointes = _ecoles.outerjoin(toutes, toutes.c.ecole_id == _ecoles.c.id)
    lues = select(*_COLONNES, toutes.c.genre, toutes.c.valeur).select_from(jointes).where(parmi(_ecoles.c.id))
    return lues.order_by(_ecoles.c.id, toutes.c.genre, toutes.c.rang)


# Built once: building a statement takes longer than running it.
_PRETE = _fiches_de(lambda colonne: Parmi(colonne, "ids"))
_NOMS = [colonne.key for colonne in _PRETE.selected_columns][: len(_COLONNES)]


def montrer(session: Session, ids: Sequence[str] | Select, origine: Point | None = None) -> tuple[EcoleTrouvee, ...]:
    """Give schools in the order of their ids, or of a query that selects ids; only an open or announced one comes out."""
    if not isinstance(ids, Select) and not ids:
        return ()
    if isinstance(ids, Select):
        lignes = session.connection().execute(_fiches_de(lambda colonne: colonne.in_(ids))).all()
    else:
        lignes = lire(session, _PRETE, {"ids": list(ids)})
    ecoles: dict[str, dict[str, Any]] = {}
    parts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for *cases, genre, valeur in lignes:
        if cases[0] not in ecoles:
            ecoles[cases[0]] = dict(zip(_NOMS, cases))
        if genre:
            parts[cases[0], genre].append(valeur)
    trouvees = {
        cle: EcoleTrouvee(
            **ligne,
            distance_km=_eloignement(origine, ligne["latitude"], ligne["longitude"]),
            metiers=tuple(parts[cle, METIER]),
            diplomes=tuple(parts[cle, DIPLOME]),
        )
        for cle, ligne in ecoles.items()
        if ligne["statut"] in (OUVERTE, PROJET)  # said in SQL, it draws SQLite to the index of every open school
    }
    ordre = trouvees if isinstance(ids, Select) else ids
    return tuple(trouvees[cle] for cle in ordre if cle in trouvees)


def _eloignement(origine: Point | None, latitude: float | None, longitude: float | None) -> float | None:
    if origine is None or latitude is None or longitude is None:
        return None
    return round(distance_km(*origine, latitude, longitude), 1)
