"""What stands before every page of the bench: a session, a form that comes from here, and the shape of a page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.pages.banc import apercu
from bot.pages.banc.etat import Banc
from bot.pages.banc.seances import COOKIE
from bot.reglages import lire_reglages
from bot.scenarios import intitules
from bot.scenarios.rapport import accorde

RACINE_DES_PAGES = "/banc"
CORPS_MAXIMUM = 500_000  # octets: a long talk with everything ticked
_GABARITS = Environment(loader=FileSystemLoader(Path(__file__).with_name("gabarits")), autoescape=True, trim_blocks=True, lstrip_blocks=True)
_GABARITS.filters["dossier"] = intitules.dossier
_GABARITS.tests["lien_sur"] = apercu.sure
_GABARITS.filters["accorde"] = accorde
_GABARITS.filters["en_clair"] = lambda valeur, nom: intitules.en_clair(nom, valeur)
Page = Callable[[Request, str], Awaitable[Response]]
FormulaireRecu = Callable[[Request, str, FormData], Awaitable[Response]]


def banc(requete: Request) -> Banc:
    """The bench of this process, made from the settings at the first request."""
    if not hasattr(requete.app.state, "banc"):
        requete.app.state.banc = Banc.depuis(lire_reglages())
    return requete.app.state.banc


def seance(requete: Request) -> str | None:
    return banc(requete).seances.lire(requete.cookies.get(COOKIE, ""))


def connecte(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """A page for who is logged in; the others are sent to the login."""

    async def gardee(requete: Request) -> Response:
        nom = seance(requete)
        return await page(requete, nom) if nom else vers("/connexion?expiree=1" if COOKIE in requete.cookies else "/connexion")

    return gardee


def formulaire(page: FormulaireRecu) -> Callable[[Request], Awaitable[Response]]:
    """A form of who is logged in, refused unless it carries the token of this session."""

    async def gardee(requete: Request) -> Response:
        nom = seance(requete)
        if not nom:
            return vers("/connexion?expiree=1")
        champs = await champs_recus(requete)
        if champs is None:
            return rendre(requete, "refus.html", 413)
        if not banc(requete).seances.jeton_valable(nom, str(champs.get("jeton", ""))):
            return rendre(requete, "refus.html", 403)
        return await page(requete, nom, champs)

    return gardee


async def champs_recus(requete: Request) -> FormData | None:
    """The fields of a form; None, and nothing read, when it is larger than any of ours or does not say its size."""
    taille = requete.headers.get("content-length", "")
    return await requete.form(max_files=0) if taille.isdigit() and int(taille) <= CORPS_MAXIMUM else None


async def absente(requete: Request, _nom: str) -> Response:
    return rendre(requete, "absent.html", 404)


def rendre(requete: Request, gabarit: str, code: int = 200, **contexte: Any) -> HTMLResponse:
    """A page, with what all pages need: the token of the session and where one is."""
    nom = seance(requete)
    commun = {"jeton": banc(requete).seances.jeton(nom) if nom else "", "connecte": bool(nom), "ici": requete.url.path, "racine": RACINE_DES_PAGES}
    return HTMLResponse(_GABARITS.get_template(gabarit).render(**commun, **contexte), status_code=code)


def vers(chemin: str) -> RedirectResponse:
    """See other: a page shown again never sends a form again."""
    return RedirectResponse(f"{RACINE_DES_PAGES}{chemin}", status_code=303)
