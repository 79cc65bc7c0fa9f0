"""Every change to Rasa's own behaviour, in one place, for one version: Rasa 3.6.21. A module for each part of Rasa that is changed.

Each change has its reason; ``tests/moteur/test_correctifs.py`` fails when Rasa's code under it is no longer the code it was written for.
"""

from __future__ import annotations

import logging
import os

from threadpoolctl import threadpool_limits

VERSION = "3.6.21"


def silence_reseau() -> None:
    """Telemetry and crash reports off, before Rasa reads its configuration."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"


def journaux_discrets() -> None:
    """Warnings and errors only: Rasa's debug lines hold what people write, and cost time at every message."""
    import structlog

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("rasa").setLevel(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING), cache_logger_on_first_use=True)


def calcul_sur_un_fil() -> None:
    """Our matrices are small: with two threads, NumPy spends more time waiting for the second than computing (docs/mesures.md)."""
    threadpool_limits(limits=1, user_api="blas")


def entrainement_sans_memoire() -> None:
    """No fingerprints of all messages before and after every node: our training never reuses Rasa's cache (bot/cli/entraineur.py)."""
    from rasa.engine.training.hooks import TrainingHook

    TrainingHook.on_before_node = lambda *_, **__: {}
    TrainingHook.on_after_node = lambda *_, **__: None


def appliquer() -> None:
    """Apply all patches; doing it twice changes nothing. Raises ``RuntimeError`` on another version of Rasa."""
    import rasa
    import rasa.core.agent

    if rasa.__version__ != VERSION:
        raise RuntimeError(f"Les correctifs sont écrits pour Rasa {VERSION}, pas {rasa.__version__} : relis bot/moteur/correctifs.")
    from bot.moteur.correctifs import actions, graphe, regles, reponses, suivis
    from bot.moteur.processeur import ProcesseurEtabli

    silence_reseau()
    journaux_discrets()
    calcul_sur_un_fil()
    # The gate, the presentation and the apologies sit in our processor; Agent names the class it makes.
    rasa.core.agent.MessageProcessor = ProcesseurEtabli
    for partie in (graphe, regles, suivis, reponses, actions):
        partie.appliquer()
