"""The evaluation messages, as their writers labelled them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

DOSSIER = Path(__file__).resolve().parent.parent / "tests" / "evaluation"
MOITIES = ("developpement", "test")
STYLES = ("sms", "plain", "story", "one_word", "parent", "professional", "dictation", "learner")


@dataclass(frozen=True)
class MessageEvalue:
    """One message with its right label, another that is right too, and its style. ``leurre``: looks like distress, is not."""

    texte: str
    etiquettes: tuple[str, ...]  # several when the message asks several questions, in order
    aussi: str
    style: str

    @property
    def genre(self) -> str:
        if len(self.etiquettes) > 1:
            return "plusieurs"
        if self.etiquettes[0].startswith("detresse/"):
            return "detresse"
        return "hors_sujet" if self.etiquettes[0] == "hors_sujet" else "dans_le_sujet"

    def accepte(self, nom: str) -> bool:
        return nom in (self.etiquettes[0], self.aussi)


def lire(moitie: str) -> list[MessageEvalue]:
    """Read one half: ``developpement`` (for tuning) or ``test`` (only reported)."""
    with (DOSSIER / f"{moitie}.tsv").open(encoding="utf-8", newline="") as lu:
        lignes = csv.DictReader(lu, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [MessageEvalue(x["message"], tuple(x["etiquette"].split("+")), x["aussi"], x["style"]) for x in lignes]
