"""The whole bot, really running: shared by the tests that talk to it as a person does."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import processus
from bot.cli.servir import services
from bot.cli.superviseur import Service, repond
from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE, SERVEUR, SUR_PLACE, lire_reglages

DEPART = 180.0  # seconds before a server that does not answer is given up; a slow machine needs about 30
ENTRAINEMENT = 1200.0
SITE_PERMIS = "https://ecole.example.org"  # may show the widget
SECRET = "secret-des-essais"


@pytest.fixture(scope="session")
def base_chargee(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a SQLite database with the schools in it."""
    base = f"sqlite:///{tmp_path_factory.mktemp('base') / 'etabli.db'}"
    assert charger_base(base, RACINE / "data" / "ecoles").rejets == []
    return base


@pytest.fixture(scope="session")
def modele_a_jour() -> None:
    """Today's model; trained only when what it learns has changed."""
    entrainement = [sys.executable, "-c", "from bot.cli import main; main()", "entrainer"]
    fini = subprocess.run(entrainement, cwd=RACINE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=ENTRAINEMENT)
    assert fini.returncode == 0, f"Le modèle ne s'entraîne pas : {fini.stdout[-2000:]}"


@pytest.fixture(scope="session")
def bot_en_marche(modele_a_jour: None, tmp_path_factory: pytest.TempPathFactory, base_chargee: str) -> Iterator[str]:
    """The address of a bot with today's model and a database of its own, on a port of its own; actions run inside it."""
    (port,) = _ports_libres(1)
    reglages = replace(lire_reglages(), base=base_chargee, port=port, mode="developpement", actions=SUR_PLACE, mandataires=1, origines=(SITE_PERMIS,), secret=SECRET)
    with _en_marche(services(reglages)[0], tmp_path_factory.mktemp("bot")):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def deux_processus(base_chargee: str) -> list[Service]:
    """The action server and Rasa as two processes, not started, in this order."""
    port, port_actions = _ports_libres(2)
    reglages = replace(lire_reglages(), base=base_chargee, port=port, port_actions=port_actions, mode="developpement", actions=SERVEUR)
    moteur, _, serveur_d_actions = services(reglages)
    return [serveur_d_actions, moteur]


@pytest.fixture(scope="session")
def rasa_seul(bot_en_marche: str, deux_processus: list[Service], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Rasa with today's model, that looks for its actions on another port; nobody is there unless ``serveur_d_actions`` is asked for."""
    with _en_marche(deux_processus[1], tmp_path_factory.mktemp("seul")):
        yield deux_processus[1].sante_url.rstrip("/")


@pytest.fixture
def serveur_d_actions(deux_processus: list[Service], tmp_path: Path) -> Iterator[str]:
    with _en_marche(deux_processus[0], tmp_path):
        yield deux_processus[0].sante_url.removesuffix("/health")


@contextmanager
def _en_marche(service: Service, dossier: Path) -> Iterator[None]:
    ici = replace(service, journal=dossier / service.journal.name)
    with ici.journal.open("wb") as sortie:
        enfant: subprocess.Popen[bytes] = processus.demarrer(ici.commande, sortie, ici.env)
    try:
        _attendre(ici, enfant)
        yield
    finally:
        processus.arreter(enfant, 15)


def _attendre(service: Service, enfant: subprocess.Popen[bytes]) -> None:
    fin = time.monotonic() + DEPART
    while not repond(service.sante_url):
        if enfant.poll() is not None or time.monotonic() > fin:
            pytest.fail(f"{service.nom} ne démarre pas : {_fin_du_journal(service.journal)}", pytrace=False)
        time.sleep(0.2)


def _fin_du_journal(journal: Path) -> str:
    return journal.read_text(encoding="utf-8", errors="replace")[-3000:]


def _ports_libres(combien: int) -> list[int]:
    """Held together, so that they differ."""
    prises = [socket.socket() for _ in range(combien)]
    for prise in prises:
        prise.bind(("127.0.0.1", 0))
    ports = [prise.getsockname()[1] for prise in prises]
    for prise in prises:
        prise.close()
    return ports
