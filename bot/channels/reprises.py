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
        if identifiant not in connues:
            connues[identifiant] = tache = asyncio.ensure_future(tour())
            tache.add_done_callback(lambda finie: _ranger(connues, identifiant, finie))
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


def _ranger(connues: dict[str, Optional[asyncio.Future[Messages]]], identifiant: str, finie: asyncio.Future[Messages]) -> None:
    """A turn that failed may be tried again; of the others only the last answers stay in memory."""
    if finie.cancelled() or finie.exception():
        connues.pop(identifiant, None)
        return
    gardees = [nom for nom, reponse in connues.items() if reponse is not None and reponse.done()]
    for nom in gardees[:-REPONSES_GARDEES]:
        connues[nom] = None
