"""The database: one engine per process, made on request, never at import."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any, Callable, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import declarative_base, sessionmaker
from sqlalchemy.pool import Pool, QueuePool, SingletonThreadPool

Base = declarative_base()

_ATTENTE_VERROU_S = 2
_ATTENTE_WAL_S = 15
_SANS_ATTENDRE: ContextVar[bool] = ContextVar("sans_attendre", default=False)

T = TypeVar("T")


def ouvrir(url: str, *, durable: bool = True) -> Engine:
    """Return an engine for any SQLAlchemy URL.

    SQLite gets WAL (readers do not wait for a writer), foreign keys, ``secure_delete`` (an erased phone number leaves no
    trace in free pages) and a short wait on locks; servers get ``pool_pre_ping`` so that a restart is survived, and many
    updates of one kind in a few trips.
    ``durable=False`` lets SQLite skip the disk's confirmation at each commit: safe against a killed process, not against a power cut.
    """
    adresse = make_url(url)
    if adresse.get_backend_name() != "sqlite":
        if adresse.get_driver_name() != "psycopg2":
            return create_engine(url, future=True, pool_pre_ping=True)
        moteur = create_engine(url, future=True, pool_pre_ping=True, executemany_mode="values_plus_batch")
        event.listen(moteur, "connect", _preparer_postgresql)
        return moteur
    if adresse.database and adresse.database != ":memory:":
        Path(adresse.database).parent.mkdir(parents=True, exist_ok=True)
    moteur = create_engine(
        url, future=True, poolclass=_classe_de_reserve(adresse.database), connect_args={"timeout": _ATTENTE_VERROU_S, "check_same_thread": False}
    )
    event.listen(moteur, "connect", partial(_preparer_sqlite, durable=durable))
    event.listen(moteur, "checkout", _regler_la_patience)
    return moteur


def fabrique_de_sessions(moteur: Engine) -> sessionmaker:
    """Sessions in 2.0 style; use them as ``with fabrique() as session, session.begin():``."""
    return sessionmaker(bind=moteur, future=True, expire_on_commit=False)


async def sans_bloquer(sqlite: bool, travail: Callable[..., T], *arguments: Any) -> T:
    """Do a short piece of work on the database without making other conversations wait.

    SQLite answers in less time than a thread takes to start: the work is done here, on connections that refuse to wait. Where the
    base is locked it is undone, and done again in a thread that waits; so it must be one transaction. A server's work goes to a thread.
    """
    if sqlite:
        jeton = _SANS_ATTENDRE.set(True)
        try:
            return travail(*arguments)
        except OperationalError as erreur:
            if not isinstance(erreur.orig, sqlite3.OperationalError) or "locked" not in str(erreur.orig):
                raise
        finally:
            _SANS_ATTENDRE.reset(jeton)
    return await asyncio.to_thread(travail, *arguments)


def effacer_les_traces(moteur: Engine) -> bool:
    """Wipe what SQLite's journal still holds of erased rows; False when a reader keeps it for now. Other databases manage alone."""
    if moteur.dialect.name != "sqlite":
        return True
    for attente in (0.0, 0.05, 0.2, 0.5):
        time.sleep(attente)
        with moteur.connect() as connexion:
            occupe = connexion.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").first()[0]
            connexion.rollback()
        if not occupe:
            return True
    return False


def _classe_de_reserve(fichier: str | None) -> type[Pool]:
    """SQLAlchemy 1.4 opens a SQLite file anew for every transaction; kept connections save about a millisecond each time."""
    return QueuePool if fichier and fichier != ":memory:" else SingletonThreadPool


def _preparer_sqlite(connexion: Any, _enregistrement: Any, *, durable: bool) -> None:
    curseur = connexion.cursor()
    _passer_en_wal(curseur)
    for reglage in ("foreign_keys=ON", "secure_delete=ON", f"synchronous={'FULL' if durable else 'NORMAL'}"):
        curseur.execute(f"PRAGMA {reglage}")
    curseur.close()


def _regler_la_patience(connexion: Any, fiche: Any, _mandataire: Any) -> None:
    """How long this use of the connection waits for a lock: see ``sans_bloquer``."""
    patience = 0 if _SANS_ATTENDRE.get() else _ATTENTE_VERROU_S * 1000
    if fiche.info.get("patience") != patience:
        connexion.execute(f"PRAGMA busy_timeout={patience}")
        fiche.info["patience"] = patience


def _preparer_postgresql(connexion: Any, _enregistrement: Any) -> None:
    """Our statements are short and each has its index: plan a prepared one once, compile none to machine code."""
    with connexion.cursor() as curseur:
        curseur.execute("SET plan_cache_mode = force_generic_plan; SET jit = off")
    connexion.commit()


def _passer_en_wal(curseur: Any) -> None:
    """The first process to open a new base changes its journal; one that comes at that very moment is refused at once, whatever its patience."""
    fin = time.monotonic() + _ATTENTE_WAL_S
    while curseur.execute("PRAGMA journal_mode").fetchone()[0] not in ("wal", "memory"):
        try:
            curseur.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > fin:
                raise
            time.sleep(0.1)
