"""The conversation store on a real SQLite file: nothing lost, nothing carried over, errors seen."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker

from bot.base import fabrique_de_sessions, sans_bloquer
from bot.ecoles.manques import RechercheManquee, compter_manque
from bot.moteur.magasin import EVENEMENTS_MAXIMUM, MagasinDeConversations

DOMAINE = Domain.from_dict(
    {"intents": ["saluer"], "slots": {"lieu": {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}}}
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/conversations.db"


def _tour(tracker: DialogueStateTracker, texte: str) -> None:
    for evenement in (UserUttered(texte, {"name": "saluer"}), ActionExecuted("utter_saluer"), BotUttered("Bonjour"), ActionExecuted("action_listen")):
        tracker.update(evenement, DOMAINE)


def _derouler(jeu: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: the browser tests leave an event loop running in this one."""
    with ThreadPoolExecutor(1) as fil:
        fil.submit(asyncio.run, jeu).result()


def _textes(tracker: DialogueStateTracker) -> list[str]:
    return [e.text for e in tracker.events if isinstance(e, UserUttered)]


async def _converser(magasin: MagasinDeConversations, tours: int) -> None:
    for i in range(tours):
        tracker = await magasin.get_or_create_tracker("yanis", append_action_listen=False)
        if not tracker.events:
            tracker.update_with_events([ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")], DOMAINE)
            tracker.update(SlotSet("lieu", "commune:69123"), DOMAINE)
        _tour(tracker, f"message {i}")
        await magasin.save(tracker)


def test_trois_cents_tours_sont_tous_ecrits_et_relus_apres_un_redemarrage(url: str) -> None:
    async def jouer() -> None:
        await _converser(MagasinDeConversations(DOMAINE, host=url), 300)
        autre = MagasinDeConversations(DOMAINE, host=url)
        entier = await autre.retrieve_full_tracker("yanis")
        assert _textes(entier) == [f"message {i}" for i in range(300)]
        court = await autre.retrieve("yanis")
        assert court.get_slot("lieu") == "commune:69123"
        assert len(court.events) <= EVENEMENTS_MAXIMUM

    _derouler(jouer())


def test_un_tour_interrompu_ne_laisse_rien_a_moitie(url: str) -> None:
    async def jouer() -> None:
        magasin = MagasinDeConversations(DOMAINE, host=url)
        await _converser(magasin, 2)
        tracker = await magasin.retrieve("yanis")
        _tour(tracker, "jamais enregistré")  # and then the process breaks off: no save
        assert _textes(await magasin.retrieve("yanis")) == ["message 0", "message 1"]

    _derouler(jouer())


def test_un_premier_tour_interrompu_non_plus(url: str) -> None:
    """Rasa saves the new conversation before it plays: what is played on it must not stay in memory."""

    async def jouer() -> None:
        magasin = MagasinDeConversations(DOMAINE, host=url)
        _tour(await magasin.get_or_create_tracker("yanis"), "jamais enregistré")
        tracker = await magasin.get_or_create_tracker("yanis")
        assert _textes(tracker) == []
        _tour(tracker, "dit une fois")
        await magasin.save(tracker)
        assert _textes(await magasin.retrieve_full_tracker("yanis")) == ["dit une fois"]

    _derouler(jouer())


def test_une_base_verrouillee_est_une_erreur_et_le_tour_suivant_repart_du_bon_endroit(url: str) -> None:
    async def jouer() -> None:
        magasin = MagasinDeConversations(DOMAINE, host=url)
        await _converser(magasin, 1)
        verrou = sqlite3.connect(url.removeprefix("sqlite:///"))
        verrou.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Exception, match="locked"):
            await _converser(magasin, 1)
        verrou.rollback()
        await _converser(magasin, 1)
        assert _textes(await magasin.retrieve_full_tracker("yanis")) == ["message 0", "message 0"]

    _derouler(jouer())


def test_une_base_verrouillee_ne_fait_attendre_que_sa_conversation(url: str) -> None:
    """The turn is written once the lock is gone, a search that finds nothing is counted once, and everybody else is answered meanwhile."""

    async def jouer() -> None:
        magasin = MagasinDeConversations(DOMAINE, host=url)
        await _converser(magasin, 1)
        RechercheManquee.__table__.create(magasin.engine)
        fabrique = fabrique_de_sessions(magasin.engine)
        verrou = sqlite3.connect(url.removeprefix("sqlite:///"))
        verrou.execute("BEGIN EXCLUSIVE")
        attendent = [asyncio.create_task(t) for t in (_converser(magasin, 1), sans_bloquer(True, _compter, fabrique))]
        boucle, trous = asyncio.get_running_loop(), []
        for _ in range(30):
            debut = boucle.time()
            await asyncio.sleep(0.01)
            trous.append(boucle.time() - debut)
        assert max(trous) < 0.2 and not any(t.done() for t in attendent)
        verrou.rollback()
        await asyncio.gather(*attendent)
        assert _textes(await magasin.retrieve_full_tracker("yanis")) == ["message 0", "message 0"]
        with fabrique() as session:
            assert session.scalars(sa.select(RechercheManquee.nombre)).all() == [1]

    _derouler(jouer())


def _compter(fabrique: sessionmaker) -> None:
    with fabrique() as session:
        compter_manque(session, "coiffure", "69")


def test_une_nouvelle_session_ne_relit_pas_l_ancienne(url: str) -> None:
    async def jouer() -> None:
        magasin = MagasinDeConversations(DOMAINE, host=url)
        await _converser(magasin, 1)
        tracker = await magasin.retrieve("yanis")
        tracker.update_with_events([ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")], DOMAINE)
        await magasin.save(tracker)
        relu = await MagasinDeConversations(DOMAINE, host=url).retrieve("yanis")
        assert _textes(relu) == [] and relu.get_slot("lieu") is None

    _derouler(jouer())


def test_une_base_prise_au_depart_est_attendue(tmp_path: Path) -> None:
    """Somebody else is filling the new base, for longer than a lock is waited for."""
    fichier = tmp_path / "conversations.db"
    autre = sqlite3.connect(fichier, check_same_thread=False, isolation_level=None)
    autre.execute("PRAGMA journal_mode=WAL")
    autre.execute("BEGIN IMMEDIATE")
    rendre = threading.Timer(3, autre.rollback)
    rendre.start()
    magasin = MagasinDeConversations(DOMAINE, host=f"sqlite:///{fichier}")
    rendre.join()
    assert sa.inspect(magasin.engine).has_table("events")
    magasin.engine.dispose()
    autre.close()
