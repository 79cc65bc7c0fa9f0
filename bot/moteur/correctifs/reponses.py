"""What is said: the choice of a variant, and the copies that Rasa makes on the way."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import Any, Optional

import rasa.core.nlg.interpolator
import rasa.core.policies.rule_policy
import rasa.core.processor
from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator

_SANS_COPIE = SimpleNamespace(deepcopy=lambda objet: objet)


def appliquer() -> None:
    # NumPy's choice takes as long as the rest of an answer's text.
    TemplatedNaturalLanguageGenerator._random_response_for = une_variante
    # Deep copies of every event, written for debug lines that are never printed; these modules copy nothing else.
    for module in (rasa.core.processor, rasa.core.policies.rule_policy, rasa.core.nlg.interpolator):
        module.copy = _SANS_COPIE


def une_variante(
    self: TemplatedNaturalLanguageGenerator, utter_action: str, output_channel: str, filled_slots: dict[str, Any]
) -> Optional[dict[str, Any]]:
    """One of the variants of a response that suit the channel and the slots; None without any."""
    if utter_action not in self.responses:
        return None
    possibles = ResponseVariationFilter(self.responses).responses_for_utter_action(utter_action, output_channel, filled_slots)
    return random.choice(possibles) if possibles else None
