"""Tables for the terminal, and the same facts as JSON for a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bot.cli.messages import dire, patience

LARGEUR_SANS_TERMINAL = 140


def montrer(titre: str, colonnes: Sequence[str], lignes: Iterable[Sequence[str]]) -> None:
    """Print a table; nothing when it would be empty. Cells are plain text: a name in brackets is not a style."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=titre, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for colonne in colonnes:
        table.add_column(colonne, overflow="fold")
    for ligne in lignes:
        table.add_row(*(Text(case) for case in ligne))
    if table.row_count:
        Console(width=None if sys.stdout.isatty() else LARGEUR_SANS_TERMINAL, highlight=False).print(table)


def en_json(donnees: Any) -> None:
    dire(json.dumps(donnees, ensure_ascii=False, indent=2, default=str))


@contextmanager
def progression(texte: str, taille: int, muette: bool = False) -> Iterator[Callable[[int], None]]:
    """Yield the function that is told each step forward: a bar on a terminal, a line every 15 s elsewhere, or silence."""
    if muette:
        yield lambda _: None
        return
    if not sys.stdout.isatty():
        with patience(texte) as rappeler:
            yield lambda _: rappeler()
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    with Progress(TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), transient=True) as barre:
        tache = barre.add_task(f"{texte}…", total=taille)
        yield lambda pas: barre.advance(tache, pas)
