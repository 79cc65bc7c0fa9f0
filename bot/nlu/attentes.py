"""Short replies and bare landmarks, read in the light of what the bot has just asked or shown. Nothing is learned here."""

from __future__ import annotations

import re
from typing import Any, Callable, Optional

from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.francais.choix import commence_par_oui, oui_non
from bot.francais.contacts import telephones
from bot.francais.criteres import BAC_PRO, CAP, GRATUITE, INTERNAT, criteres_nommes, est_une_relance
from bot.francais.normalisation import normaliser
from bot.francais.references import lire_reference
from bot.francais.reprise import continue_seulement
from bot.francais.texte import cle
from bot.nlu.boutons import bouton_nomme, boutons_proposes, lecture_de_charge
from bot.nlu.classifieur import PROBABILITES
from bot.nlu.etiquettes import lecture_sure, meilleur
from bot.nlu.lecture import DETRESSE, OFFRES, PLUSIEURS, QUESTIONS, Question, donnees_de_lecture
from bot.nlu.reperes import ATTENTE

ECOLES_LISTEES = "ecoles_listees"
_PRIX_LA_BAS = re.compile(r"^(?:et )?(?:c est |cest |c )?(?:combien|cb) (?:la bas|laba|labas|chez elles|celle la|pour celle la)$")
_DE_L_ECOLE = ("faq/diplomes", "faq/cout", "faq/internat", "situer_ecole", "contacter_ecole", "demander_sejour")
_SUJET_DU_CRITERE = {BAC_PRO: "faq/diplomes", CAP: "faq/diplomes", INTERNAT: "faq/internat", GRATUITE: "faq/cout"}
_AUTOUR_D_UN_CHOIX = {"choisir", "presenter_ecole", "voir_plus_ecoles", "elargir_recherche", "chercher_ecole", "hors_sujet"}
_SANS_PREFERENCE = {"oublier_metier", "ne_pas_savoir", "rire_ou_commenter", "refuser", "affirmer"}
_RIEN_DE_NET = {"chercher_ecole", "choisir", "hors_sujet", "affirmer", "refuser", "ne_pas_savoir", "rire_ou_commenter", "insulter", "corriger"}
_SE_REPREND = {"annuler", "refuser", "rire_ou_commenter", "affirmer", "plus_tard", "ne_pas_savoir", "corriger"}
_AUTOUR_D_UN_OUI = {"saluer", "affirmer", "demander_sejour"}
_CONFIRMER, _GARDER = "/confirmer_effacement", "/garder_donnees"
_NOUVELLES = re.compile(
    r"\b(?:des|tes|vos) nouvelles?(?: (?:stp|svp|s il (?:te|vous) plait|alors|pour moi))?$"
    r"|\bnouvelles? (?:de|sur|pour) (?:ma|notre|sa|la) demande\b|\bou en est (?:ma|notre|sa|la) demande\b"
)
_SUITES = re.compile(
    r"\b(?:repondu|du nouveau|ou en est la mienne|(?:on|ils|elle|il|l ecole) (?:me |m |va me )?(?:rappelle|recontacte|rappeler|recontacter)|(?:c est|elle est|ma demande est) (?:bien |deja )?(?:envoyee?|partie?|transmise?|arrivee?)|ma demande (?:est )?(?:toujours|tjr|encore) la)\b"
)
_OUI_EFFACE = re.compile(r"^(?:(?:oui|ouais|ouai|we|wai|wais|ouep|ok|d accord|vas y|vazy|stp|svp|bien sur) )*(?:tu peux |vous pouvez )?(?:tout )?(?:efface|supprime)(?:r|z)?(?: (?:tout|tt|ca|stp|svp|moi|direct|maintenant))*$|^(?:we|wai|wais|wi)(?: (?:stp|svp|merci))*$")
_NE_PAS_EFFACER = re.compile(r"\b(?:gardez?|garder|n efface[rz]?|pas effacer|efface[rz]? (?:pas|rien))\b")
_EFFACER = re.compile(r"\b(?:effac|supprim|retir|enlev)")
_EFFACER_TOUT = re.compile(r"^(?:stp |svp |non |en fait |enfait )*(?:tu peux |peux tu |je veux )?(?:efface|supprime|retire|enleve)(?:r|z)? (?:tout|tou|tt|toute?s?)(?: (?:stp|svp|s il te plait|ca|mes trucs|mes infos|direct|maintenant))*$")
_EFFACER_DONNEES = re.compile(r"^(?:stp |svp |je veux |tu peux |peux tu )*(?:efface|supprime|retire|enleve)(?:r|z)? (?:toutes? )?(?:mes|ma|notre) (?:donnees?|infos?|informations?|conv\w*)$")
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
_MOTS_D_UN_LIEU = 4
_MOTS_D_UNE_REPONSE = 6

Lecture = dict[str, Any]
Regle = Callable[[Message, DialogueStateTracker], Optional[Lecture]]


def reponse_attendue(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    """A reply to what the bot has just asked or offered: a place, a trade, "la deuxième", "oui", "2". The first rule that knows it.

    A long message, or a question, is only read by the rules that know its words.
    """
    texte = message.get(TEXT)
    breve = len(texte.split()) <= _MOTS_D_UNE_REPONSE and "?" not in texte
    lues = (regle(message, tracker) for regle in (*_TOUJOURS, *(_COURTES if breve else ())))
    return next((lue for lue in lues if lue), None)


def _apres_une_detresse(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
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


def _oui_de_quelqu_un(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    """« oui je suis sa maman » : a yes to what was offered, and who says it. The stay first: who asks matters for nothing else."""
    texte, offres = message.get(TEXT), boutons_proposes(tracker.events)
    if tracker.active_loop_name or not (offres and "qui" in _entites(message) and commence_par_oui(texte)) or "?" in texte:
        return None
    if meilleur(message)[0] not in _AUTOUR_D_UN_OUI and (_demande_nette(message) or len(texte.split()) > _MOTS_D_UNE_REPONSE):
        return None
    if any(bouton["payload"].startswith("/demander_sejour") for bouton in offres):
        return lecture_sure("demander_sejour", texte)
    return {**lecture_sure("affirmer", texte), OFFRES: offres}


def _sur_une_demande(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    nom = _demande_nommee(message, tracker)
    return lecture_sure(nom, message.get(TEXT)) if nom else None


def _demande_nommee(message: Message, tracker: DialogueStateTracker) -> Optional[str]:
    """The yes to an erasure, read only right after it was asked; « efface tout » when there is a request; « des nouvelles ? », a reference alone."""
    texte = message.get(TEXT)
    if any(bouton["payload"] == _CONFIRMER for bouton in boutons_proposes(tracker.events)):
        reponse = oui_non(texte)
        if reponse is None and "?" not in texte:
            dit = cle(normaliser(texte))
            reponse = False if _NE_PAS_EFFACER.search(dit) else True if _OUI_EFFACE.search(dit) else None
        if reponse is not None:
            return (_CONFIRMER if reponse else _GARDER)[1:]
    mots = cle(texte)
    if _NOUVELLES.search(mots) or (_case(tracker, "sejour_reference") and not tracker.active_loop_name and _SUITES.search(cle(normaliser(texte)))):
        return "demander_nouvelles"
    if _EFFACER_DONNEES.search(mots):
        return "effacer_demande"
    if not tracker.active_loop_name and _case(tracker, "sejour_etapes") and continue_seulement(texte):
        return "reprendre"
    if _EFFACER_TOUT.search(mots):
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


def _qui_contacter(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    """« je contacte qui ? » about the school in question."""
    if not _case(tracker, "ecole") or tracker.active_loop_name or not _QUI_CONTACTER.search(cle(normaliser(message.get(TEXT)))):
        return None
    return lecture_sure("contacter_ecole", message.get(TEXT))


def _prix_la_bas(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    demande = _case(tracker, ECOLES_LISTEES) and _PRIX_LA_BAS.search(cle(message.get(TEXT)))
    return lecture_sure("faq/cout", message.get(TEXT)) if demande else None


def _relance(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    """« et avec internat ? », « une gratuite ? », « laquelle fait le bac pro ? » after a list: a search among the same schools, not a question."""
    if not _case(tracker, ECOLES_LISTEES) or tracker.active_loop_name:
        return None
    relance = "critere" in _entites(message) and est_une_relance(message.get(TEXT))
    return lecture_sure("chercher_ecole", message.get(TEXT)) if relance else None


def _sur_un_rang(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    noms = _dits_d_un_rang(message, tracker)
    if len(noms) > 1:
        return donnees_de_lecture(PLUSIEURS, 1.0, [Question(nom, 1.0, message.get(TEXT)) for nom in noms])
    return lecture_sure(noms[0], message.get(TEXT)) if noms else None


def _dits_d_un_rang(message: Message, tracker: DialogueStateTracker) -> list[str]:
    """« la première, vous pouvez m'en dire plus ? » after a list chooses; « c cb la 1ere et ya un internat » asks about it."""
    if _case(tracker, ATTENTE) != "ecole":
        return []
    if "rang" not in _entites(message) or len(message.get(TEXT).split()) > 2 * _MOTS_D_UNE_REPONSE:
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


def _ce_qui_est_attendu(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    """A place or a trade, to « où ? », « quel métier ? », « laquelle ? »."""
    attente = _case(tracker, ATTENTE)
    if attente not in ("lieu", "metier", "ecole") or not _entites(message) & {"lieu", "lieu_ambigu", "pays", "metier", "metier_ambigu"}:
        return None
    du_metier = attente == "metier" and meilleur(message)[0] == "faq/metiers"  # « jaime bien les voiture », to « quel métier ? »
    return lecture_sure("chercher_ecole", message.get(TEXT)) if du_metier or not _demande_nette(message) else None


def _lieu_inconnu(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    """A place that is not known is asked again: it is no « hors sujet »."""
    court = len(message.get(TEXT).split()) <= _MOTS_D_UN_LIEU
    attendu = _case(tracker, ATTENTE) == "lieu" and not tracker.active_loop_name
    return lecture_sure("chercher_ecole", message.get(TEXT)) if attendu and court and not _demande_nette(message) else None


def _sans_preference(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    sans = _case(tracker, ATTENTE) == "metier" and meilleur(message)[0] in _SANS_PREFERENCE
    return lecture_sure("oublier_metier", message.get(TEXT)) if sans else None


def _age_attendu(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    return lecture_sure("faq/age", message.get(TEXT)) if _case(tracker, ATTENTE) == "age" and "age" in _entites(message) else None


def _renonce(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    """« non je veux pas » to what the form cannot do without."""
    obligee = _case(tracker, "requested_slot") in _ETAPES_OBLIGEES
    return lecture_sure("annuler", message.get(TEXT)) if obligee and _NE_VEUT_PAS.search(cle(normaliser(message.get(TEXT)))) else None


def _passe(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    return lecture_sure("ne_pas_savoir", message.get(TEXT)) if tracker.active_loop_name and _PASSER.search(cle(message.get(TEXT))) else None


def _bouton(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    """A button by words of its title or its rank (« la 2 »), where the choice is between things; or by its number."""
    texte, boutons = message.get(TEXT), boutons_proposes(tracker.events)
    if _case(tracker, ATTENTE) in ("metier", "lequel"):
        nomme = bouton_nomme(texte, boutons) or (None if tracker.active_loop_name else _bouton_du_rang(message, boutons))
        if nomme:
            return lecture_de_charge(nomme["payload"])
    numero = texte.strip(" .)")
    return lecture_de_charge(boutons[int(numero) - 1]["payload"]) if numero.isdecimal() and 1 <= int(numero) <= len(boutons) else None


def _bouton_du_rang(message: Message, boutons: list[dict[str, str]]) -> Optional[dict[str, str]]:
    """« la 2 », « le dernier » : counted from 0, or from the end below 0; None when there are not so many."""
    rangs = (int(e["value"]) for e in message.get(ENTITIES, []) if e["entity"] == "rang")
    return next((boutons[rang] for rang in rangs if -len(boutons) <= rang < len(boutons)), None)


def _age_corrige(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    """« ah non pardon j'ai 15 ans »"""
    corrige = "age" in _entites(message) and not tracker.active_loop_name and not _demande_nette(message)
    return lecture_sure("faq/age", message.get(TEXT)) if corrige else None


def _oui_ou_non(message: Message, tracker: DialogueStateTracker) -> Optional[Lecture]:
    reponse = oui_non(message.get(TEXT))
    if reponse is None:
        return None
    offres = boutons_proposes(tracker.events) if reponse and not tracker.active_loop_name else []
    return {**lecture_sure("affirmer" if reponse else "refuser", message.get(TEXT)), OFFRES: offres}


def _case(tracker: DialogueStateTracker, nom: str) -> Any:
    return tracker.get_slot(nom) if nom in tracker.slots else None


def _entites(message: Message) -> set[str]:
    return {e["entity"] for e in message.get(ENTITIES, [])}


def _demande_nette(message: Message) -> bool:
    """Something else than a reply is clearly said: « la deuxième propose quels diplômes », « laisse tomber »."""
    nom, confiance = meilleur(message)
    return confiance >= 0.6 and nom not in _RIEN_DE_NET


_TOUJOURS: tuple[Regle, ...] = (_apres_une_detresse, _sur_une_demande, _oui_de_quelqu_un, _sur_un_rang, _qui_contacter, _prix_la_bas, _relance)
_COURTES: tuple[Regle, ...] = (
    _ce_qui_est_attendu,
    _lieu_inconnu,
    _sans_preference,
    _age_attendu,
    _renonce,
    _passe,
    _bouton,
    _age_corrige,
    _oui_ou_non,
)
