"""Asking for a discovery stay: age first, nothing stored before consent, « c'est noté » only after the commit."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from bot.actions.ecole_visee import ecole_en_question
from bot.actions.fiche import nom_complet
from bot.actions.parler_d_une_ecole import demander_laquelle
from bot.actions.ressources import formule, sessions
from bot.actions.tour import Reponse, Suite, Tour, rendre
from bot.ecoles.recherche import trouver_ecole
from bot.ecoles.resultat import EcoleTrouvee
from bot.sejours.demandes import Demande, enregistrer
from bot.sejours.saisie import AGE_MAXIMUM, AGE_MINIMUM, AGE_SANS_PARENT, ETAPES, SANS_OBJET, Saisie, etape_suivante, lire_saisie

FORMULAIRE = "sejour_form"
SANS_ERREUR = "aucune"
DIGRESSION_SURE = 0.45  # below, a strange answer is asked again rather than taken for another subject
# What is answered in the middle of a request, which then goes on where it was.
DIGRESSIONS = {
    "effacer_demande", "faq", "plusieurs_questions", "hesiter", "detresse", "annuler", "chercher_ecole", "voir_plus_ecoles", "presenter_ecole", "situer_ecole",
    "contacter_ecole", "choisir", "demander_si_robot", "demander_humain", "recommencer", "insulter", "plus_tard", "demander_nouvelles",
}  # fmt: skip
VIDE: Mapping[str, Any] = {
    **dict.fromkeys(ETAPES), "sejour_ecole": None, "sejour_ecole_nom": None, "sejour_erreur": SANS_ERREUR,
    "sejour_moyens": None, "sejour_suggestion": None, "sejour_recapitulatif": None,
}  # fmt: skip


def preparer(session: Session, tour: Tour) -> Suite:
    """Open the request for the school that is meant, or find the school first."""
    ecole = ecole_en_question(session, tour)
    if not ecole:
        if tour.cases.get("ecoles_listees") or tour.entite("lieu"):
            return demander_laquelle(session, tour)
        return Suite((Reponse("utter_sejour_ecole_inconnue"),), {"attente": "lieu"})
    ans = tour.cases.get("age")
    souvenirs = {
        **VIDE,
        "ecole": ecole.id,
        "sejour_ecole": ecole.id,
        "sejour_ecole_nom": nom_complet(ecole),
        "sejour_moyens": moyens(ecole),
        "sejour_age": ans if ans is not None and AGE_MINIMUM <= ans <= AGE_MAXIMUM else None,
        "sejour_parent": SANS_OBJET if ans is None or ans >= AGE_SANS_PARENT else None,
        "attente": None,
    }
    return Suite((Reponse("utter_sejour_debut", {"ecole": ecole.nom, "commune": ecole.commune}),), souvenirs, FORMULAIRE)


class ActionPreparerSejour(Action):
    """From "je veux y aller" to the form."""

    def name(self) -> str:
        return "action_preparer_sejour"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        with sessions()() as session:
            return rendre(preparer(session, Tour.lire(tracker)), dispatcher)


class ValidateSejourForm(Action):
    """Reads the answer to the question asked. Giving no slot back tells Rasa that the message was something else."""

    def name(self) -> str:
        return "validate_sejour_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        tour = Tour.lire(tracker)
        demande = tracker.get_slot("requested_slot")
        if tour.intention == "detresse" or tour.intention == "annuler":
            return []
        saisie = _saisie_de_bouton(tour, demande) or lire_saisie(tour.texte, demande)
        if (
            tour.intention in DIGRESSIONS
            and tour.confiance >= DIGRESSION_SURE
            and not saisie.erreur
            and (demande not in saisie.cases or _est_une_phrase(tour, demande))
        ):
            return []
        return self._avancer(tour, demande, saisie)

    def _avancer(self, tour: Tour, demande: Optional[str], saisie: Saisie) -> list[EventType]:
        nouvelles = dict(saisie.cases)
        ans = nouvelles.get("sejour_age")
        if ans is not None:
            nouvelles["age"] = ans
            nouvelles["sejour_parent"] = SANS_OBJET if ans >= AGE_SANS_PARENT else tour.cases.get("sejour_parent")
            if ans < AGE_SANS_PARENT and nouvelles["sejour_parent"] == SANS_OBJET:
                # What the child had given before saying this age is dropped: a parent gives their own.
                nouvelles.update(sejour_parent=None, sejour_prenom=None, sejour_contact=None)
        erreur = None if demande in nouvelles or saisie.cases else saisie.erreur or f"{(demande or '').removeprefix('sejour_')}_invalide"
        cases = {**tour.cases, **nouvelles}
        suivante = etape_suivante(cases)
        nouvelles["sejour_recapitulatif"] = recapitulatif(cases) if suivante == "sejour_confirmation" else None
        nouvelles["sejour_suggestion"] = saisie.suggestion
        nouvelles["sejour_erreur"] = _deuxieme_fois(erreur, tour.cases.get("sejour_erreur"))
        return [SlotSet(nom, valeur) for nom, valeur in nouvelles.items()] + [SlotSet("requested_slot", suivante)]


def _est_une_phrase(tour: Tour, demande: Optional[str]) -> bool:
    """« c'est dangereux » said where a first name is expected: understood as a question, and too long for a name."""
    return demande == "sejour_prenom" and len(tour.texte.split()) > 1 and lire_saisie(tour.texte, None).cases.get(demande) is None


def _deuxieme_fois(erreur: Optional[str], precedente: Optional[str]) -> str:
    """A second failure is asked differently: the same name with ``_encore``."""
    if not erreur:
        return SANS_ERREUR
    return f"{erreur}_encore" if (precedente or "").startswith(erreur) else erreur


def _saisie_de_bouton(tour: Tour, demande: Optional[str]) -> Optional[Saisie]:
    if demande in ("sejour_parent", "sejour_consentement", "sejour_confirmation") and tour.intention in ("affirmer", "refuser"):
        return Saisie({demande: tour.intention == "affirmer"})
    if demande == "sejour_confirmation" and tour.intention == "corriger":
        return Saisie({"sejour_prenom": None, "sejour_contact": None, "sejour_confirmation": None})
    return None


def recapitulatif(cases: Mapping[str, Any]) -> str:
    """The request, a line each, as it would be stored."""
    nom = "utter_sejour_morceau/recapitulatif" if cases["sejour_age"] >= AGE_SANS_PARENT else "utter_sejour_morceau/recapitulatif_parent"
    return formule(nom, ecole=cases["sejour_ecole_nom"], prenom=cases["sejour_prenom"], age=cases["sejour_age"], contact=cases["sejour_contact"])


class ActionConclureSejour(Action):
    """The one place where a request ends: stored, refused, or impossible. Afterwards no slot keeps anything of it."""

    def name(self) -> str:
        return "action_conclure_sejour"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        cases = tracker.current_slot_values()
        with sessions()() as session:
            ecole = trouver_ecole(session, cases["sejour_ecole"])
        reponse = conclure(cases, ecole)
        return rendre(Suite((reponse,), {**VIDE, "sejour_reference": reponse.variables.get("reference")}), dispatcher)


def moyens(ecole: Optional[EcoleTrouvee]) -> str:
    """The direct way to a school: its site, or the map."""
    if ecole and ecole.site:
        return formule("utter_sejour_morceau/moyens_site", site=ecole.site)
    return formule("utter_sejour_morceau/moyens_carte")


def conclure(cases: Mapping[str, Any], ecole: Optional[EcoleTrouvee]) -> Reponse:
    """Store the request if all is there, and choose what is said."""
    ans = cases.get("sejour_age") or 0
    joindre = cases.get("sejour_moyens") or moyens(ecole)
    if ans < AGE_MINIMUM:
        return Reponse("utter_sejour_trop_jeune", {"age": ans})
    if ans > AGE_MAXIMUM:
        return Reponse("utter_sejour_trop_grand", {"age": ans})
    if ans < AGE_SANS_PARENT and cases.get("sejour_parent") is not True:
        return Reponse("utter_sejour_moins_de_15", {"moyens": joindre})
    if cases.get("sejour_consentement") is not True:
        return Reponse("utter_sejour_refus_consentement", {"moyens": joindre})
    if cases.get("sejour_confirmation") is not True:
        return Reponse("utter_sejour_annule")
    contact = cases["sejour_contact"]
    accuse = enregistrer(
        sessions(),
        Demande(
            ecole_id=cases["sejour_ecole"],
            age=ans,
            par_un_parent=cases.get("sejour_parent") is True,
            prenom=cases["sejour_prenom"],
            telephone="" if "@" in contact else contact,
            courriel=contact if "@" in contact else "",
            consentement=True,
        ),
    )
    return Reponse("utter_sejour_deja" if accuse.deja else "utter_sejour_note", {"reference": accuse.reference})


class ActionAnnulerSejour(Action):
    """Cancelled: says that nothing was kept, and keeps nothing."""

    def name(self) -> str:
        return "action_annuler_sejour"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        return rendre(Suite((Reponse("utter_sejour_annule"),), VIDE), dispatcher)


class ActionReprendreSejour(Action):
    """A request that was suspended goes on, when the person asks and there is one."""

    def name(self) -> str:
        return "action_reprendre_sejour"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        if tracker.get_slot("sejour_ecole"):
            return rendre(Suite((Reponse("utter_sejour_reprise"),), {}, FORMULAIRE), dispatcher)
        return rendre(Suite((Reponse("utter_affirmer_vide"),)), dispatcher)
