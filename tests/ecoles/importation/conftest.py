"""Files as people receive them: official columns in any order, case, encoding and separator, with broken lines."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE

POSTGRES = "postgresql+psycopg2://postgres@127.0.0.1:5432/test"
Fabrique = Callable[..., Path]


@pytest.fixture
def fabriquer(tmp_path: Path) -> Fabrique:
    """Write a table: the heading, the lines, how they are encoded and separated."""

    def ecrire(nom: str, lignes: list[dict[str, str]], encodage: str = "utf-8-sig", separateur: str = ";", suite: bytes = b"") -> Path:
        tampon = io.StringIO()
        plume = csv.DictWriter(tampon, list(lignes[0]), delimiter=separateur, lineterminator="\r\n")
        plume.writeheader()
        plume.writerows(lignes)
        fichier = tmp_path / nom
        fichier.write_bytes(tampon.getvalue().encode(encodage) + suite)
        return fichier

    return ecrire


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL database of its own, with the real schools; skipped, and said, where there is no server."""
    serveur = make_url(os.environ.get("ETABLI_BANC_POSTGRES", POSTGRES))
    gestion = create_engine(serveur, isolation_level="AUTOCOMMIT", future=True, connect_args={"connect_timeout": 3})
    nom = f"etabli_import_{os.getpid()}"
    try:
        with gestion.connect() as connexion:
            connexion.execute(text(f"CREATE DATABASE {nom}"))
    except OperationalError as erreur:
        raison = f"PostgreSQL ne répond pas, l'import n'y est pas essayé : {str(erreur.orig).splitlines()[0]}"
        print(raison, file=sys.stderr)
        pytest.skip(raison)
    try:
        adresse = serveur.set(database=nom).render_as_string(hide_password=False)
        assert charger_base(adresse, RACINE / "data" / "ecoles").rejets == []
        yield adresse
    finally:
        with gestion.connect() as connexion:
            connexion.execute(text(f"DROP DATABASE IF EXISTS {nom} WITH (FORCE)"))
        gestion.dispose()
