"""One database loaded once with the real files, and a folder of those files to spoil."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE

DONNEES = RACINE / "data" / "ecoles"


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
