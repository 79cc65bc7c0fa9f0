"""A reply as a plain text message shows it: sentences, schools on lines, choices as numbers. As an SMS would be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.scenarios.attentes import titres


def en_texte(messages: Iterable[Mapping[str, Any]]) -> str:
    """The whole reply, one line after the other."""
    return "\n".join(morceaux(messages))


def morceaux(messages: Iterable[Mapping[str, Any]]) -> list[str]:
    """The texts of a reply in order; the choices come at the end, together, numbered from 1, but not twice (« 1. Lille »)."""
    recus = list(messages)
    numerotes = [titre if titre.startswith(f"{numero}. ") else f"{numero}. {titre}" for numero, titre in enumerate(choix(recus), 1)]
    return [*textes(recus), "\n".join(numerotes)] if numerotes else textes(recus)


def textes(messages: Iterable[Mapping[str, Any]]) -> list[str]:
    """What is said, without the choices. Cards are left out: the bot always writes the same list beside them."""
    return [str(message["text"]) for message in messages if message.get("text")]


def choix(messages: Iterable[Mapping[str, Any]]) -> list[str]:
    """The titles that can be chosen, each once, in the order of their numbers."""
    return list(dict.fromkeys(titres(messages)))
