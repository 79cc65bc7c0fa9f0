"""Trackers: how they are copied, which of their events count, and the store that keeps them."""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import Any, Optional

from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionReverted, ActiveLoop, Event, Restarted, SessionStarted, UserUtteranceReverted
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

_RARES = {ActionReverted, ActiveLoop, Restarted, UserUtteranceReverted}
_evenements_de_rasa = DialogueStateTracker.applied_events


def appliquer() -> None:
    # A copy is made by applying every event of the conversation anew.
    DialogueStateTracker.copy = copier
    # Six tests for each event of the conversation, five times a turn, for what hardly ever is in it: an event taken back, a form.
    DialogueStateTracker.applied_events = evenements_appliques
    # The class of an event is looked for among all classes of events, at each event that an action gives.
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(lru_cache(maxsize=64)(Event.resolve_by_type))
    # What is left of Rasa's copies of a tracker starts from copies of all its slots, which Python makes by pickling.
    Slot.__copy__ = _copie_plate
    # FailSafeTrackerStore hides a failed read behind a new, empty conversation: the failure must be seen.
    Agent._create_tracker_store = staticmethod(_magasin_tel_quel)


def copier(self: DialogueStateTracker) -> DialogueStateTracker:
    """A tracker in the same state, that can be moved on without touching this one; the events themselves are shared, as in Rasa's copy."""
    copie = copy.copy(self)
    copie.events = self._create_events(self.events)
    copie.slots = copy.copy(self.slots)
    copie.slots.update({nom: copy.copy(case) for nom, case in self.slots.items()})
    copie.latest_action = copy.copy(self.latest_action)
    copie.active_loop = copy.copy(self.active_loop)
    return copie


def evenements_appliques(self: DialogueStateTracker) -> list[Event]:
    """As Rasa's, without looking for what is not there."""
    evenements = list(self.events)
    genres = [type(e) for e in evenements]
    if not _RARES.isdisjoint(genres):
        return _evenements_de_rasa(self)
    debut = len(genres) - genres[::-1].index(SessionStarted) if SessionStarted in genres else 0
    return evenements[debut:]


def _copie_plate(objet: Any) -> Any:
    """``copy.copy`` without its detour by pickling."""
    copie = object.__new__(type(objet))
    copie.__dict__.update(objet.__dict__)
    return copie


def _magasin_tel_quel(magasin: Optional[TrackerStore], domaine: Domain) -> TrackerStore:
    if magasin is None:
        return InMemoryTrackerStore(domaine)
    magasin.domain = domaine
    return magasin
