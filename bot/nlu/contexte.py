"""The last word of understanding: several questions, doubt, distress, and short replies read in the light of the talk.

Order of precedence: distress; an answer to what the bot has just asked; several questions; the best label; a choice
between two; "I did not understand".
"""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.francais.choix import oui_non
from bot.francais.texte import cle
from bot.nlu.boutons import boutons_proposes, lecture_de_charge
from bot.nlu.classifieur import PROBABILITES
from bot.nlu.decoupe import PROPOSITIONS
from bot.nlu.lecture import DETRESSE, FAQ, HESITER, INCONNU, PLUSIEURS, Question, donnees_de_lecture
from bot.nlu.reperes import ATTENTE

# Labels that ask for something: only these can be one question among several, or one of two to choose from.
_DEMANDES = {FAQ, "chercher_ecole", "demander_sejour", "presenter_ecole", "situer_ecole", "contacter_ecole"}
_MOTS_D_UNE_REPONSE = 6
_REPERES_DE_RECHERCHE = {"lieu", "lieu_ambigu", "metier", "metier_ambigu"}
_MOTS_DE_LIAISON = set(
    "a au aux en dans vers sur pres de du d des le la les l et ou pour plutot finalement enfin non alors du cote coin stp svp moi c est un une".split()
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class LectureEnContexte(IntentClassifier, GraphComponent):
    """Decides what was meant from the classifier's probabilities, the clauses and the conversation."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"repondre": 0.45, "hesiter": 0.25, "detresse": 0.5, "proposition": 0.6}

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
            or (_reponse_attendue(message, tracker) if tracker else None)
            or _rien_qu_un_lieu_ou_un_metier(message)
            or self._plusieurs(message, propositions)
            or self._une_seule(message)
        )
        for nom, valeur in lecture.items():
            message.set(nom, valeur, add_to_output=True)

    def _detresse(self, messages: list[Message]) -> Optional[dict[str, Any]]:
        """Distress in the whole or in any clause: "cb ça coûte, de toute façon je veux mourir"."""
        pires = [(sum(_detresses(m).values()), m) for m in messages]
        total, message = max(pires, key=lambda couple: couple[0])
        if total < self._seuils["detresse"]:
            return None
        nom = max(_detresses(message), key=_detresses(message).__getitem__)
        return donnees_de_lecture(DETRESSE, total, [Question(nom, total, message.get(TEXT))])

    def _plusieurs(self, entier: Message, propositions: list[Message]) -> Optional[dict[str, Any]]:
        questions: list[Question] = []
        for proposition in propositions:
            nom, confiance = _meilleur(proposition)
            if nom.split("/")[0] in _DEMANDES and confiance >= self._seuils["proposition"] and nom not in {q.nom for q in questions}:
                questions.append(Question(nom, confiance, proposition.get(TEXT)))
        if len(questions) < 2:
            return None
        return donnees_de_lecture(PLUSIEURS, min(q.confiance for q in questions), questions)

    def _une_seule(self, message: Message) -> dict[str, Any]:
        (premier, p1), (second, p2) = _deux_meilleurs(message)
        if p1 >= self._seuils["repondre"]:
            question = Question(premier, p1, message.get(TEXT))
            return donnees_de_lecture(question.intention, p1, [question])
        possibles = [Question(n, p, message.get(TEXT)) for n, p in ((premier, p1), (second, p2)) if n.split("/")[0] in _DEMANDES]
        if p1 + p2 >= self._seuils["repondre"] and p1 >= self._seuils["hesiter"] and len(possibles) == 2:
            return donnees_de_lecture(HESITER, p1, possibles)
        return donnees_de_lecture(INCONNU, 1 - p1, [Question(premier, p1, message.get(TEXT))])


def _reponse_attendue(message: Message, tracker: DialogueStateTracker) -> Optional[dict[str, Any]]:
    """A short reply to what the bot has just asked or offered: a place, a trade, "la deuxième", "oui", "2"."""
    texte = message.get(TEXT)
    if len(texte.split()) > _MOTS_D_UNE_REPONSE or "?" in texte:
        return None
    attente = tracker.get_slot(ATTENTE) if ATTENTE in tracker.slots else None
    entites = {e["entity"] for e in message.get(ENTITIES, [])}
    if attente == "lieu" and entites & {"lieu", "lieu_ambigu", "pays"}:
        return _lecture("chercher_ecole", texte)
    if attente == "metier" and entites & {"metier", "metier_ambigu"}:
        return _lecture("chercher_ecole", texte)
    if attente == "age" and "age" in entites:
        return _lecture("faq/age", texte)
    if attente == "ecole" and "rang" in entites:
        return _lecture("choisir", texte)
    boutons = boutons_proposes(tracker.events)
    if boutons and texte.strip(" .)").isdigit() and 1 <= int(texte.strip(" .)")) <= len(boutons):
        return lecture_de_charge(boutons[int(texte.strip(" .)")) - 1]["payload"])
    reponse = oui_non(texte)
    if reponse is not None:
        return _lecture("affirmer" if reponse else "refuser", texte)
    return None


def _rien_qu_un_lieu_ou_un_metier(message: Message) -> Optional[dict[str, Any]]:
    """« à la Réunion », « et en menuiserie ? » : nothing else is said, so a school is being looked for."""
    reperes = [e for e in message.get(ENTITIES, []) if e["entity"] in _REPERES_DE_RECHERCHE]
    texte = message.get(TEXT)
    if not reperes or len(texte.split()) > _MOTS_D_UNE_REPONSE:
        return None
    reste = "".join(" " if any(e["start"] <= i < e["end"] for e in reperes) else lettre for i, lettre in enumerate(texte))
    return _lecture("chercher_ecole", texte) if set(cle(reste).split()) <= _MOTS_DE_LIAISON else None


def _lecture(nom: str, texte: str) -> dict[str, Any]:
    question = Question(nom, 1.0, texte)
    return donnees_de_lecture(question.intention, 1.0, [question])


def _detresses(message: Message) -> Mapping[str, float]:
    probabilites = message.get(PROBABILITES) or {}
    return {nom: p for nom, p in probabilites.items() if nom.startswith(f"{DETRESSE}/")} or {f"{DETRESSE}/mal_etre": 0.0}


def _meilleur(message: Message) -> tuple[str, float]:
    return _deux_meilleurs(message)[0]


def _deux_meilleurs(message: Message) -> Sequence[tuple[str, float]]:
    probabilites = message.get(PROBABILITES) or {}
    tries = sorted(probabilites.items(), key=lambda couple: -couple[1])[:2]
    return tries if len(tries) == 2 else [*tries, (INCONNU, 0.0), (INCONNU, 0.0)][:2]
