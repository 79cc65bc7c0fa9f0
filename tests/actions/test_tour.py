"""What a skill gives back to Rasa."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import ressources
from bot.actions.tour import Reponse, Suite, rendre


def test_seul_ce_qui_change_est_ecrit() -> None:
    tracker = Tracker("x", {"attente": "lieu", "echecs": 0, "ecole": None, "lieux": ["a"]}, None, [], False, None, None, None)
    suite = Suite((Reponse("utter_a"),), {"attente": None, "echecs": 0, "ecole": None, "lieux": ["a"], "nouvelle": None}, "action_b")
    evenements = rendre(suite, CollectingDispatcher(), tracker)
    assert [(e.get("name"), e.get("value")) for e in evenements] == [("attente", None), ("nouvelle", None), ("action_b", None)]


def test_seules_les_demandes_attendent_le_disque(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request must outlive a power cut; counting a search without a result need not, and would take a third of it."""
    monkeypatch.setenv("ETABLI_BASE", f"sqlite:///{tmp_path / 'e.db'}")
    niveaux = {}
    for fabrique in (ressources.sessions, ressources.consultations):
        fabrique.cache_clear()
        try:
            with fabrique()() as session:
                niveaux[fabrique.__name__] = session.execute(sa.text("PRAGMA synchronous")).scalar()
        finally:
            fabrique.cache_clear()
    assert niveaux == {"sessions": 2, "consultations": 1}  # FULL, NORMAL
