"""A tiny server for the page: the real files of ``widget/`` under the real policy, and canned answers of the bot's REST door."""

from __future__ import annotations

import ast
import json
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parents[2]
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
HOSTILE = "<img src=x onerror=\"document.title='piégé'\"> <b>gras</b>\nhttps://exemple.fr/a?b=1). http://exemple.fr javascript:alert(1) https://moi@exemple.fr/"

_SOURCES = {"sources": [{"source": "données ouvertes Onisep", "date": "8 octobre 2026"}]}
_ECOLES = [
    {
        "id": "edp010", "nom": "École de production La Giraudière", "commune": "Brussieu", "departement": "69", "distance_km": 24,
        "metiers": ["usinage"], "diplomes": ["CAP menuisier fabricant", "CAP métallier"], "prix": "430 € par an", "hebergement": "internat",
        "adresse": "", "site": "https://www.lagiraudiere.fr/", "source": "données ouvertes Onisep", "date": "2026-10-08",
    },
    {
        "id": "edp011", "nom": "Atelier d'apprentissage de Gorge de Loup, École de production", "commune": "Lyon", "departement": "69", "distance_km": 3,
        "metiers": ["usinage"], "diplomes": ["Bac pro technicien en réalisation de produits mécaniques option réalisation et suivi de productions"],
        "prix": "gratuite en 2026", "hebergement": "", "adresse": "", "site": "http://www.ecole-gorgedeloup.com", "source": "Fondation", "date": "2023",
    },
]  # fmt: skip
_LISTE = (
    "1. École de production La Giraudière, Brussieu (69), à 24 km\nCAP menuisier fabricant · 430 € par an · internat\n"
    "2. Atelier d'apprentissage de Gorge de Loup, École de production, Lyon (69), à environ 3 km\n"
    "Bac pro technicien en réalisation de produits mécaniques option réalisation et suivi de productions · gratuite en 2026 · "
    "à vérifier auprès de l'école (source : Fondation, 2023)"
)
REPONSES: dict[str, list[dict[str, Any]]] = {
    "/faq/cout": [
        {
            "text": "Ça dépend de l'école.\nBeaucoup sont gratuites, d'autres demandent une participation.\nLe détail : https://www.exemple.fr/prix.",
            "buttons": [{"title": "Et les bourses ?", "payload": "/faq/bourses"}, {"title": "Trouver une école", "payload": "/chercher_ecole"}],
            "metadata": _SOURCES,
        }
    ],
    "usinage près de Lyon": [
        {"text": "J'ai trouvé 2 écoles près de Lyon, en usinage."},
        {
            "text": _LISTE,
            "buttons": [
                {"title": "1. La Giraudière", "payload": '/presenter_ecole{"ecole": "edp010"}'},
                {"title": "2. Atelier d'apprentiss…", "payload": '/presenter_ecole{"ecole": "edp011"}'},
                {"title": "Voir les autres", "payload": "/voir_plus_ecoles"},
            ],
            "metadata": _SOURCES,
        },
        {"custom": {"etabli": 1, "genre": "ecoles", "ecoles": _ECOLES}},
    ],
    "hostile": [{"text": HOSTILE, "buttons": [{"title": "<i>x</i>", "payload": "/x"}]}],
}


class FauxBot(ThreadingHTTPServer):
    """``recus`` holds what the page sent; ``pannes`` is how many of the next messages fail; ``attente`` holds answers back until set."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Porte)
        self.recus: list[dict[str, Any]] = []
        self.pannes = 0
        self.attente = threading.Event()
        self.attente.set()

    @property
    def adresse(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/chat/"


class _Porte(BaseHTTPRequestHandler):
    server: FauxBot

    def do_GET(self) -> None:
        fichier = RACINE / "widget" / (self.path.removeprefix("/chat/") or "index.html")
        self._rendre(200, fichier.read_bytes(), TYPES[fichier.suffix], **entetes_de_la_page())

    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.recus.append({"chemin": self.path, **message})
        self.server.attente.wait(10)
        if self.server.pannes:
            self.server.pannes -= 1
            return self._rendre(503, b"indisponible", "text/plain")
        reponse = REPONSES.get(message["message"], [{"text": f"Bien reçu : {message['message']}"}])
        self._rendre(200, json.dumps(reponse).encode(), "application/json")

    def _rendre(self, code: int, contenu: bytes, genre: str, **entetes: str) -> None:
        self.send_response(code)
        for nom, valeur in {"Content-Type": genre, "Content-Length": str(len(contenu)), **entetes}.items():
            self.send_header(nom, valeur)
        self.end_headers()
        self.wfile.write(contenu)

    def log_message(self, *_: Any) -> None:
        pass


@cache
def entetes_de_la_page() -> dict[str, str]:
    """The policy that production sends, read without importing Rasa (ten seconds)."""
    arbre = ast.parse((RACINE / "bot" / "channels" / "page.py").read_text(encoding="utf-8"))
    return next(ast.literal_eval(n.value) for n in arbre.body if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == "_ENTETES")
