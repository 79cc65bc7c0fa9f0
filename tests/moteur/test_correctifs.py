"""What Rasa's code looked like when each patch was written: a difference means that the patch must be read again."""

from __future__ import annotations

import hashlib
import inspect
import itertools
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.training.hooks import TrainingHook
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
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
    "graphe": DaskGraphRunner.run,
    "regles": RulePolicy._find_action_from_rules,
    "regles_possibles": RulePolicy._get_possible_keys,
    "regle_applicable": RulePolicy._is_rule_applicable,
    "etats_en_clair": RulePolicy.format_tracker_states,
    "domaine": DomainProvider.load,
}
EMPREINTES = {
    "regles_possibles": "2915fd81711e194c",
    "regle_applicable": "64a108b016b46e57",
    "etats_en_clair": "32b101cb34fd1c32",
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


def test_les_regles_retrouvees_sont_celles_de_rasa() -> None:
    """Rules of one, two and three states, against every walk through a few turns."""
    ecoute, dit = {"prev_action": {"action_name": "action_listen"}}, {"prev_action": {"action_name": "utter_a"}}
    etats: list[dict] = [{}, ecoute, dit, {**ecoute, "user": {"intent": "a"}}, {**ecoute, "user": {"intent": "b"}}, {**dit, "user": {"intent": "a"}}]
    politique = RulePolicy.__new__(RulePolicy)
    lookup = {RulePolicy._create_feature_key(politique, regle): "x" for regle in ([etats[3]], [etats[1], etats[4]], [etats[3], etats[2], etats[5]], [etats[0], etats[3]])}
    for marche in itertools.product(etats, repeat=4):
        assert correctifs._regles_possibles(politique, lookup, list(marche)) == ORIGINAUX["regles_possibles"](politique, lookup, list(marche))


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
