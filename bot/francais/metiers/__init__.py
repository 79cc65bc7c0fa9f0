"""Trades: what people call them, and whether they want them."""

from bot.francais.metiers.lexique import LexiqueMetiers, MentionMetier
from bot.francais.metiers.souhaits import metier_inconnu

__all__ = ["LexiqueMetiers", "MentionMetier", "metier_inconnu"]
