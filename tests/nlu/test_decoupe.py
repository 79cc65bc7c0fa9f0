"""Clauses, and the decision taken on them: pure parts of understanding, without a trained model."""

from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.classifieur import PAIRES, PROBABILITES
from bot.nlu.contexte import LectureEnContexte
from bot.nlu.decoupe import PROPOSITIONS, decouper
from bot.nlu.plusieurs import juger

CASES = {"attente": {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}}
DOMAINE = Domain.from_dict({"slots": CASES})
SEUILS = LectureEnContexte.get_default_config()


@pytest.mark.parametrize(
    "texte, attendues",
    [
        ("c cb et on est payé ?", ["c cb", "on est payé"]),
        ("quel âge faut-il et c'est où à Lyon", ["quel âge faut-il", "c'est où à Lyon"]),
        ("on apprend quoi et si je rate on fait quoi", ["on apprend quoi", "et si je rate on fait quoi"]),
        ("taf / internat (le prix) ?", ["taf", "internat", "le prix"]),
        ("un internat stp, mdr", []),
        ("c'est quoi une école de production ?", []),
        ("", []),
        ("et", []),
    ],
)
def test_les_propositions(texte: str, attendues: list[str]) -> None:
    assert decouper(texte) == attendues


def _lire(texte: str, probabilites: dict[str, float], tracker: DialogueStateTracker | None = None, propositions: list[tuple[str, dict]] = [], entites: list = []) -> dict:  # noqa: B006
    def message(t: str, p: dict[str, float]) -> Message:
        return Message({"text": t, PROBABILITES: {**p, "faq/homonyme": 0.0}, PROPOSITIONS: 0, "entities": entites})

    entier = message(texte, probabilites)
    entier.set(PROPOSITIONS, len(propositions))
    entier.set(PAIRES, juger(texte, probabilites, [(t, {**p, "faq/homonyme": 0.0}) for t, p in propositions]))
    (lu,) = LectureEnContexte(SEUILS).process([entier, *(message(t, p) for t, p in propositions)], tracker)
    a_cote = {"politesses": lu.get("politesses"), "aide": lu.get("aide_discrete")}
    lecture = {"intention": lu.get("intent")["name"], "questions": [q["nom"] for q in lu.get("questions")]}
    return {**lecture, **{nom: valeur for nom, valeur in a_cote.items() if valeur}}


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


def test_une_detresse_dite_dans_une_proposition_compte_si_l_ensemble_penche() -> None:
    clause = ("le soir il me coince dans ma chambre", {"detresse/violence": 0.985, "faq/cout": 0.01})
    texte = "c cb lannée, et le soir il me coince dans ma chambre"
    assert _lire(texte, {"faq/cout": 0.7, "detresse/violence": 0.2}, None, [("c cb lannée", {"faq/cout": 0.9}), clause])["intention"] == "detresse"
    assert _lire(texte, {"faq/cout": 0.97, "detresse/violence": 0.01}, None, [("c cb lannée", {"faq/cout": 0.9}), clause])["intention"] != "detresse"


def test_un_peu_de_detresse_garde_la_question_et_demande_une_ligne_d_aide() -> None:
    assert _lire("j'ai plus envie d'aller au lycée", {"faq/erreur_choix": 0.8, "detresse/mal_etre": 0.15}) == {
        "intention": "faq", "questions": ["faq/erreur_choix"], "aide": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    "texte, age, probabilites, attendue",
    [
        ("Mon petit fils a douze ans, est ce qu'on le prendrait en école de production ?", "12", {"faq/accompagnement": 0.7, "faq/age": 0.01}, "faq/age"),
        ("ma nièce a 15 ans, elle est trop jeune ?", "15", {"faq/conditions": 0.5, "faq/age": 0.3}, "faq/age"),
        ("j'ai 15 ans et de mauvaises notes, on me prend quand même ?", "15", {"faq/mauvais_eleves": 0.9, "faq/age": 0.05}, "faq/mauvais_eleves"),
        ("il a 12 ans et il aime le bois, on fait quoi la journée ?", "12", {"faq/semaine": 0.7, "faq/age": 0.1}, "faq/semaine"),
    ],
)
def test_un_age_dit_de_quelqu_un_et_la_question_d_etre_pris(texte: str, age: str, probabilites: dict[str, float], attendue: str) -> None:
    assert _lire(texte, probabilites, entites=[{"entity": "age", "value": age, "start": 0, "end": 0}])["questions"] == [attendue]


def test_un_mot_seul_qui_alerte_n_est_pas_repris() -> None:
    assert _lire("mourir", {"insulter": 0.9, "detresse/suicide": 0.01})["intention"] == "detresse"


def test_une_phrase_de_recit_n_est_pas_une_deuxieme_question() -> None:
    recit = [("Ma mère m'a dit tant que ça coûte rien c'est oui", {"faq/cout": 0.9}), ("c'était une école privée", {"faq/prive": 0.8})]
    texte = "Ma mère m'a dit tant que ça coûte rien c'est oui, c'était une école privée"
    assert _lire(texte, {"faq/cout": 0.95, "faq/prive": 0.01}, None, recit)["questions"] == ["faq/cout"]


def test_une_expression_n_est_pas_une_alerte_quand_tout_le_reste_parle_d_autre_chose() -> None:
    assert _lire("6h du mat mais jvais crever", {"faq/semaine": 0.85, "detresse/suicide": 0.04})["intention"] == "faq"
    assert _lire("jvais crever", {"faq/semaine": 0.3, "detresse/suicide": 0.2})["intention"] == "detresse"


def test_un_merci_a_cote_d_une_question_est_entendu() -> None:
    propositions = [("merci pour tout", {"remercier": 0.99}), ("le dossier je le demande à qui", {"faq/inscription": 0.97})]
    lu = _lire("merci pour tout ! le dossier je le demande à qui ?", {"faq/inscription": 0.7, "remercier": 0.1}, None, propositions)
    assert lu == {"intention": "faq", "questions": ["faq/inscription"], "politesses": ["remercier"]}
    salue = _lire("Bonjour madame c'est quoi votre école", {"faq/definition": 0.95, "saluer": 0.01})
    assert salue == {"intention": "faq", "questions": ["faq/definition"], "politesses": ["saluer"]}


def test_un_nombre_seul_n_est_jamais_une_detresse() -> None:
    assert _lire("17", {"detresse/urgence": 0.9, "faq/age": 0.1}, _tracker("age"), entites=[{"entity": "age", "value": "17", "start": 0, "end": 2}])["questions"] == ["faq/age"]


def test_un_chiffre_est_le_bouton_de_ce_rang() -> None:
    boutons = [{"title": "Le prix", "payload": "/faq/cout"}, {"title": "Le salaire", "payload": "/faq/remuneration"}]
    assert _lire("2", {"hors_sujet": 0.9, "x": 0.1}, _tracker(None, boutons))["questions"] == ["faq/remuneration"]


@pytest.mark.parametrize(("rang", "choisi"), [("1", "faq/remuneration"), ("-1", "faq/remuneration"), ("-2", "faq/cout"), ("2", "hors_sujet"), ("-3", "hors_sujet")])
def test_un_rang_choisit_entre_deux_precisions_et_jamais_au_dela(rang: str, choisi: str) -> None:
    boutons = [{"title": "Le prix", "payload": "/faq/cout"}, {"title": "Le salaire", "payload": "/faq/remuneration"}]
    lu = _lire("celle-là", {"hors_sujet": 0.5, "x": 0.1}, _tracker("lequel", boutons), entites=[{"entity": "rang", "value": rang, "start": 0, "end": 8}])
    assert lu["questions"] == [choisi]


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
