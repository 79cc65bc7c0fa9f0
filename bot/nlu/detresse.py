"""Is someone in danger or in pain? Read before anything else, in the whole message and in each of its clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Mapping, Optional

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.francais.alertes import alerte, au_figure
from bot.francais.interrogation import est_une_question
from bot.francais.personnes import parle_d_un_autre
from bot.francais.texte import cle
from bot.nlu.classifieur import PROBABILITES
from bot.nlu.lecture import DETRESSE, DETRESSES, FAQ, QUESTION_GARDEE, Question, donnees_de_lecture

_MOTS_D_UNE_PLAINTE = 3
_QUESTION_NETTE, _QUESTION_POSSIBLE = 0.8, 0.4  # of a clause, of a whole message that distress outweighs
_MOT = re.compile(r"[^\W\d_]{2,}")
_AUTOUR_D_UN_AGE = set(
    "non nan nn si en fait enfait pardon dsl desole desolee plutot erreur oups attends me suis trompe trompee tromper voulais dire pas mais quoi ca fait c est ah oh eh hein mdr lol stp"
    " ai jai an ans piges annees moi je suis jsuis chui et demi bientot presque oui euh ben bah alors il elle est va sur mon ma mes".split()
)
_AUTOUR_D_UNE_RECHERCHE = set(
    "veux jveux veu jveu voudrais cherche faire fair fer de du des la le les en au aux dans vers pres un une ecole ecoles cap pour".split()
)


@dataclass(frozen=True)
class Seuils:
    """Sums of the probabilities of all kinds of distress. Tuned on the development half.

    ``message``: the whole says it. ``proposition`` with at least ``appui`` in the whole: a clause says it and the whole leans that way
    ("cb ça coûte, et puis chez moi on me tape"). ``un_mot``: a word alone is a first name or an answer far more often than a call for
    help, and those that are («suicide») are alerts. ``proposition_seule``: a clause leaves no doubt. ``discret``: a little is there; the
    question is answered, and help is mentioned once, in one line.
    """

    message: float = 0.65
    un_mot: float = 0.7
    proposition: float = 0.98
    appui: float = 0.1
    proposition_seule: float = 0.999
    discret: float = 0.15


def a_des_mots(message: Message) -> bool:
    """« 17 » or « jai 17 ans » is an age, not a call to the police; a trade and a town, with nothing else, are a search."""
    texte, entites = message.get(TEXT), message.get(ENTITIES, [])
    recherche = {"metier", "metier_ambigu"} & {e["entity"] for e in entites} and {"lieu", "lieu_ambigu"} & {e["entity"] for e in entites}
    effacees = ("age", "lieu", "lieu_ambigu", "metier", "metier_ambigu") if recherche else ("age",)
    for dite in (e for e in entites if e["entity"] in effacees):
        texte = texte[: dite["start"]] + " " * (dite["end"] - dite["start"]) + texte[dite["end"] :]
    return bool(set(_MOT.findall(cle(texte))) - (_AUTOUR_D_UN_AGE | _AUTOUR_D_UNE_RECHERCHE if recherche else _AUTOUR_D_UN_AGE))


def lire_detresse(message: Message, propositions: list[Message], seuils: Seuils) -> Optional[dict[str, Any]]:
    """The reading when there is distress, else None. A question asked beside it is kept for later."""
    lecture = _lue(message, propositions, seuils)
    return {**lecture, QUESTION_GARDEE: _question_a_cote(message, propositions)} if lecture else None


def _question_a_cote(message: Message, propositions: list[Message]) -> str:
    """« cb ça coûte, et puis chez moi on me tape » : what is asked of the schools all the same, or an empty text."""
    for proposition in propositions:
        sujet, confiance = _sujet(proposition)
        if confiance >= _QUESTION_NETTE and est_une_question(proposition.get(TEXT)):
            return sujet
    sujet, confiance = _sujet(message)
    return sujet if confiance >= _QUESTION_POSSIBLE and "?" in message.get(TEXT) else ""


def _sujet(message: Message) -> tuple[str, float]:
    sujets = {nom: p for nom, p in (message.get(PROBABILITES) or {}).items() if nom.startswith(f"{FAQ}/")}
    return max(sujets.items(), key=lambda couple: couple[1], default=("", 0.0))


def _lue(message: Message, propositions: list[Message], seuils: Seuils) -> Optional[dict[str, Any]]:
    if not a_des_mots(message):
        return None
    total, pire = somme(message), _pire(propositions)
    genre = alerte(message.get(TEXT))
    if genre and (genre != "suicide" or not _dit_autre_chose(message, total, pire)):  # only of dying does one speak so lightly
        return _lecture(f"{DETRESSE}/{genre}", 1.0, message)
    if au_figure(message.get(TEXT)):
        return None
    if total >= (seuils.un_mot if _est_un_mot(message) else seuils.message):
        return _lecture(_genre(message), total, message)
    if pire and (somme(pire) >= seuils.proposition_seule or (somme(pire) >= seuils.proposition and total >= seuils.appui)):
        return _lecture(_genre(pire), somme(pire), pire)
    return None


def aide_a_glisser(message: Message, seuils: Seuils) -> bool:
    """Too little to leave the question, enough to say once where help is: « mourir de honte », « mdr jvais me pendre », since one never knows."""
    if alerte(message.get(TEXT), en_riant=True):
        return True
    return a_des_mots(message) and (not _est_un_mot(message) or somme(message) >= seuils.un_mot) and somme(message) >= seuils.discret


def _est_un_mot(message: Message) -> bool:
    return len(message.get(TEXT).split()) == 1


def somme(message: Message) -> float:
    return sum(_genres(message).values())


def _dit_autre_chose(message: Message, total: float, pire: Optional[Message]) -> bool:
    """« 6h du mat ?? mais jvais crever » : the words are there, and nothing else in the message agrees with them."""
    probabilites = message.get(PROBABILITES) or {}
    if len(message.get(TEXT).split()) == 1:
        return False  # « mourir »: there is nothing else
    return total < 0.2 and (pire is None or somme(pire) < 0.3) and max(probabilites.values(), default=0.0) >= 0.7


def _pire(propositions: list[Message]) -> Optional[Message]:
    longues = [m for m in propositions if len(m.get(TEXT).split()) >= _MOTS_D_UNE_PLAINTE]
    return max(longues, key=somme, default=None)


def _genre(message: Message) -> str:
    genres = _genres(message)
    return max(genres, key=genres.__getitem__)


def _genres(message: Message) -> Mapping[str, float]:
    probabilites = message.get(PROBABILITES) or {}
    return {nom: probabilites.get(nom, 0.0) for nom in DETRESSES}


def _lecture(nom: str, confiance: float, message: Message) -> dict[str, Any]:
    texte = message.get(TEXT)
    # Chosen here and not in an action: distress is answered even when the action server is dead.
    reponse = f"{nom}_autre" if parle_d_un_autre(texte) else ""
    return donnees_de_lecture(DETRESSE, confiance, [Question(nom, confiance, texte, reponse)])
