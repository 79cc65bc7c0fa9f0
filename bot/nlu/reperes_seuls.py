"""What landmarks tell without the conversation: a bare place, a trade and a town, an age that somebody wants to see accepted."""

from __future__ import annotations

import re
from typing import Any, Optional, Sequence

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.francais.interrogation import est_une_question
from bot.francais.normalisation import normaliser
from bot.francais.texte import cle
from bot.nlu.age_et_recherche import AGES_ORDINAIRES
from bot.nlu.classifieur import PROBABILITES
from bot.nlu.etiquettes import lecture_sure, meilleur

_REPERES_DE_RECHERCHE = {"lieu", "lieu_ambigu", "metier", "metier_ambigu"}
_MOTS_DE_LIAISON = set(
    "a au aux en dans vers sur pres de du d des le la les l et ou pour plutot finalement enfin non alors du cote coin stp svp moi c est un une".split()
)
_UNE_ECOLE = set("ecole ecoles production prod y il ya ici".split())
_MOTS_POUR_RIEN = {"refuser", "affirmer", "rire_ou_commenter", "ne_pas_savoir", "corriger"}
_PRES_DE_L_AGE = {f"faq/{sujet}" for sujet in "accompagnement conditions inscription mauvais_eleves dates definition prive vie_ecole erreur_choix stage_3e".split()}
_ADMISSION = re.compile(
    r"\b(?:prend\w*|prennent|pren|accept\w*|admis\w*|admett\w*|inscri\w*|entr(?:er|e|ent)|integrer|rejoindre|recev\w*|recoi\w*|veulent|voud\w*|eligible"
    r"|(?:assez|trop) (?:jeunes?|agee?s?|vieux|vieilles?|petite?s?|grande?s?|tard|tot)|possible|le droit|encore temps|peu[tx]? (?:y )?(?:aller|venir|entrer|integrer))\b"
)
_UN_PEU_D_AGE = 0.15
_SUR_D_AUTRE_CHOSE = 0.6
_UNE_ECOLE_LA = re.compile(r"\b(?:y a|ya|y en a|existe|trouve|cherche) .*\b(?:ecoles?|une|ici)\b")
_MOTS_D_UNE_REPONSE = 6


def rien_qu_un_lieu_ou_un_metier(message: Message) -> Optional[dict[str, Any]]:
    """« à la Réunion », « et en menuiserie ? », « une école à Orée d'Anjou » : nothing else is said, so a school is being looked for."""
    reperes = [e for e in message.get(ENTITIES, []) if e["entity"] in _REPERES_DE_RECHERCHE]
    texte = message.get(TEXT)
    if not reperes or len(texte.split()) > 2 * _MOTS_D_UNE_REPONSE:
        return None
    reste = "".join(" " if any(e["start"] <= i < e["end"] for e in reperes) else lettre for i, lettre in enumerate(texte))
    return lecture_sure("chercher_ecole", texte) if set(cle(reste).split()) <= _MOTS_DE_LIAISON | _UNE_ECOLE else None


def cherche_malgre_tout(message: Message, premier: str, confiance: float) -> bool:
    """A trade and a place, or « près de chez moi », outweigh a best label that is vague: « coiffeuse a lyon c possible ? »."""
    entites = {e["entity"] for e in message.get(ENTITIES, [])}
    if premier in _MOTS_POUR_RIEN and entites & {"metier", "lieu"}:
        return len(message.get(TEXT).split()) <= 2 * _MOTS_D_UNE_REPONSE  # « en fait nan plutot la mecanique auto »
    if "metier_inconnu" in entites and premier == "hors_sujet":
        return len(message.get(TEXT).split()) <= 2 * _MOTS_D_UNE_REPONSE  # « je veux être dresseur de dragons »
    deux = bool(entites & {"metier", "metier_ambigu"}) and bool(entites & {"lieu", "lieu_ambigu"})
    if premier in ("faq/definition", "faq/nombre", "faq/carte", "faq/homonyme", "faq/age"):
        return "pres_de_moi" in entites or (premier != "faq/nombre" and "lieu" in entites and bool(_UNE_ECOLE_LA.search(cle(normaliser(message.get(TEXT))))))
    if deux and "critere" in entites and premier in ("faq/internat", "faq/cout", "faq/diplomes"):
        return True  # « une école de menuiserie avec internat vers Lyon »
    return deux and (confiance < 0.6 or (premier == "hors_sujet" and len(message.get(TEXT).split()) <= _MOTS_D_UNE_REPONSE))


def age_en_question(message: Message, propositions: Sequence[Message]) -> Optional[dict[str, Any]]:
    """An age is said of somebody, and all that is asked is whether they would be taken: « mon petit-fils a douze ans, on le prendrait ? »

    What is near age (being accepted, followed, enrolled) gives way; for an age out of the ordinary it does so even when it is likely.
    """
    ages = [int(e["value"]) for e in message.get(ENTITIES, []) if e["entity"] == "age"]
    if len(ages) != 1:
        return None
    demandes = [p.get(TEXT) for p in propositions if est_une_question(p.get(TEXT))] or [message.get(TEXT)]
    if len(demandes) > 1 or not _ADMISSION.search(cle(normaliser(demandes[0]))):
        return None
    nom, confiance = meilleur(message)
    pese = (message.get(PROBABILITES) or {}).get("faq/age", 0.0)
    etonnant = ages[0] not in AGES_ORDINAIRES and nom in (*_PRES_DE_L_AGE, "faq/age")
    probable = nom in _PRES_DE_L_AGE and pese >= _UN_PEU_D_AGE and confiance < _SUR_D_AUTRE_CHOSE
    return lecture_sure("faq/age", message.get(TEXT)) if etonnant or probable else None
