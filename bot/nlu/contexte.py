"""The last word of understanding: several questions, doubt, distress, and short replies read in the light of the talk.

Order of precedence: distress; an answer to what the bot has just asked; several questions; the best label; a choice
between two; "I did not understand".
"""

from __future__ import annotations

from typing import Any, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.francais.interrogation import est_une_question
from bot.francais.politesse import salue
from bot.nlu.age_et_recherche import recherche_et_age
from bot.nlu.attentes import reponse_attendue
from bot.nlu.classifieur import PAIRES, PROBABILITES
from bot.nlu.decoupe import PROPOSITIONS
from bot.nlu.demande import demande
from bot.nlu.detresse import Seuils, aide_a_glisser, lire_detresse
from bot.nlu.etiquettes import deux_meilleurs, lecture_sure, meilleur
from bot.nlu.lecture import (
    AIDE_DISCRETE,
    COMBINABLES,
    DETRESSE,
    FAQ,
    HESITER,
    INCONNU,
    PLUSIEURS,
    POLITESSES,
    QUESTIONS,
    SALUER,
    SALUTATIONS,
    Question,
    donnees_de_lecture,
)
from bot.nlu.ngrammes import MOTS_CONNUS
from bot.nlu.plusieurs import Proposition, questions_posees, situer
from bot.nlu.reperes_seuls import age_en_question, cherche_malgre_tout, rien_qu_un_lieu_ou_un_metier

_CHARABIA = 0.6  # no known word at all, and not clearly like one: « tchao » passes, « zblorf » does not
_POLIE = 0.85
AIDE_EN_REPONSE = "detresse/rappel"
_SANS_DEMANDE = frozenset(("rire_ou_commenter", "plus_tard", "ne_pas_savoir"))
_ENGAGENT = frozenset(("demander_sejour", "effacer_demande", "recommencer"))  # what opens or drops something is not done on a guess
_DEMANDE = 0.5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class LectureEnContexte(IntentClassifier, GraphComponent):
    """Decides what was meant from the classifier's probabilities, the clauses and the conversation."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "repondre": 0.3,
            "hesiter": 0.15,
            "comprendre": 0.15,
            "deux_questions": 0.65,
            "detresse": {},
        }

    def __init__(self, config: dict[str, Any]) -> None:
        self._seuils = config
        self._seuils_de_detresse = Seuils(**config["detresse"])

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> LectureEnContexte:
        return cls(config)

    def process(self, messages: list[Message], tracker: Optional[DialogueStateTracker] = None) -> list[Message]:
        entiers: list[Message] = []
        restants = iter(messages)
        for message in restants:
            propositions = [next(restants) for _ in range(message.get(PROPOSITIONS) or 0)]
            if message.get(TEXT):
                self._lire(message, propositions, tracker)
            entiers.append(message)
        return entiers

    def _lire(self, message: Message, propositions: list[Message], tracker: Optional[DialogueStateTracker]) -> None:
        lecture = (
            lire_detresse(message, propositions, self._seuils_de_detresse)
            or (reponse_attendue(message, tracker) if tracker else None)
            or rien_qu_un_lieu_ou_un_metier(message)
            or age_en_question(message, propositions)
            or self._plusieurs(message, propositions)
            or self._une_seule(message)
        )
        lecture = recherche_et_age(message, lecture, tracker)
        aide = lecture[INTENT]["name"] != DETRESSE and aide_a_glisser(message, self._seuils_de_detresse)
        en_demande = tracker is not None and tracker.active_loop_name  # there, the form answers
        if aide and not en_demande and lecture[INTENT]["name"] in _SANS_DEMANDE:  # « Ça marche » would be the worst of answers
            lecture, aide = _aide_pour_reponse(lecture), False
        lecture = {**lecture, POLITESSES: _politesses(message, lecture, propositions), AIDE_DISCRETE: aide}
        for nom, valeur in lecture.items():
            message.set(nom, valeur, add_to_output=True)

    def _plusieurs(self, message: Message, propositions: list[Message]) -> Optional[dict[str, Any]]:
        """Clauses that each ask something else, in their order. A story has clauses too: see ``plusieurs.py``."""
        posees = questions_posees(message.get(PAIRES) or [], self._seuils["deux_questions"])
        if not posees and meilleur(message)[0] in SALUTATIONS:
            posees = _a_cote_d_un_salut(situer(message.get(TEXT), [(p.get(TEXT), p.get(PROBABILITES)) for p in propositions], demande()))
        questions = [Question(p.etiquette, p.confiance, p.texte) for p in posees]
        if len(questions) == 1:
            return donnees_de_lecture(questions[0].intention, questions[0].confiance, questions)
        return donnees_de_lecture(PLUSIEURS, min(q.confiance for q in questions), questions) if questions else None

    def _une_seule(self, message: Message) -> dict[str, Any]:
        (premier, p1), (second, p2) = deux_meilleurs(message, detresse=False)  # it was not read
        texte = message.get(TEXT)
        if cherche_malgre_tout(message, premier, p1):
            return lecture_sure("chercher_ecole", texte)
        if message.get(MOTS_CONNUS) == 0 and not message.get(ENTITIES) and (premier == "hors_sujet" or p1 < _CHARABIA):
            return donnees_de_lecture(INCONNU, 1.0, [Question(premier, p1, texte)])
        question = Question(premier, p1, texte)
        possibles = [Question(n, p, texte) for n, p in ((premier, p1), (second, p2)) if n.split("/")[0] in COMBINABLES]
        if p1 < self._seuils["repondre"] and p2 >= self._seuils["hesiter"] and len(possibles) == 2:
            if "faq/age" in (premier, second) and any(e["entity"] == "age" for e in message.get(ENTITIES, [])):
                return lecture_sure("faq/age", texte)  # an age is said: no need to ask which of the two
            return donnees_de_lecture(HESITER, p1, possibles)
        if p1 >= self._seuils["repondre" if premier in _ENGAGENT else "comprendre"]:
            return donnees_de_lecture(question.intention, p1, [question])
        return donnees_de_lecture(INCONNU, 1 - p1, [question])


def _aide_pour_reponse(lecture: dict[str, Any]) -> dict[str, Any]:
    """The same reading, answered by where help is: the helplines are all there is to say."""
    questions = [Question(**{**q, "reponse": AIDE_EN_REPONSE}) for q in lecture[QUESTIONS]]
    return donnees_de_lecture(lecture[INTENT]["name"], lecture[INTENT]["confidence"], questions)


def _a_cote_d_un_salut(propositions: list[Proposition]) -> list[Proposition]:
    """« hey salut toi, on peut apprendre quoi » : what is asked outweighs what is polite."""
    demandes = [p for p in propositions if p.etiquette.split("/")[0] in COMBINABLES and p.confiance >= _DEMANDE and est_une_question(p.texte, p.suite)]
    return sorted(demandes, key=lambda p: -p.confiance)[:1]


def _politesses(message: Message, lecture: dict[str, Any], propositions: list[Message]) -> list[str]:
    """A greeting or a thank-you beside a question: « merci pour tout ! du coup le dossier je le demande à qui ? »"""
    if lecture[INTENT]["name"] not in (FAQ, PLUSIEURS):  # the actions that say the polite word too
        return []
    dites = [SALUER] if salue(message.get(TEXT)) else []
    dites += [nom for nom, confiance in map(meilleur, propositions) if nom in SALUTATIONS and confiance >= _POLIE]
    return list(dict.fromkeys(dites))
