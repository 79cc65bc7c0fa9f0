"""Short replies and bare landmarks, read in the light of what the bot has just asked or shown. Nothing is learned here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from heapq import nlargest
from typing import Any, Optional

from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.francais.choix import commence_par_oui, oui_non
from bot.francais.contacts import telephones
from bot.francais.criteres import BAC_PRO, CAP, GRATUITE, INTERNAT, criteres_nommes, est_une_relance
from bot.francais.interrogation import est_une_question
from bot.francais.normalisation import normaliser
from bot.francais.references import lire_reference
from bot.francais.texte import cle
from bot.nlu.age_et_recherche import AGES_ORDINAIRES
from bot.nlu.boutons import bouton_nomme, boutons_proposes, lecture_de_charge
from bot.nlu.classifieur import PROBABILITES
from bot.nlu.lecture import DETRESSE, DETRESSES, INCONNU, OFFRES, PLUSIEURS, QUESTIONS, Question, donnees_de_lecture
from bot.nlu.reperes import ATTENTE

ECOLES_LISTEES = "ecoles_listees"
_PRIX_LA_BAS = re.compile(r"^(?:et )?(?:c est |cest |c )?(?:combien|cb) (?:la bas|laba|labas|chez elles|celle la|pour celle la)$")
_REPERES_DE_RECHERCHE = {"lieu", "lieu_ambigu", "metier", "metier_ambigu"}
_MOTS_DE_LIAISON = set(
    "a au aux en dans vers sur pres de du d des le la les l et ou pour plutot finalement enfin non alors du cote coin stp svp moi c est un une".split()
)
_UNE_ECOLE = set("ecole ecoles production prod y il ya ici".split())
_DE_L_ECOLE = ("faq/diplomes", "faq/cout", "faq/internat", "situer_ecole", "contacter_ecole", "demander_sejour")
_SUJET_DU_CRITERE = {BAC_PRO: "faq/diplomes", CAP: "faq/diplomes", INTERNAT: "faq/internat", GRATUITE: "faq/cout"}
_AUTOUR_D_UN_CHOIX = {"choisir", "presenter_ecole", "voir_plus_ecoles", "elargir_recherche", "chercher_ecole", "hors_sujet"}
_SANS_PREFERENCE = {"oublier_metier", "ne_pas_savoir", "rire_ou_commenter", "refuser", "affirmer"}
_RIEN_DE_NET = {"chercher_ecole", "choisir", "hors_sujet", "affirmer", "refuser", "ne_pas_savoir", "rire_ou_commenter", "insulter", "corriger"}
_MOTS_POUR_RIEN = {"refuser", "affirmer", "rire_ou_commenter", "ne_pas_savoir", "corriger"}
_SE_REPREND = {"annuler", "refuser", "rire_ou_commenter", "affirmer", "plus_tard", "ne_pas_savoir", "corriger"}
_AUTOUR_D_UN_OUI = {"saluer", "affirmer", "demander_sejour"}
_PRES_DE_L_AGE = {f"faq/{sujet}" for sujet in "accompagnement conditions inscription mauvais_eleves dates definition prive vie_ecole erreur_choix stage_3e".split()}
_ADMISSION = re.compile(
    r"\b(?:prend\w*|prennent|pren|accept\w*|admis\w*|admett\w*|inscri\w*|entr(?:er|e|ent)|integrer|rejoindre|recev\w*|recoi\w*|veulent|voud\w*|eligible"
    r"|(?:assez|trop) (?:jeunes?|agee?s?|vieux|vieilles?|petite?s?|grande?s?|tard|tot)|possible|le droit|encore temps|peu[tx]? (?:y )?(?:aller|venir|entrer|integrer))\b"
)
_UN_PEU_D_AGE = 0.15
_SUR_D_AUTRE_CHOSE = 0.6
_CONFIRMER, _GARDER = "/confirmer_effacement", "/garder_donnees"
_NOUVELLES = re.compile(
    r"\b(?:des|tes|vos) nouvelles?(?: (?:stp|svp|s il (?:te|vous) plait|alors|pour moi))?$"
    r"|\bnouvelles? (?:de|sur|pour) (?:ma|notre|sa|la) demande\b|\bou en est (?:ma|notre|sa|la) demande\b"
)
_EFFACER = re.compile(r"\b(?:effac|supprim|retir|enlev)")
_EFFACER_TOUT = re.compile(r"^(?:stp |svp |non |en fait |enfait )*(?:tu peux |peux tu |je veux )?(?:efface|supprime|retire|enleve)(?:r|z)? (?:tout|tt|toute?s?)(?: (?:stp|svp|s il te plait|ca|mes trucs|mes infos|direct|maintenant))*$")
_EFFACER_DONNEES = re.compile(r"^(?:stp |svp |je veux |tu peux |peux tu )*(?:efface|supprime|retire|enleve)(?:r|z)? (?:toutes? )?(?:mes|ma|notre) (?:donnees?|infos?|informations?|conv\w*)$")
_REPRENDRE = re.compile(r"^(?:ok |oui |bon |allez )*(?:on |je |tu )?(?:continue[rs]?|continuons|reprend\w*)(?: la demande| ma demande)?$")
_VEUT_Y_ALLER = re.compile(r"\b(?:veux|voudrais|aimerais|vais) (?:bien )?y alle\w*")
_ALLER_VOIR = re.compile(
    r"\b(?:y )?(?:alle\w*|passer?|venir)(?: la| les| y)? (?:voir|visiter)\b(?! (?:les autres|d autres|autre|la suite|plus|la carte|la liste|ailleurs))|\b(?:la|les) visiter\b"
)
_DIT_D_UNE_ECOLE = {
    "faq/cout": re.compile(r"\b(?:combien|prix|tarifs?|cout\w*|cher|payant\w*)\b"),
    "faq/diplomes": re.compile(r"\bdiplom\w*"),
    "situer_ecole": re.compile(r"\badresse\b|\bou (?:c )?est|\best ou\b|\bse trouve"),
    "contacter_ecole": re.compile(r"\b(?:contact\w*|joindre|appeler|numero|num|tel|telephone|mail)\b"),
}
_QUI_CONTACTER = re.compile(r"\b(?:qui|comment)\b.{0,25}\b(?:contact\w*|joindre|appeler)\b")
_QUI_LIT = re.compile(r"\bqui (?:va |vas |pourra |peut )?(?:lire|lit|lira|voir|voit|verra|recevoir|recoit|recevra)\b")
_NE_SAIT_PAS = re.compile(r"^(?:jsp|jspa|je sais pas|j ?sais pas|chais pas|bof|peut etre|ok+|d accord|dac)$")
_PASSER = re.compile(r"^(?:je )?(?:passe|passer|suivant|next|skip)$")
_NE_VEUT_PAS = re.compile(r"^(?:(?:non|nan|nn|en fait|enfait|finalement|bah) )*(?:je|on) (?:ne )?(?:veux|veut|veu) (?:pas|plus)(?: le faire| y aller| faire ca| continuer| m inscrire)?$")
_ETAPES_OBLIGEES = ("sejour_ecole", "sejour_age", "sejour_prenom", "sejour_contact")
_UNE_ECOLE_LA = re.compile(r"\b(?:y a|ya|y en a|existe|trouve|cherche) .*\b(?:ecoles?|une|ici)\b")
_MOTS_D_UN_LIEU = 4
_MOTS_D_UNE_REPONSE = 6


def reponse_attendue(message: Message, tracker: DialogueStateTracker) -> Optional[dict[str, Any]]:
    """A short reply to what the bot has just asked or offered: a place, a trade, "la deuxième", "oui", "2"."""
    texte = message.get(TEXT)
    encore = _apres_une_detresse(message, tracker)
    if encore:
        return encore
    sur_une_demande = _sur_une_demande(message, tracker)
    if sur_une_demande:
        return lecture_sure(sur_une_demande, texte)
    oui = _oui_de_quelqu_un(message, tracker)
    if oui:
        return oui
    sur_un_rang = _sur_un_rang(message, tracker)
    if len(sur_un_rang) > 1:
        return donnees_de_lecture(PLUSIEURS, 1.0, [Question(nom, 1.0, texte) for nom in sur_un_rang])
    if sur_un_rang:
        return lecture_sure(sur_un_rang[0], texte)
    if _case(tracker, "ecole") and not tracker.active_loop_name and _QUI_CONTACTER.search(cle(normaliser(texte))):
        return lecture_sure("contacter_ecole", texte)
    if _PRIX_LA_BAS.search(cle(texte)) and _case(tracker, ECOLES_LISTEES):
        return lecture_sure("faq/cout", texte)
    if _relance(message, tracker):
        return lecture_sure("chercher_ecole", texte)
    if len(texte.split()) > _MOTS_D_UNE_REPONSE or "?" in texte:
        return None
    attente = _case(tracker, ATTENTE)
    entites = {e["entity"] for e in message.get(ENTITIES, [])}
    du_metier = attente == "metier" and meilleur(message)[0] == "faq/metiers"  # « jaime bien les voiture », to « quel métier ? »
    if (
        attente in ("lieu", "metier", "ecole")
        and entites & {"lieu", "lieu_ambigu", "pays", "metier", "metier_ambigu"}
        and (du_metier or not _demande_nette(message))
    ):
        return lecture_sure("chercher_ecole", texte)
    if attente == "lieu" and len(texte.split()) <= _MOTS_D_UN_LIEU and not _demande_nette(message) and not tracker.active_loop_name:
        return lecture_sure("chercher_ecole", texte)  # a place that is not known: asked again, not « hors sujet »
    if attente == "metier" and meilleur(message)[0] in _SANS_PREFERENCE:
        return lecture_sure("oublier_metier", texte)
    if attente == "age" and "age" in entites:
        return lecture_sure("faq/age", texte)
    if _case(tracker, "requested_slot") in _ETAPES_OBLIGEES and _NE_VEUT_PAS.search(cle(normaliser(texte))):
        return lecture_sure("annuler", texte)
    if tracker.active_loop_name and _PASSER.search(cle(texte)):
        return lecture_sure("ne_pas_savoir", texte)
    boutons = boutons_proposes(tracker.events)
    if attente in ("metier", "lequel") and (nomme := bouton_nomme(texte, boutons)):
        return lecture_de_charge(nomme["payload"])
    if boutons and texte.strip(" .)").isdigit() and 1 <= int(texte.strip(" .)")) <= len(boutons):
        return lecture_de_charge(boutons[int(texte.strip(" .)")) - 1]["payload"])
    if "age" in entites and not _demande_nette(message) and not tracker.active_loop_name:
        return lecture_sure("faq/age", texte)  # « ah non pardon j'ai 15 ans »
    reponse = oui_non(texte)
    if reponse is None:
        return None
    offres = boutons if reponse and not tracker.active_loop_name else []
    return {**lecture_sure("affirmer" if reponse else "refuser", texte), OFFRES: offres}


def _apres_une_detresse(message: Message, tracker: DialogueStateTracker) -> Optional[dict[str, Any]]:
    """« oui », « non », « jsp » after the helplines: whatever it answers, this is not the moment for a menu; they are said again.

    What takes the words back, « c'est rien, oublie », is heard, and told that help stays there.
    """
    texte, avant = message.get(TEXT), tracker.latest_message
    if avant is None or avant.intent.get("name") != DETRESSE or tracker.active_loop_name or _case(tracker, "sejour_etapes"):
        return None
    questions = avant.parse_data.get(QUESTIONS) or []
    if questions and (oui_non(texte) is not None or _NE_SAIT_PAS.search(cle(texte))):
        return lecture_sure(questions[0]["nom"], texte)
    if meilleur(message)[0] in _SE_REPREND and "?" not in texte and len(texte.split()) <= 2 * _MOTS_D_UNE_REPONSE:
        nom = questions[0]["nom"] if questions else f"{DETRESSE}/mal_etre"
        return donnees_de_lecture(DETRESSE, 1.0, [Question(nom, 1.0, texte, "detresse/rappel")])
    return None


def _oui_de_quelqu_un(message: Message, tracker: DialogueStateTracker) -> Optional[dict[str, Any]]:
    """« oui je suis sa maman » : a yes to what was offered, and who says it. The stay first: who asks matters for nothing else."""
    texte, offres = message.get(TEXT), boutons_proposes(tracker.events)
    dit_qui = any(e["entity"] == "qui" for e in message.get(ENTITIES, []))
    if tracker.active_loop_name or not (offres and dit_qui and commence_par_oui(texte)) or "?" in texte:
        return None
    if meilleur(message)[0] not in _AUTOUR_D_UN_OUI and (_demande_nette(message) or len(texte.split()) > _MOTS_D_UNE_REPONSE):
        return None
    if any(bouton["payload"].startswith("/demander_sejour") for bouton in offres):
        return lecture_sure("demander_sejour", texte)
    return {**lecture_sure("affirmer", texte), OFFRES: offres}


def _sur_une_demande(message: Message, tracker: DialogueStateTracker) -> Optional[str]:
    """The yes to an erasure, read only right after it was asked; « efface tout » when there is a request; « des nouvelles ? », a reference alone."""
    texte = message.get(TEXT)
    if any(bouton["payload"] == _CONFIRMER for bouton in boutons_proposes(tracker.events)):
        reponse = oui_non(texte)
        if reponse is not None:
            return (_CONFIRMER if reponse else _GARDER)[1:]
    mots = cle(texte)
    if _NOUVELLES.search(mots):
        return "demander_nouvelles"
    if _EFFACER_DONNEES.search(mots):
        return "effacer_demande"
    if not tracker.active_loop_name and _case(tracker, "sejour_etapes") and _REPRENDRE.search(mots):
        return "reprendre"
    if tracker.active_loop_name or _case(tracker, "sejour_etapes") or _case(tracker, "sejour_reference"):
        if _EFFACER_TOUT.search(mots):  # elsewhere, only the talk is begun anew
            return "effacer_demande"
        if tracker.active_loop_name and _QUI_LIT.search(mots):
            return "faq/responsable"
    if not tracker.active_loop_name and _va_vers_l_ecole(message, tracker, mots):
        return "demander_sejour"
    if not lire_reference(texte):
        return None
    seule = len(mots.split()) <= 2  # « ET-ABC234 » and nothing else
    return "effacer_demande" if _EFFACER.search(mots) or (meilleur(message)[0] == "effacer_demande" and not seule) else "demander_nouvelles"


def _va_vers_l_ecole(message: Message, tracker: DialogueStateTracker, mots: str) -> bool:
    """« jpeu y allé voir ? » after a list of schools; or a phone number alone, given before anybody asked for it."""
    texte = message.get(TEXT)
    if _case(tracker, ECOLES_LISTEES) and len(mots.split()) <= 2 * _MOTS_D_UNE_REPONSE and _ALLER_VOIR.search(cle(normaliser(texte))):
        return True
    return not any(map(str.isalpha, mots)) and bool(telephones(texte))


def _case(tracker: DialogueStateTracker, nom: str) -> Any:
    return tracker.get_slot(nom) if nom in tracker.slots else None


def _relance(message: Message, tracker: DialogueStateTracker) -> bool:
    """« et avec internat ? », « une gratuite ? », « laquelle fait le bac pro ? » after a list: a search among the same schools, not a question."""
    if not _case(tracker, ECOLES_LISTEES) or tracker.active_loop_name:
        return False
    return any(e["entity"] == "critere" for e in message.get(ENTITIES, [])) and est_une_relance(message.get(TEXT))


def _sur_un_rang(message: Message, tracker: DialogueStateTracker) -> list[str]:
    """« la première, vous pouvez m'en dire plus ? » after a list chooses; « c cb la 1ere et ya un internat » asks about it."""
    if _case(tracker, ATTENTE) != "ecole":
        return []
    if not any(e["entity"] == "rang" for e in message.get(ENTITIES, [])) or len(message.get(TEXT).split()) > 2 * _MOTS_D_UNE_REPONSE:
        return []
    dit = cle(normaliser(message.get(TEXT)))
    if _VEUT_Y_ALLER.search(dit):
        return ["demander_sejour"]
    nommes = [sujet for sujet, mots in _DIT_D_UNE_ECOLE.items() if mots.search(dit)]
    nommes += [_SUJET_DU_CRITERE[critere] for critere in criteres_nommes(message.get(TEXT))]
    if nommes:
        return list(dict.fromkeys(nommes))
    probabilites = message.get(PROBABILITES) or {}
    sujet = max(_DE_L_ECOLE, key=lambda nom: probabilites.get(nom, 0.0))
    if probabilites.get(sujet, 0.0) >= 0.1:
        return [sujet]
    nom, confiance = meilleur(message)
    return ["choisir"] if confiance < 0.5 or nom in _AUTOUR_D_UN_CHOIX else []


def _demande_nette(message: Message) -> bool:
    """Something else than a reply is clearly said: « la deuxième propose quels diplômes », « laisse tomber »."""
    nom, confiance = meilleur(message)
    return confiance >= 0.6 and nom not in _RIEN_DE_NET


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


def lecture_sure(nom: str, texte: str) -> dict[str, Any]:
    question = Question(nom, 1.0, texte)
    return donnees_de_lecture(question.intention, 1.0, [question])


def meilleur(message: Message) -> tuple[str, float]:
    return deux_meilleurs(message)[0]


def deux_meilleurs(message: Message, detresse: bool = True) -> Sequence[tuple[str, float]]:
    """The two best labels; distress left out where it has been ruled out (a message without a word)."""
    probabilites = message.get(PROBABILITES) or {}
    retenues = [(p, nom) for nom, p in probabilites.items() if detresse or nom not in DETRESSES]
    tries = [(nom, p) for p, nom in nlargest(2, retenues)]
    return tries if len(tries) == 2 else [*tries, (INCONNU, 0.0), (INCONNU, 0.0)][:2]
