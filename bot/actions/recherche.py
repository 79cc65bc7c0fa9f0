"""Finding schools: what is missing is asked, what is found is listed, what is not is said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from bot.actions.fiche import presenter
from bot.actions.recherche_annonce import annonce, annoncees, avec_criteres, liste, nom_de_lieu, sans_reponse, selon_la_presse, voisines
from bot.actions.recherche_autres import avec_les_autres
from bot.actions.recherche_listees import parmi_les_listees, trajet
from bot.actions.recherche_memoire import mise_a_jour
from bot.actions.recherche_questions import demander, noter_un_manque, question_prealable
from bot.actions.ressources import consultations, formule, lieu_de_code
from bot.actions.tour import Reponse, Suite, Tour, rendre
from bot.ecoles.lectures import metier_connu
from bot.ecoles.presse import ecoles_selon_la_presse
from bot.ecoles.recherche import RAYONS_KM, ecoles_de_commune
from bot.ecoles.recherche import chercher as chercher_en_base
from bot.ecoles.resultat import EcoleTrouvee, Resultat
from bot.francais.criteres import TRAJET
from bot.francais.lieux import Lieu
from bot.francais.texte import cle

ECOLES_PAR_LISTE = 3
OUTRE_MER_KM = 1500  # farther than any two places of the mainland and Corsica
RAYON_DES_CRITERES_KM = 100  # farther, a criterion is given up, and that is said
_UNE_ECOLE_PRECISE = re.compile(r"\b(?:l ecole|celle|cette ecole) (?:de|d|a|du|des)\b")


def chercher(session: Session, tour: Tour, intention: str) -> Suite:
    """Update what is being looked for from this message, then list, or ask for what is missing."""
    if TRAJET in tour.entites.get("critere", ()) and tour.cases.get("ecoles_listees"):
        return trajet(session, tour)
    if deja := parmi_les_listees(session, tour):
        return deja
    souvenirs = mise_a_jour(tour, intention)
    designee = _ecole_designee(session, tour)
    if designee:
        return Suite(presenter(designee), {**souvenirs, "ecole": designee.id})
    question = question_prealable(session, tour, souvenirs)
    if question:
        return avec_les_autres(session, tour, Suite(question, souvenirs))
    metier, code = souvenirs.get("metier"), souvenirs.get("lieu")
    if not code and not (metier and tour.entite("lieu") == "france"):
        return demander(souvenirs, tour)
    suite = _lister(session, souvenirs, lieu_de_code(code) if code else None, intention)
    if any(reponse.nom in _RIEN for reponse in suite.reponses):
        noter_un_manque(session, tour, souvenirs)
    return avec_les_autres(session, tour, suite)


_RIEN = ("utter_resultats/loin", "utter_resultats/outre_mer", "utter_resultats/aucun")


def _ecole_designee(session: Session, tour: Tour) -> Optional[EcoleTrouvee]:
    """« montre-moi l'école de Villefranche » : the only school of that town, not a search around it."""
    lieu = tour.entite("lieu") or ""
    if not lieu.startswith("commune:") or tour.entite("metier") or not _UNE_ECOLE_PRECISE.search(cle(tour.texte)):
        return None
    sur_place = ecoles_de_commune(session, lieu.split(":", 1)[1])
    return sur_place[0] if len(sur_place) == 1 else None


def _lister(session: Session, souvenirs: dict[str, Any], lieu: Optional[Lieu], intention: str) -> Suite:
    encore = intention in ("voir_plus_ecoles", "elargir_recherche")
    vues = tuple(souvenirs.get("ecoles_vues") or ()) if encore else ()
    rayon = _rayon_suivant(souvenirs.get("rayon")) if intention == "elargir_recherche" else None
    criteres = tuple(souvenirs.get("criteres") or ()) if not souvenirs.get("criteres_laches") else ()
    resultat = _resultat(session, souvenirs.get("metier"), lieu, rayon, vues, criteres)
    avant: tuple[Reponse, ...] = ()
    if criteres and not resultat.ecoles and not encore:
        avant = (_relachement(resultat, criteres, lieu),)
        souvenirs["criteres_laches"], criteres = True, ()
        resultat = _resultat(session, souvenirs.get("metier"), lieu, rayon, vues, ())
    trouvees = _diplome_du_metier_d_abord(session, souvenirs.get("metier"), resultat.ecoles or (() if intention == "voir_plus_ecoles" else resultat.ailleurs))
    if trouvees and _outre_mer(lieu, trouvees[0]):
        return Suite((Reponse("utter_resultats/outre_mer", {"lieu": nom_de_lieu(lieu) if lieu else ""}),), souvenirs)
    titre = _titre_du_metier(session, souvenirs)
    if not trouvees:
        return Suite((_aucune(titre, encore),), souvenirs)
    souvenirs.update(
        rayon=resultat.rayon_km,
        ecoles_vues=[*vues, *(e.id for e in trouvees)],
        ecoles_listees=[e.id for e in trouvees],
        ecole=trouvees[0].id if len(trouvees) == 1 else None,
        attente="ecole",
    )
    apres = () if encore else (*_apres(resultat, criteres), *_presse(session, souvenirs.get("metier"), lieu, trouvees))
    dite = annonce(avec_criteres(titre, criteres), lieu, resultat, trouvees, encore)
    return Suite((*avant, dite, *apres, liste(trouvees, lieu, isolee=bool(apres) and not resultat.ecoles)), souvenirs)


def _outre_mer(lieu: Optional[Lieu], trouvee: EcoleTrouvee) -> bool:
    """An ocean lies between the place and the school: the distance says it, or the data do not say where the place is."""
    if trouvee.distance_km is not None:
        return trouvee.distance_km > OUTRE_MER_KM
    return lieu is not None and lieu.genre != "region" and _zone(lieu).get("departement") not in (None, trouvee.departement)


def _zone(lieu: Lieu) -> dict[str, Any]:
    """How a place is searched: around a commune, inside the rest. A commune overseas that is on no map is searched as its département."""
    if lieu.genre != "commune":
        return {lieu.genre: lieu.code}
    if lieu.latitude is None:
        return {"departement": lieu.departement}
    return {"commune": (lieu.latitude, lieu.longitude)}


def _apres(resultat: Resultat, criteres: tuple[str, ...]) -> tuple[Reponse, ...]:
    """What the list alone would hide. It stands before the list: buttons belong under the last message."""
    autres: tuple[Reponse, ...] = ()
    if not resultat.ecoles:
        proches = (voisines(resultat.voisines),) if resultat.voisines else ()
        autres = (*proches, Reponse("utter_resultats/autres_voies"))
    return (*sans_reponse(resultat.sans_reponse, criteres), *annoncees(resultat.annoncees), *autres)


def _presse(session: Session, metier: Optional[str], lieu: Optional[Lieu], listees: tuple[EcoleTrouvee, ...]) -> tuple[Reponse, ...]:
    if not metier or lieu is None:
        return ()
    deja = {e.id for e in listees}
    return selon_la_presse(tuple(e for e in ecoles_selon_la_presse(session, metier, **_zone(lieu)) if e.id not in deja))


def _relachement(resultat: Resultat, criteres: tuple[str, ...], lieu: Optional[Lieu]) -> Reponse:
    """« Aucune avec internat à moins de 100 km ; voici sans ce filtre », and the nearest that has it, when there is one in France."""
    variables = {"quoi": avec_criteres("", criteres).lstrip(", "), "rayon": RAYON_DES_CRITERES_KM}
    if not resultat.ailleurs:
        return Reponse("utter_criteres/aucune", variables)
    proche = resultat.ailleurs[0]
    situation = {"nom": proche.nom, "commune": proche.commune, "distance": round(proche.distance_km or 0)}
    genre = "loin" if lieu is None or lieu.genre == "commune" else "hors_du_lieu"
    return Reponse(f"utter_criteres/{genre}", {**variables, **situation})


def _diplome_du_metier_d_abord(session: Session, cle_du_metier: Optional[str], ecoles: tuple[EcoleTrouvee, ...]) -> tuple[EcoleTrouvee, ...]:
    """A card shows its first diploma: the one of the trade that was asked for, when the school has it."""
    ligne = metier_connu(session, cle_du_metier)
    voulus = [cle(d) for d in ligne.diplomes] if ligne else []
    return tuple(replace(e, diplomes=tuple(sorted(e.diplomes, key=lambda d: not any(cle(d).startswith(v) for v in voulus)))) for e in ecoles)


def _resultat(
    session: Session, metier: Optional[str], lieu: Optional[Lieu], rayon: Optional[int], vues: tuple[str, ...], criteres: tuple[str, ...]
) -> Resultat:
    demande: dict[str, Any] = {"metier": metier, "maximum": ECOLES_PAR_LISTE, "exclure": vues, "criteres": criteres}
    if lieu is not None:
        demande |= _zone(lieu)
    if "commune" in demande:
        demande |= {"rayon_km": rayon, "jusqu_a_km": RAYON_DES_CRITERES_KM if criteres and not rayon else None}
    return chercher_en_base(session, **demande)


def _rayon_suivant(rayon: Optional[int]) -> Optional[int]:
    return next((r for r in RAYONS_KM if r > (rayon or 0)), None)


def _titre_du_metier(session: Session, souvenirs: dict[str, Any]) -> str:
    ligne = metier_connu(session, souvenirs.get("metier"))
    return ligne.titre if ligne else formule("utter_morceau/tous_metiers")


def _aucune(titre: str, encore: bool) -> Reponse:
    return Reponse("utter_resultats/plus_rien") if encore else Reponse("utter_resultats/aucun", {"metier": titre})


class ActionChercherEcole(Action):
    """Search, more results, wider, or without the trade."""

    def name(self) -> str:
        return "action_chercher_ecole"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        tour = Tour.lire(tracker)
        with consultations()() as session:
            return rendre(chercher(session, tour, tour.intention), dispatcher, tracker)
