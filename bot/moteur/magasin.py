"""The conversation store: appends events, keeps live conversations in memory, and fails loudly.

Rasa's SQL store starts a new conversation when a read fails and then skips events when it saves; a bounded tracker loses
turns. Here nothing is guessed: how many events of a tracker are stored is written on the tracker itself, and an error of
the database is an error of the turn (the person gets an apology, and the conversation goes on from what is stored).
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import OrderedDict
from typing import Any, Iterable, Mapping, Optional

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.base import effacer_les_traces, fabrique_de_sessions, ouvrir, sans_bloquer
from bot.moteur.correctifs import appliquer
from bot.moteur.reecriture import effacer_conversation, ligne, reecrire_sans_le_personnel
from bot.moteur.retrait import Donnees, se_termine
from bot.reglages import lire_reglages

logger = logging.getLogger(__name__)

CONVERSATIONS_VIVANTES = 2000
# A live tracker longer than this is shortened to its last turns: policies rebuild every state they are given.
EVENEMENTS_MAXIMUM = 120
TOURS_GARDES = 6
ATTENTE_DE_LA_BASE_S = 20.0
EFFACER = "effacer_conversation"  # the slot by which an action asks for the conversation to be erased

Evenement = SQLTrackerStore.SQLEvent

# Written once: SQLAlchemy takes longer to build a request than SQLite to answer it.
_TOUTES_LES_SESSIONS = sa.select(Evenement.data).where(Evenement.sender_id == sa.bindparam("qui")).order_by(Evenement.id)
_DERNIER_DEPART = (
    sa.select(sa.func.max(Evenement.id))
    .where(Evenement.sender_id == sa.bindparam("qui"), Evenement.type_name == SessionStarted.type_name)
    .scalar_subquery()
)
_SESSION_EN_COURS = _TOUTES_LES_SESSIONS.where(Evenement.id >= sa.func.coalesce(_DERNIER_DEPART, 0))
_AJOUT = sa.insert(Evenement)


class MagasinDeConversations(SQLTrackerStore):
    """SQL tracker store on Établi's database, in Rasa's own ``events`` table."""

    def __init__(self, domain: Optional[Domain] = None, host: Optional[str] = None, event_broker: Optional[EventBroker] = None, **_: Any) -> None:
        appliquer()  # the first class of ours that `rasa run` loads
        self.engine = ouvrir(host or lire_reglages().base, durable=False)
        self._sqlite = self.engine.dialect.name == "sqlite"
        self._preparer_la_table()
        self.sessionmaker = fabrique_de_sessions(self.engine)
        self._vivantes: OrderedDict[str, DialogueStateTracker] = OrderedDict()
        TrackerStore.__init__(self, domain, event_broker)

    def _preparer_la_table(self) -> None:
        """At a start the base may be locked, or itself starting: dying would only make everybody wait for another start."""
        fin = time.monotonic() + ATTENTE_DE_LA_BASE_S
        while True:
            try:
                return self.Base.metadata.create_all(self.engine)
            except sa.exc.OperationalError as erreur:
                if time.monotonic() > fin:
                    raise
                logger.warning("La base ne répond pas encore (%s) : j'attends.", type(erreur.orig).__name__)
                time.sleep(0.5)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The current session. A live tracker is handed out, not shared: a turn that breaks off never leaves it half-changed."""
        vivante = self._vivantes.pop(sender_id, None)
        if vivante is not None:
            return vivante
        return await sans_bloquer(self._sqlite, self._relire, sender_id, False)

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """Rasa saves a new conversation before its first turn: it is handed out like the others, or a retry would play on what broke off."""
        tracker = await super().create_tracker(sender_id, append_action_listen)
        self.oublier(sender_id)
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> Optional[DialogueStateTracker]:
        return await asyncio.to_thread(self._relire, conversation_id, True)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the events that are not stored yet, without what must not stay. Raises when the database refuses."""
        await self.stream_events(tracker)
        deja = getattr(tracker, "evenements_enregistres", 0)
        nouveaux = [e.as_dict() for e in list(tracker.events)[deja:]]
        a_relire = True  # a live copy still holds what was taken out
        if any(e["event"] == "slot" and e["name"] == EFFACER and e["value"] for e in nouveaux):
            await asyncio.to_thread(self._effacer, tracker.sender_id)
        elif se_termine(nouveaux, lambda nom: tracker.get_slot(nom) if nom in tracker.slots else None):
            await asyncio.to_thread(self._retirer_et_ajouter, tracker.sender_id, nouveaux)
        else:
            a_relire = False
            if nouveaux:
                await sans_bloquer(self._sqlite, self._ajouter, tracker.sender_id, nouveaux)
        tracker.evenements_enregistres = len(tracker.events)
        if a_relire:
            self.oublier(tracker.sender_id)
        else:
            self._garder(raccourci(tracker, self.domain))

    def oublier(self, sender_id: str) -> None:
        """Drop the live copy of a conversation (after an erasure)."""
        self._vivantes.pop(sender_id, None)

    async def effacer_conversation(self, sender_id: str) -> tuple[str, Mapping[str, Any]]:
        """Delete everything a conversation holds, the requests made in it and the live copy included. The caller holds its lock.

        Returns the response that says what was erased, by name, with its variables. The requests go first: they are found by the events.
        """
        from bot.actions.effacer import tout_effacer

        self.oublier(sender_id)
        dite = await asyncio.to_thread(tout_effacer, sender_id)
        await asyncio.to_thread(self._effacer, sender_id)
        return dite.nom, dite.variables

    def _garder(self, tracker: DialogueStateTracker) -> None:
        self._vivantes[tracker.sender_id] = tracker
        if len(self._vivantes) > CONVERSATIONS_VIVANTES:
            self._vivantes.popitem(last=False)

    def _ajouter(self, sender_id: str, evenements: Iterable[Donnees]) -> None:
        with self.engine.begin() as connexion:
            connexion.execute(_AJOUT, [ligne(sender_id, e) for e in evenements])

    def _retirer_et_ajouter(self, sender_id: str, nouveaux: list[Donnees]) -> None:
        """Rewrite the conversation without what was personal in it, the new events included, in one transaction."""
        with self.engine.begin() as connexion:
            nets = reecrire_sans_le_personnel(connexion, sender_id, nouveaux)
            connexion.execute(_AJOUT, [ligne(sender_id, e) for e in nets])
        effacer_les_traces(self.engine)

    def _effacer(self, sender_id: str) -> None:
        """Delete the conversation from every table that knows it."""
        with self.engine.begin() as connexion:
            effacer_conversation(connexion, sender_id)
        effacer_les_traces(self.engine)

    def _relire(self, sender_id: str, toutes_les_sessions: bool) -> Optional[DialogueStateTracker]:
        requete = _TOUTES_LES_SESSIONS if toutes_les_sessions else _SESSION_EN_COURS
        with self.engine.connect() as connexion:
            donnees = [json.loads(ligne) for (ligne,) in connexion.execute(requete, {"qui": sender_id})]
        if not donnees:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, donnees, self.domain.slots)
        tracker.evenements_enregistres = len(tracker.events)
        return tracker if toutes_les_sessions else raccourci(tracker, self.domain)


def raccourci(tracker: DialogueStateTracker, domaine: Domain) -> DialogueStateTracker:
    """A tracker with the same slots and only the last turns, or the tracker itself while it is short or inside a form.

    Everything in it is already stored; the slots stand in front as events, since Rasa replays events to rebuild states.
    """
    if len(tracker.events) <= EVENEMENTS_MAXIMUM or tracker.active_loop_name:
        return tracker
    evenements = list(tracker.events)
    debuts = [i for i, e in enumerate(evenements) if isinstance(e, UserUttered)]
    fin = evenements[debuts[-TOURS_GARDES] :] if len(debuts) > TOURS_GARDES else evenements
    vide = DialogueStateTracker(tracker.sender_id, domaine.slots)
    depart: list[Event] = [ActionExecuted("action_session_start"), SessionStarted()]
    depart += [SlotSet(nom, case.value) for nom, case in tracker.slots.items() if case.value != vide.slots[nom].value]
    depart.append(ActionExecuted("action_listen"))
    court = DialogueStateTracker.from_events(tracker.sender_id, depart + fin, domaine.slots)
    for nom, case in tracker.slots.items():
        court.slots[nom].value = case.value
    court.model_id, court.assistant_id = tracker.model_id, tracker.assistant_id
    court.evenements_enregistres = len(court.events)
    return court
