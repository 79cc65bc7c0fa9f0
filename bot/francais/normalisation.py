"""The three views of a text: without accents, as a comparison key, as plain French."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.francais.memoire import le_temps_d_un_message
from bot.francais.sms import Normaliseur
from bot.francais.texte import cle, cle_lieu, sans_accents

__all__ = ["cle", "cle_lieu", "normaliser", "normaliseur", "sans_accents"]

DONNEES = Path(__file__).resolve().parents[2] / "data" / "francais"


@lru_cache(maxsize=4)
def normaliseur(dossier: Path = DONNEES) -> Normaliseur:
    """The normaliser of a folder, read at the first call and kept."""
    return Normaliseur.depuis(dossier)


@le_temps_d_un_message
def normaliser(texte: str, dossier: Path = DONNEES) -> str:
    """Plain French for a typed message (see ``Normaliseur``)."""
    return normaliseur(dossier).normaliser(texte)
