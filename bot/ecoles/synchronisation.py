"""Make rows of the database equal to lines of a file, touching only those that differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

Valeurs = dict[str, Any]
Cle = tuple[Any, ...]


@dataclass(frozen=True)
class Ecarts:
    """Keys added and changed, number left alone."""

    ajoutees: frozenset[Cle]
    modifiees: frozenset[Cle]
    inchangees: int


def synchroniser(session: Session, modele: type, lignes: Sequence[Valeurs]) -> Ecarts:
    """Insert or update; rows that no line names are left alone. The lines all carry the same columns, and distinct keys."""
    if not lignes:
        return Ecarts(frozenset(), frozenset(), 0)
    table = modele.__table__
    noms_cles = [colonne.name for colonne in table.primary_key]
    noms = list(lignes[0])
    presentes: dict[Cle, Cle] = {}
    for rangee in session.execute(select(*(table.c[nom] for nom in noms_cles + noms))):
        presentes[tuple(rangee[: len(noms_cles)])] = tuple(rangee[len(noms_cles) :])
    nouvelles, changees = [], []
    for ligne in lignes:
        ancienne = presentes.get(tuple(ligne[nom] for nom in noms_cles))
        if ancienne is None:
            nouvelles.append(ligne)
        elif ancienne != tuple(ligne.values()):
            changees.append(ligne)
    if nouvelles:
        session.execute(insert(table), nouvelles)
    if changees:
        ou = and_(*(table.c[nom] == bindparam(f"cle_{nom}") for nom in noms_cles))
        session.execute(update(table).where(ou), [ligne | {f"cle_{nom}": ligne[nom] for nom in noms_cles} for ligne in changees])
    cles_de = [frozenset(tuple(ligne[nom] for nom in noms_cles) for ligne in groupe) for groupe in (nouvelles, changees)]
    return Ecarts(cles_de[0], cles_de[1], len(lignes) - len(nouvelles) - len(changees))


def remplacer_enfants(session: Session, parents: Iterable[str], enfants: dict[type, list[Valeurs]]) -> set[str]:
    """Rebuild the children of the parents whose children differ, in all their tables; return those parents.

    ``enfants`` gives the tables in the order in which they may be filled.
    """
    changes: set[str] = set()
    voulus = set(parents)
    for modele, lignes in enfants.items():
        noms = [colonne.name for colonne in modele.__table__.columns]
        changes |= _differents(session, modele, noms, lignes) & voulus
    a_vider = [{"parent": parent} for parent in sorted(changes)]
    if a_vider:
        for modele in reversed(list(enfants)):
            session.execute(delete(modele.__table__).where(modele.__table__.c.ecole_id == bindparam("parent")), a_vider)
    for modele, lignes in enfants.items():
        neuves = [ligne for ligne in lignes if ligne["ecole_id"] in changes]
        if neuves:
            session.execute(insert(modele.__table__), neuves)
    return changes


def _differents(session: Session, modele: type, noms: list[str], lignes: list[Valeurs]) -> set[str]:
    avant: dict[str, set[Cle]] = defaultdict(set)
    apres: dict[str, set[Cle]] = defaultdict(set)
    rang = noms.index("ecole_id")
    for rangee in session.execute(select(*modele.__table__.columns)):
        avant[rangee[rang]].add(tuple(rangee))
    for ligne in lignes:
        apres[ligne["ecole_id"]].add(tuple(ligne[nom] for nom in noms))
    return {parent for parent in avant.keys() | apres.keys() if avant[parent] != apres[parent]}
