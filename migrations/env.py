"""Alembic's entry: the address comes from the settings, the tables from our models, everything else is left alone."""

from __future__ import annotations

from alembic import context
from sqlalchemy.engine import Connection

from bot.base import ouvrir
from bot.migrations import metadonnees, verrouiller
from bot.reglages import lire_reglages

TABLES = metadonnees()


def est_a_nous(nom: str | None, genre: str, _parents: dict[str, str | None]) -> bool:
    """Refuse tables that we do not declare, such as Rasa's ``events``: autogenerate would drop them."""
    return genre != "table" or nom in TABLES.tables


def migrer_avec(connexion: Connection) -> None:
    context.configure(
        connection=connexion, target_metadata=TABLES, include_name=est_a_nous, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    context.configure(url=lire_reglages().base, target_metadata=TABLES, literal_binds=True, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
elif (donnee := context.config.attributes.get("connection")) is not None:
    migrer_avec(donnee)  # its owner has taken the lock and commits
else:
    moteur = ouvrir(lire_reglages().base)
    with moteur.connect() as connexion:
        verrouiller(connexion)
        migrer_avec(connexion)
        connexion.commit()
    moteur.dispose()
