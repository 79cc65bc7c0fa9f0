"""One Chromium for all the tests of the page, a fresh page and a fresh server for each."""

from __future__ import annotations

import os
import shutil
import threading
from typing import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from .faux_bot import FauxBot

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("LA PAGE DU CHAT N'EST PAS TESTÉE : pas de Chromium ici. Installe-le (apt-get install chromium) ou donne son chemin dans CHROMIUM.")
    with sync_playwright() as outils:
        navigateur = outils.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield navigateur
        navigateur.close()


@pytest.fixture
def bot() -> Iterator[FauxBot]:
    with FauxBot() as serveur:
        threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield serveur
        serveur.attente.set()
        serveur.shutdown()


@pytest.fixture
def page(navigateur: Browser, bot: FauxBot) -> Iterator[Page]:
    """The chat on a phone. Any error of the browser, a refusal by the policy included, fails the test."""
    contexte = navigateur.new_context(viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce", locale="fr-FR")
    page = contexte.new_page()
    page.set_default_timeout(5_000)
    ennuis: list[str] = []
    page.on("pageerror", lambda erreur: ennuis.append(str(erreur)))
    page.on("console", lambda ligne: ennuis.append(ligne.text) if ligne.type == "error" and "503" not in ligne.text else None)
    page.goto(bot.adresse)
    yield page
    contexte.close()
    assert not ennuis
