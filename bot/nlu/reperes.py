"""Landmarks in a message: places, trades, an age, a rank ("la deuxième"). Found by lexicon and gazetteer, not learned."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Mapping, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.francais.criteres import criteres
from bot.francais.lieux import Gazetteer, Lieu, gazetteer_de, partout, pays_etranger, pres_de_moi
from bot.francais.metiers import LexiqueMetiers, MentionMetier, metier_inconnu
from bot.francais.nombres import age, ordinal
from bot.francais.normalisation import normaliser
from bot.francais.personnes import qui_demande
from bot.francais.texte import cle_lieu, decouper
from bot.nlu.decoupe import PROPOSITIONS
from bot.reglages import RACINE

ATTENTE = "attente"
FRANCE = "france"  # a place like another: anywhere will do
_LIEU_SUR = 0.75  # a guessed spelling is worth less than a country named
_CANDIDATS = 5
_PROPOSITION = re.compile(r"[,;.!?:\n(]")
_MOTS_A_COTE = 4
_POPULATION_A_COTE = 8_000
_SANS_POIDS = frozenset("a au aux en dans le la les l de du d sur vers pres stp svp bjr slt bonjour salut je j cherche jcherche veux jveux faire fer une un ecole cap pour".split())


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The one gazetteer of this process: 35,000 communes."""
    return gazetteer_de(RACINE / "data" / "ecoles", RACINE / "data" / "francais")


@lru_cache(maxsize=1)
def lexique() -> LexiqueMetiers:
    return LexiqueMetiers.charger(RACINE / "data" / "ecoles" / "metiers.csv")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Reperes(EntityExtractorMixin, GraphComponent):
    """Adds ``lieu``, ``lieu_ambigu``, ``pays``, ``pres_de_moi``, ``metier``, ``metier_ambigu``, ``metier_inconnu``, ``age``, ``rang``, ``critere`` and ``qui`` (who writes).

    A place is written ``genre:code`` (``commune:69123``), several candidates are joined by ``|``.
    """

    def __init__(self) -> None:
        gazetteer(), lexique()

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> Reperes:
        return cls()

    def process(self, messages: list[Message], tracker: Optional[DialogueStateTracker] = None) -> list[Message]:
        attente = _attendu(tracker.current_slot_values()) if tracker else None
        restants = iter(messages)
        for message in restants:
            for _ in range(message.get(PROPOSITIONS) or 0):
                next(restants)  # nobody asks for the landmarks of a clause
            if message.get(TEXT):
                trouves = reperes(message.get(TEXT), attente)
                message.set(ENTITIES, [*message.get(ENTITIES, []), *trouves], add_to_output=True)
        return messages


def _attendu(cases: Mapping[str, Any]) -> Optional[str]:
    """What the last question asks for. A request that asks for the age asks again after what was said meanwhile: « 16 » is no Charente then."""
    return "age" if cases.get("requested_slot") == "sejour_age" else cases.get(ATTENTE)


def reperes(texte: str, attente: Optional[str] = None) -> list[dict[str, Any]]:
    """The landmarks of a text; ``attente`` is what the bot has just asked for (``lieu``, ``metier``, ``age``...)."""
    lieux = _lieux(texte, attente == "lieu")
    dits = _metiers_dits(texte, lieux)
    metiers = [_entite("metier_ambigu" if m.candidats else "metier", m.cle, m.debut, m.fin) for m in dits if not m.nie]
    if metiers and not lieux and attente != "age":
        lieux = _lieu_a_cote(texte, metiers)
    return [*lieux, *metiers, *([] if dits else _metier_inconnu(texte, lieux, attente)), *_nombres(texte, attente), *_criteres(texte), *_qui(texte)]


def _criteres(texte: str) -> list[dict[str, Any]]:
    return [_entite("critere", nom, 0, len(texte)) for nom in criteres(texte)]


def _qui(texte: str) -> list[dict[str, Any]]:
    personne = qui_demande(texte)
    return [_entite("qui", personne, 0, len(texte))] if personne else []


def _lieu_a_cote(texte: str, metiers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """« usinage 59 », « menuisier sainté » : what stands beside a trade, and says nothing else, is read as a place that was asked for."""
    reste = texte
    for metier in metiers:
        reste = reste[: metier["start"]] + " " * (metier["end"] - metier["start"]) + reste[metier["end"] :]
    fin = metiers[-1]["end"]
    for debut, arret in ((0, len(reste)), (fin, fin + len(_PROPOSITION.split(reste[fin:])[0]))):
        seul = " " * debut + reste[debut:arret]
        if _rien_d_autre_qu_un_lieu([jeton.cle for jeton in decouper(seul)]):
            return [e for e in _lieux(seul, True) if e["entity"] in ("lieu", "lieu_ambigu") and _vraisemblable(seul, e)]
    return []


def _rien_d_autre_qu_un_lieu(cles: list[str]) -> bool:
    """A few words, none of them everyday French, the words of trades and what links them aside."""
    mots = [mot for mot in cles if mot not in _SANS_POIDS and not lexique().est_un_mot(mot)]
    if not 1 <= len(mots) <= _MOTS_A_COTE:
        return False
    banals = [mot for mot in mots if gazetteer().est_un_mot(mot)]
    return not banals or gazetteer().est_une_zone(mots) or (len(mots) == 1 and mots[0] == cles[-1] and gazetteer().est_un_sosie(mots[0]))


def _vraisemblable(texte: str, entite: dict[str, Any]) -> bool:
    """A number, a name as it is spelt, or a misspelling of a town: « éleveur de vaches » is not about Vachères."""
    ecrit = cle_lieu(texte[entite["start"] : entite["end"]])
    lieu = lieu_de_code(entite["value"].split("|")[0])
    return bool(lieu) and (any(map(str.isdigit, ecrit)) or ecrit == cle_lieu(lieu.nom) or lieu.population >= _POPULATION_A_COTE)


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
    if trouves:
        return trouves
    lus = (texte, normaliser(texte.replace("+", "plus ")))
    if any(map(partout, lus)):
        trouves.append(_entite("lieu", FRANCE, 0, len(texte)))
    elif any(map(pres_de_moi, lus)):
        trouves.append(_entite("pres_de_moi", "oui", 0, len(texte)))
    return trouves


def _metiers_dits(texte: str, lieux: list[dict[str, Any]]) -> list[MentionMetier]:
    """Trades named, refused ones included."""
    nommes = [(e["start"], e["end"]) for e in lieux if e["entity"] in ("lieu", "lieu_ambigu") and e["value"] != FRANCE]
    return lexique().trouver(texte, nommes)


def _metier_inconnu(texte: str, lieux: list[dict[str, Any]], attente: Optional[str]) -> list[dict[str, Any]]:
    """« dresseur de dragons »: wished for, and no trade of the lexicon."""
    for lieu in lieux:
        if lieu["value"] != FRANCE and lieu["entity"] in ("lieu", "lieu_ambigu"):
            texte = texte[: lieu["start"]] + " " * (lieu["end"] - lieu["start"]) + texte[lieu["end"] :]
    trouve = metier_inconnu(texte, gazetteer().est_un_mot, attente == "metier")
    return [_entite("metier_inconnu", texte[trouve[0] : trouve[1]], *trouve)] if trouve else []


def _nombres(texte: str, attente: Optional[str]) -> list[dict[str, Any]]:
    trouves = []
    dit = age(texte, attendu=attente == "age")
    if dit:
        trouves.append(_entite("age", str(dit.valeur), dit.debut, dit.fin))
    rang = ordinal(texte)
    if rang is not None:
        trouves.append(_entite("rang", str(rang), 0, len(texte)))
    return trouves


def lieu_de_code(code: str) -> Optional[Lieu]:
    genre, _, valeur = code.partition(":")
    return gazetteer().par_code(genre, valeur)


def code_de_lieu(lieu: Lieu) -> str:
    return f"{lieu.genre}:{lieu.code}"


def _entite(nom: str, valeur: str, debut: int, fin: int) -> dict[str, Any]:
    return {"entity": nom, "value": valeur, "start": debut, "end": fin, "extractor": "Reperes"}
