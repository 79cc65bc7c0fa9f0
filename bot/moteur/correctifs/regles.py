"""Which action a rule calls for: found once for each way in which a conversation may have come to this point. They are few, and come back."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

CHEMINS_CONNUS = 5000
ETATS_LUS = 4  # how far back the longest rule may look
_LUS_DES_REGLES = {("prev_action", "action_name"), ("user", "intent"), ("active_loop", "name")}
_SANS_ETAT = (BotUttered, SlotSet)  # what no state tells of: what was said, slots

Chemin = tuple[Any, ...]
_regle_de_rasa = RulePolicy._find_action_from_rules


def appliquer() -> None:
    # Every prediction looks for a rule twice, first by the text of the message, and each time makes the states of the whole conversation
    # and tries all rules on them: more and more work as it goes on. No rule of ours is written on a text, or looks far back.
    RulePolicy._find_action_from_rules = chercher_la_regle
    # Written for a debug line that is never printed, and copied whole.
    RulePolicy.format_tracker_states = staticmethod(lambda _states: "")


def chercher_la_regle(
    self: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
) -> tuple[Optional[str], Optional[str], bool]:
    """As Rasa finds it, once for each path."""
    if use_text_for_last_user_input:
        return None, None, False
    if "regles_trouvees" not in self.__dict__:
        verifier_la_portee([self._rule_key_to_state(cle) for table in ("rules", "rules_for_loop_unhappy_path") for cle in self.lookup[table]])
        self.__dict__["regles_trouvees"] = {}
    connues, chemin = self.__dict__["regles_trouvees"], derniers_pas(tracker)
    if chemin not in connues:
        if len(connues) >= CHEMINS_CONNUS:
            connues.clear()
        nom, regle, retour = _regle_de_rasa(self, tracker, domain, use_text_for_last_user_input)
        connues[chemin] = nom, regle if nom else "", retour  # without a rule, Rasa writes all states in the place of its name
    return connues[chemin]


def verifier_la_portee(regles: Sequence[Sequence[Mapping[str, Any]]]) -> None:
    """What ``derniers_pas`` keeps must tell the rules apart: the last states, and of a state the action, the intent and the form."""
    lus = {(genre, champ) for regle in regles for etat in regle for genre, sous in etat.items() for champ in sous}
    if max(map(len, regles), default=0) > ETATS_LUS or not lus <= _LUS_DES_REGLES:
        raise RuntimeError(f"Une règle de data/stories regarde plus de {ETATS_LUS} états en arrière, ou autre chose que {_LUS_DES_REGLES} : relis derniers_pas.")


def derniers_pas(tracker: DialogueStateTracker) -> Chemin:
    """What makes the last ``ETATS_LUS`` states of a conversation: its last events, without the words, and where it stood before them."""
    evenements = tracker.applied_events()
    depart = _dernier_depart(evenements)
    avant = [_pas(next((e for e in reversed(evenements[:depart]) if type(e) is genre), None)) for genre in (ActionExecuted, ActiveLoop)]
    pas = (_pas(e) for e in evenements[depart:] if type(e) not in _SANS_ETAT)
    return (tracker.active_loop_name, bool(depart), *avant, *pas)


def _dernier_depart(evenements: Sequence[Event]) -> int:
    """The rank of the last message that has at least ``ETATS_LUS`` actions after it; 0 without one."""
    actions = 0
    for rang in range(len(evenements) - 1, 0, -1):
        actions += type(evenements[rang]) is ActionExecuted
        if actions >= ETATS_LUS and type(evenements[rang]) is UserUttered:
            return rang
    return 0


def _pas(evenement: Optional[Event]) -> Optional[tuple[Any, ...]]:
    if type(evenement) is ActionExecuted:
        return (ActionExecuted, evenement.action_name)
    if type(evenement) is UserUttered:
        return (UserUttered, evenement.intent_name)
    return evenement and (evenement.type_name, *(getattr(evenement, champ, None) for champ in ("action_name", "name", "is_interrupted")))
