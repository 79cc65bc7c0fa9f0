"""Every change to Rasa's own behaviour, in one place, for one version: Rasa 3.6.21.

Each has its reason; ``tests/moteur/test_correctifs.py`` fails when Rasa's code under it is no longer the code it was written for.
"""

from __future__ import annotations

import copy
import json
import logging
import os
import random
from functools import lru_cache
from graphlib import TopologicalSorter
from types import SimpleNamespace
from typing import Any, Mapping, Optional, Sequence

import aiohttp
import yaml
from threadpoolctl import threadpool_limits

VERSION = "3.6.21"
_CHEMINS_CONNUS = 5000
ETATS_LUS = 4  # how far back the longest rule may look
_LUS_DES_REGLES = {("prev_action", "action_name"), ("user", "intent"), ("active_loop", "name")}


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
    """No fingerprints of 25,000 messages before and after every node: our training never reuses Rasa's cache (bot/cli/entraineur.py)."""
    from rasa.engine.training.hooks import TrainingHook

    TrainingHook.on_before_node = lambda *_, **__: {}
    TrainingHook.on_after_node = lambda *_, **__: None


def appliquer() -> None:
    """Apply all patches; doing it twice changes nothing. Raises ``RuntimeError`` on another version of Rasa."""
    import rasa
    import rasa.core.actions.action as actions
    import rasa.core.agent
    import rasa.core.nlg.interpolator
    import rasa.core.nlg.response
    import rasa.core.policies.rule_policy
    import rasa.core.processor
    import rasa.engine.runner.dask
    import rasa.graph_components.providers.domain_provider
    import rasa.shared.core.slots
    import rasa.shared.core.trackers

    from bot.moteur.processeur import ProcesseurEtabli

    if rasa.__version__ != VERSION:
        raise RuntimeError(f"Les correctifs sont écrits pour Rasa {VERSION}, pas {rasa.__version__} : relis bot/moteur/correctifs.py.")
    silence_reseau()
    journaux_discrets()
    calcul_sur_un_fil()
    # The gate, the presentation and the apologies sit in our processor; Agent names the class it makes.
    rasa.core.agent.MessageProcessor = ProcesseurEtabli
    # dask plans the graph anew for each of the three runs of a turn.
    rasa.engine.runner.dask.DaskGraphRunner.run = _parcourir_le_graphe
    # Every prediction looks for a rule twice, first by the text of the message, and each time makes the states of the whole conversation
    # and tries all rules on them: more and more work as it goes on. No rule of ours is written on a text, or looks far back.
    global _regle_par_intention
    _regle_par_intention = _regle_par_intention or rasa.core.policies.rule_policy.RulePolicy._find_action_from_rules
    rasa.core.policies.rule_policy.RulePolicy._find_action_from_rules = _chercher_la_regle
    # Written for a debug line that is never printed, and copied whole.
    rasa.core.policies.rule_policy.RulePolicy.format_tracker_states = staticmethod(lambda _states: "")
    # Two copies a turn, each by applying every event of the conversation anew.
    rasa.shared.core.trackers.DialogueStateTracker.copy = _copier_le_suivi
    # Six tests for each event of the conversation, five times a turn, for what hardly ever is in it: an event taken back, a form.
    global _evenements_appliques_un_a_un
    _evenements_appliques_un_a_un = _evenements_appliques_un_a_un or rasa.shared.core.trackers.DialogueStateTracker.applied_events
    rasa.shared.core.trackers.DialogueStateTracker.applied_events = _evenements_appliques
    # The class of an event is looked for among all classes of events, at each event that an action gives.
    if not hasattr(rasa.shared.core.events.Event.resolve_by_type, "cache_info"):
        rasa.shared.core.events.Event.resolve_by_type = staticmethod(lru_cache(maxsize=64)(rasa.shared.core.events.Event.resolve_by_type))
    # What is left of Rasa's copies of a tracker starts from copies of all its slots, which Python makes by pickling.
    rasa.shared.core.slots.Slot.__copy__ = _copie_plate
    # Deep copies of every event, written for debug lines that are never printed; these modules copy nothing else.
    for module in (rasa.core.processor, rasa.core.policies.rule_policy, rasa.core.nlg.interpolator):
        module.copy = _SANS_COPIE
    # NumPy's choice takes as long as the rest of an answer's text.
    rasa.core.nlg.response.TemplatedNaturalLanguageGenerator._random_response_for = _une_variante
    # The model's own domain is read and checked again by a parser in Python, four times: a third of the work of a start.
    rasa.graph_components.providers.domain_provider.DomainProvider.load = classmethod(_charger_le_domaine)
    # FailSafeTrackerStore hides a failed read behind a new, empty conversation: the failure must be seen.
    rasa.core.agent.Agent._create_tracker_store = staticmethod(_magasin_tel_quel)
    # 22 of a custom action's 24 ms are jsonschema, checking one schema again at every call.
    actions.RemoteAction._validate_action_result = _verifier_reponse
    # The whole history is posted at every call: 3 kB at turn 1, 129 kB at turn 100. Our actions read slots and the last message.
    actions.RemoteAction._action_call_format = _appel_d_action
    # A new connection for every call, and a secret that a configuration file cannot hold; or no connection at all.
    rasa.utils.endpoints.EndpointConfig.request = _requete


def _parcourir_le_graphe(self: Any, inputs: Optional[dict[str, Any]] = None, targets: Optional[list[str]] = None) -> dict[str, Any]:
    """Components called one after the other, in an order found once for each set of targets, without what Rasa writes around each call."""
    cibles = tuple(targets or self._graph_schema.target_names)
    ordres = self.__dict__.setdefault("ordres_trouves", {})
    if cibles not in ordres:
        ordres[cibles] = _ordre(self._graph_schema.minimal_graph_schema(list(cibles)).nodes)
    resultats = dict(inputs or {})
    for nom, besoins in ordres[cibles]:
        noeud = self._instantiated_nodes[nom]
        resultats[nom] = noeud._fn(noeud._component, **{entree: resultats[besoin] for entree, besoin in besoins})
    return {cible: resultats[cible] for cible in cibles}


def _ordre(noeuds: Mapping[str, Any]) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """Each node with its parameters and what fills them, after those that it needs; names that are no node are inputs of the run."""
    tries = TopologicalSorter({nom: [b for b in noeud.needs.values() if b in noeuds] for nom, noeud in noeuds.items()}).static_order()
    return [(nom, tuple(noeuds[nom].needs.items())) for nom in tries]


_regle_par_intention: Any = None


def _chercher_la_regle(self: Any, tracker: Any, domain: Any, use_text_for_last_user_input: bool) -> tuple[Optional[str], Optional[str], bool]:
    """As Rasa finds it, once for each way in which a conversation may have come to this point: they are few, and come back."""
    if use_text_for_last_user_input:
        return None, None, False
    if "regles_trouvees" not in self.__dict__:
        _verifier_la_portee([self._rule_key_to_state(cle) for table in ("rules", "rules_for_loop_unhappy_path") for cle in self.lookup[table]])
        self.__dict__["regles_trouvees"] = {}
    connues, chemin = self.__dict__["regles_trouvees"], _derniers_pas(tracker)
    if chemin not in connues:
        if len(connues) >= _CHEMINS_CONNUS:
            connues.clear()
        nom, regle, retour = _regle_par_intention(self, tracker, domain, use_text_for_last_user_input)
        connues[chemin] = nom, regle if nom else "", retour  # without a rule, Rasa writes all states in the place of its name
    return connues[chemin]


def _verifier_la_portee(regles: Sequence[Sequence[Mapping[str, Any]]]) -> None:
    """What ``_derniers_pas`` keeps must tell the rules apart: the last states, and of a state the action, the intent and the form."""
    lus = {(genre, champ) for regle in regles for etat in regle for genre, sous in etat.items() for champ in sous}
    if max(map(len, regles), default=0) > ETATS_LUS or not lus <= _LUS_DES_REGLES:
        raise RuntimeError(f"Une règle de data/stories regarde plus de {ETATS_LUS} états en arrière, ou autre chose que {_LUS_DES_REGLES} : relis _derniers_pas.")


def _derniers_pas(tracker: Any) -> tuple[Any, ...]:
    """What makes the last ``ETATS_LUS`` states of a conversation: its last events, without the words, and where it stood before them."""
    from rasa.shared.core.events import ActionExecuted, ActiveLoop

    evenements = tracker.applied_events()
    depart = _dernier_depart(evenements)
    avant = [_pas(next((e for e in reversed(evenements[:depart]) if type(e) is genre), None)) for genre in (ActionExecuted, ActiveLoop)]
    pas = (_pas(e) for e in evenements[depart:])
    return (tracker.active_loop_name, bool(depart), *avant, *(p for p in pas if p))


def _pas(evenement: Any) -> Optional[tuple[Any, ...]]:
    """Nothing for what no state tells of: what was said, slots."""
    from rasa.shared.core.events import BotUttered, SlotSet

    if evenement is None or type(evenement) in (BotUttered, SlotSet):
        return None
    return (evenement.type_name, *(getattr(evenement, champ, None) for champ in ("action_name", "intent_name", "name", "is_interrupted")))


def _copier_le_suivi(self: Any) -> Any:
    """A tracker in the same state, that can be moved on without touching this one; the events themselves are shared, as in Rasa's copy."""
    copie = copy.copy(self)
    copie.events = self._create_events(self.events)
    copie.slots = copy.copy(self.slots)
    copie.slots.update({nom: copy.copy(case) for nom, case in self.slots.items()})
    copie.latest_action = copy.copy(self.latest_action)
    copie.active_loop = copy.copy(self.active_loop)
    return copie


def _copie_plate(objet: Any) -> Any:
    """``copy.copy`` without its detour by pickling."""
    copie = object.__new__(type(objet))
    copie.__dict__.update(objet.__dict__)
    return copie


def _dernier_depart(evenements: Sequence[Any]) -> int:
    """The rank of the last message that has at least ``ETATS_LUS`` actions after it; 0 without one."""
    from rasa.shared.core.events import ActionExecuted, UserUttered

    actions = 0
    for rang in range(len(evenements) - 1, 0, -1):
        actions += type(evenements[rang]) is ActionExecuted
        if actions >= ETATS_LUS and type(evenements[rang]) is UserUttered:
            return rang
    return 0


_evenements_appliques_un_a_un: Any = None


def _evenements_appliques(self: Any) -> list[Any]:
    """As Rasa's, without looking for what is not there."""
    from rasa.shared.core.events import ActionReverted, ActiveLoop, Restarted, SessionStarted, UserUtteranceReverted

    evenements = list(self.events)
    genres = [type(e) for e in evenements]
    if not {ActionReverted, ActiveLoop, Restarted, UserUtteranceReverted}.isdisjoint(genres):
        return _evenements_appliques_un_a_un(self)
    debut = len(genres) - genres[::-1].index(SessionStarted) if SessionStarted in genres else 0
    return evenements[debut:]


def _une_variante(self: Any, utter_action: str, output_channel: str, filled_slots: dict[str, Any]) -> Optional[dict[str, Any]]:
    """One of the variants of a response that suit the channel and the slots; None without any."""
    from rasa.core.nlg.generator import ResponseVariationFilter

    if utter_action not in self.responses:
        return None
    possibles = ResponseVariationFilter(self.responses).responses_for_utter_action(utter_action, output_channel, filled_slots)
    return random.choice(possibles) if possibles else None


_SANS_COPIE = SimpleNamespace(deepcopy=lambda objet: objet)


def _charger_le_domaine(cls: Any, config: Any, model_storage: Any, resource: Any, execution_context: Any, **_: Any) -> Any:
    """It was checked when the model was trained: read once, by the parser in C."""
    from rasa.shared.core.domain import Domain

    with model_storage.read_from(resource) as dossier:
        donnees = yaml.load((dossier / "domain.yml").read_bytes(), Loader=yaml.CSafeLoader)
    return cls(model_storage, resource, Domain.from_dict(donnees))


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
    """Run the action here, or POST JSON on a connection that stays open, with the shared secret: same errors as Rasa's ``request``."""
    from rasa.utils.endpoints import DEFAULT_REQUEST_TIMEOUT, ClientResponseError, concat_url

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
def actions_sur_place() -> Any:
    """The actions of this process, loaded at the first call."""
    from bot.actions.sur_place import ActionsSurPlace

    return ActionsSurPlace()


def _entete_secrete() -> dict[str, str]:
    return {"X-Etabli-Secret": _reglages_du_processus().secret_actions}


def _adresse(url: str) -> str:
    """The action server's port is a setting; ``endpoints.yml`` keeps the usual 5055 so that ``rasa run`` works as it is."""
    return url.replace(":5055/", f":{_reglages_du_processus().port_actions}/")


@lru_cache(maxsize=1)
def _reglages_du_processus() -> Any:
    from bot.reglages import lire_reglages

    return lire_reglages()
