"""Landmarks in a message: places, trades, an age, a rank ("la deuxième"). Found by lexicon and gazetteer, not learned."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.francais.lieux import Gazetteer, Lieu, pays_etranger, pres_de_moi
from bot.francais.metiers import LexiqueMetiers
from bot.francais.nombres import age, ordinal
from bot.francais.personnes import qui_demande
from bot.reglages import RACINE

ATTENTE = "attente"
_LIEU_SUR = 0.8  # a guessed spelling is worth less than a country named
_CANDIDATS = 5


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The one gazetteer of this process: 35,000 communes."""
    return Gazetteer.depuis(RACINE / "data" / "ecoles", RACINE / "data" / "francais")


@lru_cache(maxsize=1)
def lexique() -> LexiqueMetiers:
    return LexiqueMetiers.charger(RACINE / "data" / "ecoles" / "metiers.csv")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Reperes(EntityExtractorMixin, GraphComponent):
    """Adds ``lieu``, ``lieu_ambigu``, ``pays``, ``pres_de_moi``, ``metier``, ``metier_ambigu``, ``age``, ``rang`` and ``qui`` (who writes) to the entities.

    A place is written ``genre:code`` (``commune:69123``), several candidates are joined by ``|``.
    """

    def __init__(self) -> None:
        gazetteer(), lexique()

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> Reperes:
        return cls()

    def process(self, messages: list[Message], tracker: Optional[DialogueStateTracker] = None) -> list[Message]:
        attente = tracker.get_slot(ATTENTE) if tracker and ATTENTE in tracker.slots else None
        for message in messages:
            if message.get(TEXT):
                trouves = reperes(message.get(TEXT), attente)
                message.set(ENTITIES, [*message.get(ENTITIES, []), *trouves], add_to_output=True)
        return messages


def reperes(texte: str, attente: Optional[str] = None) -> list[dict[str, Any]]:
    """The landmarks of a text; ``attente`` is what the bot has just asked for (``lieu``, ``metier``, ``age``...)."""
    return [*_lieux(texte, attente == "lieu"), *_metiers(texte), *_nombres(texte, attente), *_qui(texte)]


def _qui(texte: str) -> list[dict[str, Any]]:
    personne = qui_demande(texte)
    return [_entite("qui", personne, 0, len(texte))] if personne else []


def _lieux(texte: str, attendu: bool) -> list[dict[str, Any]]:
    mentions = gazetteer().trouver(texte, attendu=attendu)
    pays = pays_etranger(texte)
    if pays and not any(m.sur >= _LIEU_SUR for m in mentions):
        return [_entite("pays", pays, 0, len(texte))]
    trouves = []
    for mention in mentions:
        if mention.lieu:
            trouves.append(_entite("lieu", code_de_lieu(mention.lieu), mention.debut, mention.fin))
        elif mention.candidats:
            codes = "|".join(code_de_lieu(lieu) for lieu in mention.candidats[:_CANDIDATS])
            trouves.append(_entite("lieu_ambigu", codes, mention.debut, mention.fin))
    if not trouves and pres_de_moi(texte):
        trouves.append(_entite("pres_de_moi", "oui", 0, len(texte)))
    return trouves


def _metiers(texte: str) -> list[dict[str, Any]]:
    trouves = []
    for mention in lexique().trouver(texte):
        if mention.nie:
            continue
        nom = "metier_ambigu" if mention.candidats else "metier"
        trouves.append(_entite(nom, mention.cle, mention.debut, mention.fin))
    return trouves


def _nombres(texte: str, attente: Optional[str]) -> list[dict[str, Any]]:
    trouves = []
    dit = age(texte, attendu=attente == "age")
    if dit:
        trouves.append(_entite("age", str(dit.valeur), dit.debut, dit.fin))
    rang = ordinal(texte)
    if rang is not None:
        trouves.append(_entite("rang", str(rang), 0, len(texte)))
    return trouves


def code_de_lieu(lieu: Lieu) -> str:
    return f"{lieu.genre}:{lieu.code}"


def _entite(nom: str, valeur: str, debut: int, fin: int) -> dict[str, Any]:
    return {"entity": nom, "value": valeur, "start": debut, "end": fin, "extractor": "Reperes"}
