"""The last word of understanding: several questions, doubt, distress, and short replies read in the light of the talk.

Order of precedence: distress; an answer to what the bot has just asked; several questions; the best label; a choice
between two; "I did not understand".
"""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.francais.alertes import alerte
from bot.francais.interrogation import est_une_question
from bot.nlu.attentes import cherche_malgre_tout, deux_meilleurs, lecture_sure, meilleur, reponse_attendue, rien_qu_un_lieu_ou_un_metier
from bot.nlu.classifieur import PROBABILITES
from bot.nlu.decoupe import PROPOSITIONS
from bot.nlu.lecture import COMBINABLES, DETRESSE, HESITER, INCONNU, PLUSIEURS, Question, donnees_de_lecture
from bot.nlu.ngrammes import MOTS_CONNUS

_MOTS_D_UNE_PLAINTE = 3
_CHARABIA = 0.5  # no known word at all, and not clearly like one: « tchao » passes, « zblorf » does not
_A_DES_MOTS = re.compile(r"[^\W\d_]{2,}")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class LectureEnContexte(IntentClassifier, GraphComponent):
    """Decides what was meant from the classifier's probabilities, the clauses and the conversation."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "repondre": 0.3,
            "hesiter": 0.15,
            "comprendre": 0.15,
            "detresse": 0.3,
            "detresse_proposition": 0.85,
            "question": 0.85,
            "soutien": 0.15,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        self._seuils = config

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
            self._detresse([message, *propositions])
            or (reponse_attendue(message, tracker) if tracker else None)
            or rien_qu_un_lieu_ou_un_metier(message)
            or self._plusieurs(message, propositions)
            or self._une_seule(message)
        )
        for nom, valeur in lecture.items():
            message.set(nom, valeur, add_to_output=True)

    def _detresse(self, messages: list[Message]) -> Optional[dict[str, Any]]:
        """Distress in the whole or in any clause: "cb ça coûte, de toute façon je veux mourir"."""
        entier, *propositions = messages
        if not _A_DES_MOTS.search(entier.get(TEXT)):
            return None  # « 17 » is an age, not a call to the police
        genre = alerte(entier.get(TEXT))
        if genre:
            return lecture_sure(f"{DETRESSE}/{genre}", entier.get(TEXT))
        longues = [m for m in propositions if len(m.get(TEXT).split()) >= _MOTS_D_UNE_PLAINTE]
        total, message = max([(sum(_detresses(m).values()), m) for m in (entier, *longues)], key=lambda couple: couple[0])
        if total < self._seuils["detresse" if message is entier else "detresse_proposition"]:
            return None
        nom = max(_detresses(message), key=_detresses(message).__getitem__)
        return donnees_de_lecture(DETRESSE, total, [Question(nom, total, message.get(TEXT))])

    def _plusieurs(self, message: Message, propositions: list[Message]) -> Optional[dict[str, Any]]:
        """Clauses that each ask something else. A story has clauses too: one counts when it is put as a question and is
        understood clearly, or when the whole message leans the same way."""
        entier, texte = message.get(PROBABILITES) or {}, message.get(TEXT)
        questions: list[Question] = []
        depuis = 0
        for proposition in propositions:
            dite = proposition.get(TEXT)
            depuis = max(texte.find(dite, depuis), 0) + len(dite)
            nom, confiance = meilleur(proposition)
            nette = confiance >= self._seuils["question"] and est_une_question(dite, texte[depuis:])
            soutenue = confiance >= 0.5 and entier.get(nom, 0.0) >= self._seuils["soutien"]
            if nom.split("/")[0] in COMBINABLES and (nette or soutenue) and nom not in {q.nom for q in questions}:
                questions.append(Question(nom, confiance, dite))
        if len(questions) < 2:
            return None
        return donnees_de_lecture(PLUSIEURS, min(q.confiance for q in questions), questions)

    def _une_seule(self, message: Message) -> dict[str, Any]:
        (premier, p1), (second, p2) = deux_meilleurs(message, detresse=bool(_A_DES_MOTS.search(message.get(TEXT))))
        texte = message.get(TEXT)
        if cherche_malgre_tout(message, premier, p1):
            return lecture_sure("chercher_ecole", texte)
        if message.get(MOTS_CONNUS) == 0 and not message.get(ENTITIES) and (premier == "hors_sujet" or p1 < _CHARABIA):
            return donnees_de_lecture(INCONNU, 1.0, [Question(premier, p1, texte)])
        question = Question(premier, p1, texte)
        possibles = [Question(n, p, texte) for n, p in ((premier, p1), (second, p2)) if n.split("/")[0] in COMBINABLES]
        if p1 < self._seuils["repondre"] and p2 >= self._seuils["hesiter"] and len(possibles) == 2:
            return donnees_de_lecture(HESITER, p1, possibles)
        if p1 >= self._seuils["comprendre"]:
            return donnees_de_lecture(question.intention, p1, [question])
        return donnees_de_lecture(INCONNU, 1 - p1, [question])


def _detresses(message: Message) -> Mapping[str, float]:
    probabilites = message.get(PROBABILITES) or {}
    return {nom: p for nom, p in probabilites.items() if nom.startswith(f"{DETRESSE}/")} or {f"{DETRESSE}/mal_etre": 0.0}
