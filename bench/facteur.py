"""A real SMTP server for tests and faults, with moods."""

from __future__ import annotations

import asyncio
import re
import socket
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


class Facteur:
    """``humeur``: accepte, refuse (451), rejette (550), coupe (keeps the mail, then hangs up without a word), pend (never answers)."""

    def __init__(self, humeur: str = "accepte") -> None:
        self.humeur = humeur
        self.recus: list[bytes] = []
        with socket.socket() as prise:  # Controller must know its port beforehand
            prise.bind(("127.0.0.1", 0))
            self.port: int = prise.getsockname()[1]
        self._controleur = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=30)

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(recu, policy=default) for recu in self.recus]  # type: ignore[misc]

    def courriels(self) -> list[tuple[str, str, str]]:
        """Reference, subject and Message-ID of each mail received about a request."""
        return [(trouvee[0], m["Subject"], m["Message-ID"]) for m in self.messages if (trouvee := re.search(r"ET-[A-Z2-9]{6}", m["Subject"]))]

    async def handle_DATA(self, serveur: Any, session: Any, enveloppe: Any) -> str:
        if self.humeur == "refuse":
            return "451 plus tard"
        if self.humeur == "rejette":
            return "550 jamais"
        if self.humeur == "pend":
            await asyncio.sleep(3600)
        self.recus.append(enveloppe.content)
        if self.humeur == "coupe":
            serveur.transport.abort()
        return "250 pris"

    def __enter__(self) -> Facteur:
        self._controleur.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controleur.stop(no_assert=True)
