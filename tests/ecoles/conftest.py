"""One database loaded once with the real files, and a folder of those files to spoil."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE

POSTGRES = "postgresql+psycopg2://postgres@127.0.0.1:5432/test"
DONNEES = RACINE / "data" / "ecoles"
_numeros = count()


@pytest.fixture(scope="session")
def base_chargee(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fichier = tmp_path_factory.mktemp("base") / "ecoles.db"
    rapport = charger_base(f"sqlite:///{fichier}", DONNEES)
    assert rapport.rejets == []
    return fichier


@pytest.fixture(scope="session")
def session(base_chargee: Path) -> Iterator[Session]:
    """For reading only: every test shares it."""
    moteur = ouvrir(f"sqlite:///{base_chargee}")
    with fabrique_de_sessions(moteur)() as ouverte:
        yield ouverte
    moteur.dispose()


@pytest.fixture
def copie(base_chargee: Path, tmp_path: Path) -> str:
    """The address of a loaded database that a test may change."""
    shutil.copy(base_chargee, tmp_path / "copie.db")
    return f"sqlite:///{tmp_path / 'copie.db'}"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A copy of the real files, to spoil."""
    cible = tmp_path / "donnees"
    cible.mkdir()
    for fichier in DONNEES.glob("*.csv"):
        shutil.copy(fichier, cible)
    return cible


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL database of its own, with the real schools; skipped, and said, where there is no server."""
    with base_postgres() as adresse:
        assert charger_base(adresse, DONNEES).rejets == []
        yield adresse


@contextmanager
def base_postgres() -> Iterator[str]:
    """An empty database on the server, dropped afterwards."""
    serveur = make_url(os.environ.get("ETABLI_BANC_POSTGRES", POSTGRES))
    gestion = create_engine(serveur, isolation_level="AUTOCOMMIT", future=True, connect_args={"connect_timeout": 3})
    nom = f"etabli_ecoles_{os.getpid()}_{next(_numeros)}"
    try:
        with gestion.connect() as connexion:
            connexion.execute(text(f"CREATE DATABASE {nom}"))
    except OperationalError as erreur:
        raison = f"PostgreSQL ne répond pas, rien n'y est essayé : {str(erreur.orig).splitlines()[0]}"
        print(raison, file=sys.stderr)
        pytest.skip(raison)
    try:
        yield serveur.set(database=nom).render_as_string(hide_password=False)
    finally:
        with gestion.connect() as connexion:
            connexion.execute(text(f"DROP DATABASE IF EXISTS {nom} WITH (FORCE)"))
        gestion.dispose()
