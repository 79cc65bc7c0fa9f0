"""How results are said: one sentence over the list, the list, and what goes with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Optional

from bot.actions.boutons import court
from bot.actions.fiche import carte, ligne_de_liste, nom_complet
from bot.actions.ressources import formule, gazetteer
from bot.actions.tour import Reponse
from bot.ecoles.recherche import RAYONS_KM
from bot.ecoles.resultat import EcoleTrouvee, Resultat
from bot.francais.dates import date_en_clair
from bot.francais.lieux import Lieu

_OFFICIELLE = "2026"  # rows dated from this year come from the published data; the others are said to be checked, one by one
_ANNONCEES = 2
_DE_LA_PRESSE = 3


def annonce(titre: str, lieu: Optional[Lieu], resultat: Resultat, ecoles: tuple[EcoleTrouvee, ...], encore: bool = False) -> Reponse:
    """One sentence over the list: near, widened, far away, in a département or a region, anywhere. ``titre`` says trade and criteria.

    ``encore``: more was asked for, so going farther needs no excuse.
    """
    distance = ecoles[0].distance_km
    variables = {
        "nombre": _combien(len(ecoles), resultat),
        "metier": titre,
        "lieu": nom_de_lieu(lieu) if lieu else "",
        "rayon": resultat.rayon_km or "",
        "distance": "" if distance is None else round(distance),
    }
    return Reponse(f"utter_resultats/{_genre_d_annonce(lieu, resultat, encore)}", variables)


def avec_criteres(titre: str, criteres: Collection[str]) -> str:
    """« l'usinage, sans frais » : what was asked of the schools is said with the trade."""
    return ", ".join((titre, *(formule(f"utter_morceau/critere_{nom}") for nom in criteres)))


def nom_de_lieu(lieu: Lieu) -> str:
    """A département with its number; a commune by its name, with its département when another town bears the same name."""
    if lieu.genre == "departement":
        return f"{lieu.nom} ({lieu.code})"
    if lieu.genre == "commune" and gazetteer().a_des_homonymes(lieu):
        return f"{lieu.nom}, {lieu.contexte}"
    return lieu.nom


def liste(ecoles: tuple[EcoleTrouvee, ...], lieu: Optional[Lieu], isolee: bool = False) -> Reponse:
    """The schools, a few lines each, then how fresh the data are; the same as structured data for pages that draw.

    ``isolee``: other messages stand between the announcement and the list, which then says again what it is.
    """
    lignes = formule("utter_morceau/la_plus_proche") + "\n" if isolee else ""
    lignes += "\n".join(ligne_de_liste(f"{i}.", e) for i, e in enumerate(ecoles, 1))
    officielles = [e.date_source for e in ecoles if e.date_source >= _OFFICIELLE]
    if officielles:
        lignes += "\n" + formule("utter_morceau/fraicheur", date=date_en_clair(min(officielles)))
    boutons = [(court(f"{i}. {e.commune}"), f'/presenter_ecole{{"ecole": "{e.id}"}}') for i, e in enumerate(ecoles, 1)]
    if len(ecoles) == 1:
        boutons.append((formule("utter_bouton/sejour"), "/demander_sejour"))
    boutons.append((formule("utter_bouton/autres"), "/voir_plus_ecoles"))
    return Reponse("utter_resultats/liste", {"liste": lignes}, tuple(boutons), donnees(ecoles, lieu))


def donnees(ecoles: tuple[EcoleTrouvee, ...], lieu: Optional[Lieu] = None) -> dict[str, Any]:
    """Schools as data (``docs/donnees-structurees.schema.json``). A département or a region is no point: ``lieu`` is then null."""
    point = None
    if lieu and lieu.latitude is not None:
        point = {"nom": lieu.nom, "latitude": lieu.latitude, "longitude": lieu.longitude}
    return {"etabli": 1, "genre": "ecoles", "lieu": point, "ecoles": [carte(e) for e in ecoles]}


def voisines(ecoles: tuple[EcoleTrouvee, ...]) -> Reponse:
    lignes = "\n".join(ligne_de_liste("•", e) for e in ecoles)
    return Reponse("utter_resultats/voisines", {"liste": lignes})


def annoncees(ecoles: tuple[EcoleTrouvee, ...]) -> tuple[Reponse, ...]:
    """Schools that a source announced: never in the list, said as announced, with who said it and when."""
    return tuple(
        Reponse(
            "utter_resultats/annoncee",
            {"nom": e.nom, "commune": e.commune, "departement": e.departement, "date": date_en_clair(e.date_source)},
        )
        for e in ecoles[:_ANNONCEES]
    )


def selon_la_presse(ecoles: tuple[EcoleTrouvee, ...]) -> tuple[Reponse, ...]:
    """Schools to which only the press gives this trade."""
    if not ecoles:
        return ()
    lignes = "\n".join(f"• {nom_complet(e)} ({e.departement})" for e in ecoles[:_DE_LA_PRESSE])
    return (Reponse("utter_resultats/selon_la_presse", {"liste": lignes}),)


def sans_reponse(combien: int, criteres: Collection[str]) -> tuple[Reponse, ...]:
    """Unknown is not no: schools of which the data do not say are counted beside the list."""
    if not combien:
        return ()
    quoi = " / ".join(formule(f"utter_morceau/critere_{nom}") for nom in criteres)
    return (Reponse("utter_resultats/sans_reponse", {"combien": combien, "quoi": quoi}),)


def _combien(montrees: int, resultat: Resultat) -> str:
    """« une école », « 3 écoles », « 3 écoles sur 5 » : a counsellor must not write down 3 for 5."""
    if resultat.total > montrees:
        total = formule("utter_morceau/plus_de", nombre=resultat.total) if resultat.davantage else resultat.total
        return formule("utter_morceau/des_ecoles_sur" if montrees > 1 else "utter_morceau/une_ecole_sur", nombre=montrees, total=total)
    return formule("utter_morceau/une_ecole") if montrees == 1 else formule("utter_morceau/des_ecoles", nombre=montrees)


def _genre_d_annonce(lieu: Optional[Lieu], resultat: Resultat, encore: bool) -> str:
    if lieu is None:
        return "france"
    if encore and not resultat.ecoles:
        return "encore_plus_loin"
    if lieu.genre != "commune":
        return lieu.genre if resultat.ecoles else f"aucun_{lieu.genre}"
    if not resultat.ecoles:
        return "loin"
    return "pres" if encore or (resultat.rayon_km or 0) <= RAYONS_KM[1] else "elargi"
