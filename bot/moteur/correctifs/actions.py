"""Custom actions: how they are found, called and checked, here or on the action server."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Optional

import aiohttp
import rasa.core.actions.action
from rasa.core.actions.action import Action, ActionBotResponse, ActionExtractSlots, ActionListen, RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.endpoints import DEFAULT_REQUEST_TIMEOUT, ClientResponseError, EndpointConfig, concat_url

from bot.moteur.correctifs import VERSION
from bot.reglages import Reglages, lire_reglages

if TYPE_CHECKING:
    from bot.actions.sur_place import ActionsSurPlace

# Those that keep nothing of the conversation in which they run.
_SANS_MEMOIRE = (ActionBotResponse, ActionExtractSlots, ActionListen, RemoteAction)
_action_de_rasa = rasa.core.actions.action.action_for_name_or_text


def appliquer() -> None:
    # 22 of a custom action's 24 ms are jsonschema, checking one schema again at every call.
    RemoteAction._validate_action_result = _verifier_reponse
    # The whole history is posted at every call: 3 kB at turn 1, 129 kB at turn 100. Our actions read slots and the last message.
    RemoteAction._action_call_format = _appel
    # Every action of Rasa's is made anew, twelve of them, to find one by its name.
    rasa.core.actions.action.action_for_name_or_text = retrouver
    # A new connection for every call, and a secret that a configuration file cannot hold; or no connection at all.
    EndpointConfig.request = _requete


def retrouver(nom: str, domaine: Domain, serveur: Optional[EndpointConfig]) -> Action:
    """The same object each time, where it can serve again."""
    connues = domaine.__dict__.setdefault("actions_retrouvees", {})
    action = connues.get((nom, id(serveur))) or _action_de_rasa(nom, domaine, serveur)
    if type(action) in _SANS_MEMOIRE:
        connues[nom, id(serveur)] = action
    return action


def _verifier_reponse(self: RemoteAction, resultat: Any) -> bool:
    if not isinstance(resultat, dict) or not all(isinstance(resultat.get(c, []), list) for c in ("events", "responses")):
        raise ValueError(f"L'action {self.name()} a renvoyé {type(resultat).__name__} ; attendu : events et responses, deux listes.")
    return True


def _appel(self: RemoteAction, tracker: DialogueStateTracker, _domaine: Domain) -> dict[str, Any]:
    etat = tracker.current_state(EventVerbosity.NONE)
    etat["events"] = []
    return {"next_action": self._name, "sender_id": tracker.sender_id, "tracker": etat, "version": VERSION}


_session: Optional[aiohttp.ClientSession] = None


async def _requete(self: EndpointConfig, method: str = "post", subpath: Optional[str] = None, **options: Any) -> Any:
    """Run the action here, or POST JSON on a connection that stays open, with the shared secret: same errors as Rasa's ``request``."""
    if _reglages_du_processus().actions_sur_place:
        return await actions_sur_place().executer(options["json"])
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


@lru_cache(maxsize=1)
def actions_sur_place() -> ActionsSurPlace:
    """The actions of this process, loaded at the first call."""
    from bot.actions.sur_place import ActionsSurPlace

    return ActionsSurPlace()


def _entete_secrete() -> dict[str, str]:
    return {"X-Etabli-Secret": _reglages_du_processus().secret_actions}


def _adresse(url: str) -> str:
    """The action server's port is a setting; ``endpoints.yml`` keeps the usual 5055 so that ``rasa run`` works as it is."""
    return url.replace(":5055/", f":{_reglages_du_processus().port_actions}/")


@lru_cache(maxsize=1)
def _reglages_du_processus() -> Reglages:
    return lire_reglages()
