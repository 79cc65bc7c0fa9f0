"""A free sentence made safe to keep: one line, no control or direction marks, no tags, of a bounded length."""

from __future__ import annotations

import re
import unicodedata

_BALISE = re.compile(r"<[^<>]{0,200}>")
_LETTRE = re.compile(r"[^\W\d_]")


def phrase_propre(texte: str, maximum: int) -> str:
    """The text on one line, at most ``maximum`` characters; empty when no letter is left in it."""
    brut = _BALISE.sub(" ", texte[: 10 * maximum])
    # Categories C (controls, right-to-left overrides, lone surrogates) and Z (separators, line breaks): a mail header or a page could be bent by them.
    lettres = [" " if unicodedata.category(c)[0] in "CZ" else c for c in brut if c not in "<>"]
    net = " ".join("".join(lettres).split())
    if len(net) > maximum:
        net = net[: maximum - 1].rstrip() + "…"
    return net if _LETTRE.search(net) else ""
