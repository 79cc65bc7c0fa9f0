"""The reference of a request, as the bot gives it and as people write it back."""

from __future__ import annotations

import re
from typing import Optional

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is misread over the phone
LONGUEUR = 6
_REFERENCE = re.compile(rf"\b(ET)([-\u2010-\u2015 ]?)([{ALPHABET}]{{{LONGUEUR}}})\b", re.IGNORECASE)


def lire_reference(texte: str) -> Optional[str]:
    """The reference in a message, as it was given: ``ET-ABC234``."""
    for prefixe, trait, code in _REFERENCE.findall(texte):
        # « et demain » has the same shape: without its hyphen, a reference is in capitals or holds a digit.
        if trait.strip() or (prefixe + code).isupper() or any(c.isdigit() for c in code):
            return f"ET-{code.upper()}"
    return None
