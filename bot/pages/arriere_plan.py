"""What the pages' process does beside its pages: it sends the mails that wait, and erases what is too old."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from bot.conservation import purger
from bot.pages.banc.etat import SIGNALEMENTS
from bot.pages.banc.signalements import Signalements
from bot.pages.ressources import reglages, sessions
from bot.sejours.relais import Relais

PURGE_S = 3600.0
SILENCE = timedelta(minutes=10)  # a relay that has not turned for so long is stuck

logger = logging.getLogger(__name__)


@asynccontextmanager
async def arriere_plan(application: Starlette) -> AsyncIterator[None]:
    """Starlette's lifespan: both tasks live exactly as long as the server."""
    application.state.relais = Relais(sessions(), reglages())
    taches = [asyncio.create_task(application.state.relais.sans_fin()), asyncio.create_task(_purger_sans_fin())]
    try:
        yield
    finally:
        for tache in taches:
            tache.cancel()
        await asyncio.gather(*taches, return_exceptions=True)


def vivant(application: Starlette) -> bool:
    """False when the relay is stuck: the supervisor then starts this process again."""
    relais = getattr(application.state, "relais", None)
    return relais is None or datetime.utcnow() - relais.dernier_tour < SILENCE


async def _purger_sans_fin() -> None:
    while True:
        try:
            await asyncio.to_thread(purger, reglages(), datetime.utcnow())
            Signalements(SIGNALEMENTS).tous()  # reading erases the old ones
        except SQLAlchemyError as erreur:
            logger.warning("L'effacement périodique attend : %s.", type(erreur).__name__)
        await asyncio.sleep(PURGE_S)
