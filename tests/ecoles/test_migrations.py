"""Migrations: from nothing to the models, several at once, and never a table of somebody else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.base import ouvrir
from bot.migrations import metadonnees, migrer
from bot.reglages import RACINE


def ecarts(url: str) -> list:
    moteur = ouvrir(url)
    nos_tables = metadonnees().tables
    options = {"include_name": lambda nom, genre, _: genre != "table" or nom in nos_tables, "compare_type": True}
    with moteur.connect() as connexion:
        return compare_metadata(MigrationContext.configure(connexion, opts=options), metadonnees())


def test_depuis_une_base_vide_on_obtient_les_modeles(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'vide.db'}"
    migrer(url)
    migrer(url)
    assert ecarts(url) == []


def test_la_table_de_rasa_est_laissee_tranquille(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'rasa.db'}"
    moteur = ouvrir(url)
    with moteur.begin() as connexion:
        connexion.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, data TEXT)"))
        connexion.execute(text("INSERT INTO events (data) VALUES ('bonjour')"))
    migrer(url)
    with moteur.connect() as connexion:
        assert connexion.scalar(text("SELECT data FROM events")) == "bonjour"
    assert "ecoles" in inspect(moteur).get_table_names()
    assert ecarts(url) == []


def test_deux_demarrages_simultanes_migrent_une_fois_de_n_importe_quel_dossier(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'partagee.db'}"
    code = f"import sys; sys.path.insert(0, {str(RACINE)!r}); from bot.migrations import migrer; migrer({url!r})"
    lances = [subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(lance.communicate()[1], lance.returncode) for lance in lances] == [(b"", 0)] * 2
    assert ecarts(url) == []
