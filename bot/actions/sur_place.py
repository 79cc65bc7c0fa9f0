"""Our actions inside the Rasa process: the same classes as on the action server, without HTTP and without a second process.

A slow or locked database makes one conversation wait, never all of them: what may wait runs in a thread.
"""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk.executor import ActionExecutor

from bot.actions.ressources import sessions
from bot.base import sans_bloquer

# What answers from what is known, and writes at most one line: the others keep requests, and wait for the disk.
QUI_REPONDENT = frozenset(
    {
        "action_chercher_ecole",
        "action_converser",
        "action_demander_lequel",
        "action_dire_incompris",
        "action_parler_d_une_ecole",
        "action_repondre",
        "action_repondre_tout",
    }
)


class ActionsSurPlace:
    """Runs actions given as the action server would receive them (``next_action``, ``tracker``...)."""

    def __init__(self) -> None:
        self._executeur = ActionExecutor()
        self._executeur.register_package("bot.actions")
        self._sqlite = sessions().kw["bind"].dialect.name == "sqlite"

    async def executer(self, appel: dict[str, Any]) -> dict[str, Any]:
        """The events and responses of the action. What an action raises is raised here."""
        if appel.get("next_action") in QUI_REPONDENT:
            return await sans_bloquer(self._sqlite, self._executer, appel)
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
