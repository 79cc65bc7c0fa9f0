"""Does a clause ask what its best label says, or only tell it? A logistic model on its words, its label and what stands around it.

« ça coûte un bras » tells, « ça coûte combien » asks; question marks are rare. Fitted by ``python -m bench.plusieurs`` on the clauses
of messages that the classifier had not seen; the trees of ``plusieurs.py`` weigh it with the rest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Mapping

from bot.francais.texte import cle

MOTS = Path(__file__).with_name("demande.json")
_MOTS_COMPTES = 12


def mots_d_une_demande(texte: str, etiquette: str, avant: str, suite: str) -> set[str]:
    """What the model looks at: words and pairs of words, those at both ends, the label, and the signs before and after the clause."""
    mots = cle(texte).split() or [""]
    fin = suite.strip()[:1]
    return {
        *mots,
        *map(" ".join, zip(mots, mots[1:])),
        *(f"{combien}>{' '.join(mots[:combien])}" for combien in (1, 2, 3)),
        *(f"<{combien}{' '.join(mots[-combien:])}" for combien in (1, 2)),
        f"={min(len(mots), _MOTS_COMPTES)}",
        f"^{(avant.split() or [''])[-1]}",
        f"${fin}",
        etiquette,
        f"{etiquette}${fin}",
    }


@dataclass(frozen=True)
class Demande:
    """The weight of each word, and what is believed of a clause without any."""

    biais: float
    poids: Mapping[str, float]

    def cote(self, mots: set[str]) -> float:
        """The log-odds that it asks."""
        return self.biais + sum(self.poids.get(mot, 0.0) for mot in mots)


@lru_cache(maxsize=1)
def demande() -> Demande:
    """That of ``demande.json``, read once."""
    lu = json.loads(MOTS.read_text(encoding="utf-8"))
    return Demande(lu["biais"], lu["poids"])
