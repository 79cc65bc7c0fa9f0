"""What Rasa's code looked like when each patch was written: a difference means that the patch must be read again."""

from __future__ import annotations

import hashlib
import inspect
import itertools
import random
import re
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
import rasa
from rasa.core.actions.action import ActionBotResponse, RemoteAction, action_for_name_or_text
from rasa.core.actions.forms import FormAction
from rasa.core.agent import Agent
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.training.hooks import TrainingHook
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import ActionNotFoundException, Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    Event,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.cli.modele import MODELE
from bot.moteur import correctifs
from bot.moteur.correctifs import graphe, regles, suivis
from bot.moteur.correctifs.actions import retrouver
from bot.moteur.correctifs.reponses import une_variante
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
    "appliques": DialogueStateTracker.applied_events,
    "classe_d_evenement": Event.resolve_by_type,
    "cases": MessageProcessor.run_action_extract_slots,
    "etiquettes_inconnues": MessageProcessor._check_for_unseen_features,
    "graphe": DaskGraphRunner.run,
    "noeud": GraphNode.__call__,
    "regles": RulePolicy._find_action_from_rules,
    "regle_applicable": RulePolicy._is_rule_applicable,
    "etats_en_clair": RulePolicy.format_tracker_states,
    "domaine": DomainProvider.load,
    "prediction": MessageProcessor._predict_next_with_tracker,
    "action_nommee": action_for_name_or_text,
    "variante": TemplatedNaturalLanguageGenerator._random_response_for,
}
EMPREINTES = {
    "prediction": "111a9023a5bcb32d",
    "action_nommee": "a63fb2d066efa0bc",
    "appliques": "764d5065ea9997d6",
    "classe_d_evenement": "b5cf570fa7f286c7",
    "cases": "ff52049be97dde87",
    "copie": "09d16f28f007492f",
    "etiquettes_inconnues": "286ab49de966bc0e",
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
    tirees = {canal: {une_variante(generateur, "utter_a", canal, {})["text"] for _ in range(50)} for canal in ("rest", "sms")}
    assert tirees == {"rest": {"un", "deux"}, "sms": {"sms"}}
    assert une_variante(generateur, "utter_inconnue", "rest", {}) is None


def test_la_regle_et_la_prediction_retrouvees_sont_celles_de_rasa() -> None:
    """The rules of the trained model, on walks of many turns with a form opened, left or interrupted: found anew or known, they are Rasa's."""
    correctifs.appliquer()
    modele = Agent.load(str(MODELE)).processor
    politique = next(n._component for n in modele.graph_runner._instantiated_nodes.values() if isinstance(n._component, RulePolicy))
    hasard = random.Random(2026)
    dits = ["faq", "detresse", "demander_sejour", "annuler", "affirmer", "chercher_ecole", "effacer_demande"]
    vus = set()
    for _ in range(40):
        suivi = DialogueStateTracker("x", modele.domain.slots)
        suivi.update(ActionExecuted("action_session_start"))
        suivi.update(SessionStarted())
        for _ in range(25):
            suivi.update_with_events([ActionExecuted("action_listen"), UserUttered("a", {"name": hasard.choice(dits)})], modele.domain)
            for _ in range(3):
                attendue = ORIGINAUX["regles"](politique, suivi, modele.domain, False)
                trouvee = regles.chercher_la_regle(politique, suivi, modele.domain, False)
                assert trouvee == (attendue if attendue[0] else (None, "", attendue[2]))
                vus.add(attendue[0])
                prevue = modele._predict_next_with_tracker(suivi)
                assert prevue.probabilities == ORIGINAUX["prediction"](modele, suivi).probabilities and not prevue.events
                suivi.update_with_events([SlotSet("age", "15"), BotUttered("b")], modele.domain)
                if attendue[0] in (None, "action_listen"):
                    break
                suivi.update(ActionExecuted(attendue[0]), modele.domain)
                if attendue[0] == "sejour_form" or hasard.random() < 0.1:
                    suivi.update_with_events(hasard.choice([[ActiveLoop("sejour_form")], [ActiveLoop("sejour_form"), LoopInterrupted(True)], [ActiveLoop(None)]]), modele.domain)
    assert {"action_listen", "sejour_form", "action_repondre", "utter_detresse", "action_deactivate_loop"} <= vus
    assert len(politique.__dict__["regles_trouvees"]) < 3000


def test_une_action_sert_a_nouveau_mais_pas_un_formulaire() -> None:
    correctifs.appliquer()
    domaine = Domain.from_dict({"actions": ["action_a"], "forms": {"f": {"required_slots": []}}, "responses": {"utter_a": [{"text": "a"}]}})
    for nom, genre in (("action_a", RemoteAction), ("utter_a", ActionBotResponse)):
        assert type(retrouver(nom, domaine, None)) is genre and retrouver(nom, domaine, None) is retrouver(nom, domaine, None)
    assert type(retrouver("f", domaine, None)) is FormAction and retrouver("f", domaine, None) is not retrouver("f", domaine, None)
    with pytest.raises(ActionNotFoundException):
        retrouver("inconnue", domaine, None)


def test_une_regle_qui_regarde_trop_loin_ou_autre_chose_est_refusee() -> None:
    ecoute = {"prev_action": {"action_name": "action_listen"}}
    regles.verifier_la_portee([[ecoute] * regles.ETATS_LUS])
    for regle in ([ecoute] * (regles.ETATS_LUS + 1), [{"slots": {"age": (1.0,)}}]):
        with pytest.raises(RuntimeError, match="derniers_pas"):
            regles.verifier_la_portee([regle])


def test_la_copie_d_un_suivi_est_celle_de_rasa_et_vit_sa_vie() -> None:
    cases = [AnySlot("age", mappings=[{}], influence_conversation=False), AnySlot("lieu", mappings=[{}], influence_conversation=False)]
    suivi = DialogueStateTracker("x", cases)
    for evenement in (ActionExecuted("action_listen"), UserUttered("bonjour", {"name": "saluer"}), SlotSet("age", 15), BotUttered("Salut"), ActiveLoop("formulaire")):
        suivi.update(evenement)
    copie = suivis.copier(suivi)
    assert copie.current_state() == ORIGINAUX["copie"](suivi, float("inf")).current_state() == suivi.current_state()
    assert list(copie.events) == list(suivi.events)
    for evenement in (SlotSet("age", 16), ActiveLoop(None), UserUttered("ciao", {"name": "dire_au_revoir"}), ActionExecuted("utter_a")):
        copie.update(evenement)
    assert (suivi.get_slot("age"), suivi.active_loop_name, suivi.latest_message.text, len(suivi.events)) == (15, "formulaire", "bonjour", 5)


def test_les_evenements_appliques_sont_ceux_de_rasa() -> None:
    genres = (
        SessionStarted, ActionReverted, UserUtteranceReverted, Restarted, lambda: ActionExecuted("action_listen"), lambda: ActionExecuted("formulaire"),
        lambda: UserUttered("a", {"name": "saluer"}), lambda: BotUttered("b"), lambda: ActiveLoop("formulaire"), lambda: ActiveLoop(None),
    )  # fmt: skip
    correctifs.appliquer()
    for suite in itertools.product(genres, repeat=4):
        suivi = DialogueStateTracker("x", [])
        suivi.events.extend(genre() for genre in suite)
        assert suivis.evenements_appliques(suivi) == ORIGINAUX["appliques"](suivi)


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
    lu = graphe.charger_le_domaine(DomainProvider, **comme_rasa).provide_inference()
    attendu = ORIGINAUX["domaine"](**comme_rasa).provide_inference()
    assert lu.as_dict() == attendu.as_dict() and lu.fingerprint() == attendu.fingerprint()


def test_la_telemetrie_est_eteinte(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    correctifs.silence_reseau()
    from rasa.telemetry import is_telemetry_enabled

    assert not is_telemetry_enabled()


def test_la_version_est_celle_des_correctifs() -> None:
    assert rasa.__version__ == correctifs.VERSION
