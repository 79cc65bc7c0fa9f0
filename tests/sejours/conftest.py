"""A base with the real schools, and SMTP servers that misbehave in every way that matters."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import delete
from sqlalchemy.orm import sessionmaker

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


class Serveur:
    """A real SMTP server. ``humeur``: accepte, refuse (451), rejette (550), coupe (keeps the mail, then hangs up), pend (never answers)."""

    def __init__(self, humeur: str = "accepte") -> None:
        self.humeur = humeur
        self.recus: list[bytes] = []
        self._controleur = Controller(self, hostname="127.0.0.1", port=0, server_kwargs={"enable_SMTPUTF8": True})

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(recu, policy=default) for recu in self.recus]

    async def handle_DATA(self, serveur, session, enveloppe) -> str:
        if self.humeur == "refuse":
            return "451 plus tard"
        if self.humeur == "rejette":
            return "550 jamais"
        if self.humeur == "pend":
            await asyncio.sleep(3600)
        self.recus.append(enveloppe.content)
        if self.humeur == "coupe":
            serveur.transport.abort()
        return "250 pris"

    def __enter__(self) -> Serveur:
        # Controller waits for a connection on the port it was given: 0 must become a real one first.
        import socket

        with socket.socket() as prise:
            prise.bind(("127.0.0.1", 0))
            self._controleur.port = prise.getsockname()[1]
        self._controleur.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controleur.stop(no_assert=True)

    def reglages(self, url: str, **courrier: object) -> Reglages:
        from dataclasses import replace

        envoi = Courrier(
            hote="127.0.0.1", port=self._controleur.port, securite="aucune", expediteur="etabli@example.org", relais="relais@example.org", delai_s=1
        )
        return replace(lire_reglages(), base=url, courrier=replace(envoi, **courrier), secret="secret-des-essais", adresse_publique="http://etabli.test")


@pytest.fixture
def serveur() -> Iterator[Serveur]:
    with Serveur() as ouvert:
        yield ouvert


def attendre(condition, delai: float = 5.0) -> bool:
    fin = time.monotonic() + delai
    while not condition() and time.monotonic() < fin:
        time.sleep(0.02)
    return condition()
