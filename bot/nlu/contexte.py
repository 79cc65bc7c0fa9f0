"""The last word of understanding: several questions, doubt, distress, and short replies read in the light of the talk.

Order of precedence: distress; an answer to what the bot has just asked; several questions; the best label; a choice
between two; "I did not understand".
"""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional, Sequence

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.francais.alertes import alerte
from bot.francais.choix import oui_non
from bot.francais.interrogation import est_une_question
from bot.francais.texte import cle
from bot.nlu.boutons import boutons_proposes, lecture_de_charge
from bot.nlu.classifieur import PROBABILITES
from bot.nlu.decoupe import PROPOSITIONS
from bot.nlu.lecture import COMBINABLES, DETRESSE, HESITER, INCONNU, PLUSIEURS, Question, donnees_de_lecture
from bot.nlu.ngrammes import MOTS_CONNUS
from bot.nlu.reperes import ATTENTE

_MOTS_D_UNE_REPONSE = 6
_MOTS_D_UNE_PLAINTE = 3
_MOTS_D_UN_LIEU = 4
_SANS_PREFERENCE = {"oublier_metier", "ne_pas_savoir", "rire_ou_commenter", "refuser", "affirmer"}
_A_DES_MOTS = re.compile(r"[^\W\d_]{2,}")
_REPERES_DE_RECHERCHE = {"lieu", "lieu_ambigu", "metier", "metier_ambigu"}
_MOTS_DE_LIAISON = set(
    "a au aux en dans vers sur pres de du d des le la les l et ou pour plutot finalement enfin non alors du cote coin stp svp moi c est un une".split()
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class LectureEnContexte(IntentClassifier, GraphComponent):
    """Decides what was meant from the classifier's probabilities, the clauses and the conversation."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"repondre": 0.3, "hesiter": 0.15, "comprendre": 0.15, "detresse": 0.3, "detresse_proposition": 0.85, "question": 0.85, "soutien": 0.15}

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
        entier, *propositions = messages
        if not _A_DES_MOTS.search(entier.get(TEXT)):
            return None  # « 17 » is an age, not a call to the police
        genre = alerte(entier.get(TEXT))
        if genre:
            return _lecture(f"{DETRESSE}/{genre}", entier.get(TEXT))
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
            nom, confiance = _meilleur(proposition)
            nette = confiance >= self._seuils["question"] and est_une_question(dite, texte[depuis:])
            soutenue = confiance >= 0.5 and entier.get(nom, 0.0) >= self._seuils["soutien"]
            if nom.split("/")[0] in COMBINABLES and (nette or soutenue) and nom not in {q.nom for q in questions}:
                questions.append(Question(nom, confiance, dite))
        if len(questions) < 2:
            return None
        return donnees_de_lecture(PLUSIEURS, min(q.confiance for q in questions), questions)

    def _une_seule(self, message: Message) -> dict[str, Any]:
        (premier, p1), (second, p2) = _deux_meilleurs(message, detresse=bool(_A_DES_MOTS.search(message.get(TEXT))))
        texte = message.get(TEXT)
        if _cherche_malgre_tout(message, premier, p1):
            return _lecture("chercher_ecole", texte)
        if message.get(MOTS_CONNUS) == 0 and not message.get(ENTITIES):
            return donnees_de_lecture(INCONNU, 1.0, [Question(premier, p1, texte)])
        question = Question(premier, p1, texte)
        possibles = [Question(n, p, texte) for n, p in ((premier, p1), (second, p2)) if n.split("/")[0] in COMBINABLES]
        if p1 < self._seuils["repondre"] and p2 >= self._seuils["hesiter"] and len(possibles) == 2:
            return donnees_de_lecture(HESITER, p1, possibles)
        if p1 >= self._seuils["comprendre"]:
            return donnees_de_lecture(question.intention, p1, [question])
        return donnees_de_lecture(INCONNU, 1 - p1, [question])


def _reponse_attendue(message: Message, tracker: DialogueStateTracker) -> Optional[dict[str, Any]]:
    """A short reply to what the bot has just asked or offered: a place, a trade, "la deuxième", "oui", "2"."""
    texte = message.get(TEXT)
    if _designe_un_rang(message, tracker):
        return _lecture("choisir", texte)
    if len(texte.split()) > _MOTS_D_UNE_REPONSE or "?" in texte:
        return None
    attente = tracker.get_slot(ATTENTE) if ATTENTE in tracker.slots else None
    entites = {e["entity"] for e in message.get(ENTITIES, [])}
    if (
        attente in ("lieu", "metier", "ecole")
        and entites & {"lieu", "lieu_ambigu", "pays", "metier", "metier_ambigu"}
        and not _demande_nette(message)
    ):
        return _lecture("chercher_ecole", texte)
    if attente == "lieu" and len(texte.split()) <= _MOTS_D_UN_LIEU and not _demande_nette(message) and not tracker.active_loop_name:
        return _lecture("chercher_ecole", texte)  # a place that is not known: asked again, not « hors sujet »
    if attente == "metier" and _meilleur(message)[0] in _SANS_PREFERENCE:
        return _lecture("oublier_metier", texte)
    if attente == "age" and "age" in entites:
        return _lecture("faq/age", texte)
    boutons = boutons_proposes(tracker.events)
    if boutons and texte.strip(" .)").isdigit() and 1 <= int(texte.strip(" .)")) <= len(boutons):
        return lecture_de_charge(boutons[int(texte.strip(" .)")) - 1]["payload"])
    if "age" in entites and not _demande_nette(message) and not tracker.active_loop_name:
        return _lecture("faq/age", texte)  # « ah non pardon j'ai 15 ans »
    reponse = oui_non(texte)
    if reponse is not None:
        return _lecture("affirmer" if reponse else "refuser", texte)
    return None


def _cherche_malgre_tout(message: Message, premier: str, confiance: float) -> bool:
    """A trade and a place, or « près de chez moi », outweigh a best label that is vague: « coiffeuse a lyon c possible ? »."""
    entites = {e["entity"] for e in message.get(ENTITIES, [])}
    deux = bool(entites & {"metier", "metier_ambigu"}) and bool(entites & {"lieu", "lieu_ambigu"})
    if premier in ("faq/definition", "faq/nombre", "faq/carte", "faq/homonyme"):
        return "pres_de_moi" in entites
    return deux and (confiance < 0.6 or (premier == "hors_sujet" and len(message.get(TEXT).split()) <= _MOTS_D_UNE_REPONSE))


def _designe_un_rang(message: Message, tracker: DialogueStateTracker) -> bool:
    """« la première, vous pouvez m'en dire plus ? » after a list; not « la deuxième propose quels diplômes »."""
    if ATTENTE not in tracker.slots or tracker.get_slot(ATTENTE) != "ecole":
        return False
    if not any(e["entity"] == "rang" for e in message.get(ENTITIES, [])) or len(message.get(TEXT).split()) > 2 * _MOTS_D_UNE_REPONSE:
        return False
    nom, confiance = _meilleur(message)
    return confiance < 0.25 or nom in ("choisir", "presenter_ecole", "voir_plus_ecoles", "elargir_recherche", "chercher_ecole", "hors_sujet")


def _demande_nette(message: Message) -> bool:
    """Something else than a reply is clearly said: « la deuxième propose quels diplômes », « laisse tomber »."""
    nom, confiance = _meilleur(message)
    return confiance >= 0.6 and nom not in ("chercher_ecole", "choisir", "hors_sujet", "affirmer", "refuser", "rire_ou_commenter", "insulter")


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


def _deux_meilleurs(message: Message, detresse: bool = True) -> Sequence[tuple[str, float]]:
    """The two best labels; distress left out where it has been ruled out (a message without a word)."""
    probabilites = message.get(PROBABILITES) or {}
    retenues = ((nom, p) for nom, p in probabilites.items() if detresse or not nom.startswith(f"{DETRESSE}/"))
    tries = sorted(retenues, key=lambda couple: -couple[1])[:2]
    return tries if len(tries) == 2 else [*tries, (INCONNU, 0.0), (INCONNU, 0.0)][:2]
