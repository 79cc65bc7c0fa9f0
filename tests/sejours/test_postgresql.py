"""The same promises on a real PostgreSQL: one row, one mail at a time, nothing left after erasure. Skipped loudly where there is none."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered

from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.chargement import charger_base
from bot.moteur.magasin import MagasinDeConversations
from bot.reglages import RACINE
from bot.sejours.boite import prendre
from bot.sejours.demandes import enregistrer
from bot.sejours.effacement import effacer, references_de
from bot.sejours.modeles import DemandeSejour, Pli
from tests.sejours.conftest import YANIS

SERVEUR = os.environ.get("ETABLI_ESSAI_POSTGRESQL", "postgresql+psycopg2://postgres@127.0.0.1:5432/test")
CASES = ("sejour_prenom", "sejour_contact", "sejour_reference", "effacer_conversation")
DOMAINE = Domain.from_dict({"slots": {c: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]} for c in CASES}})


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A database of its own on the server, dropped afterwards."""
    serveur = sa.create_engine(SERVEUR, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3}, future=True)
    nom = f"etabli_{uuid.uuid4().hex[:12]}"
    try:
        with serveur.connect() as connexion:
            connexion.execute(sa.text(f"CREATE DATABASE {nom}"))
    except sa.exc.OperationalError as erreur:
        pytest.skip(f"SAUTÉ : pas de PostgreSQL à {SERVEUR} ({type(erreur.orig).__name__})")
    yield SERVEUR.rsplit("/", 1)[0] + f"/{nom}"
    with serveur.connect() as connexion:
        connexion.execute(sa.text(f"DROP DATABASE {nom} WITH (FORCE)"))
    serveur.dispose()


def test_une_demande_de_bout_en_bout(url: str) -> None:
    charger_base(url, RACINE / "data" / "ecoles")
    moteur = ouvrir(url)
    fabrique = fabrique_de_sessions(moteur)
    with ThreadPoolExecutor(8) as fils:
        references = {a.reference for a in fils.map(lambda _: enregistrer(fabrique, replace(YANIS, qui="professionnel")), range(16))}
        (reference,) = references
        maintenant, bail = datetime.utcnow() + timedelta(seconds=5), timedelta(minutes=1)
        pris = [p for p in fils.map(lambda n: prendre(fabrique, f"relais {n}", ("demande",), bail, maintenant), range(8)) if p]
    assert len(pris) == 1
    _parler(url, reference)
    with moteur.connect() as connexion:
        evenements = "".join(connexion.scalars(sa.text("SELECT data FROM events")))
    assert "Yanis" not in evenements and "[retir" in evenements and references_de(fabrique, "abc") == [reference]
    assert effacer(fabrique, reference).deja_partie  # leased: it may be leaving at this very moment
    with fabrique() as session:
        assert session.scalars(sa.select(DemandeSejour)).all() == [] and [p.genre for p in session.scalars(sa.select(Pli))] == ["retrait"]
    moteur.dispose()


def _parler(url: str, reference: str) -> None:
    """A conversation through the store: told, then stored and emptied."""

    async def jouer() -> None:
        magasin = MagasinDeConversations(DOMAINE, host=url)
        for evenements in (
            [UserUttered("moi c'est Yanis"), SlotSet("sejour_prenom", "Yanis"), SlotSet("sejour_contact", "06 39 98 00 01")],
            [SlotSet("sejour_prenom", None), SlotSet("sejour_contact", None), SlotSet("sejour_reference", reference)],
        ):
            tracker = await magasin.get_or_create_tracker("abc", append_action_listen=False)
            tracker.update_with_events(evenements, DOMAINE)
            await magasin.save(tracker)
        magasin.engine.dispose()

    with ThreadPoolExecutor(1) as fil:
        fil.submit(asyncio.run, jouer()).result()
