"""One message, one turn: a retry gets the answer of the first try, even while that one is still running or after a restart."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any, Awaitable, Callable, Optional

Messages = list[dict[str, Any]]
Relire = Callable[[], Awaitable[dict[str, Messages]]]

REPONSES_GARDEES = 8  # by conversation; older ones are read again from the store
CONVERSATIONS_SUIVIES = 2000


class Reprises:
    """Answers by conversation and message id.

    The first time a conversation is met (a new process, or one not heard of for long), the turns already stored are read
    back: a message whose answer was lost between the server and the phone is not played twice after a crash either.
    """

    def __init__(self) -> None:
        self._suivies: OrderedDict[str, dict[str, Optional[asyncio.Future[Messages]]]] = OrderedDict()

    async def repondre(self, conversation: str, identifiant: str, tour: Callable[[], Awaitable[Messages]], relire: Relire) -> Messages:
        """The answer to this message. The turn runs to its end even if whoever asked goes away."""
        connues = await self._ouvrir(conversation, relire)
        if identifiant not in connues or _a_echoue(connues[identifiant]):
            # A commit may be refused and yet be kept (a disk that fills up): what failed is read back before it is played again.
            joue = tour() if identifiant not in connues else _sauf_si_garde(identifiant, tour, relire)
            connues[identifiant] = tache = asyncio.ensure_future(joue)
            tache.add_done_callback(lambda finie: _ranger(connues, finie))
        attendue = connues[identifiant]
        if attendue is None:
            return (await relire()).get(identifiant, [])
        return await asyncio.shield(attendue)

    def oublier(self, conversation: str) -> None:
        self._suivies.pop(conversation, None)

    async def _ouvrir(self, conversation: str, relire: Relire) -> dict[str, Optional[asyncio.Future[Messages]]]:
        if conversation not in self._suivies:
            deja: dict[str, Optional[asyncio.Future[Messages]]] = dict.fromkeys(await relire())
            # Two requests may both have read: the first to come back keeps the place.
            self._suivies.setdefault(conversation, deja)
        self._suivies.move_to_end(conversation)
        if len(self._suivies) > CONVERSATIONS_SUIVIES:
            self._suivies.popitem(last=False)
        return self._suivies[conversation]


def _a_echoue(tour: Optional[asyncio.Future[Messages]]) -> bool:
    return tour is not None and tour.done() and (tour.cancelled() or tour.exception() is not None)


async def _sauf_si_garde(identifiant: str, tour: Callable[[], Awaitable[Messages]], relire: Relire) -> Messages:
    gardee = (await relire()).get(identifiant)
    return await tour() if gardee is None else gardee


def _ranger(connues: dict[str, Optional[asyncio.Future[Messages]]], finie: asyncio.Future[Messages]) -> None:
    """Of the turns that were played, only the last answers stay in memory; one that failed may be tried again."""
    if _a_echoue(finie):
        return
    gardees = [nom for nom, reponse in connues.items() if reponse is not None and reponse.done() and not _a_echoue(reponse)]
    for nom in gardees[:-REPONSES_GARDEES]:
        connues[nom] = None
