"""Our actions inside the Rasa process: the same classes as on the action server, without HTTP and without a second process.

They run in a thread: a slow or locked database makes one conversation wait, never all of them.
"""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk.executor import ActionExecutor


class ActionsSurPlace:
    """Runs actions given as the action server would receive them (``next_action``, ``tracker``...)."""

    def __init__(self) -> None:
        self._executeur = ActionExecutor()
        self._executeur.register_package("bot.actions")

    async def executer(self, appel: dict[str, Any]) -> dict[str, Any]:
        """The events and responses of the action. What an action raises is raised here."""
        return await asyncio.to_thread(self._executer, appel)

    def _executer(self, appel: dict[str, Any]) -> dict[str, Any]:
        """Our actions never wait inside: one step of the coroutine is all of it, and a loop for each call would cost 0.3 ms."""
        etape = self._executeur.run(appel)
        try:
            etape.send(None)
        except StopIteration as fin:
            return fin.value
        etape.close()
        raise RuntimeError(f"L'action {appel.get('next_action')} attend quelque chose : elle doit tourner sur le serveur d'actions.")
