"""Clauses, and the decision taken on them: pure parts of understanding, without a trained model."""

from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.classifieur import PROBABILITES
from bot.nlu.contexte import LectureEnContexte
from bot.nlu.decoupe import PROPOSITIONS, decouper

CASES = {"attente": {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}}
DOMAINE = Domain.from_dict({"slots": CASES})
SEUILS = LectureEnContexte.get_default_config()


@pytest.mark.parametrize(
    "texte, combien",
    [("c cb et on est payé ?", 2), ("quel âge faut-il et c'est où à Lyon", 2), ("c'est quoi une école de production ?", 0), ("", 0), ("et", 0)],
)
def test_les_propositions(texte: str, combien: int) -> None:
    assert len(decouper(texte)) == combien


def _lire(texte: str, probabilites: dict[str, float], tracker: DialogueStateTracker | None = None, propositions: list[tuple[str, dict]] = [], entites: list = []) -> dict:  # noqa: B006
    def message(t: str, p: dict[str, float]) -> Message:
        return Message({"text": t, PROBABILITES: p, PROPOSITIONS: 0, "entities": entites})

    entier = message(texte, probabilites)
    entier.set(PROPOSITIONS, len(propositions))
    (lu,) = LectureEnContexte(SEUILS).process([entier, *(message(t, p) for t, p in propositions)], tracker)
    return {"intention": lu.get("intent")["name"], "questions": [q["nom"] for q in lu.get("questions")]}


def _tracker(attente: str | None = None, boutons: list | None = None) -> DialogueStateTracker:
    tracker = DialogueStateTracker("x", DOMAINE.slots)
    tracker.update(UserUttered("avant"))
    if attente:
        tracker.update(SlotSet("attente", attente))
    tracker.update(BotUttered("?", {"buttons": boutons or []}))
    return tracker


def test_deux_questions_sont_gardees_dans_l_ordre() -> None:
    lu = _lire("c cb et on est payé ?", {"faq/remuneration": 0.55, "faq/cout": 0.45}, None, [("c cb", {"faq/cout": 0.95}), ("on est payé", {"faq/remuneration": 0.97})])
    assert lu == {"intention": "plusieurs_questions", "questions": ["faq/cout", "faq/remuneration"]}


def test_la_detresse_passe_avant_une_reponse_attendue() -> None:
    lu = _lire("lyon, je veux mourir", {"detresse/suicide": 0.9, "chercher_ecole": 0.1}, _tracker("lieu"), entites=[{"entity": "lieu", "value": "commune:69123", "start": 0, "end": 4}])
    assert lu["intention"] == "detresse"


def test_un_nombre_seul_n_est_jamais_une_detresse() -> None:
    assert _lire("17", {"detresse/urgence": 0.9, "faq/age": 0.1}, _tracker("age"), entites=[{"entity": "age", "value": "17", "start": 0, "end": 2}])["questions"] == ["faq/age"]


def test_un_chiffre_est_le_bouton_de_ce_rang() -> None:
    boutons = [{"title": "Le prix", "payload": "/faq/cout"}, {"title": "Le salaire", "payload": "/faq/remuneration"}]
    assert _lire("2", {"hors_sujet": 0.9, "x": 0.1}, _tracker(None, boutons))["questions"] == ["faq/remuneration"]


@pytest.mark.parametrize(
    "probabilites, intention",
    [
        ({"faq/cout": 0.9, "faq/bourses": 0.1}, "faq"),
        ({"faq/cout": 0.25, "faq/bourses": 0.2}, "hesiter"),
        ({"faq/cout": 0.09, "faq/bourses": 0.05}, "inconnu"),
    ],
)
def test_repondre_demander_lequel_ou_dire_qu_on_n_a_pas_compris(probabilites: dict[str, float], intention: str) -> None:
    assert _lire("et pour les sous", probabilites)["intention"] == intention
