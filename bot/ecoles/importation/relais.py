"""Write a packet of schools while the next one is compared, where a server does the writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Optional

from sqlalchemy.orm import Session

from bot.base import fabrique_de_sessions


class Relais:
    """``lecture`` is the session to compare from. Until ``attendre``, only what is entrusted may use the writing session."""

    def __init__(self, lecture: Session, executeur: ThreadPoolExecutor | None = None) -> None:
        self.lecture = lecture
        self._executeur = executeur
        self._en_cours: Optional[Future[None]] = None

    def confier(self, tache: Callable[[], None]) -> None:
        """Do it, here or once the one before is done; raise what the one before raised."""
        if self._executeur is None:
            tache()
            return
        self.attendre()
        self._en_cours = self._executeur.submit(tache)

    def attendre(self) -> None:
        futur, self._en_cours = self._en_cours, None
        if futur is not None:
            futur.result()


@contextmanager
def relais(session: Session) -> Iterator[Relais]:
    """On PostgreSQL, compare from a second session, which sees the base as the preview saw it; SQLite writes in this very process."""
    if session.get_bind().dialect.name != "postgresql":
        yield Relais(session)
        return
    with fabrique_de_sessions(session.get_bind())() as lecture, ThreadPoolExecutor(max_workers=1) as executeur:
        en_cours = Relais(lecture, executeur)
        yield en_cours
        en_cours.attendre()
