"""The first page: talk on the left, understanding on the right, and what a talk becomes (a scenario, a report on one reply)."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bot.pages.banc.essai import TOURS_MAXIMUM, Essai, parler
from bot.pages.banc.garde import banc, rendre, vers
from bot.pages.banc.redaction import AFaire, Refus, rediger
from bot.scenarios import BotInjoignable, ScenarioInvalide
from bot.scenarios.annexes import PERSONAS, annexe, lire_personas
from bot.scenarios.ecriture import enregistrer
from bot.scenarios.modele import Persona

LONGUEUR_MAXIMALE = 4000  # of a message: more than the bot reads, so that its answer to long ones can be seen


async def montrer(requete: Request, nom: str) -> Response:
    return _page(requete, banc(requete).essai(nom))


async def dire(requete: Request, nom: str, champs: FormData) -> Response:
    """Send what was typed, or the choice that was pressed."""
    ici, clique = banc(requete), "choix" in champs
    essai = ici.essai(nom)
    texte = str(champs.get("choix" if clique else "message", ""))[:LONGUEUR_MAXIMALE]
    if len(essai.tours) >= TOURS_MAXIMUM:
        return _page(requete, essai, 400, erreur=f"Cette conversation a {TOURS_MAXIMUM} messages : commence-en une autre.")
    try:
        await parler(essai, ici.bot, texte, clique)
    except BotInjoignable as erreur:
        return _page(requete, essai, 502, erreur=str(erreur), brouillon=texte)
    return vers(f"/{_vue(requete)}#tour-{len(essai.tours)}")


async def recommencer(requete: Request, nom: str, champs: FormData) -> Response:
    """A new talk, as nobody or as one of the personas."""
    banc(requete).recommencer(nom, _personas(requete).get(str(champs.get("persona", ""))))
    return vers(f"/{_vue(requete)}#message")


async def signaler(requete: Request, nom: str, champs: FormData) -> Response:
    ici = banc(requete)
    essai, commentaire = ici.essai(nom), str(champs.get("commentaire", "")).strip()[:LONGUEUR_MAXIMALE]
    rang = _rang(champs, essai)
    if rang is None or not commentaire:
        return _page(requete, essai, 400, erreur="Écris ce qui ne va pas dans cette réponse, puis renvoie.")
    ici.signalements.ajouter(essai.tours[rang], commentaire)
    return vers("/signalements?garde=1")


async def signalements(requete: Request, _nom: str) -> Response:
    return rendre(requete, "signalements.html", signalements=banc(requete).signalements.tous(), **{nom: nom in requete.query_params for nom in ("garde", "regle")})


async def regler(requete: Request, _nom: str, champs: FormData) -> Response:
    """A comment that was dealt with leaves the file."""
    banc(requete).signalements.retirer(str(champs.get("signalement", "")))
    return vers("/signalements?regle=1")


async def preparer(requete: Request, nom: str) -> Response:
    """The talk with its expectations, to tick."""
    essai = banc(requete).essai(nom)
    return _preparation(requete, essai) if essai.tours else vers("/")


async def garder(requete: Request, nom: str, champs: FormData) -> Response:
    """Write the scenario, or say what is missing with everything still ticked."""
    ici = banc(requete)
    essai = ici.essai(nom)
    try:
        scenario = rediger(essai, AFaire.lire(champs, len(essai.tours)), ici.scenarios)
    except (Refus, ScenarioInvalide) as erreur:
        return _preparation(requete, essai, 400, erreur=str(erreur), champs=champs)
    enregistrer(scenario)
    return vers(f"/scenarios/un?fichier={scenario.chemin.relative_to(ici.scenarios).as_posix()}&garde=1")


def _page(requete: Request, essai: Essai, code: int = 200, **contexte: object) -> Response:
    return rendre(requete, "parler.html", code, essai=essai, personas=_personas(requete), texte_seul=_vue(requete) != "", **contexte)


def _preparation(requete: Request, essai: Essai, code: int = 200, champs: FormData | None = None, **contexte: object) -> Response:
    dossiers = sorted({fichier.split("/")[0] for fichier in banc(requete).tous_les_scenarios() if "/" in fichier})
    coches = {(cle, valeur) for cle, valeur in champs.multi_items()} if champs else set()
    return rendre(requete, "garder.html", code, essai=essai, dossiers=dossiers, coches=coches, valeurs=champs or {}, **contexte)


def _personas(requete: Request) -> dict[str, Persona]:
    return dict(lire_personas(annexe(PERSONAS, banc(requete).scenarios / "x" / "x.yml")))


def _vue(requete: Request) -> str:
    """The preview that was chosen, kept from page to page: as the widget, or as plain text."""
    return "?vue=texte" if requete.query_params.get("vue") == "texte" else ""


def _rang(champs: FormData, essai: Essai) -> int | None:
    brut = str(champs.get("tour", ""))
    return int(brut) - 1 if brut.isdigit() and 1 <= int(brut) <= len(essai.tours) else None
