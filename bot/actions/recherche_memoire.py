"""What a search remembers from one message to the next."""

from __future__ import annotations

from typing import Any

from bot.actions.ressources import lieu_de_code
from bot.actions.tour import Tour
from bot.francais.criteres import ABANDON, CAP, TRAJET
from bot.francais.nombres import age_d_un_autre, age_d_un_jour

_CASES = ("metier", "lieu", "lieu_nom", "rayon", "ecoles_vues", "ecoles_listees", "criteres", "criteres_laches")


def mise_a_jour(tour: Tour, intention: str) -> dict[str, Any]:
    """Slots after this message. A new trade, place or criterion starts the list afresh; the rest of what was said is kept."""
    cases = {nom: tour.cases.get(nom) for nom in _CASES}
    cases.update(attente=None, echecs=0, lieux_proposes=None)
    metiers, lieux = tour.entites.get("metier", ()), _lieux(tour)
    if tour.entite("age") and not age_d_un_autre(tour.texte):
        cases["age"] = None if age_d_un_jour(tour.texte) else int(tour.entite("age") or 0)
    if metiers:
        cases["metier"] = metiers[-1]
    if intention == "oublier_metier":
        cases["metier"] = None
    if lieux and lieux[-1] != "france":
        lieu = lieu_de_code(lieux[-1])
        cases.update(lieu=lieux[-1], lieu_nom=lieu.nom if lieu else None)
    if "france" in lieux:
        cases.update(lieu=None, lieu_nom=None)
    criteres = _criteres(tour)
    if metiers or lieux or intention == "oublier_metier" or criteres != list(cases["criteres"] or []):
        cases.update(rayon=None, ecoles_vues=None, ecoles_listees=None, ecole=None, criteres_laches=None)
    cases["criteres"] = criteres or None
    return cases


def _lieux(tour: Tour) -> tuple[str, ...]:
    """Places said; « 93 » after « which Saint-Denis? » is the one of that département."""
    dits = tour.entites.get("lieu", ())
    genre, _, code = dits[-1].partition(":") if dits else ("", "", "")
    proposes = tour.cases.get("lieux_proposes") or () if genre == "departement" else ()
    choisis = [propose for propose in proposes if (lieu := lieu_de_code(propose)) and lieu.genre == "commune" and lieu.departement == code]
    return (choisis[0],) if choisis else dits


def _criteres(tour: Tour) -> list[str]:
    """The criteria kept, those said now added, those given up taken away. « CAP cuisine » names a trade, nearly all have a CAP.

    Criteria that nothing met a moment ago give way to a new one: « et avec internat ? », none, « une gratuite alors ? ».
    """
    vains = tour.cases.get("criteres_laches") and tour.entites.get("critere")
    gardes = dict.fromkeys(() if vains else tour.cases.get("criteres") or ())
    for dit in tour.entites.get("critere", ()):
        if dit.startswith(ABANDON):
            gardes.pop(dit[len(ABANDON) :], None)
        elif dit != TRAJET and not (dit == CAP and tour.entite("metier")):
            gardes[dit] = None
    return list(gardes)
