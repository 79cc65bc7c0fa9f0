"""A greeting at the head of a message, whatever follows it and whatever separates them."""

from __future__ import annotations

from bot.francais.texte import cle

_SALUTS = frozenset("bonjour bonsoir bjr bonjours bsr bsoir slt salut salu cc coucou hello hey hi wesh wsh yo salam".split())


def salue(texte: str) -> bool:
    """« Bonjour madame combien ça coûte », « slt c cb »."""
    mots = cle(texte[:40]).split()
    return bool(mots) and mots[0] in _SALUTS
