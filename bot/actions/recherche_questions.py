"""What must be asked or said before any search: a wide word, an unknown trade, a name that several places bear, a country, a trade that nobody teaches."""

from __future__ import annotations

import re
from typing import Any, Optional

from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from bot.actions.boutons import court
from bot.actions.recherche_annonce import selon_la_presse
from bot.actions.ressources import existe, lieu_de_code
from bot.actions.tour import Reponse, Suite, Tour
from bot.ecoles.lectures import metier_connu
from bot.ecoles.manques import compter_manque
from bot.ecoles.presse import ecoles_selon_la_presse
from bot.ecoles.resultat import EcoleTrouvee

_ARTICLE = re.compile(r"^(?:l'|la |le |les )", re.IGNORECASE)
_VOISINS = 3
ESSAI = "essai-"  # the conversations of counsellors who try the bot are not counted


def question_prealable(session: Session, tour: Tour, souvenirs: dict[str, Any]) -> tuple[Reponse, ...]:
    """What to say instead of searching; empty when the search can go on. Writes in ``souvenirs`` what is then awaited."""
    if tour.entite("metier_ambigu") and not tour.entite("metier"):
        souvenirs["attente"] = "metier"
        return (_metier_ambigu(session, tour.entite("metier_ambigu") or ""),)
    if tour.entite("metier_inconnu") and not tour.entite("metier"):
        souvenirs.update(metier=None, attente="metier")
        return (Reponse("utter_metier_inconnu"),)
    if tour.entite("lieu_ambigu") and not tour.entite("lieu"):
        souvenirs["attente"] = "lieu"
        souvenirs["lieux_proposes"] = (tour.entite("lieu_ambigu") or "").split("|")
        return (_lieu_ambigu(tour.entite("lieu_ambigu") or ""),)
    if tour.entite("pays"):
        souvenirs["attente"] = "lieu"
        return (Reponse("utter_lieu_etranger", {"pays": tour.entite("pays")}),)
    voulu = metier_connu(session, souvenirs.get("metier")) if tour.entite("metier") else None
    if voulu and not voulu.enseigne:
        noter_un_manque(session, tour, souvenirs)
        souvenirs.update(metier=None, attente="metier")
        return (*selon_la_presse(_de_la_presse(session, voulu.cle, souvenirs.get("lieu"))), _metier_absent(session, voulu))
    return ()


def _de_la_presse(session: Session, cle: str, code: Optional[str]) -> tuple[EcoleTrouvee, ...]:
    """Those near the person, else all of them."""
    lieu = lieu_de_code(code) if code else None
    proches = ecoles_selon_la_presse(session, cle, (lieu.latitude, lieu.longitude)) if lieu and lieu.latitude is not None else ()
    return proches or ecoles_selon_la_presse(session, cle)


def demander(souvenirs: dict[str, Any], tour: Tour) -> Suite:
    """Ask for the trade first when nothing is known, else for the place: a commune or a postal code, never an address."""
    if souvenirs.get("metier") or tour.entite("pres_de_moi") or tour.intention == "oublier_metier" or tour.cases.get("attente") == "lieu":
        encore = tour.cases.get("attente") == "lieu"
        nom = "utter_demander_lieu_encore" if encore else "utter_demander_lieu"
        return Suite((Reponse(nom),), {**souvenirs, "attente": "lieu"})
    return Suite((Reponse("utter_demander_metier"),), {**souvenirs, "attente": "metier"})


def noter_un_manque(session: Session, tour: Tour, souvenirs: dict[str, Any]) -> None:
    """Count what was looked for in vain: the trade and the département, nothing of who asked."""
    if tour.expediteur.startswith(ESSAI) or not metier_connu(session, souvenirs.get("metier")):
        return
    lieu = lieu_de_code(souvenirs["lieu"]) if souvenirs.get("lieu") else None
    compter_manque(session, souvenirs["metier"], lieu.departement if lieu else "")


def _metier_ambigu(session: Session, cle: str) -> Reponse:
    """« Mécanique » : cars or parts? A wide word is asked about once, with its trades as buttons."""
    if existe(f"utter_metier_ambigu_{cle}"):
        return Reponse(f"utter_metier_ambigu_{cle}")
    large = metier_connu(session, cle)
    metiers = [m for m in (metier_connu(session, c) for c in large.candidats) if m and m.enseigne]
    options = "\n".join(f"{i}. {m.titre}" for i, m in enumerate(metiers, 1))
    return Reponse("utter_metier_ambigu", {"metier": large.titre, "options": options}, _boutons_de_metiers(metiers))


def _lieu_ambigu(codes: str) -> Reponse:
    lieux = [lieu for lieu in map(lieu_de_code, codes.split("|")) if lieu]
    options = "\n".join(f"{i}. {lieu.nom}, {lieu.contexte}" for i, lieu in enumerate(lieux, 1))
    boutons = tuple((court(f"{lieu.nom}, {lieu.contexte}"), f'/chercher_ecole{{"lieu": "{lieu.genre}:{lieu.code}"}}') for lieu in lieux)
    return Reponse("utter_lieu_ambigu", {"nom": lieux[0].nom, "options": options}, boutons)


def _metier_absent(session: Session, absent: Row) -> Reponse:
    voisins = [m for m in (metier_connu(session, v) for v in absent.voisins) if m and m.enseigne][:_VOISINS]
    if not voisins:
        return Reponse("utter_metier_absent_sans_voisin", {"metier": absent.titre})
    return Reponse("utter_metier_absent", {"metier": absent.titre, "voisins": ", ".join(v.titre for v in voisins)}, _boutons_de_metiers(voisins))


def _boutons_de_metiers(metiers: list[Row]) -> tuple[tuple[str, str], ...]:
    """« Usinage », not « l'usinage » : a button has no article."""
    return tuple((court(_ARTICLE.sub("", m.titre).capitalize()), f'/chercher_ecole{{"metier": "{m.cle}"}}') for m in metiers)
