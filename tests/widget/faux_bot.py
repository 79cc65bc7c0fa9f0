"""A tiny server for the widget: its real script, canned answers behind the same doors as the real channel, and failures on demand."""

from __future__ import annotations

import json
import threading
from collections import deque
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

RACINE = Path(__file__).resolve().parents[2]
HOSTILE = "<img src=x onerror=\"document.title='piégé'\"> <b>gras</b>\nhttps://exemple.fr/a?b=1). http://exemple.fr javascript:alert(1) https://moi@exemple.fr/"
# What a careful site sends: nothing inline, nothing from elsewhere but the chat's server, no HTML made from strings.
POLITIQUE = "default-src 'none'; script-src {s}; style-src {s}; connect-src {s}; require-trusted-types-for 'script'; trusted-types lit-html"
_SOURCES = [{"source": "données ouvertes Onisep", "date": "8 octobre 2026"}]


def ecole(identifiant: str, nom: str, commune: str, latitude: float | None, longitude: float | None, **autres: Any) -> dict[str, Any]:
    valeurs = {"departement": "69", "distance_km": 24, "adresse": f"1 rue de l'Essai, {commune}", "source": "données ouvertes Onisep (2026-10-08); exemple.fr/presse", "date": "2026-10-08", "diplomes": ["CAP métallier"], "prix": "430 € par an", "hebergement": "internat", "site": "https://exemple.fr/"}
    return {"id": identifiant, "nom": nom, "commune": commune, "latitude": latitude, "longitude": longitude, **valeurs, **autres}


_ECOLES = [
    ecole("edp010", "École de production La Giraudière", "Brussieu", 45.74, 4.53, diplomes=["CAP menuisier fabricant", "CAP métallier", "Bac pro TRPM"]),
    ecole("edp011", "Atelier de Gorge de Loup", "Lyon", 45.76, 4.79, distance_km=3, distance_exacte=False, site="http://www.exemple.com", doute="à vérifier"),
]
_LISTE = "1. École de production La Giraudière, Brussieu (69), à 24 km\nCAP métallier · 430 € par an\n2. Atelier de Gorge de Loup, Lyon (69), à environ 3 km\nCAP · 430 € par an\nDistances à vol d'oiseau."
_DONNEES = {"etabli": 1, "genre": "ecoles", "lieu": {"nom": "Lyon", "latitude": 45.758, "longitude": 4.835}, "ecoles": _ECOLES}


def _etape(numero: int, saisie: str) -> dict[str, Any]:
    return {"texte": f"Question {numero} du séjour ?", "donnees": {"etabli": 1, "genre": "etape", "numero": numero, "total": 4, "saisie": saisie}}


REPONSES: dict[str, list[dict[str, Any]]] = {
    "/faq/cout": [
        {
            "texte": "Ça dépend de l'école.\nBeaucoup sont gratuites.\nLe détail : https://www.exemple.fr/prix.",
            "boutons": [{"titre": "Et les bourses ?", "charge": "/faq/bourses"}, {"titre": "Trouver une école", "charge": "/chercher_ecole"}],
            "sources": _SOURCES,
        },
        {"texte": "En plus.", "boutons": [{"titre": "Et les bourses ?", "charge": "/faq/bourses"}]},
    ],
    "usinage près de Lyon": [
        {"texte": "J'ai trouvé 2 écoles près de Lyon, en usinage."},
        {
            "texte": _LISTE,
            "boutons": [
                {"titre": "1. Brussieu", "charge": '/presenter_ecole{"ecole": "edp010"}'},
                {"titre": "2. Lyon", "charge": '/presenter_ecole{"ecole": "edp011"}'},
                {"titre": "Voir les autres", "charge": "/voir_plus_ecoles"},
            ],
            "donnees": _DONNEES,
            "sources": _SOURCES,
        },
    ],
    '/presenter_ecole{"ecole": "edp010"}': [
        {
            "texte": "École de production La Giraudière\nBrussieu (69)\nCAP menuisier fabricant ; CAP métallier ; Bac pro TRPM\n430 € par an\nInternat\n1 rue de l'Essai, Brussieu\nhttps://exemple.fr/",
            "boutons": [{"titre": "Demander un séjour", "charge": "/demander_sejour"}, {"titre": "C'est combien ?", "charge": "/faq/cout"}],
            "donnees": {**_DONNEES, "lieu": None, "ecoles": [{**_ECOLES[0], "distance_km": None}]},
        }
    ],
    "outre-mer": [{"texte": "Voici", "donnees": {**_DONNEES, "lieu": None, "ecoles": [ecole("edp020", "École du Port", "Le Port", -20.9, 55.3), {"nom": "Sans rien"}]}}],
    "contact": [_etape(3, "contact")],
    "âge": [_etape(1, "numeric")],
    "hostile": [{"texte": HOSTILE, "boutons": [{"titre": "<i>x</i>", "charge": "/x"}], "donnees": {"genre": "ecoles", "ecoles": "pas une liste"}}],
}


@cache
def phrase(nom: str) -> dict[str, Any]:
    for fichier in ("conversation.yml", "widget.yml"):
        reponses = yaml.safe_load((RACINE / "data" / "reponses" / fichier).read_text(encoding="utf-8"))["responses"]
        if nom in reponses:
            return reponses[nom][0]
    raise KeyError(nom)


def accueil() -> dict[str, Any]:
    dit = phrase("utter_saluer")
    boutons = [{"titre": b["title"], "charge": b["payload"]} for b in dit["buttons"]]
    return {"accueil": {"de": "etabli", "texte": dit["text"], "boutons": boutons}, "vie_privee": phrase("utter_widget/vie_privee")["text"]}


class FauxBot(ThreadingHTTPServer):
    """``recus``: each message received, retries included; ``tours``: those played. ``pannes``: what the next posts meet instead of an answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Porte)
        self.recus: list[dict[str, Any]] = []
        self.tours: list[str] = []
        self.fils: dict[str, list[dict[str, Any]]] = {}
        self.deja: dict[str, list[dict[str, Any]]] = {}
        self.pannes: deque[str] = deque()
        self.attente = threading.Event()
        self.attente.set()
        self.corps = ""
        self.style = ""
        self.chat = ""  # another server's address, for a page that embeds from elsewhere

    @property
    def adresse(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def jouer(self, message: dict[str, Any]) -> list[dict[str, Any]]:
        if message["id"] not in self.deja:
            self.tours.append(message["texte"])
            dites = REPONSES.get(message.get("charge") or message["texte"], [{"texte": f"Bien reçu : {message['texte']}"}])
            self.deja[message["id"]] = [{"de": "etabli", **m} for m in dites]
            fil = self.fils.setdefault(message["jeton"], [])
            fil += [{"de": "toi", "texte": message["texte"], "quand": 1.79e9}, *({**m, "quand": 1.79e9} for m in self.deja[message["id"]])]
        return self.deja[message["id"]]


class _Porte(BaseHTTPRequestHandler):
    server: FauxBot
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        chat = self.server.chat or "/chat/"
        if self.path == "/":
            corps = self.server.corps or f'<script src="{chat}etabli.js" data-serveur="{chat}" defer></script>'
            page = f'<!doctype html><html lang="fr"><title>Une école</title><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/page.css"><body><main><h1>Une école</h1><p><a href="/autre">Un lien</a></p>{corps}</main>'
            site = f"'self' {self.server.chat}".strip()
            return self._rendre(200, page.encode(), "text/html; charset=utf-8", **{"Content-Security-Policy": POLITIQUE.format(s=site)})
        fichiers = {"/chat/etabli.js": ("widget/dist/etabli.js", "text/javascript"), "/chat/carte.svg": ("data/ecoles/carte-departements.svg", "image/svg+xml")}
        if self.path == "/page.css":
            return self._rendre(200, self.server.style.encode(), "text/css")
        if self.path in fichiers:
            return self._rendre(200, (RACINE / fichiers[self.path][0]).read_bytes(), fichiers[self.path][1])
        self._rendre(200, b"<!doctype html><html lang=fr><title>Ailleurs</title><main><h1>Ailleurs</h1></main>", "text/html")

    def do_POST(self) -> None:
        donnees = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        porte = self.path.removeprefix("/chat/")
        if porte == "message":
            self.server.recus.append(donnees)
            self.server.attente.wait(10)
        if self.server.pannes and porte != "session":
            return self._tomber(self.server.pannes.popleft(), porte, donnees)
        self._json(200, self._reponse(porte, donnees))

    def _reponse(self, porte: str, donnees: dict[str, Any]) -> Any:
        if porte == "session":
            return {"jeton": f"jeton-{len(self.server.fils) + len(self.server.recus)}", **accueil()}
        if porte == "message":
            return {"messages": self.server.jouer(donnees)}
        if porte == "historique":
            return {"jeton": donnees["jeton"], "messages": self.server.fils.get(donnees["jeton"], []), **accueil()}
        self.server.fils.pop(donnees["jeton"], None)
        return {"efface": True, "texte": "C'est effacé : ET-ABC234 n'existe plus chez moi."}

    def _tomber(self, panne: str, porte: str, donnees: dict[str, Any]) -> None:
        """``perdue``: the turn is played, its answer never arrives. ``illisible``: a proxy's page instead of JSON."""
        if panne == "perdue":
            self._reponse(porte, donnees)
            self.close_connection = True
            return self.connection.close()
        if panne == "illisible":
            return self._rendre(200, b"<html>Portail du lycee</html>", "text/html")
        refus = {"401": "utter_widget/expire", "429": "utter_widget/trop_vite", "400": "utter_widget/illisible", "500": "utter_panne"}
        self._json(int(panne), {"erreur": phrase(refus[panne])["text"]}, **({"Retry-After": "1"} if panne == "429" else {}))

    def _json(self, code: int, contenu: Any, **entetes: str) -> None:
        self._rendre(code, json.dumps(contenu).encode(), "application/json", **entetes)

    def _rendre(self, code: int, contenu: bytes, genre: str, **entetes: str) -> None:
        self.send_response(code)
        ouvert = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
        for nom, valeur in {"Content-Type": genre, "Content-Length": str(len(contenu)), **ouvert, **entetes}.items():
            self.send_header(nom, valeur)
        self.end_headers()
        self.wfile.write(contenu)

    def log_message(self, *_: Any) -> None:
        pass
