"""What in the base deserves a look: old rows, no way to reach the school, no position, twins, no trade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from bot.ecoles.modeles import OUVERTE, PROJET, Ecole, Enseignement
from bot.ecoles.noms import normaliser

PERIMEE, SANS_CONTACT, SANS_COORDONNEES, DOUBLON, SANS_METIER = "perimee", "sans_contact", "sans_coordonnees", "doublon", "sans_metier"
TITRES = {
    PERIMEE: "Information ancienne",
    SANS_CONTACT: "Ni site, ni téléphone, ni courriel",
    SANS_COORDONNEES: "Placée au centre de sa commune",
    DOUBLON: "Peut-être en double",
    SANS_METIER: "Aucun métier connu",
}
_MONTREES = Ecole.statut.in_((OUVERTE, PROJET))
_NOMMEES = (Ecole.id, Ecole.nom, Ecole.commune)


@dataclass(frozen=True)
class Anomalie:
    """Something to look at in one school that the bot shows."""

    genre: str
    ecole_id: str
    nom: str
    commune: str
    detail: str = ""


def anomalies(session: Session, perime_avant: str) -> Iterator[Anomalie]:
    """Go through the schools that the bot shows. ``perime_avant`` is an ISO date; a bare year counts as its beginning."""
    anciennes = select(*_NOMMEES, Ecole.date_source).where(_MONTREES, Ecole.date_source < perime_avant)
    for *nommee, date in session.execute(anciennes.order_by(Ecole.date_source, Ecole.id)):
        yield Anomalie(PERIMEE, *nommee, f"date de la source : {date}")
    muette = and_(Ecole.site == "", Ecole.telephone == "", Ecole.courriel == "")
    sans_metier = ~select(Enseignement.ecole_id).where(Enseignement.ecole_id == Ecole.id).exists()
    for genre, condition in ((SANS_CONTACT, muette), (SANS_COORDONNEES, Ecole.position_exacte.is_(False)), (SANS_METIER, sans_metier)):
        for nommee in session.execute(select(*_NOMMEES).where(_MONTREES, condition).order_by(Ecole.id)):
            yield Anomalie(genre, *nommee)
    yield from _doublons(session)


def _doublons(session: Session) -> Iterator[Anomalie]:
    """Same code UAI, or same name in the same commune; names are only compared where a commune has several schools."""
    uais = select(Ecole.uai).where(_MONTREES, Ecole.uai != "").group_by(Ecole.uai).having(func.count() > 1)
    codes = select(Ecole.code_insee).where(_MONTREES).group_by(Ecole.code_insee).having(func.count() > 1)
    groupes: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for *nommee, uai in session.execute(select(*_NOMMEES, Ecole.uai).where(_MONTREES, Ecole.uai.in_(uais)).order_by(Ecole.id)):
        groupes[("code UAI", uai)].append(tuple(nommee))
    requete = select(*_NOMMEES, Ecole.code_insee).where(_MONTREES, Ecole.code_insee.in_(codes)).order_by(Ecole.id)
    for ecole_id, nom, commune, code in session.execute(requete):
        groupes[(code, normaliser(nom))].append((ecole_id, nom, commune))
    for (quoi, _), nommees in groupes.items():
        for nommee in nommees[1:]:
            raison = "même code UAI" if quoi == "code UAI" else "même nom, même commune"
            yield Anomalie(DOUBLON, *nommee, f"{raison} que {nommees[0][0]}")
