"""A base with the real schools, and SMTP servers that misbehave in every way that matters."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import sessionmaker

from bench.facteur import Facteur
from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE, Courrier, Reglages, lire_reglages
from bot.sejours.demandes import Demande
from bot.sejours.modeles import CompteSejour, DemandeSejour, Pli

YANIS = Demande("edp002", 16, False, "Yanis", "06 39 98 00 01", "", True)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fichier = tmp_path_factory.mktemp("base") / "etabli.db"
    charger_base(f"sqlite:///{fichier}", RACINE / "data" / "ecoles")
    return fichier


@pytest.fixture
def fabrique(base: Path) -> Iterator[sessionmaker]:
    moteur = ouvrir(f"sqlite:///{base}")
    fabrique = fabrique_de_sessions(moteur)
    yield fabrique
    with fabrique() as session, session.begin():
        for table in (DemandeSejour, Pli, CompteSejour):
            session.execute(delete(table))
    moteur.dispose()


class Serveur(Facteur):
    """The SMTP server, and the settings of a service that sends through it."""

    def reglages(self, url: str, **courrier: object) -> Reglages:
        envoi = Courrier(
            hote="127.0.0.1", port=self.port, securite="aucune", expediteur="etabli@example.org", relais="relais@example.org", delai_s=1
        )
        return replace(lire_reglages(), base=url, courrier=replace(envoi, **courrier), secret="secret-des-essais", adresse_publique="http://etabli.test")


@pytest.fixture
def serveur() -> Iterator[Serveur]:
    with Serveur() as ouvert:
        yield ouvert


def attendre(condition: Callable[[], bool], delai: float = 5.0) -> bool:
    fin = time.monotonic() + delai
    while not condition() and time.monotonic() < fin:
        time.sleep(0.02)
    return condition()
