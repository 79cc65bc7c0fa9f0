"""Every change to Rasa's own behaviour, in one place, for one version: Rasa 3.6.21.

Each has its reason; ``tests/moteur/test_correctifs.py`` fails when Rasa's code under it is no longer the code it was written for.
"""

from __future__ import annotations

import json
import logging
import os
from typing import Any, Optional

import aiohttp

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


def entrainement_sans_memoire() -> None:
    """No fingerprints of 25,000 messages before and after every node: our training never reuses Rasa's cache (bot/cli/entraineur.py)."""
    from rasa.engine.training.hooks import TrainingHook

    TrainingHook.on_before_node = lambda *_, **__: {}
    TrainingHook.on_after_node = lambda *_, **__: None


def appliquer() -> None:
    """Apply all patches; doing it twice changes nothing. Raises ``RuntimeError`` on another version of Rasa."""
    import rasa
    import rasa.core.actions.action as actions
    import rasa.core.agent

    from bot.moteur.processeur import ProcesseurEtabli

    if rasa.__version__ != VERSION:
        raise RuntimeError(f"Les correctifs sont écrits pour Rasa {VERSION}, pas {rasa.__version__} : relis bot/moteur/correctifs.py.")
    silence_reseau()
    journaux_discrets()
    # The gate, the presentation and the apologies sit in our processor; Agent names the class it makes.
    rasa.core.agent.MessageProcessor = ProcesseurEtabli
    # FailSafeTrackerStore hides a failed read behind a new, empty conversation: the failure must be seen.
    rasa.core.agent.Agent._create_tracker_store = staticmethod(_magasin_tel_quel)
    # 22 of a custom action's 24 ms are jsonschema, checking one schema again at every call.
    actions.RemoteAction._validate_action_result = _verifier_reponse
    # The whole history is posted at every call: 3 kB at turn 1, 129 kB at turn 100. Our actions read slots and the last message.
    actions.RemoteAction._action_call_format = _appel_d_action
    # A new connection for every call, and a secret that a configuration file cannot hold.
    rasa.utils.endpoints.EndpointConfig.request = _requete


def _magasin_tel_quel(magasin: Any, domaine: Any) -> Any:
    from rasa.core.tracker_store import InMemoryTrackerStore

    if magasin is None:
        return InMemoryTrackerStore(domaine)
    magasin.domain = domaine
    return magasin


def _verifier_reponse(self: Any, resultat: Any) -> bool:
    if not isinstance(resultat, dict) or not all(isinstance(resultat.get(c, []), list) for c in ("events", "responses")):
        raise ValueError(f"L'action {self.name()} a renvoyé {type(resultat).__name__} ; attendu : events et responses, deux listes.")
    return True


def _appel_d_action(self: Any, tracker: Any, _domaine: Any) -> dict[str, Any]:
    from rasa.shared.core.trackers import EventVerbosity

    etat = tracker.current_state(EventVerbosity.NONE)
    etat["events"] = []
    return {"next_action": self._name, "sender_id": tracker.sender_id, "tracker": etat, "version": VERSION}


_session: Optional[aiohttp.ClientSession] = None


async def _requete(self: Any, method: str = "post", subpath: Optional[str] = None, **options: Any) -> Any:
    """POST JSON on a connection that stays open, with the shared secret. Same errors as Rasa's own ``request``."""
    from rasa.utils.endpoints import DEFAULT_REQUEST_TIMEOUT, ClientResponseError, concat_url

    global _session
    if _session is None or _session.closed:
        _session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT))
    corps = json.dumps(options.get("json")).encode()
    entetes = {**self.headers, **_entete_secrete(), "Content-Type": "application/json"}
    async with _session.request(method, _adresse(concat_url(self.url, subpath)), data=corps, headers=entetes) as reponse:
        contenu = await reponse.read()
        if reponse.status >= 400:
            raise ClientResponseError(reponse.status, reponse.reason, contenu)
        return json.loads(contenu) if contenu else None


def _entete_secrete() -> dict[str, str]:
    return {"X-Etabli-Secret": _reglages_du_processus().secret_actions}


def _adresse(url: str) -> str:
    """The action server's port is a setting; ``endpoints.yml`` keeps the usual 5055 so that ``rasa run`` works as it is."""
    return url.replace(":5055/", f":{_reglages_du_processus().port_actions}/")


_reglages: Any = None


def _reglages_du_processus() -> Any:
    global _reglages
    if _reglages is None:
        from bot.reglages import lire_reglages

        _reglages = lire_reglages()
    return _reglages
