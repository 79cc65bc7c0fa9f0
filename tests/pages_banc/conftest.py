"""The bench as a counsellor meets it: real pages, real bot, a copy of a few scenarios, a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from bot.cli import modele
from bot.cli.servir import services
from bot.pages.application import application
from bot.pages.banc.etat import Banc
from bot.reglages import RACINE, SUR_PLACE, lire_reglages
from bot.scenarios.annexes import SCENARIOS
from tests.conftest import SECRET, _en_marche, _ports_libres

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
MOT_DE_PASSE = "la phrase des conseillers"
COPIES = ("precisions/treize_ans_c_est_trop_tot.yml", "hors_sujet/une_blague_puis_une_vraie_question.yml", "personas.yml", "ouvertures.yml")


@dataclass
class PagesOuvertes:
    """The address of the pages, and the bench behind them."""

    adresse: str
    banc: Banc


@pytest.fixture(scope="module")
def navigateur() -> Iterator[Browser]:
    """Closed with the module: Playwright holds an event loop, and a thread has room for one."""
    if not CHROMIUM:
        pytest.skip("LE BANC D'ESSAI N'EST PAS TESTÉ : pas de Chromium ici. Installe-le (apt-get install chromium) ou donne son chemin dans CHROMIUM.")
    with sync_playwright() as outils:
        navigateur = outils.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield navigateur
        navigateur.close()


@pytest.fixture(scope="module")
def bot_casse(modele_a_jour: None, base_chargee: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A second bot, on a copy of today's model in which one answer is wrong: 800 € has become 900 €."""
    copie = tmp_path_factory.mktemp("copie")
    corps = copie / "corps"
    with tarfile.open(modele.MODELE) as archive:
        archive.extractall(corps)
    carte = corps / "metadata.json"  # where Rasa keeps the answers that it says
    contenu = json.loads(carte.read_text(encoding="utf-8"))
    (reponse,) = contenu["domain"]["responses"]["utter_faq/cout"]
    assert "800 € par an" in reponse["text"]
    reponse["text"] = reponse["text"].replace("800 € par an", "900 € par an")
    carte.write_text(json.dumps(contenu), encoding="utf-8")
    (copie / "models").mkdir()
    with tarfile.open(copie / "models" / modele.MODELE.name, "w:gz", compresslevel=1) as archive:
        for piece in sorted(corps.iterdir()):
            archive.add(piece, arcname=piece.name)
    for nom in ("credentials.yml", "endpoints.yml"):
        shutil.copy(RACINE / nom, copie / nom)
    (port,) = _ports_libres(1)
    service = services(replace(lire_reglages(), base=base_chargee, port=port, mode="developpement", actions=SUR_PLACE, secret=SECRET))[0]
    demarrer = f"import pathlib, bot.moteur.__main__ as m; m.RACINE = pathlib.Path({str(copie)!r}); m.main()"
    with _en_marche(replace(service, commande=[sys.executable, "-c", demarrer]), copie):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def pages(bot_en_marche: str, base_chargee: str, tmp_path: Path) -> Iterator[PagesOuvertes]:
    """The pages' own server, with a password set and a folder where a scenario may be broken."""
    scenarios = tmp_path / "scenarios"
    for nom in COPIES:
        (scenarios / nom).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SCENARIOS / nom, scenarios / nom)
    app = application()
    app.state.banc = Banc(bot_en_marche, scenarios, tmp_path / "banc", "un secret de test", base_chargee)
    app.state.banc.mot_de_passe.definir(MOT_DE_PASSE)
    with _servies(app) as adresse:
        yield PagesOuvertes(adresse, app.state.banc)


class _servies:
    """uvicorn in a thread, on a free port, stopped at the end."""

    def __init__(self, app: object) -> None:
        self._prise = socket.socket()
        self._prise.bind(("127.0.0.1", 0))
        self._serveur = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none", lifespan="off"))
        self._fil = threading.Thread(target=self._serveur.run, kwargs={"sockets": [self._prise]}, daemon=True)

    def __enter__(self) -> str:
        self._fil.start()
        while not self._serveur.started:
            time.sleep(0.02)
        return f"http://127.0.0.1:{self._prise.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._serveur.should_exit = True
        self._fil.join(10)
        self._prise.close()


@pytest.fixture
def page(navigateur: Browser, pages: PagesOuvertes) -> Iterator[Page]:
    """A browser at the login. Any error of the page, a refusal by the policy included, fails the test."""
    contexte = navigateur.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="fr-FR", base_url=pages.adresse)
    page = contexte.new_page()
    page.set_default_timeout(15_000)
    ennuis: list[str] = []
    page.on("pageerror", lambda erreur: ennuis.append(str(erreur)))
    page.on("console", lambda ligne: ennuis.append(ligne.text) if ligne.type == "error" and "status of 4" not in ligne.text else None)
    page.goto("/banc/")
    yield page
    contexte.close()
    assert not ennuis


@pytest.fixture
def conseillere(page: Page) -> Page:
    """Logged in, before an empty talk."""
    entrer(page, MOT_DE_PASSE)
    page.get_by_role("heading", name="Parler au bot").wait_for()
    return page


def entrer(page: Page, mot: str) -> None:
    page.get_by_label("Mot de passe").fill(mot)
    page.get_by_role("button", name="Entrer").click()
