"""A tiny bot over HTTP: answers what it is told to, and remembers what it was sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.scenarios import Scenario, lire_scenario


class FauxBot:
    """``reponses``: message to the list of messages sent back; ``vue``: the last turn, or None as in production."""

    def __init__(self) -> None:
        self.reponses: dict[str, list[dict[str, Any]]] = {}
        self.vue: dict[str, Any] | None = {"intention": "chercher_ecole", "questions": [], "retient": {}}
        self.recus: list[tuple[str, str]] = []
        self.adresse = ""


@pytest.fixture
def faux_bot() -> Iterator[FauxBot]:
    bot = FauxBot()

    class Porte(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            recu = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            bot.recus.append((recu["sender"], recu["message"]))
            self._rendre(200, bot.reponses.get(recu["message"], []))

        def do_GET(self) -> None:
            self._rendre(404 if bot.vue is None else 200, bot.vue or {"erreur": "en production"})

        def _rendre(self, code: int, corps: Any) -> None:
            self.send_response(code)
            self.end_headers()
            self.wfile.write(json.dumps(corps).encode())

        def log_message(self, *_: Any) -> None:
            pass

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Porte)
    fil = threading.Thread(target=serveur.serve_forever, args=(0.02,), daemon=True)
    fil.start()
    bot.adresse = f"http://127.0.0.1:{serveur.server_port}"
    yield bot
    serveur.shutdown()
    serveur.server_close()
    fil.join()


@pytest.fixture
def ecrire(tmp_path: Path) -> Callable[[str], Path]:
    """Write the exchanges of a scenario under a title; a text that starts with « scénario » is written as it is."""

    def fabriquer(contenu: str) -> Path:
        chemin = tmp_path / "essai.yml"
        entete = "" if contenu.startswith(("scénario", "scenario")) else "scénario: un essai\néchanges:\n"
        chemin.write_text(entete + contenu, encoding="utf-8")
        return chemin

    return fabriquer


@pytest.fixture
def scenario(ecrire: Callable[[str], Path]) -> Callable[[str], Scenario]:
    return lambda contenu: lire_scenario(ecrire(contenu))
