"""The whole bot, really running: shared by the tests that talk to it as a person does."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import processus
from bot.cli.servir import services
from bot.cli.superviseur import Service, repond
from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE, lire_reglages

DEPART = 180.0  # seconds before a server that does not answer is given up; a slow machine needs about 30
ENTRAINEMENT = 1200.0


@pytest.fixture(scope="session")
def ports() -> list[int]:
    """Rasa's and the action server's."""
    return _ports_libres(2)


@pytest.fixture(scope="session")
def adresse_des_actions(ports: list[int]) -> str:
    return f"http://127.0.0.1:{ports[1]}"


@pytest.fixture(scope="session")
def bot_en_marche(tmp_path_factory: pytest.TempPathFactory, ports: list[int]) -> Iterator[str]:
    """The address of a bot with today's model and a database of its own, on ports of its own."""
    dossier = tmp_path_factory.mktemp("bot")
    base = f"sqlite:///{dossier / 'etabli.db'}"
    assert charger_base(base, RACINE / "data" / "ecoles").rejets == []
    entrainement = [sys.executable, "-c", "from bot.cli import main; main()", "entrainer"]
    fini = subprocess.run(entrainement, cwd=RACINE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=ENTRAINEMENT)
    assert fini.returncode == 0, f"Le modèle ne s'entraîne pas : {fini.stdout[-2000:]}"
    port, port_actions = ports
    reglages = replace(lire_reglages(), base=base, port=port, port_actions=port_actions, mode="developpement")
    marchent: list[tuple[Service, subprocess.Popen[bytes]]] = []
    try:
        for service in services(reglages):
            ici = replace(service, journal=dossier / service.journal.name)
            with ici.journal.open("wb") as sortie:
                marchent.append((ici, processus.demarrer(ici.commande, sortie, ici.env)))
        for service, enfant in marchent:
            _attendre(service, enfant)
        yield f"http://127.0.0.1:{port}"
    finally:
        for _, enfant in reversed(marchent):
            processus.arreter(enfant, 15)


@pytest.fixture(scope="session")
def rasa_seul(bot_en_marche: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Rasa with today's model, and nobody behind the port of the actions."""
    dossier: Path = tmp_path_factory.mktemp("seul")
    port, personne = _ports_libres(2)
    reglages = replace(lire_reglages(), base=f"sqlite:///{dossier}/etabli.db", port=port, port_actions=personne, mode="developpement")
    rasa = next(s for s in services(reglages) if "bot.moteur" in s.commande)
    ici = replace(rasa, journal=dossier / rasa.journal.name)
    with ici.journal.open("wb") as sortie:
        enfant: subprocess.Popen[bytes] = processus.demarrer(ici.commande, sortie, ici.env)
    try:
        _attendre(ici, enfant)
        yield f"http://127.0.0.1:{port}"
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
