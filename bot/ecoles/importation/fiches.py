"""A school as a line of our table: what an export writes, what an import compares, what a correction changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ecoles.importation.formats import COLONNES
from bot.ecoles.modeles import RETIREE, Ecole, Enseignement, Formation, Region
from bot.ecoles.synchronisation import PAQUET, paquets

Fiche = dict[str, str]
_ecoles = Ecole.__table__
_AILLEURS = {"site_web": "site", "cout_min_an": "cout_min", "cout_max_an": "cout_max"}  # cells whose column has another name
_OU = tuple((nom, _AILLEURS.get(nom, nom)) for nom in COLONNES)


def fiche(valeurs: dict[str, Any], metiers: Sequence[str], diplomes: Sequence[str], region: str = "") -> Fiche:
    """Write the values of a row as text cells; a position that is only its commune's is left blank."""
    lue = valeurs | {"metiers": tuple(metiers), "diplomes": tuple(diplomes), "region": region}
    if not valeurs["position_exacte"]:
        lue |= {"latitude": None, "longitude": None}
    return {nom: _texte(lue.get(cle)) for nom, cle in _OU}


def fiches(session: Session, ids: Iterable[str]) -> dict[str, Fiche]:
    """Read the schools of these ids, in the order of the ids in the base."""
    trouvees: dict[str, Fiche] = {}
    regions = dict(session.execute(select(Region.code, Region.nom)).all())
    for paquet in paquets(ids):
        metiers = _enfants(session, Enseignement.metier, Enseignement, paquet)
        diplomes = _enfants(session, Formation.diplome, Formation, paquet)
        for rangee in session.execute(select(_ecoles).where(_ecoles.c.id.in_(paquet)).order_by(_ecoles.c.id)).mappings():
            cle = rangee["id"]
            trouvees[cle] = fiche(dict(rangee), metiers[cle], diplomes[cle], regions.get(rangee["region"], ""))
    return trouvees


def toutes(session: Session) -> Iterator[Fiche]:
    """Read every school but the retired ones, by id, a packet at a time."""
    dernier = ""
    while True:
        requete = select(_ecoles.c.id).where(_ecoles.c.id > dernier, _ecoles.c.statut != RETIREE)
        ids = session.scalars(requete.order_by(_ecoles.c.id).limit(PAQUET)).all()
        if not ids:
            return
        yield from fiches(session, ids).values()
        dernier = ids[-1]


def _enfants(session: Session, colonne: Any, modele: type, ids: list[str]) -> dict[str, list[str]]:
    groupes: dict[str, list[str]] = defaultdict(list)
    requete = select(modele.ecole_id, colonne).where(modele.ecole_id.in_(ids)).order_by(modele.ecole_id, modele.rang)
    for cle, valeur in session.execute(requete):
        groupes[cle].append(valeur)
    return groupes


def _texte(valeur: Any) -> str:
    if valeur.__class__ is str:
        return valeur
    if isinstance(valeur, tuple):
        return "|".join(valeur)
    return "" if valeur is None else str(valeur)
