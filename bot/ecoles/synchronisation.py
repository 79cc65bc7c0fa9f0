"""Make rows of the database equal to lines of a file, touching only those that differ."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import and_, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

Valeurs = dict[str, Any]
Cle = tuple[Any, ...]
Element = TypeVar("Element")
PAQUET = 500  # SQLite takes at most 999 values in an IN on old builds
_VIDE = "\\N"  # what COPY reads as NULL
_ECHAPPEES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True)
class Ecarts:
    """Keys added and changed, number left alone."""

    ajoutees: frozenset[Cle]
    modifiees: frozenset[Cle]
    inchangees: int


def paquets(elements: Iterable[Element], taille: int = PAQUET) -> Iterator[list[Element]]:
    paquet: list[Element] = []
    for element in elements:
        paquet.append(element)
        if len(paquet) == taille:
            yield paquet
            paquet = []
    if paquet:
        yield paquet


def synchroniser(session: Session, modele: type, lignes: Sequence[Valeurs]) -> Ecarts:
    """Insert or update; rows that no line names are left alone. The lines all carry the same columns, and distinct keys."""
    if not lignes:
        return Ecarts(frozenset(), frozenset(), 0)
    table = modele.__table__
    noms_cles = [colonne.name for colonne in table.primary_key]
    noms = list(lignes[0])
    presentes: dict[Cle, Cle] = {}
    colonnes = [table.c[nom] for nom in noms_cles + noms]
    for paquet in paquets({ligne[noms_cles[0]] for ligne in lignes}):  # never the whole table: it may be much longer than the file
        for rangee in session.execute(select(*colonnes).where(table.c[noms_cles[0]].in_(paquet))):
            presentes[tuple(rangee[: len(noms_cles)])] = tuple(rangee[len(noms_cles) :])
    nouvelles, changees = [], []
    for ligne in lignes:
        ancienne = presentes.get(tuple(ligne[nom] for nom in noms_cles))
        if ancienne is None:
            nouvelles.append(ligne)
        elif ancienne != tuple(ligne.values()):
            changees.append(ligne)
    inserer(session, modele, nouvelles)
    mettre_a_jour(session, modele, changees)
    cles_de = [frozenset(tuple(ligne[nom] for nom in noms_cles) for ligne in groupe) for groupe in (nouvelles, changees)]
    return Ecarts(cles_de[0], cles_de[1], len(lignes) - len(nouvelles) - len(changees))


def inserer(session: Session, modele: type, lignes: Sequence[Valeurs]) -> None:
    """Add rows that all carry the same columns, as the driver takes them: SQLAlchemy spends longer on each row than the base does."""
    if not lignes:
        return
    connexion = session.connection()
    dialecte, table = connexion.dialect, modele.__table__
    colonnes = [table.c[nom] for nom in lignes[0]]
    defauts = [colonne for colonne in table.c if colonne.default is not None and colonne not in colonnes]
    if defauts or dialecte.name not in ("sqlite", "postgresql"):
        session.execute(insert(table), lignes)
        return
    traducteurs = [(colonne.name, colonne.type.dialect_impl(dialecte).bind_processor(dialecte)) for colonne in colonnes]
    valeurs = [tuple(traduire(ligne[nom]) if traduire else ligne[nom] for nom, traduire in traducteurs) for ligne in lignes]
    noms = ", ".join(map(dialecte.identifier_preparer.format_column, colonnes))
    cible = f"{dialecte.identifier_preparer.format_table(table)} ({noms})"
    if dialecte.name == "sqlite":
        connexion.exec_driver_sql(f"INSERT INTO {cible} VALUES ({', '.join('?' * len(colonnes))})", valeurs)
        return
    texte = "".join("\t".join(map(_cellule, rangee)) + "\n" for rangee in valeurs)
    with connexion.connection.cursor() as curseur:
        curseur.copy_expert(f"COPY {cible} FROM STDIN", io.StringIO(texte), size=len(texte))  # in one go: another thread may be computing


def _cellule(valeur: Any) -> str:
    """A value as the text form of COPY writes it."""
    if valeur is None:
        return _VIDE
    if not isinstance(valeur, str):
        return str(valeur)
    return valeur if valeur.isprintable() and "\\" not in valeur else valeur.translate(_ECHAPPEES)


def mettre_a_jour(session: Session, modele: type, lignes: Sequence[Valeurs]) -> None:
    """Update the rows that these lines name by their keys; the lines all carry the same columns."""
    if not lignes:
        return
    table = modele.__table__
    noms_cles = [colonne.name for colonne in table.primary_key]
    ou = and_(*(table.c[nom] == bindparam(f"cle_{nom}") for nom in noms_cles))
    session.execute(update(table).where(ou), [ligne | {f"cle_{nom}": ligne[nom] for nom in noms_cles} for ligne in lignes])


def remplacer_enfants(session: Session, parents: Iterable[str], enfants: dict[type, list[Valeurs]]) -> set[str]:
    """Rebuild the children of the parents whose children differ, in all their tables; return those parents.

    ``enfants`` gives the tables in the order in which they may be filled.
    """
    voulus = sorted(set(parents))
    changes: set[str] = set()
    for modele, lignes in enfants.items():
        changes |= _differents(session, modele, voulus, lignes)
    neufs = {modele: [ligne for ligne in lignes if ligne["ecole_id"] in changes] for modele, lignes in enfants.items()}
    ecrire_enfants(session, changes, neufs)
    return changes


def ecrire_enfants(session: Session, parents: Iterable[str], enfants: dict[type, list[Valeurs]]) -> None:
    """Put these children in the place of all those of the parents."""
    for paquet in paquets(sorted(parents)):
        for modele in reversed(list(enfants)):
            session.execute(delete(modele.__table__).where(modele.__table__.c.ecole_id.in_(paquet)))
    for modele, lignes in enfants.items():
        inserer(session, modele, lignes)


def _differents(session: Session, modele: type, parents: list[str], lignes: list[Valeurs]) -> set[str]:
    table = modele.__table__
    colonnes = [colonne for colonne in table.columns if colonne.computed is None]
    noms = [colonne.name for colonne in colonnes]
    avant: dict[str, set[Cle]] = defaultdict(set)
    apres: dict[str, set[Cle]] = defaultdict(set)
    rang = noms.index("ecole_id")
    for paquet in paquets(parents):
        for rangee in session.execute(select(*colonnes).where(table.c.ecole_id.in_(paquet))):
            avant[rangee[rang]].add(tuple(rangee))
    for ligne in lignes:
        apres[ligne["ecole_id"]].add(tuple(ligne[nom] for nom in noms))
    return {parent for parent in parents if avant[parent] != apres[parent]}
