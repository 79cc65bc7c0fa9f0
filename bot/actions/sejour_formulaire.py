"""The form's ear: what a message changes in the request. Nothing given back tells Rasa that the message was something else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any, Mapping, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from bot.actions.ecole_visee import ecoles_visees
from bot.actions.fiche import nom_complet
from bot.actions.ressources import sessions
from bot.actions.sejour_questions import A_CORRIGER, RECHERCHES, SANS_ERREUR, moyens, redit_son_age
from bot.actions.tour import Tour
from bot.ecoles.nommees import ecoles_nommees
from bot.ecoles.recherche import trouver_ecole
from bot.ecoles.resultat import EcoleTrouvee
from bot.francais.interrogation import est_une_question
from bot.francais.personnes import JEUNE
from bot.francais.reprise import continue_seulement
from bot.francais.texte import cle
from bot.sejours.corrections import champs_a_changer, reprend_autre_chose, retire_l_ecole, se_reprend
from bot.sejours.etapes import CHOIX, DE_LA_PERSONNE, PASSABLES, PASSE, consequences, etape_suivante, qui
from bot.sejours.saisie import CONTACT_EN_MOTIF, Saisie, lire_saisie

DIGRESSION_SURE = 0.45  # below, a strange answer is asked again rather than taken for another subject
_ORDRE_NET = 0.6
# Never answers, whatever was asked: each has its own rule.
AILLEURS = {"detresse", "annuler", "effacer_demande", "recommencer", "message_vide", "message_trop_long", "que_du_bruit"}
# What is answered in the middle of a request, which then goes on where it was.
DIGRESSIONS = {
    "faq", "plusieurs_questions", "hesiter", *RECHERCHES, "presenter_ecole", "situer_ecole", "contacter_ecole", "choisir", "demander_si_robot",
    "demander_humain", "demander_aide", "insulter", "saluer", "remercier", "dire_au_revoir", "demander_nouvelles",
}  # fmt: skip
_MOTS_D_UN_CHAMP = 4
_MOTS_D_UNE_VILLE = 3
_MOTS_D_UNE_REPRISE = 5
_CELLE_DE = re.compile(r"\bcelle (?:de|d|du|a)\b")
_PHRASE = re.compile(r"\w+\W+\w+")
VIDE_D_ECOLE: Mapping[str, Any] = {"sejour_ecole": None, "sejour_ecole_nom": None, "sejour_moyens": None}


class ValidateSejourForm(Action):
    """Reads the answer to the question asked, and all that is said beside it."""

    def name(self) -> str:
        return "validate_sejour_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        tour, demande = Tour.lire(tracker), tracker.get_slot("requested_slot")
        if demande is None:  # the form opens: what the first message said has been read
            return [SlotSet("requested_slot", etape_suivante(tour.cases))]
        with sessions()() as session:
            nouvelles = avancer(session, tour, demande, date.today())
        if nouvelles is None:
            return []
        return [SlotSet(nom, valeur) for nom, valeur in nouvelles.items()]


def avancer(session: Session, tour: Tour, demande: str, aujourd_hui: date) -> Optional[dict[str, Any]]:
    """Slots after this message, ``requested_slot`` included; None when it is something else, to be answered elsewhere."""
    if tour.intention in AILLEURS:
        return None
    lue = _lire(session, tour, demande, aujourd_hui)
    if lue is None:
        return None
    nouvelles = consequences(tour.cases, lue.cases)
    nouvelles.update(sejour_suggestion=lue.suggestion, sejour_tapee=lue.tapee)
    nouvelles["sejour_erreur"] = lue.erreur or SANS_ERREUR
    if "sejour_qui" in lue.cases:
        nouvelles["sejour_demandee"] = None  # asked anew, in other words
    if nouvelles.get("sejour_age"):
        nouvelles["age"] = nouvelles["sejour_age"]
    suivante = etape_suivante({**tour.cases, **nouvelles})
    echec = bool(lue.erreur) and suivante == demande
    nouvelles["sejour_essais"] = int(tour.cases.get("sejour_essais") or 0) + 1 if echec and lue.erreur not in _SANS_FAUTE else 0
    if "sejour_annonce" not in nouvelles:
        nouvelles["sejour_annonce"] = _annonce(tour.cases, lue.cases, demande)
    return {**nouvelles, "requested_slot": suivante}


# Not a failure of the person: a choice offered, another question asked.
_SANS_FAUTE = (A_CORRIGER, "ecole_autre", "age_classe", "age_bientot", "contact_douteux")


def _lire(session: Session, tour: Tour, demande: str, aujourd_hui: date) -> Optional[Saisie]:
    """The message as an answer. From the surest to the vaguest: buttons, the school, what is taken back, the values, other subjects."""
    lue = _bouton(tour, demande) or _ecole(session, tour, demande)
    if lue:
        return lue
    if continue_seulement(tour.texte):  # asked again, whatever « on continue » means elsewhere
        return Saisie()
    de = _qui(tour, demande)
    saisie = lire_saisie(tour.texte, demande, aujourd_hui, de or qui(tour.cases))
    personne = {"sejour_qui": de} if de and de != qui(tour.cases) else {}
    if demande == "sejour_motif" and (reprise := _reprise_breve(tour, aujourd_hui)):
        return reprise
    if saisie.erreur == CONTACT_EN_MOTIF:
        return saisie
    if demande in saisie.cases:
        return None if _autre_chose(tour, demande) else Saisie({**saisie.cases, **personne})
    changes = {nom: valeur for nom, valeur in saisie.cases.items() if valeur != tour.cases.get(nom)}
    # « le prénom », said after the summary: what to change.
    repris = champs_a_changer(tour.texte, seul=demande == "sejour_confirmation" and len(tour.texte.split()) <= _MOTS_D_UN_CHAMP and "?" not in tour.texte)
    if (changes or personne) and "?" not in tour.texte:
        return replace(saisie, cases={**changes, **personne})
    if repris:
        return _reprendre(repris, saisie, demande)
    if saisie.erreur and not _autre_chose(tour, demande):
        return saisie
    if tour.intention in ("reprendre", "demander_sejour"):
        return Saisie()
    if tour.intention == "plus_tard" and tour.confiance >= DIGRESSION_SURE:
        return Saisie({"sejour_annonce": "plus_tard"})
    if tour.intention in DIGRESSIONS and tour.confiance >= DIGRESSION_SURE and not _un_mot_en_l_air(tour):
        return None
    return saisie if saisie.erreur else Saisie(erreur=f"{demande.removeprefix('sejour_')}_invalide")


def _un_mot_en_l_air(tour: Tour) -> bool:
    """« azerty » : a word alone that names nothing is a bad answer, not a search for a school."""
    return tour.intention == "chercher_ecole" and not tour.entites and len(tour.texte.split()) == 1


def _reprise_breve(tour: Tour, aujourd_hui: date) -> Optional[Saisie]:
    """« change la période », « non 16 ans », said where any sentence would do: taken back, not kept as the reason."""
    if len(tour.texte.split()) > _MOTS_D_UNE_REPRISE:
        return None
    champs = champs_a_changer(tour.texte)
    lues = lire_saisie(tour.texte, "sejour_ecole", aujourd_hui) if champs or se_reprend(tour.texte) else Saisie()  # the period too, then
    return _reprendre(champs, lues, "sejour_motif") if champs or lues.cases else None


def _bouton(tour: Tour, demande: str) -> Optional[Saisie]:
    """A pressed button, and short words that mean one. Consent never comes from what a classifier supposes: a click, or a clear yes."""
    if demande == "sejour_contact" and tour.intention in ("affirmer", "refuser") and "@" in (tour.cases.get("sejour_suggestion") or ""):
        choisie = tour.cases["sejour_suggestion" if tour.intention == "affirmer" else "sejour_tapee"]
        return Saisie({demande: choisie}) if choisie else Saisie(erreur="contact_invalide")
    clic = {"/affirmer": True, "/refuser": False}.get(tour.charge)
    if clic is not None and demande in CHOIX:
        return Saisie({demande: clic})
    if clic is False and demande in PASSABLES:
        return Saisie({demande: PASSE})
    champ = f"sejour_{tour.entite('champ')}"
    if champ in (*DE_LA_PERSONNE, "sejour_age", "sejour_ecole"):
        return _reprendre((champ,), Saisie(), demande)
    vague = not champs_a_changer(tour.texte) and not lire_saisie(tour.texte, "sejour_ecole", date.min).cases
    if demande == "sejour_confirmation" and (tour.intention == "refuser" or (tour.intention == "corriger" and vague)):
        return Saisie(erreur=A_CORRIGER)
    if tour.cases.get("sejour_demandee") == A_CORRIGER and demande == "sejour_confirmation" and lire_saisie(tour.texte, demande, date.min).cases.get(demande):
        return Saisie()  # « c'est bon », said to « what is to change ? » : read it again, nothing leaves yet
    return None


def _reprendre(champs: tuple[str, ...], saisie: Saisie, demande: str) -> Saisie:
    """Answers taken back are asked again; taking back what is being asked anyway changes nothing."""
    if champs == ("sejour_ecole",):
        # The list stays: « la 2e » is another school of it.
        return Saisie({**VIDE_D_ECOLE, "ecole": None, "lieu": None, "lieu_nom": None}, "ecole_autre")
    vides = {nom: None for nom in champs if nom not in saisie.cases}
    return Saisie({**vides, **({"sejour_ecole_nom": None} if "sejour_ecole" in vides else {}), **saisie.cases})


def _ecole(session: Session, tour: Tour, demande: str) -> Optional[Saisie]:
    """A school chosen, or another one: « la première » ; « en fait plutôt Nantes » ; « c'est plus Dole » ; the button of a card."""
    cherche = tour.intention in RECHERCHES
    if demande == "sejour_ecole":
        if reprend_autre_chose(tour.texte):
            return None
        choisie = _choisie(session, tour)
        if choisie:
            return Saisie({**cases_d_ecole(choisie), "sejour_annonce": "ecole"})
        if tour.intention == "choisir":
            return Saisie(erreur="ecole_invalide")
        if redit_son_age(tour):
            return Saisie()
        return Saisie() if cherche or (_repere(tour) and tour.confiance < DIGRESSION_SURE) else None
    ici = tour.cases.get("sejour_ecole")
    if ici and _nomme_l_autre(tour) and (voulue := _choisie(session, tour)):
        return Saisie() if voulue.id == ici else Saisie({**cases_d_ecole(voulue), "sejour_annonce": "ecole"})
    if ici and retire_l_ecole(tour.texte, tour.cases.get("sejour_ecole_nom") or ""):
        return _reprendre(("sejour_ecole",), Saisie(), demande)
    if not ici or tour.entite("age") or "?" in tour.texte or not _change_d_ecole(tour):
        return None
    choisie = _choisie(session, tour)
    if choisie:
        return Saisie() if choisie.id == ici else Saisie({**cases_d_ecole(choisie), "sejour_annonce": "ecole"})
    return Saisie({**VIDE_D_ECOLE, "ecole": None, "ecoles_listees": None}) if cherche and _repere(tour) else None


def _repere(tour: Tour) -> bool:
    return any(tour.entite(nom) for nom in ("lieu", "lieu_ambigu", "pays", "pres_de_moi", "metier", "metier_ambigu"))


def _change_d_ecole(tour: Tour) -> bool:
    """Another school for this request, not a look around: a rank, a card's button, a bare town, or a place after « en fait »."""
    if tour.entite("rang") is not None and se_reprend(tour.texte):
        return True
    if tour.intention in ("choisir", "demander_sejour"):
        return _repere(tour) or bool(tour.entite("ecole") or tour.entite("rang")) or tour.charge == "/demander_sejour"
    bref = bool(tour.entite("lieu")) and len(tour.texte.split()) <= _MOTS_D_UNE_VILLE
    return tour.intention in (*RECHERCHES, "presenter_ecole") and (bref or se_reprend(tour.texte)) and _repere(tour)


def _nomme_l_autre(tour: Tour) -> bool:
    """« change l'école, je veux celle de Limoges » : another school, and which one."""
    return "sejour_ecole" in champs_a_changer(tour.texte) and bool(_CELLE_DE.search(cle(tour.texte))) and "?" not in tour.texte


def _choisie(session: Session, tour: Tour) -> Optional[EcoleTrouvee]:
    """The one school that this message means. A town whose school has not been shown is a search, but for « celle de Limoges »: there may be others around."""
    visees = ecoles_visees(session, tour)
    designee = tour.entite("ecole") or _CELLE_DE.search(cle(tour.texte)) or ecoles_nommees(session, tour.texte)
    if len(visees) == 1 and (designee or visees[0].id in (tour.cases.get("ecoles_listees") or ())):
        return visees[0]
    courante = tour.cases.get("ecole")
    if not visees and courante and (tour.charge == "/demander_sejour" or tour.intention == "affirmer"):
        return trouver_ecole(session, courante)
    return None


def cases_d_ecole(ecole: EcoleTrouvee) -> dict[str, Any]:
    """The school of the request, with its name in full and the direct way to it."""
    return {"ecole": ecole.id, "sejour_ecole": ecole.id, "sejour_ecole_nom": nom_complet(ecole), "sejour_moyens": moyens(ecole), "attente": None}


def _qui(tour: Tour, demande: str) -> Optional[str]:
    """Who asks, said in this message. In the sentence of the reason, « mon fils adore le bois » changes nothing."""
    dit = tour.entite("qui")
    return None if demande == "sejour_motif" or (dit == JEUNE and not qui(tour.cases) != JEUNE) else dit


def _autre_chose(tour: Tour, demande: str) -> bool:
    """A question or an insult said where free words would be taken for an answer."""
    if demande == "sejour_prenom":
        seul = lire_saisie(tour.texte, None, date.min).cases.get(demande)
        return tour.intention in (DIGRESSIONS | {"plus_tard"}) and tour.confiance >= DIGRESSION_SURE and bool(_PHRASE.search(tour.texte)) and seul is None
    if demande == "sejour_motif":
        ordre = tour.intention in ("insulter", "plus_tard", "demander_humain", "demander_si_robot", "reprendre", "corriger") and tour.confiance >= _ORDRE_NET
        return ordre or bool(tour.charge) or ("?" in tour.texte and est_une_question(tour.texte) and tour.intention in DIGRESSIONS)
    return bool(tour.charge) and tour.intention in DIGRESSIONS


def _annonce(avant: Mapping[str, Any], lues: Mapping[str, Any], demande: str) -> Optional[str]:
    """What is said before the next question: a correction is acknowledged, a period read back, several answers listed."""
    remplies = [nom for nom, valeur in lues.items() if nom in ("sejour_age", *DE_LA_PERSONNE) and valeur]
    if any(avant.get(nom) not in (None, lues[nom]) for nom in remplies):
        return "corrige"
    if (len(remplies) > 1 or (remplies and demande not in lues)) and (lues.get("sejour_age") or avant.get("sejour_age") or 0) >= 15:
        return "plusieurs"
    if lues.get("sejour_periode") and demande == "sejour_periode":
        return "periode"
    return None
