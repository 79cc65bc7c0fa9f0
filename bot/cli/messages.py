"""What a command says, and how it shows that a long step goes on."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.reglages import RACINE

RAPPEL_S = 15


class Arret(Exception):
    """The command cannot go on; the message is one French sentence with the next step."""


def dire(texte: str) -> None:
    print(texte, flush=True)


def dire_erreur(texte: str) -> None:
    print(texte, file=sys.stderr, flush=True)


@contextmanager
def patience(texte: str) -> Iterator[Callable[[], None]]:
    """Show a long step: a spinner with the elapsed time on a terminal, a line every 15 s elsewhere.

    Yields the function to call at each turn of the wait; it draws nothing by itself, so that no thread runs beside a fork.
    """
    debut = time.monotonic()
    if not sys.stdout.isatty():
        dire(f"{texte}…")
        prochain = [debut + RAPPEL_S]

        def rappeler() -> None:
            if time.monotonic() >= prochain[0]:
                dire(f"  {texte}… {time.monotonic() - debut:.0f} s")
                prochain[0] += RAPPEL_S

        yield rappeler
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    colonnes = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*colonnes, transient=True, auto_refresh=False) as progression:
        progression.add_task(f"{texte}…", total=None)
        yield progression.refresh


def court(chemin: Path) -> str:
    """A path as people type it, from the project folder."""
    try:
        return str(chemin.relative_to(RACINE))
    except ValueError:
        return str(chemin)
