"""The gate: every message of every channel passes here before it is understood.

Rasa lets anybody type ``/intent{"entity": ...}`` and sets what it says. Here a payload counts only when the bot has just
offered it to this very person; otherwise it is words like any other. Empty and endless messages get their own answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Optional, Sequence

from rasa.shared.core.events import Event

from bot.nlu.boutons import boutons_des_cartes, boutons_proposes, lecture_de_charge
from bot.nlu.lecture import Question, donnees_de_lecture

LONGUEUR_MAXIMALE = 1000
_BALISE = re.compile(r"<[^<>]{0,200}>")
_LETTRE_OU_CHIFFRE = re.compile(r"[^\W_]", re.UNICODE)


@dataclass(frozen=True)
class Passage:
    """What the gate decided: the text to understand, or an understanding that is already known."""

    texte: str
    lecture: Optional[dict[str, Any]] = None


def passer(texte: Optional[str], evenements: Sequence[Event], titre: Optional[str] = None, montres: Sequence[dict[str, str]] = ()) -> Passage:
    """Decide what happens with a raw message, given the conversation so far (newest event last).

    ``titre``: the words on the button that was pressed, read instead of a payload that does not count (any more).
    ``montres``: buttons that the channel itself showed before the first message.
    """
    brut = texte if isinstance(texte, str) else ""
    if len(brut) > LONGUEUR_MAXIMALE:
        return Passage(brut[:200] + "…", _lecture_simple("message_trop_long"))
    net = " ".join(_BALISE.sub(" ", brut.replace("\x00", "")).split())
    if not net:
        return Passage("", _lecture_simple("message_vide"))
    bouton = _bouton_choisi(net, [*montres, *boutons_proposes(evenements), *boutons_des_cartes(evenements)])
    if bouton:
        return Passage(bouton.get("title") or titre or net, lecture_de_charge(bouton["payload"]))
    if titre:
        return passer(titre, evenements)
    net = net.lstrip("/ ") or net
    if not _LETTRE_OU_CHIFFRE.search(net):
        return Passage(net, _lecture_simple("que_du_bruit"))
    return Passage(net)


def _bouton_choisi(texte: str, boutons: Sequence[dict[str, str]]) -> Optional[dict[str, str]]:
    """The offered button that the text names: by its payload, or by its exact title (typed or sent by a channel)."""
    for bouton in boutons:
        if texte == bouton.get("payload") or texte.casefold() == str(bouton.get("title", "")).casefold():
            return bouton
    return None


def _lecture_simple(intention: str) -> dict[str, Any]:
    return {**donnees_de_lecture(intention, 1.0, [Question(intention, 1.0)]), "entities": []}
