"""« menuiserie ou cuisine », « à Lyon ou à Grenoble » : one is looked for, the others stay at hand."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from bot.actions.boutons import court
from bot.actions.recherche_annonce import nom_de_lieu
from bot.actions.ressources import formule, lieu_de_code
from bot.actions.tour import Reponse, Suite, Tour
from bot.ecoles.lectures import metier_connu

_LIEN = re.compile(r"\s*(?:,|/|\bou\b|\bet\b|\bsinon\b)\s*(?:(?:bien|alors|aussi|en|à|a|au|de|du|la|le|les|l'|d'|vers|sur|dans|faire|une?)\b\s*)*", re.IGNORECASE)
_AUTRES = 2


def avec_les_autres(session: Session, tour: Tour, suite: Suite) -> Suite:
    """The same results, told apart from what was named beside it, with a button for each."""
    metiers = [m for m in (metier_connu(session, cle) for cle in _aussi(tour, "metier")) if m and m.enseigne]
    lieux = [lieu for lieu in map(lieu_de_code, _aussi(tour, "lieu")) if lieu]
    cherche = lieu_de_code(suite.souvenirs["lieu"]) if suite.souvenirs.get("lieu") else None
    lieux = [lieu for lieu in lieux if not cherche or not (lieu.contient(cherche) or cherche.contient(lieu))]
    autres = [(m.titre, f'/chercher_ecole{{"metier": "{m.cle}"}}') for m in metiers]
    autres += [(nom_de_lieu(lieu), f'/chercher_ecole{{"lieu": "{lieu.genre}:{lieu.code}"}}') for lieu in lieux]
    if not autres or not suite.reponses or suite.souvenirs.get("attente") == "lieu":
        return suite
    choisi = metier_connu(session, suite.souvenirs.get("metier")) if metiers else None
    d_abord = ", ".join([*([choisi.titre] if choisi else []), *([nom_de_lieu(cherche)] if lieux and cherche else [])])
    boutons = tuple((court(formule("utter_bouton/et_aussi", quoi=titre)), charge) for titre, charge in autres[:_AUTRES])
    derniere = suite.reponses[-1]
    variables = {"choisi": d_abord, "autres": ", ".join(titre for titre, _ in autres[:_AUTRES])}
    annonce = Reponse("utter_resultats/aussi" if d_abord else "utter_resultats/aussi_seuls", variables)
    dites = (annonce, *suite.reponses[:-1], replace(derniere, boutons=derniere.boutons + boutons))
    return replace(suite, reponses=dites)


def _aussi(tour: Tour, genre: str) -> list[str]:
    """What stands before the last of its kind, joined to the next by « ou » or « et » : « pas Lyon, Grenoble » is a change of mind."""
    dites = [m for m in tour.mentions if m.genre == genre]
    liees = [m.valeur for m, suivante in zip(dites, dites[1:]) if _LIEN.fullmatch(tour.texte[m.fin : suivante.debut])]
    return [valeur for valeur in dict.fromkeys(liees) if valeur != dites[-1].valeur]
