"""Trades: what people call them, and whether they want them."""

from bot.francais.metiers.lexique import LexiqueMetiers, MentionMetier

__all__ = ["LexiqueMetiers", "MentionMetier"]
