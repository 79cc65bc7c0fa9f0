"""One Chromium for all the tests of the widget, a fresh page and a fresh server for each."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from navigateur import NOMS
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from .faux_bot import FauxBot

CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NOMS)), None)
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
TELEPHONE, BUREAU = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
# Chromium writes every refused or cut request on the console: those are what the tests provoke.
_ATTENDUES = ("Failed to load resource", "net::ERR")


@pytest.fixture(scope="package")  # its event loop would stop the asynchronous tests that come after
def navigateur() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("LE WIDGET N'EST PAS TESTÉ : pas de Chromium ici. Installe-le (apt-get install chromium) ou donne son chemin dans CHROMIUM.")
    with sync_playwright() as outils:
        navigateur = outils.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield navigateur
        navigateur.close()


@contextmanager
def serveur() -> Iterator[FauxBot]:
    with FauxBot() as bot:
        threading.Thread(target=bot.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield bot
        bot.attente.set()
        bot.shutdown()


@pytest.fixture
def bot() -> Iterator[FauxBot]:
    with serveur() as bot:
        yield bot


Ouvrir = Callable[..., Page]


@pytest.fixture
def visiter(navigateur: Browser) -> Iterator[Ouvrir]:
    """Opens pages. Any error of the browser, a refusal by the policy included, fails the test."""
    contextes, ennuis = [], []

    def ouvrir(adresse: str, taille: dict[str, int] = TELEPHONE, **reglages: Any) -> Page:
        contexte = navigateur.new_context(viewport=taille, has_touch=taille is TELEPHONE, reduced_motion="reduce", locale="fr-FR", **reglages)
        contextes.append(contexte)
        contexte.set_default_timeout(5_000)
        contexte.on("weberror", lambda erreur: ennuis.append(str(erreur.error)))
        contexte.on("console", lambda ligne: ennuis.append(ligne.text) if ligne.type == "error" and not any(a in ligne.text for a in _ATTENDUES) else None)
        page = contexte.new_page()
        page.goto(adresse)
        return page

    yield ouvrir
    for contexte in contextes:
        contexte.close()
    assert not ennuis


@pytest.fixture
def page(visiter: Ouvrir, bot: FauxBot) -> Page:
    """The launcher on a school's page, closed, on a phone."""
    return visiter(bot.adresse)


def ouvrir(page: Page) -> Locator:
    page.get_by_role("button", name="Ouvrir la discussion avec Établi").click()
    chat = page.locator("etabli-lanceur etabli-chat")
    chat.get_by_role("group", name="Réponses proposées").wait_for()
    return chat


def ecrire(chat: Locator, texte: str) -> None:
    chat.get_by_label("Ton message").fill(texte)
    chat.page.keyboard.press("Enter")


def dernier(chat: Locator) -> Locator:
    return chat.locator(".groupe.etabli").last


def choisir(chat: Locator, geste: str) -> None:
    chat.get_by_role("button", name="Menu").click()
    chat.get_by_role("button", name=geste).click()


def sans_defaut(page: Page) -> None:
    resultat = Axe().run(page)
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in resultat.response["violations"]] == []
