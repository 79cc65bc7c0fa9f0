"""Asking for a discovery stay: age first, nothing stored before consent, « c'est noté » only after the commit."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Any, Mapping, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from bot.actions.ecole_visee import ecole_en_question, ecoles_visees
from bot.actions.recherche import chercher
from bot.actions.ressources import sessions
from bot.actions.sejour_formulaire import VIDE_D_ECOLE, cases_d_ecole
from bot.actions.sejour_questions import SANS_ERREUR, moyens
from bot.actions.tour import Reponse, Suite, Tour, rendre
from bot.ecoles.nommees import ecoles_nommees
from bot.ecoles.recherche import trouver_ecole
from bot.ecoles.resultat import EcoleTrouvee
from bot.francais.choix import ENVOYER, dit
from bot.francais.personnes import JEUNE, PARENT, PROCHE, PROFESSIONNEL
from bot.sejours.demandes import Demande, enregistrer
from bot.sejours.etapes import AGE_MAXIMUM, AGE_MINIMUM, AGE_SANS_PARENT, ETAPES, consequences, etape_suivante, parcours, qui
from bot.sejours.saisie import lire_saisie

FORMULAIRE = "sejour_form"
ESSAI = "essai-"  # conversations in which counsellors try the bot: never mailed, never counted
VIDE: Mapping[str, Any] = {
    **dict.fromkeys(ETAPES), **VIDE_D_ECOLE, "sejour_qui": None, "sejour_erreur": SANS_ERREUR, "sejour_suggestion": None, "sejour_tapee": None,
    "sejour_etapes": None, "sejour_demandee": None, "sejour_essais": None, "sejour_annonce": None,
}  # fmt: skip


def en_attente(cases: Mapping[str, Any]) -> bool:
    """Whether a request has been begun and is neither ended nor cancelled."""
    return bool(cases.get("sejour_etapes"))


def preparer(session: Session, tour: Tour) -> Suite:
    """Open the request with all that the message and the talk already tell: for whom, how old, which school."""
    if tour.cases.get("sejour_reference") and dit(tour.texte, ENVOYER):  # « envoyer », twice
        return Suite((Reponse("utter_sejour_deja", {"reference": tour.cases["sejour_reference"]}),))
    if en_attente(tour.cases) and not _vise_autre_chose(session, tour):  # suspended: what was already said is not asked again
        return reprendre(consequences(tour.cases, dict(lire_saisie(tour.texte, None, date.today(), qui(tour.cases)).cases)))
    connues: dict[str, Any] = {**VIDE, "sejour_qui": tour.entite("qui") or tour.cases.get("qui")}
    ecole = None if _cherche_un_metier(session, tour) else ecole_en_question(session, tour)
    souvenirs = cases_d_ecole(ecole) if ecole else _recherche(session, tour)
    lues = dict(lire_saisie(tour.texte, None, date.today(), qui(connues)).cases)
    ans = tour.cases.get("age")
    if "sejour_age" not in lues and ans is not None and AGE_MINIMUM <= ans <= AGE_MAXIMUM and not tour.entite("qui"):
        lues["sejour_age"] = ans
    cases = {**connues, **consequences(connues, {**souvenirs, **lues})}
    cases.update(sejour_etapes=parcours(cases), age=cases.get("sejour_age") or ans)
    sans_ecole = "utter_sejour_debut_age_connu" if cases.get("sejour_age") else "utter_sejour_debut_sans_ecole"
    debut = Reponse("utter_sejour_debut" if ecole else sans_ecole, {"ecole": cases["sejour_ecole_nom"], "age": cases.get("sejour_age")})
    return Suite((debut,) if etape_suivante(cases) else (), cases, FORMULAIRE)


def _vise_autre_chose(session: Session, tour: Tour) -> bool:
    """Another school, trade, place or person than those of the request that waits."""
    return any(map(tour.entite, ("lieu", "metier", "qui"))) or bool(ecoles_nommees(session, tour.texte))


def _cherche_un_metier(session: Session, tour: Tour) -> bool:
    """« un séjour en usinage à Lyon » : a trade around a town, not the one school inside it."""
    return bool(tour.entite("metier") and tour.entite("lieu")) and not ecoles_nommees(session, tour.texte)


def _recherche(session: Session, tour: Tour) -> dict[str, Any]:
    """No single school is meant: the place and the trade said here will be used when the school is asked for."""
    visees = [] if _cherche_un_metier(session, tour) else ecoles_visees(session, tour)
    if len(visees) > 1:
        return {"ecoles_listees": [e.id for e in visees]}
    if tour.entite("lieu") or tour.entite("metier"):
        return {**chercher(session, tour, "chercher_ecole").souvenirs, "attente": None}
    return {}


class ActionPreparerSejour(Action):
    """From "je veux y aller" to the form."""

    def name(self) -> str:
        return "action_preparer_sejour"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        with sessions()() as session:
            return rendre(preparer(session, Tour.lire(tracker)), dispatcher, tracker)


class ActionConclureSejour(Action):
    """The one place where a request ends: stored, refused, or impossible. Afterwards no slot keeps anything of it."""

    def name(self) -> str:
        return "action_conclure_sejour"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        cases = tracker.current_slot_values()
        with sessions()() as session:
            ecole = trouver_ecole(session, cases["sejour_ecole"]) if cases.get("sejour_ecole") else None
        reponse = conclure(cases, ecole, essai=tracker.sender_id.startswith(ESSAI))
        return rendre(Suite((reponse,), {**VIDE, "sejour_reference": reponse.variables.get("reference")}), dispatcher, tracker)


def conclure(cases: Mapping[str, Any], ecole: Optional[EcoleTrouvee], essai: bool = False) -> Reponse:
    """Store the request if all is there, and choose what is said."""
    joindre = {"age": cases.get("sejour_age"), "moyens": cases.get("sejour_moyens") or moyens(ecole)}
    refus = _refus(cases)
    if refus:
        return Reponse(refus, joindre)
    accuse = enregistrer(sessions(), _demande(cases, essai))
    nom = "utter_sejour_deja" if accuse.deja else "utter_sejour_note_essai" if essai else "utter_sejour_note"
    return Reponse(nom, {**joindre, "reference": accuse.reference})


def _refus(cases: Mapping[str, Any]) -> Optional[str]:
    """Why nothing is stored, as the response that says it; None when all is there."""
    ans = cases.get("sejour_age") or 0
    if ans < AGE_MINIMUM:
        return "utter_sejour_trop_jeune"
    if ans > AGE_MAXIMUM:
        return "utter_sejour_trop_grand"
    if ans < AGE_SANS_PARENT and cases.get("sejour_parent") is not True:
        return "utter_sejour_moins_de_15_pro" if qui(cases) == PROFESSIONNEL else "utter_sejour_moins_de_15"
    if cases.get("sejour_consentement") is not True:
        return "utter_sejour_refus_consentement"
    return None if cases.get("sejour_confirmation") is True else "utter_sejour_annule"


def _demande(cases: Mapping[str, Any], essai: bool) -> Demande:
    """What was agreed to. For a brother or a friend, it is the young person who asks, with their own name and contact."""
    contact, de = cases["sejour_contact"], qui(cases)
    return Demande(
        ecole_id=cases["sejour_ecole"],
        age=cases["sejour_age"],
        par_un_parent=de == PARENT,
        prenom=cases["sejour_prenom"],
        telephone="" if "@" in contact else contact,
        courriel=contact if "@" in contact else "",
        consentement=True,
        periode=cases.get("sejour_periode") or "",
        motif=cases.get("sejour_motif") or "",
        qui=JEUNE if de == PROCHE else de,
        essai=essai,
    )


def annuler(deja_envoyee: Optional[str]) -> Suite:
    """Cancelled: says that nothing was kept, and keeps nothing. A request sent before, of that reference, is another one."""
    if deja_envoyee:
        return Suite((Reponse("utter_sejour_annule_seule", {"reference": deja_envoyee}),), VIDE)
    return Suite((Reponse("utter_sejour_annule"),), VIDE)


class ActionAnnulerSejour(Action):
    """« annule », in the middle of a request."""

    def name(self) -> str:
        return "action_annuler_sejour"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        return rendre(annuler(tracker.get_slot("sejour_reference")), dispatcher, tracker)


def reprendre(lues: Mapping[str, Any] = MappingProxyType({})) -> Suite:
    """The form opens again at the question where it stopped, with what the message that made it go on has just told."""
    return Suite((Reponse("utter_sejour_reprise"),), lues, FORMULAIRE)


class ActionReprendreSejour(Action):
    """A request that was suspended goes on, when the person asks and there is one."""

    def name(self) -> str:
        return "action_reprendre_sejour"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        if en_attente(tracker.current_slot_values()):
            return rendre(reprendre(), dispatcher, tracker)
        return rendre(Suite((Reponse("utter_affirmer_vide"),)), dispatcher, tracker)
