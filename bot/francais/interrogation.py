"""Is this clause a question, or a piece of a story? Question marks are rare in messages; question words are not."""

from __future__ import annotations

import re

from bot.francais.texte import cle

# On the comparison key: no accents, no apostrophes. Words that ask, and turns of phrase that ask without asking.
_DEMANDE = re.compile(
    r"\b(?:combien|cb|cmb|quand|kand|ou|comment|koman|cmt|pourquoi|pk|pq|quels?|quelles?|kel|qui|ki|quoi|koi|koa"
    r"|est ce|es ce|esk|esque|esce|y a|ya|il y a|yatil|peut on|peut elle|peut il|on peut|je peux|jpeux|jpe|tu peux|faut|fo|doit"
    r"|vous avez|t as|a t (?:il|on|elle)|t (?:il|on|elle|ils)|sont ils|est il|est elle"
    r"|payant|gratuit|c est (?:loin|dur|dangereux|long|mixte|vrai|obligatoire)|c (?:loin|dur)|on est payes?"
    r"|donne moi|donnez|dis moi|dites|explique|je voudrais|je veux|jveux|jvoudrais|cherche)\b"
)
# « serait-elle la seule », « que demande-t-on » : the verb before its subject.
_INVERSION = re.compile(r"\w-(?:t-)?(?:ils?|elles?|on|je|tu|vous|nous|ce)\b")


def est_une_question(proposition: str, suite: str = "") -> bool:
    """``suite`` is what follows the clause in the message (a question mark may have been cut off)."""
    return (
        "?" in suite[:3]
        or "?" in proposition
        or bool(_DEMANDE.search(cle(proposition)))
        or bool(_INVERSION.search(proposition.casefold().replace("’", "'")))
    )
