"""The buttons that the bot has offered, and what pressing one means."""

from __future__ import annotations

import json
import re
from typing import Any, Iterable, Optional

from rasa.shared.core.events import BotUttered, Event, UserUttered

from bot.francais.normalisation import cle, normaliser
from bot.nlu.lecture import Question, donnees_de_lecture

INTENTIONS_DES_CARTES = ("presenter_ecole", "demander_sejour")
_LETTRES_D_UN_MOT, _LETTRES_COMPAREES = 3, 5
_SANS_POIDS = frozenset("les des une plutot pour veux voudrais celui celle oui non bah ben mais enfin".split())
_CHARGE = re.compile(r"^/(?P<nom>[a-z_]+(?:/[a-z_0-9]+)?)\s*(?P<donnees>\{.*\})?$", re.DOTALL)


def boutons_proposes(evenements: Iterable[Event]) -> list[dict[str, str]]:
    """The buttons of the bot's messages since the person last wrote, in the order they were shown."""
    proposes: list[dict[str, str]] = []
    for evenement in reversed(list(evenements)):
        if isinstance(evenement, UserUttered):
            break
        if isinstance(evenement, BotUttered):
            proposes = list(evenement.data.get("buttons") or []) + proposes
    return proposes


def bouton_nomme(texte: str, boutons: list[dict[str, str]]) -> Optional[dict[str, str]]:
    """The only button whose title holds the words of a short answer: « réparer » for « Réparer des voitures », « plutot la piece »."""
    dits = [mot for mot in cle(normaliser(texte)).split() if len(mot) >= _LETTRES_D_UN_MOT and mot not in _SANS_POIDS]
    if not dits:
        return None
    nommes = [b for b in boutons if all(any(mot[:_LETTRES_COMPAREES] == dit[:_LETTRES_COMPAREES] for mot in cle(b["title"]).split()) for dit in dits)]
    return nommes[0] if len(nommes) == 1 else None


def boutons_des_cartes(evenements: Iterable[Event]) -> list[dict[str, str]]:
    """A card stays on the screen: what can be pressed on a school that was shown counts as long as the conversation lives."""
    boutons = []
    for evenement in evenements:
        donnees = (evenement.data.get("custom") or {}) if isinstance(evenement, BotUttered) else {}
        for ecole in donnees.get("ecoles") or []:
            for intention in INTENTIONS_DES_CARTES:
                boutons.append({"payload": f'/{intention}{json.dumps({"ecole": ecole.get("id")})}'})
    return boutons


def lecture_de_charge(charge: str) -> dict[str, Any]:
    """Understanding of a payload such as ``/faq/cout`` or ``/chercher_ecole{"metier": "usinage"}``."""
    trouve = _CHARGE.match(charge)
    if not trouve:
        raise ValueError(f"Charge de bouton illisible : {charge!r} ; attendu /intention ou /intention{{...}}.")
    question = Question(trouve["nom"], 1.0)
    entites = json.loads(trouve["donnees"] or "{}")
    return {
        **donnees_de_lecture(question.intention, 1.0, [question]),
        "entities": [{"entity": cle, "value": valeur} for cle, valeur in entites.items()],
        "charge": charge,
    }
