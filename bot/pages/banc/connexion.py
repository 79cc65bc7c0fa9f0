"""Logging in and out."""

from __future__ import annotations

import asyncio

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bot.pages.banc.garde import RACINE_DES_PAGES, banc, champs_recus, rendre, seance, vers
from bot.pages.banc.seances import COOKIE, DUREE_S


async def montrer(requete: Request) -> Response:
    if seance(requete):
        return vers("/")
    return _page(requete, expiree="expiree" in requete.query_params)


async def entrer(requete: Request) -> Response:
    """Check the form's own token, the brake, then the password; a session begins only then."""
    ici, origine = banc(requete), requete.client.host if requete.client else ""
    champs = await champs_recus(requete)
    if champs is None or not ici.seances.connexion_valable(str(champs.get("jeton", ""))):
        return _page(requete, 403, perimee=True)
    attente = ici.frein.attente(origine)
    if attente:
        return _page(requete, 429, attente=(attente + 59) // 60)
    ici.frein.echec(origine)  # counted before the slow check: tries sent together do not slip through
    if not await asyncio.to_thread(ici.mot_de_passe.verifier, str(champs.get("mot_de_passe", ""))):
        return _page(requete, 401, faux=True)
    ici.frein.reussite(origine)
    reponse = vers("/")
    reponse.set_cookie(
        COOKIE, ici.seances.ouvrir(), max_age=DUREE_S, path=RACINE_DES_PAGES, httponly=True, samesite="strict", secure=ici.sur_https
    )  # fmt: skip
    return reponse


async def sortir(requete: Request, nom: str, _champs: FormData) -> Response:
    banc(requete).seances.fermer(nom)
    reponse = vers("/connexion")
    reponse.delete_cookie(COOKIE, path=RACINE_DES_PAGES, httponly=True, samesite="strict")
    return reponse


def _page(requete: Request, code: int = 200, **contexte: object) -> Response:
    ici = banc(requete)
    return rendre(requete, "connexion.html", code, jeton_de_connexion=ici.seances.jeton_de_connexion(), pret=ici.mot_de_passe.existe(), **contexte)
