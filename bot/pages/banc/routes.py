"""The addresses of the bench. Everything but the login and the plain files asks for a session; every form asks for its token."""

from __future__ import annotations

from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.pages.banc import connexion, parler, rejouer
from bot.pages.banc.garde import RACINE_DES_PAGES, absente, connecte, formulaire

ROUTES: list[BaseRoute] = [
    Mount(
        RACINE_DES_PAGES,
        routes=[
            Mount("/statique", StaticFiles(directory=Path(__file__).with_name("statique"))),
            Route("/connexion", connexion.montrer),
            Route("/connexion", connexion.entrer, methods=["POST"]),
            Route("/sortir", formulaire(connexion.sortir), methods=["POST"]),
            Route("/", connecte(parler.montrer)),
            Route("/dire", formulaire(parler.dire), methods=["POST"]),
            Route("/recommencer", formulaire(parler.recommencer), methods=["POST"]),
            Route("/signaler", formulaire(parler.signaler), methods=["POST"]),
            Route("/signalements", connecte(parler.signalements)),
            Route("/signalements/regler", formulaire(parler.regler), methods=["POST"]),
            Route("/garder", connecte(parler.preparer)),
            Route("/garder", formulaire(parler.garder), methods=["POST"]),
            Route("/scenarios", connecte(rejouer.lister)),
            Route("/scenarios/un", connecte(rejouer.montrer)),
            Route("/jouer", formulaire(rejouer.jouer), methods=["POST"]),
            Route("/comparer", connecte(rejouer.comparaison)),
            Route("/passages/{numero}", connecte(rejouer.passage)),
            Route("/passages/{numero}/avancement", connecte(rejouer.avancement)),
            Route("/{reste:path}", connecte(absente)),
        ],
    )
]
