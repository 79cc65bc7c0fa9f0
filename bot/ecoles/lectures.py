"""Run the statements of a search with the least work around them.

PostgreSQL spends three times longer planning such a statement than answering it: each connection prepares it once, by the
hash of its text, and only gives values afterwards. SQLite's driver already keeps its compiled statements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Boolean, Column, bindparam, select
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement, Select
from sqlalchemy.types import TypeDecorator

from bot.ecoles.modeles import Metier

_PREPAREES = "etabli_preparees"  # in what SQLAlchemy remembers of a connection
_METIERS = "etabli_metiers"  # in what SQLAlchemy remembers of a session
_VALEUR = re.compile(r"%\((\w+)\)s")
_metier = select(Metier.__table__).where(Metier.__table__.c.cle == bindparam("cle"))


class Parmi(FunctionElement):
    """A column is one of the values of a list that is given later: one text whatever its length, where the engine has arrays."""

    name = "parmi"
    type = Boolean()
    inherit_cache = True

    def __init__(self, colonne: Column, valeurs: str) -> None:
        super().__init__(colonne, bindparam(valeurs))

    def self_group(self, against: Any = None) -> Parmi:
        """Stay bare: SQLAlchemy would compare a truth with 1 on SQLite, which then reads the whole table."""
        return self


@compiles(Parmi)
def _en_liste(element: Parmi, compilateur: SQLCompiler, **options: Any) -> str:
    colonne, valeurs = element.clauses
    return compilateur.process(colonne.in_(bindparam(valeurs.key, expanding=True)), **options)


@compiles(Parmi, "postgresql")
def _en_tableau(element: Parmi, compilateur: SQLCompiler, **options: Any) -> str:
    colonne, valeurs = (compilateur.process(partie, **options) for partie in element.clauses)
    return f"{colonne} = ANY ({valeurs})"


@dataclass(frozen=True)
class _Preparee:
    """``creation`` and ``appel`` are what the driver sends; ``constantes``, values written in the statement; ``traduites``, columns to translate."""

    nom: str
    creation: str
    appel: str
    constantes: dict[str, Any]
    traduites: tuple[tuple[int, Any], ...]


def lire(session: Session, requete: Select, valeurs: dict[str, Any]) -> list[Any]:
    """Give the rows of a statement that is built once; on the session's own connection, as the session itself adds as much work as a search."""
    connexion = session.connection()
    if connexion.dialect.driver != "psycopg2":
        return connexion.execute(requete, valeurs).all()
    return _lire_preparee(connexion, _preparer(requete, connexion.dialect), valeurs)


def metier_connu(session: Session, cle: str | None) -> Any:
    """The row of a trade, or None; read once in a session, since a search needs it three times."""
    connus = session.info.setdefault(_METIERS, {})
    if cle and cle not in connus:
        connus[cle] = next(iter(lire(session, _metier, {"cle": cle})), None)
    return connus[cle] if cle else None


def _lire_preparee(connexion: Connection, preparee: _Preparee, valeurs: dict[str, Any]) -> list[Any]:
    connues = connexion.info.setdefault(_PREPAREES, set())
    if preparee.nom not in connues:
        connexion.exec_driver_sql(preparee.creation)
        connues.add(preparee.nom)
    lignes = connexion.exec_driver_sql(preparee.appel, preparee.constantes | valeurs).all()
    return [_traduire(ligne, preparee.traduites) for ligne in lignes] if preparee.traduites else lignes


def _traduire(ligne: Any, traduites: tuple[tuple[int, Any], ...]) -> tuple[Any, ...]:
    cases = list(ligne)
    for rang, traduire in traduites:
        cases[rang] = traduire(cases[rang])
    return tuple(cases)


@lru_cache(maxsize=512)
def _preparer(requete: Select, dialecte: Dialect) -> _Preparee:
    compilee = requete.compile(dialect=dialecte)
    noms = list(dict.fromkeys(_VALEUR.findall(compilee.string)))
    texte = _VALEUR.sub(lambda trouve: f"${noms.index(trouve[1]) + 1}", compilee.string).replace("%%", "%")
    nom = f"etabli_{sha256(texte.encode()).hexdigest()[:16]}"
    appel = f"EXECUTE {nom} ({', '.join(f'%({un})s' for un in noms)})" if noms else f"EXECUTE {nom}"
    constantes = {un: valeur for un, valeur in compilee.params.items() if valeur is not None}
    traduites = tuple(
        (rang, colonne.type.result_processor(dialecte, None))
        for rang, colonne in enumerate(requete.selected_columns)
        if isinstance(colonne.type, TypeDecorator)
    )
    return _Preparee(nom, f"PREPARE {nom} AS {texte}".replace("%", "%%"), appel, constantes, traduites)
