"""What is worked out several times of one message is kept while it is being answered, and no longer: nothing typed stays in memory."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Callable, TypeVar

_TEXTES = 64  # a message, its clauses and their views

F = TypeVar("F", bound=Callable[..., Any])
_memoires: list[Any] = []


def le_temps_d_un_message(fonction: F) -> F:
    """Keep the last results of a pure function of texts until ``oublier``."""
    memoire = lru_cache(maxsize=_TEXTES)(fonction)
    _memoires.append(memoire)
    return memoire  # type: ignore[return-value]


def oublier() -> None:
    """Drop every result: called at the end of each turn."""
    for memoire in _memoires:
        memoire.cache_clear()
