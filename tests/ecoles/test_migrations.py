"""Migrations: from nothing to the models, several at once, and never a table of somebody else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.base import fabrique_de_sessions, ouvrir
from bot.cli.preparation import preparer
from bot.ecoles.importation.corrections import corriger
from bot.ecoles.recherche import chercher
from bot.ecoles.resultat import Resultat
from bot.migrations import configuration, metadonnees, migrer, verrouiller
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


def revenir(url: str, revision: str) -> None:
    moteur = ouvrir(url)
    with moteur.connect() as connexion:
        verrouiller(connexion)
        command.downgrade(configuration(connexion), revision)
        connexion.commit()
    moteur.dispose()


def contenu(url: str) -> dict[str, list[tuple]]:
    """Every row of our tables, without what the database computes."""
    moteur = ouvrir(url)
    with moteur.connect() as connexion:
        lignes = {
            nom: sorted(connexion.execute(table.select().with_only_columns(*(c for c in table.c if c.computed is None))).all(), key=repr)
            for nom, table in metadonnees().tables.items()
        }
    moteur.dispose()
    return {nom: [tuple(ligne) for ligne in toutes] for nom, toutes in lignes.items()}


def trouvees(url: str) -> list[Resultat]:
    moteur = ouvrir(url)
    with fabrique_de_sessions(moteur)() as session:
        resultats = [chercher(session, metier, commune=(45.76, 4.84)) for metier in (None, "usinage", "cuisine")]
    moteur.dispose()
    return resultats


@pytest.mark.parametrize("base", ["copie", "postgres"])
def test_une_base_d_avant_les_bandes_se_prepare_sans_rien_perdre(base: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    url = request.getfixturevalue(base)
    moteur = ouvrir(url)
    with fabrique_de_sessions(moteur)() as session, session.begin():
        corriger(session, "edp028", "telephone", "06 39 98 12 34", "un test", "au téléphone")
    moteur.dispose()
    avant, reponses = contenu(url), trouvees(url)
    assert avant["corrections_ecoles"] and avant["formations"] and reponses[1].ecoles
    revenir(url, "0005")
    moteur = ouvrir(url)
    index = {un["name"] for un in inspect(moteur).get_indexes("ecoles")}
    assert "ix_ecoles_boite" in index and "bande" not in {une["name"] for une in inspect(moteur).get_columns("ecoles")}
    moteur.dispose()
    monkeypatch.setenv("ETABLI_BASE", url)
    preparer()
    assert contenu(url) == avant
    assert trouvees(url) == reponses
    assert ecarts(url) == []
