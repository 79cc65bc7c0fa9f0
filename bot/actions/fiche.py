"""A school in words and as a card: only what the data say, with how far away and how fresh."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.actions.ressources import formule
from bot.actions.tour import Reponse
from bot.ecoles.cout import FOURCHETTE, GRATUIT, MONTANT
from bot.ecoles.hebergement import INTERNAT, ORGANISE, SANS
from bot.ecoles.resultat import EcoleTrouvee
from bot.francais.dates import date_en_clair


def ligne_de_liste(puce: str, ecole: EcoleTrouvee) -> str:
    """« 1. École de production La Giraudière, Brussieu (69), à 24 km » and, on the next line, diploma, fee and boarding."""
    details = " · ".join(x for x in (_diplomes(ecole.diplomes[:1]), prix_dit(ecole), _logement(ecole), _doute(ecole)) if x)
    return formule(
        "utter_morceau/ligne",
        rang=puce,
        nom=ecole.nom,
        commune=ecole.commune,
        departement=ecole.departement,
        distance=_distance(ecole),
        details=details or formule("utter_morceau/sans_details"),
    )


def details(ecole: EcoleTrouvee) -> str:
    """What is known of one school, a line each."""
    lignes = (_diplomes(ecole.diplomes), prix_dit(ecole), _logement(ecole), adresse(ecole), ecole.site, _doute(ecole))
    return "\n".join(x[0].upper() + x[1:] if not x.startswith("http") else x for x in lignes if x) or formule("utter_morceau/sans_details")


def presenter(ecole: EcoleTrouvee) -> tuple[Reponse, ...]:
    """The school's card, with what one does with a school once it is shown."""
    variables = {"nom": ecole.nom, "commune": ecole.commune, "departement": ecole.departement, "details": details(ecole)}
    suites = (("sejour", "/demander_sejour"), ("prix", "/faq/cout"), ("contact", "/contacter_ecole"))
    boutons = tuple((formule(f"utter_bouton/{nom}"), charge) for nom, charge in suites)
    return (Reponse("utter_ecole/fiche", variables, boutons, {"etabli": 1, "genre": "ecoles", "lieu": None, "ecoles": [carte(ecole)]}),)


def carte(ecole: EcoleTrouvee) -> dict[str, Any]:
    """The same school as data, for a page that draws cards and a map. Numbers keep their units in their names."""
    return {
        "id": ecole.id,
        "nom": ecole.nom,
        "commune": ecole.commune,
        "departement": ecole.departement,
        "distance_km": None if ecole.distance_km is None else round(ecole.distance_km),
        "distance_exacte": ecole.position_exacte,
        "metiers": list(ecole.metiers),
        "diplomes": list(ecole.diplomes),
        "prix": prix_dit(ecole),
        "hebergement": _logement(ecole),
        "doute": _doute(ecole),
        "adresse": adresse(ecole),
        "site": ecole.site,
        "latitude": ecole.latitude,
        "longitude": ecole.longitude,
        "source": ecole.source,
        "date": ecole.date_source,
    }


def nom_complet(ecole: EcoleTrouvee) -> str:
    """« École de production La Passerelle, Arbent » : a name alone does not say where."""
    return ecole.nom if ecole.commune in ecole.nom else f"{ecole.nom}, {ecole.commune}"


def adresse(ecole: EcoleTrouvee) -> str:
    """The address on one line, empty when only the commune is known; the postal code is not always given."""
    if not ecole.adresse:
        return ""
    return f"{ecole.adresse}, {f'{ecole.code_postal} {ecole.commune}'.strip()}"


def _distance(ecole: EcoleTrouvee) -> str:
    if ecole.distance_km is None:
        return ""
    if ecole.distance_km < 1:
        return formule("utter_morceau/sur_place")
    return formule("utter_morceau/distance" if ecole.position_exacte else "utter_morceau/distance_environ", km=round(ecole.distance_km))


def _diplomes(diplomes: tuple[str, ...]) -> str:
    return " ; ".join(d[0].upper() + d[1:] for d in diplomes)


def prix_dit(ecole: EcoleTrouvee) -> str:
    suffixe = {GRATUIT: "gratuit", MONTANT: "montant", FOURCHETTE: "fourchette"}.get(ecole.cout.genre)
    if not suffixe:
        return formule("utter_morceau/prix_inconnu")
    annee = formule("utter_morceau/annee", annee=ecole.cout.annee) if ecole.cout.annee else ""
    return formule(f"utter_morceau/{suffixe}", annee=annee, minimum=ecole.cout.minimum, maximum=ecole.cout.maximum)


def _logement(ecole: EcoleTrouvee) -> str:
    suffixe = {INTERNAT: "internat", ORGANISE: "logement_dehors", SANS: "sans_internat"}.get(ecole.logement.genre)
    return formule(f"utter_morceau/{suffixe}") if suffixe else ""


def logement_dit(ecole: EcoleTrouvee) -> str:
    return _logement(ecole) or formule("utter_morceau/logement_inconnu")


def valeurs_des_listees(ecoles: tuple[EcoleTrouvee, ...], valeur: Callable[[EcoleTrouvee], str]) -> str:
    """One line a school: « 2. École de production La Passerelle, Arbent : gratuite en 2026 »."""
    return "\n".join(formule("utter_morceau/prix_de", rang=i, ecole=nom_complet(e), valeur=valeur(e)) for i, e in enumerate(ecoles, 1))


def _doute(ecole: EcoleTrouvee) -> str:
    """A row that does not come from official data is said to be checked with the school."""
    if ecole.date_source >= "2026":
        return "" if ecole.confiance == "haute" else formule("utter_morceau/a_confirmer")
    return formule("utter_morceau/a_verifier", source=ecole.source, date=date_en_clair(ecole.date_source))
