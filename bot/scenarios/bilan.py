"""What a played scenario gives: its conversations, turn by turn, and the first difference of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Difference:
    """Where a scenario and the bot part: line of the exchange, what was said, expected, obtained and understood (with its confidence).

    ``reponse``: what the person reads, where ``obtenu`` is something else (names, buttons).
    """

    ligne: int
    dit: str
    attendu: str
    obtenu: str
    compris: str = ""
    reponse: str = ""


@dataclass(frozen=True)
class Tour:
    """One message and its reply. ``duree`` in seconds, None when nothing could be sent."""

    ligne: int
    dit: str
    messages: tuple[Mapping[str, Any], ...]
    difference: Difference | None = None
    duree: float | None = None


@dataclass(frozen=True)
class Partie:
    """One conversation, up to its first difference."""

    tours: tuple[Tour, ...]

    @property
    def difference(self) -> Difference | None:
        return self.tours[-1].difference if self.tours else None


@dataclass(frozen=True)
class Bilan:
    """How a scenario went: one conversation, or one for each phrasing of its table."""

    parties: tuple[Partie, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        return tuple(partie.difference for partie in self.parties if partie.difference)

    @property
    def difference(self) -> Difference | None:
        return next(iter(self.differences), None)

    @property
    def ok(self) -> bool:
        return not self.differences

    @property
    def durees(self) -> tuple[float, ...]:
        """Seconds for each answer received."""
        return tuple(tour.duree for partie in self.parties for tour in partie.tours if tour.duree is not None)
