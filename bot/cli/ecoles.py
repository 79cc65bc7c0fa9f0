"""``etabli ecoles ...``: load the files of the schools, check them, look at the schools."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.aide import CommandeFrancaise, GroupeFrancais
from bot.cli.messages import Arret, dire
from bot.cli.preparation import DONNEES, raconter
from bot.cli.preparation import charger as charger_base
from bot.reglages import lire_reglages

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.ecoles.lieux import Point
    from bot.ecoles.resultat import EcoleTrouvee

groupe = typer.Typer(cls=GroupeFrancais, help="Les écoles : charger, vérifier, chercher.", rich_markup_mode=None, no_args_is_help=True)


@groupe.command("charger", cls=CommandeFrancaise)
def charger() -> None:
    """Charge dans la base les fichiers de data/ecoles qui ont changé."""
    rapport = charger_base()
    raconter(rapport)
    dire("La base suit maintenant les fichiers." if rapport.a_change else "Rien à changer.")


@groupe.command("verifier", cls=CommandeFrancaise)
def verifier() -> None:
    """Dit quelles lignes de data/ecoles sont refusées, sans toucher à ta base."""
    import tempfile

    from bot.ecoles.chargement import charger_base

    with tempfile.TemporaryDirectory() as dossier:
        rapport = charger_base(f"sqlite:///{dossier}/essai.db", DONNEES)
    for rejet in rapport.rejets:
        dire(str(rejet))
    if rapport.rejets:
        raise Arret(f"{len(rapport.rejets)} lignes refusées : corrige-les dans data/ecoles, puis relance « etabli ecoles verifier ».")
    dire(f"Tout est bon : {sum(compte.ajoutees for compte in rapport.fichiers)} lignes lues, aucune refusée.")


@groupe.command("lister", cls=CommandeFrancaise)
def lister(
    metier: Annotated[str | None, typer.Option("--metier", metavar="MÉTIER", help="Un métier : « usinage », « menuiserie ».")] = None,
    pres_de: Annotated[str | None, typer.Option("--pres-de", metavar="COMMUNE", help="Une commune : les plus proches d'abord.")] = None,
    maximum: Annotated[int, typer.Option("--maximum", metavar="NOMBRE", min=1, help="Combien d'écoles au plus.")] = 200,
) -> None:
    """Liste les écoles, par métier et autour d'une commune si tu veux."""
    from bot.base import fabrique_de_sessions, ouvrir
    from bot.ecoles.recherche import chercher

    charger_base()
    with fabrique_de_sessions(ouvrir(lire_reglages().base))() as session:
        resultat = chercher(session, _cle_metier(session, metier), _position(session, pres_de), maximum=maximum)
    for ecole in resultat.ecoles or resultat.ailleurs:
        dire(_ligne(ecole))
    if resultat.ecoles:
        rayon = f" à moins de {resultat.rayon_km} km à vol d'oiseau" if resultat.rayon_km else ""
        dire(f"{len(resultat.ecoles)} écoles sur {resultat.total}{rayon}.")
    elif resultat.ailleurs:
        dire("Aucune à moins de 200 km : voilà la plus proche.")
    else:
        dire("Aucune école ne correspond.")


def _ligne(ecole: EcoleTrouvee) -> str:
    distance = f"{ecole.distance_km:.0f} km, " if ecole.distance_km is not None else ""
    return f"{distance}{ecole.nom}, {ecole.commune} ({ecole.departement}) : {', '.join(ecole.metiers) or 'métiers inconnus'}"


def _cle_metier(session: Session, texte: str | None) -> str | None:
    """The key of a trade typed as its key or its title."""
    from sqlalchemy import select

    from bot.ecoles.modeles import Metier

    if texte is None:
        return None
    metiers = session.scalars(select(Metier).order_by(Metier.cle)).all()
    cherche = _simple(texte)
    for metier in metiers:
        if cherche in (_simple(metier.cle), _simple(metier.titre)):
            return metier.cle
    raise Arret(f"Je ne connais pas le métier « {texte} » : choisis parmi {', '.join(metier.cle for metier in metiers)}.")


def _position(session: Session, nom: str | None) -> Point | None:
    """The position of a commune; of two that share a name, the bigger one."""
    from sqlalchemy import select

    from bot.ecoles.modeles import Commune

    if nom is None:
        return None
    requete = select(Commune.nom, Commune.latitude, Commune.longitude).where(Commune.latitude.is_not(None))
    for trouve, latitude, longitude in session.execute(requete.order_by(Commune.population.desc())):
        if _simple(trouve) == _simple(nom):
            return latitude, longitude
    raise Arret(f"Je ne connais pas la commune « {nom} » : écris son nom en entier, comme « Saint-Étienne ».")


def _simple(texte: str) -> str:
    sans_accents = "".join(lettre for lettre in unicodedata.normalize("NFD", texte.lower()) if not unicodedata.combining(lettre))
    return " ".join(sans_accents.replace("-", " ").replace("_", " ").replace("'", " ").split())
