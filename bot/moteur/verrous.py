"""One turn at a time for each conversation, without Rasa's waits of a whole second."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import Any, AsyncGenerator, Optional

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore


class VerrousEnMemoire(LockStore):
    """Asyncio locks by conversation, for the one process that a server runs (several processes need another store).

    Rasa's store polls once a second (``core/lock_store.py:94`` in 3.6.21), so a double-click costs a second.
    """

    def __init__(self, endpoint_config: Optional[Any] = None) -> None:
        self._verrous: dict[str, asyncio.Lock] = {}
        self._presents: dict[str, int] = {}

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncGenerator[None, None]:
        verrou = self._verrous.setdefault(conversation_id, asyncio.Lock())
        self._presents[conversation_id] = self._presents.get(conversation_id, 0) + 1
        try:
            async with verrou:
                yield
        finally:
            self._presents[conversation_id] -= 1
            if not self._presents[conversation_id]:
                del self._presents[conversation_id], self._verrous[conversation_id]

    def get_lock(self, conversation_id: str) -> Optional[TicketLock]:
        return None

    def save_lock(self, lock: TicketLock) -> None:
        raise NotImplementedError("VerrousEnMemoire n'a pas de tickets : passe par lock().")

    def delete_lock(self, conversation_id: str) -> None:
        raise NotImplementedError("VerrousEnMemoire n'a pas de tickets : passe par lock().")
