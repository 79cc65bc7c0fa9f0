"""An age beside a search: « jai 15 ans, soudure vers limoges ». The search is what is asked; the age is answered too when it changes something."""

from __future__ import annotations

from typing import Any, Optional

from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.francais.interrogation import est_une_question
from bot.nlu.lecture import PLUSIEURS, QUESTIONS, Question, donnees_de_lecture

AGES_ORDINAIRES = range(14, 19)
_AGE, _RECHERCHE = "faq/age", "chercher_ecole"
_METIERS = frozenset(("metier", "metier_ambigu", "metier_inconnu"))
_LIEUX = frozenset(("lieu", "lieu_ambigu", "pays", "pres_de_moi"))


def recherche_et_age(message: Message, lecture: dict[str, Any], tracker: Optional[DialogueStateTracker]) -> dict[str, Any]:
    """The reading, with the search that the age hid, or the age that the search hid."""
    noms = [question["nom"] for question in lecture[QUESTIONS]]
    if noms not in ([_AGE], [_RECHERCHE]) or (tracker and tracker.active_loop_name):
        return lecture
    entites = {e["entity"] for e in message.get(ENTITIES, [])}
    ages = [int(e["value"]) for e in message.get(ENTITIES, []) if e["entity"] == "age"]
    if not ages or not entites & _METIERS or (noms == [_AGE] and not entites & _LIEUX):
        return lecture
    texte, confiance = message.get(TEXT), lecture[INTENT]["confidence"]
    recherche, age = Question(_RECHERCHE, confiance, texte), Question(_AGE, confiance, texte)
    demande_l_age = noms == [_AGE] and est_une_question(texte)
    if ages[0] in AGES_ORDINAIRES and not demande_l_age:
        return donnees_de_lecture(_RECHERCHE, confiance, [recherche])
    return donnees_de_lecture(PLUSIEURS, confiance, [age, recherche])
