"""The questions of a request for a stay: which wording, what is said before it, and the progress that a page shows."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from bot.actions.parler_d_une_ecole import choix, ecoles_de_la_liste
from bot.actions.recherche import chercher
from bot.actions.ressources import existe, formule, sessions
from bot.actions.tour import Reponse, Suite, Tour, rendre
from bot.ecoles.resultat import EcoleTrouvee
from bot.francais.texte import cle
from bot.sejours.corrections import reprend_autre_chose
from bot.sejours.etapes import ETAPES, parcours, progression, qui

SANS_ERREUR = "aucune"
RECHERCHES = ("chercher_ecole", "voir_plus_ecoles", "elargir_recherche", "oublier_metier")
A_CORRIGER = "confirmation_corriger"
SE_TAIRE = "silence"  # « plus tard » has been said: questions of the person are answered, ours wait
_REPERES_DE_RECHERCHE = ("lieu", "lieu_ambigu", "metier", "metier_ambigu", "pays", "pres_de_moi")
_ESSAIS_AVANT_SECOURS = 3
_CHAMPS = ("ecole", "age", "prenom", "contact", "periode", "motif")
# The keyboard that a page opens. A contact is a number or an address, as the person likes: « text ».
_CLAVIERS = {"sejour_age": "numeric", "sejour_contact": "contact", "sejour_parent": "choix", "sejour_consentement": "choix", "sejour_confirmation": "choix"}


def demander(session: Session, tour: Tour, etape: str) -> Suite:
    """What is said to ask ``etape``, and the marks that it has been asked."""
    cases = tour.cases
    annonce = cases.get("sejour_annonce")
    a_corriger = cases.get("sejour_erreur") == A_CORRIGER
    fait = {"sejour_erreur": SANS_ERREUR, "sejour_annonce": None, "sejour_demandee": A_CORRIGER if a_corriger else etape}
    if annonce == SE_TAIRE:
        return Suite((), fait)
    if annonce == "plus_tard":
        return Suite((Reponse("utter_sejour_annonce/plus_tard"),), {**fait, "sejour_annonce": SE_TAIRE})
    avant = Suite((Reponse(f"utter_sejour_annonce/{annonce}", {"note": _note(cases)}),) if annonce else ())
    question = _ecole(session, tour) if etape == "sejour_ecole" else Suite((_question(cases, etape),))
    return avant.puis(question).puis(Suite((), fait))


def _question(cases: Mapping[str, Any], etape: str) -> Reponse:
    nom = _nom(cases, etape)
    variables = {
        "age": cases.get("sejour_age"),
        "chiffres": cases.get("sejour_suggestion"),
        "moyens": cases.get("sejour_moyens") or moyens(None),
        "recapitulatif": recapitulatif(cases),
    }
    return Reponse(nom, variables, _boutons(nom, etape), _etape(cases, etape))


def _boutons(nom: str, etape: str) -> tuple[tuple[str, str], ...]:
    """What does not fit in the three buttons of a response: who sees the data and one's rights; which answer to change."""
    if etape == "sejour_consentement":
        return ((formule("utter_bouton/qui_voit"), "/faq/responsable"), (formule("utter_bouton/droits"), "/faq/droits"))
    if nom == f"utter_sejour_erreur/{A_CORRIGER}":
        return tuple((formule(f"utter_bouton/champ_{champ}"), f'/corriger{{"champ": "{champ}"}}') for champ in _CHAMPS)
    return ()


def _nom(cases: Mapping[str, Any], etape: str) -> str:
    """A first failure is told precisely, a second asked with an example, a third offers a way out; else it depends on who asks."""
    court = etape.removeprefix("sejour_")
    erreur, essais = cases.get("sejour_erreur") or SANS_ERREUR, int(cases.get("sejour_essais") or 0)
    if erreur.startswith(court):
        if essais >= _ESSAIS_AVANT_SECOURS:
            return f"utter_sejour_erreur/{court}_secours"
        return f"utter_sejour_erreur/{court}_encore" if erreur == f"{court}_invalide" and essais > 1 else f"utter_sejour_erreur/{erreur}"
    base = f"utter_sejour_demander/{court}"
    possibles = [*(f"{base}_{genre}" for genre in _genres(cases)), base]
    if cases.get("sejour_demandee") == etape:  # asked again after something else: shorter
        possibles.insert(0, f"{base}_rappel")
    return next(nom for nom in possibles if existe(nom))


def _genres(cases: Mapping[str, Any]) -> tuple[str, ...]:
    """Who is spoken to, the most precise first; ``enfant`` is a parent, for a child under 15."""
    de = qui(cases)
    return ("enfant", de) if cases.get("sejour_parent") is True else (de,)


def _ecole(session: Session, tour: Tour) -> Suite:
    """The school is chosen by searching: what the message gives, else what was already being looked for, else the list shown last."""
    erreur = tour.cases.get("sejour_erreur") or SANS_ERREUR
    derniere = Suite((_question(tour.cases, "sejour_ecole"),))
    if erreur != SANS_ERREUR:
        return derniere.puis(Suite((), {"attente": "lieu" if erreur == "ecole_autre" else tour.cases.get("attente")}))
    ailleurs = redit_son_age(tour) or reprend_autre_chose(tour.texte)
    nouvelle = not ailleurs and (tour.intention in RECHERCHES or any(tour.entite(nom) for nom in _REPERES_DE_RECHERCHE))
    listees = ecoles_de_la_liste(session, tour)
    if nouvelle or (tour.cases.get("lieu") and not listees):
        suite = chercher(session, tour, tour.intention if tour.intention in RECHERCHES else "chercher_ecole")
        trouve = suite.souvenirs.get("attente") == "ecole" and suite.souvenirs.get("ecoles_listees")
        return suite.puis(Suite((_liste(tour.cases),))) if trouve else suite
    if listees:
        options, boutons = choix(listees, "choisir")
        return Suite((Reponse("utter_sejour_demander/ecole_parmi", {"options": options}, boutons, _etape(tour.cases, "sejour_ecole")),), {"attente": "ecole"})
    return derniere.puis(Suite((), {"attente": "lieu"}))


def redit_son_age(tour: Tour) -> bool:
    """« 17 », said again by somebody of 17, is no département."""
    return cle(tour.texte) == str(tour.cases.get("sejour_age"))


def _liste(cases: Mapping[str, Any]) -> Reponse:
    return Reponse("utter_sejour_demander/ecole_liste", donnees=_etape(cases, "sejour_ecole"))


def _etape(cases: Mapping[str, Any], etape: str) -> Mapping[str, Any]:
    numero, total = progression(list(cases.get("sejour_etapes") or parcours(cases)), etape)
    return {"etabli": 1, "genre": "etape", "numero": numero, "total": total, "saisie": _CLAVIERS.get(etape, "text")}


def recapitulatif(cases: Mapping[str, Any]) -> str:
    """The request, a line each, as it would be stored; empty while something is missing."""
    if any(cases.get(etape) is None for etape in ETAPES[2:7]) or cases.get("sejour_age") is None:
        return ""
    genre = next(g for g in (*_genres(cases), "jeune") if existe(f"utter_sejour_morceau/recapitulatif_{g}"))
    lignes = [formule(f"utter_sejour_morceau/recapitulatif_{genre}", ecole=cases["sejour_ecole_nom"], prenom=_prenom(cases), age=cases["sejour_age"])]
    for nom in ("contact", "periode", "motif"):
        if cases[f"sejour_{nom}"]:
            lignes.append(formule(f"utter_sejour_morceau/{nom}", valeur=cases[f"sejour_{nom}"]))
    return "\n".join(lignes)


def moyens(ecole: Optional[EcoleTrouvee]) -> str:
    """The direct way to a school: its site, or the map."""
    if ecole and ecole.site:
        return formule("utter_sejour_morceau/moyens_site", site=ecole.site)
    return formule("utter_sejour_morceau/moyens_carte")


def _prenom(cases: Mapping[str, Any]) -> str:
    return str(cases.get("sejour_prenom") or formule("utter_sejour_morceau/sans_prenom"))


def _note(cases: Mapping[str, Any]) -> str:
    """« Yanis, 15 ans, 06 39 98 00 01 » : what several answers in one message have filled."""
    ans: Optional[str] = formule("utter_sejour_morceau/ans", age=cases["sejour_age"]) if cases.get("sejour_age") else None
    return ", ".join(str(x) for x in (cases.get("sejour_prenom"), ans, cases.get("sejour_contact"), cases.get("sejour_periode")) if x)


def _action(etape: str) -> type[Action]:
    """Rasa's form asks by an action a slot; ours only differ by the step."""

    class ActionDemander(Action):
        def name(self) -> str:
            return f"action_ask_{etape}"

        def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
            with sessions()() as session:
                return rendre(demander(session, Tour.lire(tracker), etape), dispatcher, tracker)

    return ActionDemander


ACTIONS = tuple(_action(etape) for etape in ETAPES)
