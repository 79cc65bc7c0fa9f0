"""What Rasa's code looked like when each patch was written: a difference means that the patch must be read again."""

from __future__ import annotations

import hashlib
import inspect
import itertools
import re
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.training.hooks import TrainingHook
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.moteur import correctifs
from bot.reglages import RACINE

# Read before anything is patched: this module is imported when tests are collected.
ORIGINAUX = {
    "verification": RemoteAction._validate_action_result,
    "appel": RemoteAction._action_call_format,
    "requete": EndpointConfig.request,
    "magasin": Agent._create_tracker_store,
    "memoire": TrainingHook.on_after_node,
    "message": MessageProcessor._handle_message_with_tracker,
    "action": MessageProcessor._run_action,
    "copie": DialogueStateTracker.travel_back_in_time,
    "anterieurs": DialogueStateTracker.generate_all_prior_trackers,
    "appliques": DialogueStateTracker.applied_events,
    "classe_d_evenement": Event.resolve_by_type,
    "cases": MessageProcessor.run_action_extract_slots,
    "etiquettes_inconnues": MessageProcessor._check_for_unseen_features,
    "graphe": DaskGraphRunner.run,
    "noeud": GraphNode.__call__,
    "regles": RulePolicy._find_action_from_rules,
    "regles_possibles": RulePolicy._get_possible_keys,
    "regle_applicable": RulePolicy._is_rule_applicable,
    "etats_en_clair": RulePolicy.format_tracker_states,
    "domaine": DomainProvider.load,
    "variante": TemplatedNaturalLanguageGenerator._random_response_for,
}
EMPREINTES = {
    "appliques": "764d5065ea9997d6",
    "classe_d_evenement": "b5cf570fa7f286c7",
    "anterieurs": "a1f6954347b52649",
    "cases": "ff52049be97dde87",
    "copie": "09d16f28f007492f",
    "etiquettes_inconnues": "286ab49de966bc0e",
    "regles_possibles": "2915fd81711e194c",
    "regle_applicable": "64a108b016b46e57",
    "etats_en_clair": "32b101cb34fd1c32",
    "noeud": "66127a2bfb6fcf1e",
    "graphe": "45f0f52f574f3aa9",
    "regles": "be6da6ee0f5429bd",
    "memoire": "f199608136c98ea4",
    "verification": "f8cdb4be68123961",
    "appel": "428795b944f22edb",
    "requete": "ccdb778aed8208e2",
    "magasin": "97499b594b45581b",
    "message": "f42e1ae303933d9f",
    "action": "6d383d0179ef1187",
    "domaine": "75a21f7228a83368",
    "variante": "2bb895cb8931467a",
}


@pytest.mark.parametrize("nom", EMPREINTES)
def test_le_code_corrige_n_a_pas_change_dans_rasa(nom: str) -> None:
    somme = hashlib.sha256(inspect.getsource(ORIGINAUX[nom]).encode()).hexdigest()[:16]
    assert somme == EMPREINTES[nom], f"Rasa a changé sous le correctif « {nom} » : relis bot/moteur, puis mets l'empreinte {somme}."


def test_appliquer_deux_fois_ne_change_rien_de_plus() -> None:
    correctifs.appliquer()
    premiers = (RemoteAction._validate_action_result, RemoteAction._action_call_format, EndpointConfig.request)
    correctifs.appliquer()
    assert premiers == (RemoteAction._validate_action_result, RemoteAction._action_call_format, EndpointConfig.request)


def test_une_variante_est_prise_parmi_celles_du_canal() -> None:
    generateur = TemplatedNaturalLanguageGenerator({"utter_a": [{"text": "un"}, {"text": "deux"}, {"text": "sms", "channel": "sms"}]})
    tirees = {canal: {correctifs._une_variante(generateur, "utter_a", canal, {})["text"] for _ in range(50)} for canal in ("rest", "sms")}
    assert tirees == {"rest": {"un", "deux"}, "sms": {"sms"}}
    assert correctifs._une_variante(generateur, "utter_inconnue", "rest", {}) is None


def test_les_regles_retrouvees_sont_celles_de_rasa() -> None:
    """Rules of one, two and three states, against every walk through a few turns."""
    ecoute, dit = {"prev_action": {"action_name": "action_listen"}}, {"prev_action": {"action_name": "utter_a"}}
    etats: list[dict] = [{}, ecoute, dit, {**ecoute, "user": {"intent": "a"}}, {**ecoute, "user": {"intent": "b"}}, {**dit, "user": {"intent": "a"}}]
    politique = RulePolicy.__new__(RulePolicy)
    lookup = {RulePolicy._create_feature_key(politique, regle): "x" for regle in ([etats[3]], [etats[1], etats[4]], [etats[3], etats[2], etats[5]], [etats[0], etats[3]])}
    for marche in itertools.product(etats, repeat=4):
        assert correctifs._regles_possibles(politique, lookup, list(marche)) == ORIGINAUX["regles_possibles"](politique, lookup, list(marche))


def test_la_copie_d_un_suivi_est_celle_de_rasa_et_vit_sa_vie() -> None:
    cases = [AnySlot("age", mappings=[{}], influence_conversation=False), AnySlot("lieu", mappings=[{}], influence_conversation=False)]
    suivi = DialogueStateTracker("x", cases)
    for evenement in (ActionExecuted("action_listen"), UserUttered("bonjour", {"name": "saluer"}), SlotSet("age", 15), BotUttered("Salut"), ActiveLoop("formulaire")):
        suivi.update(evenement)
    copie = correctifs._copier_le_suivi(suivi)
    assert copie.current_state() == ORIGINAUX["copie"](suivi, float("inf")).current_state() == suivi.current_state()
    assert list(copie.events) == list(suivi.events)
    for evenement in (SlotSet("age", 16), ActiveLoop(None), UserUttered("ciao", {"name": "dire_au_revoir"}), ActionExecuted("utter_a")):
        copie.update(evenement)
    assert (suivi.get_slot("age"), suivi.active_loop_name, suivi.latest_message.text, len(suivi.events)) == (15, "formulaire", "bonjour", 5)


def test_les_etats_retrouves_sont_ceux_de_rasa() -> None:
    domaine = Domain.from_dict(
        {
            "intents": ["saluer", "compter"], "actions": ["action_a"], "forms": {"formulaire": {"required_slots": []}},
            "slots": {"age": {"type": "any", "mappings": [{"type": "custom"}]}, "fait": {"type": "bool", "mappings": [{"type": "custom"}]}},
        }
    )  # fmt: skip
    suivi = DialogueStateTracker("x", domaine.slots)
    for evenement in (
        ActionExecuted("action_listen"), UserUttered("salut", {"name": "saluer"}), SlotSet("age", 15), SlotSet("fait", True), ActionExecuted("action_a"),
        ActiveLoop("formulaire"), ActionExecuted("action_listen"), SlotSet("fait", None), UserUttered("un", {"name": "compter"}),
    ):  # fmt: skip
        suivi.update(evenement, domaine)

    def etats(generateur: Any) -> list:
        return [(domaine.get_active_state(s), cache) for s, cache in generateur(suivi)]

    assert etats(correctifs._suivis_anterieurs) == etats(ORIGINAUX["anterieurs"])
    assert any("slots" in etat for etat, _ in etats(correctifs._suivis_anterieurs))


def test_les_derniers_etats_suffisent_et_sont_ceux_de_rasa() -> None:
    """Many turns, a form opened long ago or not, and no slot that counts: the last states are Rasa's, and there are enough of them."""
    domaine = Domain.from_dict({"intents": ["saluer", "compter"], "actions": ["action_a"], "forms": {"formulaire": {"required_slots": []}}})
    for forme in (None, 0, 3, 17):
        suivi = DialogueStateTracker("x", domaine.slots)
        for tour in range(20):
            suivi.update_with_events([ActionExecuted("action_listen"), UserUttered(f"{tour}", {"name": ("saluer", "compter")[tour % 2]}), ActionExecuted("action_a")], domaine)
            if tour == forme:
                suivi.update_with_events([ActionExecuted("formulaire"), ActiveLoop("formulaire")], domaine)
        trouves, attendus = ([domaine.get_active_state(s) for s, _ in marche(suivi)] for marche in (correctifs._suivis_anterieurs, ORIGINAUX["anterieurs"]))
        assert correctifs.ETATS_LUS <= len(trouves) < len(attendus)
        assert trouves == attendus[-len(trouves) :]


def test_les_evenements_appliques_sont_ceux_de_rasa() -> None:
    genres = (
        SessionStarted, ActionReverted, UserUtteranceReverted, Restarted, lambda: ActionExecuted("action_listen"), lambda: ActionExecuted("formulaire"),
        lambda: UserUttered("a", {"name": "saluer"}), lambda: BotUttered("b"), lambda: ActiveLoop("formulaire"), lambda: ActiveLoop(None),
    )  # fmt: skip
    correctifs.appliquer()
    for suite in itertools.product(genres, repeat=4):
        suivi = DialogueStateTracker("x", [])
        suivi.events.extend(genre() for genre in suite)
        assert correctifs._evenements_appliques(suivi) == ORIGINAUX["appliques"](suivi)


def test_la_classe_d_un_evenement_se_retrouve_et_un_inconnu_est_refuse() -> None:
    correctifs.appliquer()
    assert Event.resolve_by_type("slot") is Event.resolve_by_type("slot") is SlotSet
    with pytest.raises(ValueError, match="Unknown event name"):
        Event.resolve_by_type("rien_de_tel")


def test_rasa_ne_copie_la_que_pour_ses_lignes_de_mise_au_point() -> None:
    lignes = [ligne.strip() for nom in ("processor", "policies/rule_policy", "nlg/interpolator") for ligne in (Path(rasa.__file__).parent / "core" / f"{nom}.py").read_text().splitlines()]
    copies = [ligne for ligne in lignes if re.search(r"\bcopy\.", ligne)]
    assert len(copies) == 8 and all(re.search(r"\w=copy\.deepcopy\(", ligne) for ligne in copies)


def test_le_domaine_du_modele_est_lu_comme_rasa_le_lit(tmp_path: Path) -> None:
    """Two parsers, of two versions of YAML: all that the real domain holds must come out the same."""
    Domain.from_path(str(RACINE / "domain.yml")).merge(Domain.from_path(str(RACINE / "data" / "reponses"))).persist(tmp_path / "domain.yml")
    rangement = SimpleNamespace(read_from=lambda _: nullcontext(tmp_path))
    comme_rasa = {"config": {}, "model_storage": rangement, "resource": None, "execution_context": None}
    lu = correctifs._charger_le_domaine(DomainProvider, **comme_rasa).provide_inference()
    attendu = ORIGINAUX["domaine"](**comme_rasa).provide_inference()
    assert lu.as_dict() == attendu.as_dict() and lu.fingerprint() == attendu.fingerprint()


def test_la_telemetrie_est_eteinte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    correctifs.silence_reseau()
    from rasa.telemetry import is_telemetry_enabled

    assert not is_telemetry_enabled()


def test_la_version_est_celle_des_correctifs() -> None:
    assert rasa.__version__ == correctifs.VERSION
