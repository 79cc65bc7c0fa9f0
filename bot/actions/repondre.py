"""Answers to questions about the écoles de production: the sheet's answer, then what the data know."""

from __future__ import annotations

from typing import Any, Callable

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from bot.actions.ecole_visee import ecole_ou_seule_listee, hors_de_la_liste, listees_en_question
from bot.actions.fiche import logement_dit, nom_complet, prix_dit, valeurs_des_listees
from bot.actions.parler_d_une_ecole import demander_laquelle, fin_de_liste, parler_d_une_ecole
from bot.actions.recherche import chercher
from bot.actions.ressources import consultations, existe, formule, lieu_de_code, question_type
from bot.actions.sejour import preparer
from bot.actions.tour import Reponse, Suite, Tour, polie, rendre
from bot.ecoles.cout import FOURCHETTE, GRATUIT, MONTANT
from bot.ecoles.hebergement import INTERNAT, ORGANISE, SANS
from bot.ecoles.statistiques import Statistiques, ouvertes_dans, recentes
from bot.francais.dates import date_en_clair
from bot.francais.nombres import age_d_un_autre, age_d_un_jour
from bot.reglages import lire_reglages

AGES_ACCEPTES = (14, 18)
ECHECS_AVANT_RELAIS = 2
_D_UNE_ECOLE = ("faq/cout", "faq/internat", "faq/diplomes")  # answered for one school when one is meant


def repondre(session: Session, tour: Tour, sujet: str) -> Suite:
    """The answer to one subject (``faq/cout``), in the light of the age known and of the school being talked about."""
    souvenirs: dict[str, Any] = {"echecs": 0, "attente": None}
    age_dit = tour.entite("age")
    if age_dit and not age_d_un_autre(tour.texte):
        souvenirs["age"] = None if age_d_un_jour(tour.texte) else int(age_dit)
    if sujet in _D_UNE_ECOLE and hors_de_la_liste(tour) and not ecole_ou_seule_listee(session, tour):
        return demander_laquelle(session, tour, sujet)
    particulier = _PARTICULIERS.get(sujet)
    reponses = particulier(session, tour) if particulier else ()
    avant = fin_de_liste(tour) if sujet in _D_UNE_ECOLE else ()
    return Suite((*avant, *(reponses or (Reponse(f"utter_{sujet}"),))), souvenirs)


def _age(_: Session, tour: Tour) -> tuple[Reponse, ...]:
    ans = tour.age()
    if ans is None:
        return ()
    minimum, maximum = AGES_ACCEPTES
    if ans < minimum:
        nom = "trop_jeune"
    elif ans == minimum:
        nom = "quatorze"
    elif ans < maximum:
        nom = "oui"
    else:
        nom = "dix_huit" if ans == maximum else "trop_grand"
    return (Reponse(f"utter_age/{nom}", {"age": ans}),)


def _cout(session: Session, tour: Tour) -> tuple[Reponse, ...]:
    ecole = ecole_ou_seule_listee(session, tour)
    if not ecole and (listees := listees_en_question(session, tour)):
        return (Reponse("utter_cout/listees", {"liste": valeurs_des_listees(listees, prix_dit)}),)
    if not ecole:
        return (Reponse("utter_faq/cout"), Reponse("utter_cout/reseau", _chiffres_des_couts(recentes(session))))
    prix = ecole.cout
    variables = {"ecole": nom_complet(ecole), "annee": prix.annee or formule("utter_morceau/annee_inconnue")}
    if prix.genre == GRATUIT:
        return (Reponse("utter_cout/ecole_gratuite", variables),)
    if prix.genre == MONTANT:
        return (Reponse("utter_cout/ecole_montant", {**variables, "montant": prix.minimum}),)
    if prix.genre == FOURCHETTE:
        return (Reponse("utter_cout/ecole_fourchette", {**variables, "min": prix.minimum, "max": prix.maximum}),)
    return (Reponse("utter_cout/ecole_inconnu", variables),)


def _internat(session: Session, tour: Tour) -> tuple[Reponse, ...]:
    ecole = ecole_ou_seule_listee(session, tour)
    if not ecole and (listees := listees_en_question(session, tour)):
        return (Reponse("utter_internat/listees", {"liste": valeurs_des_listees(listees, logement_dit)}),)
    if not ecole:
        return (Reponse("utter_faq/internat"), Reponse("utter_internat/reseau", _chiffres_des_internats(recentes(session))))
    suffixe = {INTERNAT: "oui", ORGANISE: "hors", SANS: "non"}.get(ecole.logement.genre, "inconnu")
    return (
        Reponse(
            f"utter_internat/ecole_{suffixe}", {"ecole": nom_complet(ecole), "detail": f" ({ecole.logement.detail})" if ecole.logement.detail else ""}
        ),
    )


def _nombre(session: Session, tour: Tour) -> tuple[Reponse, ...]:
    """« combien d'écoles en Bretagne ? » : the places named first, then France."""
    stats = recentes(session)
    variables = {"nb_ouvertes": stats.ouvertes, "date_donnees": date_en_clair(stats.date)}
    lieux = [lieu for code in tour.entites.get("lieu", ()) if (lieu := lieu_de_code(code))]
    ici = [Reponse("utter_nombre/lieu", {**variables, "lieu": lieu.nom, "nb": ouvertes_dans(session, lieu.genre, lieu.code)}) for lieu in lieux]
    return (*ici, *(() if ici else (Reponse("utter_faq/nombre"), Reponse("utter_nombre/reseau", variables))))


def _diplomes(session: Session, tour: Tour) -> tuple[Reponse, ...]:
    ecole = ecole_ou_seule_listee(session, tour)
    if not ecole:
        return ()
    if not ecole.diplomes:
        return (Reponse("utter_diplomes/ecole_inconnu", {"ecole": nom_complet(ecole)}),)
    return (Reponse("utter_diplomes/ecole", {"ecole": nom_complet(ecole), "diplomes": " ; ".join(ecole.diplomes)}),)


def _responsable(sujet: str) -> Callable[[Session, Tour], tuple[Reponse, ...]]:
    """Who answers for the data is a setting."""
    return lambda _, __: (Reponse(f"utter_{sujet}", {"responsable": lire_reglages().responsable or formule("utter_morceau/responsable_inconnu")}),)


_PARTICULIERS: dict[str, Callable[[Session, Tour], tuple[Reponse, ...]]] = {
    "faq/age": _age,
    "faq/cout": _cout,
    "faq/internat": _internat,
    "faq/nombre": _nombre,
    "faq/diplomes": _diplomes,
    "faq/responsable": _responsable("faq/responsable"),
    "faq/droits": _responsable("faq/droits"),
}


def _chiffres_des_couts(stats: Statistiques) -> dict[str, Any]:
    return {
        "nb_ouvertes": stats.ouvertes,
        "nb_connues": stats.cout_connu,
        "nb_gratuites": stats.gratuites,
        "nb_au_dessus": stats.au_dessus_de_800,
        "max": stats.cout_maximum,
        "date_donnees": date_en_clair(stats.date),
    }


def _chiffres_des_internats(stats: Statistiques) -> dict[str, Any]:
    avec = stats.avec_internat + stats.hebergement_organise
    return {"nb_connues": stats.hebergement_connu, "nb_avec": avec, "date_donnees": date_en_clair(stats.date)}


class ActionRepondre(Action):
    """One question of the sheet."""

    def name(self) -> str:
        return "action_repondre"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        tour = Tour.lire(tracker)
        with consultations()() as session:
            return rendre(polie(tour, repondre(session, tour, tour.sujets[0])), dispatcher, tracker)


class ActionRepondreTout(Action):
    """Several questions in one message: each is answered, in the order they were asked."""

    def name(self) -> str:
        return "action_repondre_tout"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        tour = Tour.lire(tracker)
        suite = Suite()
        with consultations()() as session:
            for sujet in tour.sujets:
                suite = suite.puis(_traiter(session, tour, sujet))
        return rendre(polie(tour, suite), dispatcher, tracker)


def _traiter(session: Session, tour: Tour, sujet: str) -> Suite:
    if sujet.startswith("faq/"):
        return repondre(session, tour, sujet)
    if sujet == "demander_sejour":
        return preparer(session, tour)
    if sujet == "chercher_ecole":
        return chercher(session, tour, sujet)
    if sujet in ("presenter_ecole", "situer_ecole", "contacter_ecole"):
        return parler_d_une_ecole(session, tour, sujet)
    return Suite((Reponse(f"utter_{sujet}"),))


class ActionDemanderLequel(Action):
    """Between two subjects: both are offered by their titles, as buttons that also answer to 1 and 2."""

    def name(self) -> str:
        return "action_demander_lequel"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        tour = Tour.lire(tracker)
        options = [(_intitule(s), f"/{s}") for s in tour.sujets]
        liste = "\n".join(f"{i}. {intitule}" for i, (intitule, _) in enumerate(options, 1))
        return rendre(Suite((Reponse("utter_hesiter", {"options": liste}, tuple(options)),), {"attente": "lequel"}), dispatcher, tracker)


def _intitule(sujet: str) -> str:
    return formule(f"utter_intitule/{sujet}") if existe(f"utter_intitule/{sujet}") else question_type(sujet)


class ActionDireIncompris(Action):
    """Says that it did not understand; the second time in a row, offers people to turn to."""

    def name(self) -> str:
        return "action_dire_incompris"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        echecs = int(tracker.get_slot("echecs") or 0) + 1
        nom = "utter_incompris_2" if echecs >= ECHECS_AVANT_RELAIS else "utter_incompris_1"
        return rendre(Suite((Reponse(nom),), {"echecs": echecs}), dispatcher, tracker)
