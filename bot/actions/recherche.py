"""Finding schools: what is missing is asked, what is found is listed, what is not is said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from bot.actions.fiche import carte, ligne_de_liste, presenter
from bot.actions.ressources import existe, formule, lieu_de_code, sessions
from bot.actions.tour import Reponse, Suite, Tour, rendre
from bot.ecoles.modeles import Metier
from bot.ecoles.recherche import RAYONS_KM, ecoles_de_commune
from bot.ecoles.recherche import chercher as chercher_en_base
from bot.ecoles.resultat import EcoleTrouvee, Resultat
from bot.francais.lieux import Lieu
from bot.francais.texte import cle

ECOLES_PAR_LISTE = 3
OUTRE_MER_KM = 1500  # farther than any two places of the mainland and Corsica
_UNE_ECOLE_PRECISE = re.compile(r"\b(?:l ecole|celle|cette ecole) (?:de|d|a|du|des)\b")
_ARTICLE = re.compile(r"^(?:l'|la |le |les )", re.IGNORECASE)
TITRE_DE_BOUTON = 24


def chercher(session: Session, tour: Tour, intention: str) -> Suite:
    """Update what is being looked for from this message, then list, or ask for what is missing."""
    souvenirs = _mise_a_jour(tour, intention)
    designee = _ecole_designee(session, tour)
    if designee:
        return Suite(presenter(designee), {**souvenirs, "ecole": designee.id})
    question = _question_prealable(session, tour, souvenirs)
    if question:
        return Suite((question,), souvenirs)
    metier, code = souvenirs.get("metier"), souvenirs.get("lieu")
    if not code and not (metier and tour.entite("lieu") == "france"):
        return _demander(souvenirs, tour)
    return _lister(session, souvenirs, lieu_de_code(code) if code else None, intention)


def _ecole_designee(session: Session, tour: Tour) -> Optional[EcoleTrouvee]:
    """« montre-moi l'école de Villefranche » : the only school of that town, not a search around it."""
    lieu = tour.entite("lieu") or ""
    if not lieu.startswith("commune:") or tour.entite("metier") or not _UNE_ECOLE_PRECISE.search(cle(tour.texte)):
        return None
    sur_place = ecoles_de_commune(session, lieu.split(":", 1)[1])
    return sur_place[0] if len(sur_place) == 1 else None


def _mise_a_jour(tour: Tour, intention: str) -> dict[str, Any]:
    """Slots after this message. A new trade or place starts the list afresh; the rest of what was said is kept."""
    cases = {nom: tour.cases.get(nom) for nom in ("metier", "lieu", "lieu_nom", "rayon", "ecoles_vues", "ecoles_listees")}
    cases.update(attente=None, echecs=0)
    metiers, lieux = tour.entites.get("metier", ()), tour.entites.get("lieu", ())
    if tour.entite("age"):
        cases["age"] = int(tour.entite("age") or 0)
    if metiers:
        cases["metier"] = metiers[-1]
    if intention == "oublier_metier":
        cases["metier"] = None
    if lieux and lieux[-1] != "france":
        lieu = lieu_de_code(lieux[-1])
        cases.update(lieu=lieux[-1], lieu_nom=lieu.nom if lieu else None)
    if "france" in lieux:
        cases.update(lieu=None, lieu_nom=None)
    if metiers or lieux or intention == "oublier_metier":
        cases.update(rayon=None, ecoles_vues=None, ecoles_listees=None, ecole=None)
    return cases


def _question_prealable(session: Session, tour: Tour, souvenirs: dict[str, Any]) -> Optional[Reponse]:
    """What must be cleared up before any search: an ambiguous trade or place, a country, a trade that nobody teaches."""
    if tour.entite("metier_ambigu") and not tour.entite("metier"):
        souvenirs["attente"] = "metier"
        return _metier_ambigu(session, tour.entite("metier_ambigu") or "")
    if tour.entite("lieu_ambigu") and not tour.entite("lieu"):
        souvenirs["attente"] = "lieu"
        return _lieu_ambigu(tour.entite("lieu_ambigu") or "")
    if tour.entite("pays"):
        souvenirs["attente"] = "lieu"
        return Reponse("utter_lieu_etranger", {"pays": tour.entite("pays")})
    metier = session.get(Metier, souvenirs["metier"]) if tour.entite("metier") and souvenirs.get("metier") else None
    if metier and not metier.enseigne:
        souvenirs.update(metier=None, attente="metier")
        return _metier_absent(session, metier)
    return None


def _metier_ambigu(session: Session, cle: str) -> Reponse:
    """« Mécanique » : cars or parts? A wide word is asked about once, with its trades as buttons."""
    if existe(f"utter_metier_ambigu_{cle}"):
        return Reponse(f"utter_metier_ambigu_{cle}")
    large = session.get(Metier, cle)
    metiers = [m for m in (session.get(Metier, c) for c in large.candidats) if m and m.enseigne]
    options = "\n".join(f"{i}. {m.titre}" for i, m in enumerate(metiers, 1))
    return Reponse("utter_metier_ambigu", {"metier": large.titre, "options": options}, _boutons_de_metiers(metiers))


def _lieu_ambigu(codes: str) -> Reponse:
    lieux = [lieu for lieu in map(lieu_de_code, codes.split("|")) if lieu]
    options = "\n".join(f"{i}. {lieu.nom}, {lieu.contexte}" for i, lieu in enumerate(lieux, 1))
    boutons = tuple((_court(f"{lieu.nom}, {lieu.contexte}"), f'/chercher_ecole{{"lieu": "{lieu.genre}:{lieu.code}"}}') for lieu in lieux)
    return Reponse("utter_lieu_ambigu", {"nom": lieux[0].nom, "options": options}, boutons)


def _metier_absent(session: Session, metier: Metier) -> Reponse:
    voisins = [m for m in (session.get(Metier, v) for v in metier.voisins) if m and m.enseigne][:3]
    if not voisins:
        return Reponse("utter_metier_absent_sans_voisin", {"metier": metier.titre})
    return Reponse("utter_metier_absent", {"metier": metier.titre, "voisins": ", ".join(v.titre for v in voisins)}, _boutons_de_metiers(voisins))


def _boutons_de_metiers(metiers: list[Metier]) -> tuple[tuple[str, str], ...]:
    """« Usinage », not « l'usinage » : a button has no article."""
    return tuple((_court(_ARTICLE.sub("", m.titre).capitalize()), f'/chercher_ecole{{"metier": "{m.cle}"}}') for m in metiers)


def _demander(souvenirs: dict[str, Any], tour: Tour) -> Suite:
    """Ask for the trade first when nothing is known, else for the place: a commune or a postal code, never an address."""
    if souvenirs.get("metier") or tour.entite("pres_de_moi") or tour.intention == "oublier_metier" or tour.cases.get("attente") == "lieu":
        encore = tour.cases.get("attente") == "lieu"
        nom = "utter_demander_lieu_encore" if encore else "utter_demander_lieu"
        return Suite((Reponse(nom),), {**souvenirs, "attente": "lieu"})
    return Suite((Reponse("utter_demander_metier"),), {**souvenirs, "attente": "metier"})


def _lister(session: Session, souvenirs: dict[str, Any], lieu: Optional[Lieu], intention: str) -> Suite:
    encore = intention in ("voir_plus_ecoles", "elargir_recherche")
    vues = tuple(souvenirs.get("ecoles_vues") or ()) if encore else ()
    rayon = _rayon_suivant(souvenirs.get("rayon")) if intention == "elargir_recherche" else None
    resultat = _resultat(session, souvenirs.get("metier"), lieu, rayon, vues)
    trouvees = _diplome_du_metier_d_abord(session, souvenirs.get("metier"), resultat.ecoles or (() if encore else resultat.ailleurs))
    if trouvees and (trouvees[0].distance_km or 0) > OUTRE_MER_KM:
        return Suite((Reponse("utter_resultats/outre_mer", {"lieu": _nom_de_lieu(lieu) if lieu else ""}),), souvenirs)
    if not trouvees:
        return Suite((_aucune(session, souvenirs, encore),), souvenirs)
    souvenirs.update(
        rayon=resultat.rayon_km,
        ecoles_vues=[*vues, *(e.id for e in trouvees)],
        ecoles_listees=[e.id for e in trouvees],
        ecole=trouvees[0].id if len(trouvees) == 1 else None,
        attente="ecole",
    )
    reponses = [_annonce(session, souvenirs, lieu, resultat, trouvees), _liste(trouvees)]
    if resultat.voisines and not resultat.ecoles:
        reponses.insert(1, _voisines(resultat.voisines))
    return Suite(tuple(reponses), souvenirs)


def _diplome_du_metier_d_abord(session: Session, metier: Optional[str], ecoles: tuple[EcoleTrouvee, ...]) -> tuple[EcoleTrouvee, ...]:
    """A card shows its first diploma: the one of the trade that was asked for, when the school has it."""
    ligne = session.get(Metier, metier) if metier else None
    voulus = [cle(d) for d in ligne.diplomes] if ligne else []
    return tuple(replace(e, diplomes=tuple(sorted(e.diplomes, key=lambda d: not any(cle(d).startswith(v) for v in voulus)))) for e in ecoles)


def _resultat(session: Session, metier: Optional[str], lieu: Optional[Lieu], rayon: Optional[int], vues: tuple[str, ...]) -> Resultat:
    criteres: dict[str, Any] = {"metier": metier, "maximum": ECOLES_PAR_LISTE, "exclure": vues}
    if lieu is None:
        return chercher_en_base(session, **criteres)
    if lieu.genre == "departement":
        return chercher_en_base(session, departement=lieu.code, **criteres)
    if lieu.genre == "region":
        return chercher_en_base(session, region=lieu.code, **criteres)
    return chercher_en_base(session, commune=(lieu.latitude, lieu.longitude), rayon_km=rayon, **criteres)


def _rayon_suivant(rayon: Optional[int]) -> Optional[int]:
    return next((r for r in RAYONS_KM if r > (rayon or 0)), None)


def _annonce(session: Session, souvenirs: dict[str, Any], lieu: Optional[Lieu], resultat: Resultat, ecoles: tuple[EcoleTrouvee, ...]) -> Reponse:
    """One sentence over the list: near, widened, far away, in a département or a region, anywhere."""
    distance = ecoles[0].distance_km
    variables = {
        "nombre": _combien(len(ecoles), resultat.total),
        "metier": _titre_du_metier(session, souvenirs),
        "lieu": _nom_de_lieu(lieu) if lieu else "",
        "rayon": resultat.rayon_km or "",
        "distance": "" if distance is None else round(distance),
    }
    return Reponse(f"utter_resultats/{_genre_d_annonce(lieu, resultat)}", variables)


def _combien(montrees: int, total: int) -> str:
    """« une école », « 3 écoles », « 3 écoles sur 5 » : a counsellor must not write down 3 for 5."""
    if total > montrees:
        return formule("utter_morceau/des_ecoles_sur" if montrees > 1 else "utter_morceau/une_ecole_sur", nombre=montrees, total=total)
    return formule("utter_morceau/une_ecole") if montrees == 1 else formule("utter_morceau/des_ecoles", nombre=montrees)


def _genre_d_annonce(lieu: Optional[Lieu], resultat: Resultat) -> str:
    if lieu is None:
        return "france"
    if lieu.genre != "commune":
        return lieu.genre if resultat.ecoles else f"aucun_{lieu.genre}"
    if not resultat.ecoles:
        return "loin"
    return "pres" if (resultat.rayon_km or 0) <= RAYONS_KM[1] else "elargi"


def _nom_de_lieu(lieu: Lieu) -> str:
    """A département with its number; a commune and a region by their names."""
    return f"{lieu.nom} ({lieu.code})" if lieu.genre == "departement" else lieu.nom


def _titre_du_metier(session: Session, souvenirs: dict[str, Any]) -> str:
    metier = session.get(Metier, souvenirs["metier"]) if souvenirs.get("metier") else None
    return metier.titre if metier else formule("utter_morceau/tous_metiers")


def _liste(ecoles: tuple[EcoleTrouvee, ...]) -> Reponse:
    lignes = "\n".join(ligne_de_liste(f"{i}.", e) for i, e in enumerate(ecoles, 1))
    boutons = [(_court(f"{i}. {e.commune}"), f'/presenter_ecole{{"ecole": "{e.id}"}}') for i, e in enumerate(ecoles, 1)]
    if len(ecoles) == 1:
        boutons.append((formule("utter_bouton/sejour"), "/demander_sejour"))
    boutons.append((formule("utter_bouton/autres"), "/voir_plus_ecoles"))
    donnees = {"etabli": 1, "genre": "ecoles", "ecoles": [carte(e) for e in ecoles]}
    return Reponse("utter_resultats/liste", {"liste": lignes}, tuple(boutons), donnees)


def _voisines(ecoles: tuple[EcoleTrouvee, ...]) -> Reponse:
    lignes = "\n".join(ligne_de_liste("•", e) for e in ecoles)
    return Reponse("utter_resultats/voisines", {"liste": lignes})


def _aucune(session: Session, souvenirs: dict[str, Any], encore: bool) -> Reponse:
    if encore:
        return Reponse("utter_resultats/plus_rien")
    return Reponse("utter_resultats/aucun", {"metier": _titre_du_metier(session, souvenirs)})


def _court(titre: str) -> str:
    return titre if len(titre) <= TITRE_DE_BOUTON else titre[: TITRE_DE_BOUTON - 1].rstrip(" ,") + "…"


class ActionChercherEcole(Action):
    """Search, more results, wider, or without the trade."""

    def name(self) -> str:
        return "action_chercher_ecole"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        tour = Tour.lire(tracker)
        with sessions()() as session:
            return rendre(chercher(session, tour, tour.intention), dispatcher)
