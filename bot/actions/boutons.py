"""Titles of buttons."""

from __future__ import annotations

TITRE_DE_BOUTON = 24  # characters; what the narrowest channel shows


def court(titre: str) -> str:
    return titre if len(titre) <= TITRE_DE_BOUTON else titre[: TITRE_DE_BOUTON - 1].rstrip(" ,") + "…"
