"""Bring a database up to date from a program, whatever folder it was started in."""

from __future__ import annotations

import importlib

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData
from sqlalchemy.engine import Connection

from bot.base import Base, ouvrir
from bot.reglages import RACINE

MODULES_DE_MODELES = ("bot.ecoles.modeles", "bot.ecoles.manques", "bot.ecoles.importation.modeles", "bot.sejours.modeles")
"""The modules whose tables are ours. A table that none of them declares (Rasa's ``events``) is never touched."""


_ATTENTE_MS = 60_000
_CACHE_KO = 65_536  # a long transaction that does not fit in the cache is written to disk many times over
_VERROU = 4_431_806  # any number, the same for every Établi process


def metadonnees() -> MetaData:
    """Return the tables of all our models, imported."""
    for module in MODULES_DE_MODELES:
        importlib.import_module(module)
    return Base.metadata


def configuration(connexion: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(RACINE / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connexion
    return config


def migrer(url: str) -> None:
    """Upgrade to the last revision; two processes that start together do it once."""
    moteur = ouvrir(url)
    try:
        with moteur.connect() as connexion:
            if a_jour(connexion):
                return
            verrouiller(connexion)
            command.upgrade(configuration(connexion), "head")
            connexion.commit()
    finally:
        moteur.dispose()


def a_jour(connexion: Connection) -> bool:
    """Say whether the database is at the last revision; leaves no transaction open."""
    actuelle = MigrationContext.configure(connexion).get_current_revision()
    connexion.rollback()
    return actuelle == ScriptDirectory.from_config(configuration()).get_current_head()


def verrouiller(connexion: Connection) -> None:
    """Let one migration run at a time, on a connection that must not go back to a pool.

    SQLite: batch mode drops and rebuilds tables, and with foreign keys on, a drop erases the rows that point to them;
    the pragma counts only before the transaction begins.
    """
    if connexion.dialect.name == "sqlite":
        connexion.connection.execute("PRAGMA foreign_keys=OFF")
    prendre_la_main(connexion)


def prendre_la_main(connexion: Connection) -> None:
    """Open a writing transaction at once, waiting for another writer rather than failing halfway."""
    if connexion.dialect.name == "sqlite":
        connexion.connection.execute(f"PRAGMA busy_timeout={_ATTENTE_MS}")
        connexion.connection.execute(f"PRAGMA cache_size=-{_CACHE_KO}")
        connexion.exec_driver_sql("BEGIN IMMEDIATE")
    elif connexion.dialect.name == "postgresql":
        connexion.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_VERROU})")
