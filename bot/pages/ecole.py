"""The school's answer. GET only shows (mail scanners follow links), POST confirms, and the first answer stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.francais.dates import date_en_clair
from bot.pages.ressources import ICI, gabarits, reglages, sessions
from bot.sejours.reponses_ecole import Fiche, LienRefuse, lire_fiche, reference_du_lien, repondre, sceau

CORPS_MAXIMUM = 4_000  # octets: the form holds a seal and a word


async def montrer(requete: Request) -> Response:
    try:
        reference = reference_du_lien(reglages().secret, requete.path_params["jeton"])
    except LienRefuse:
        return _page(requete, "refus.html", 404)
    return _fiche(requete, await run_in_threadpool(lire_fiche, sessions(), reference))


async def confirmer(requete: Request) -> Response:
    if not requete.headers.get("content-length", "").isdigit() or int(requete.headers["content-length"]) > CORPS_MAXIMUM:
        return _page(requete, "refus.html", 413)
    secret = reglages().secret
    formulaire = await requete.form(max_files=0, max_fields=5)
    recu, reponse = (str(formulaire.get(nom) or "") for nom in ("sceau", "reponse"))
    try:
        reference = reference_du_lien(secret, requete.path_params["jeton"])
        fiche = await run_in_threadpool(repondre, sessions(), secret, reference, recu, reponse, datetime.utcnow())
    except LienRefuse:
        return _page(requete, "refus.html", 400)
    return _fiche(requete, fiche)


async def style(_: Request) -> Response:
    return FileResponse(ICI / "statique" / "ecole.css", media_type="text/css")


def _fiche(requete: Request, fiche: Fiche | None) -> Response:
    if fiche is None:
        return _page(requete, "partie.html", 410)
    date = date_en_clair(fiche.cree_le.date().isoformat())
    if fiche.reponse:
        return _page(requete, "merci.html", 200, fiche=fiche, date=date)
    return _page(requete, "repondre.html", 200, fiche=fiche, date=date, sceau=sceau(reglages().secret, fiche.reference))


def _page(requete: Request, gabarit: str, code: int, **variables: Any) -> Response:
    return gabarits().TemplateResponse(requete, f"ecole/{gabarit}", variables, status_code=code)


ROUTES = [
    Route("/ecole/style.css", style),
    Route("/ecole/{jeton}", montrer, methods=["GET"]),
    Route("/ecole/{jeton}", confirmer, methods=["POST"]),
]
