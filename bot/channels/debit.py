"""How fast one may write: a bucket of turns for each key, refilled with time, kept in memory only."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Callable

CLES_GARDEES = 10_000


class Debit:
    """``capacite`` at once, then ``par_seconde``. A key that has been quiet costs nothing: the oldest are dropped."""

    def __init__(self, capacite: float, par_seconde: float, horloge: Callable[[], float] = time.monotonic) -> None:
        self._capacite, self._par_seconde, self._horloge = capacite, par_seconde, horloge
        self._seaux: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def prendre(self, cle: str) -> float:
        """0 when the turn is granted, else the seconds to wait before the next one."""
        maintenant = self._horloge()
        reste, quand = self._seaux.pop(cle, (self._capacite, maintenant))
        reste = min(self._capacite, reste + (maintenant - quand) * self._par_seconde)
        accorde = reste >= 1
        self._seaux[cle] = (reste - 1 if accorde else reste, maintenant)
        if len(self._seaux) > CLES_GARDEES:
            self._seaux.popitem(last=False)
        return 0.0 if accorde else (1 - reste) / self._par_seconde
