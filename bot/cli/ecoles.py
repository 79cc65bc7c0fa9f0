"""``etabli ecoles ...``: load the files of the schools, check them, look at the schools; the rest is in ``ecoles_*``."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import ecoles_corrections, ecoles_fichiers
from bot.cli.aide import CommandeFrancaise, GroupeFrancais
from bot.cli.ecoles_bilan import MONTREES
from bot.cli.messages import Arret, dire
from bot.cli.preparation import DONNEES, raconter
from bot.cli.preparation import charger as charger_base
from bot.cli.tableaux import en_json, montrer
from bot.reglages import lire_reglages

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.ecoles.lieux import Point
    from bot.ecoles.resultat import EcoleTrouvee

groupe = typer.Typer(
    cls=GroupeFrancais, help="Les écoles : charger, importer, corriger, vérifier, chercher.", rich_markup_mode=None, no_args_is_help=True
)


@groupe.command("charger", cls=CommandeFrancaise)
def charger() -> None:
    """Relit les fichiers de data/ecoles qui ont changé."""
    rapport = charger_base()
    raconter(rapport)
    dire("La base suit maintenant les fichiers." if rapport.a_change else "Rien à changer.")


@groupe.command("verifier", cls=CommandeFrancaise)
def verifier(
    mois: Annotated[int, typer.Option("--mois", metavar="NOMBRE", min=1, help="Âge à partir duquel une information est ancienne.")] = 18,
    json_: Annotated[bool, typer.Option("--json", help="Le résultat en JSON.")] = False,
) -> None:
    """Dit ce qui mérite d'être revu.

    Les lignes de data/ecoles qui sont refusées, et dans la base : informations anciennes, contacts absents, doublons.
    """
    import tempfile
    from dataclasses import asdict

    from bot.ecoles.chargement import charger_base as charger_les_fichiers
    from bot.ecoles.importation.anomalies import TITRES, anomalies

    with tempfile.TemporaryDirectory() as dossier:
        rapport = charger_les_fichiers(f"sqlite:///{dossier}/essai.db", DONNEES)
    with session_prete() as session:
        trouvees = list(anomalies(session, _il_y_a(mois)))
    if json_:
        en_json({"refusees": [asdict(rejet) for rejet in rapport.rejets], "a_revoir": [asdict(une) for une in trouvees]})
    else:
        for rejet in rapport.rejets:
            dire(str(rejet))
        for genre, titre in TITRES.items():
            unes = [une for une in trouvees if une.genre == genre]
            lignes = [(une.ecole_id, une.nom, une.commune, une.detail) for une in unes[:MONTREES]]
            montrer(f"{titre} : {len(unes)}", ("id", "nom", "commune", ""), lignes)
    if rapport.rejets:
        raise Arret(f"{len(rapport.rejets)} lignes refusées : corrige-les dans data/ecoles, puis relance « etabli ecoles verifier ».")
    if not json_:
        dire(f"Fichiers : {sum(compte.ajoutees for compte in rapport.fichiers)} lignes lues, aucune refusée.")
        dire(f"Base : {len(trouvees)} remarques à revoir." if trouvees else "Base : rien à revoir.")


@groupe.command("lister", cls=CommandeFrancaise)
def lister(
    metier: Annotated[str | None, typer.Option("--metier", metavar="MÉTIER", help="Un métier : « usinage », « menuiserie ».")] = None,
    pres_de: Annotated[str | None, typer.Option("--pres-de", metavar="COMMUNE", help="Une commune : les plus proches d'abord.")] = None,
    maximum: Annotated[int, typer.Option("--maximum", metavar="NOMBRE", min=1, help="Combien d'écoles au plus.")] = 200,
    json_: Annotated[bool, typer.Option("--json", help="La liste en JSON.")] = False,
) -> None:
    """Liste les écoles, par métier ou près d'une commune."""
    from dataclasses import asdict

    from bot.ecoles.recherche import chercher

    charger_base()
    with session_prete() as session:
        resultat = chercher(session, _cle_metier(session, metier), _position(session, pres_de), maximum=maximum)
    if json_:
        en_json(asdict(resultat))
        return
    montrer("", ("id", "km", "nom", "commune", "métiers"), map(_ligne, resultat.ecoles or resultat.ailleurs))
    if resultat.ecoles:
        rayon = f" à moins de {resultat.rayon_km} km à vol d'oiseau" if resultat.rayon_km else ""
        dire(f"{len(resultat.ecoles)} écoles sur {'plus de ' if resultat.davantage else ''}{resultat.total}{rayon}.")
    elif resultat.ailleurs:
        dire("Aucune à moins de 200 km : voilà la plus proche.")
    else:
        dire("Aucune école ne correspond.")


for nom, commande, souple in (
    ("importer", ecoles_fichiers.importer, False),
    ("exporter", ecoles_fichiers.exporter, False),
    ("corriger", ecoles_corrections.corriger, True),  # « -21.3 55.5 » is a position, not an option
    ("historique", ecoles_corrections.historique, False),
):
    groupe.command(nom, cls=CommandeFrancaise, context_settings={"ignore_unknown_options": souple})(commande)


@contextmanager
def session_prete() -> Iterator[Session]:
    """A session on a base that has today's tables; a failure of the base becomes one sentence."""
    from bot.base import fabrique_de_sessions, ouvrir
    from bot.migrations import migrer

    base = lire_reglages().base
    with ecoles_fichiers.phrases():
        migrer(base)
        moteur = ouvrir(base)
        try:
            with fabrique_de_sessions(moteur)() as session:
                yield session
        finally:
            moteur.dispose()


def _il_y_a(mois: int) -> str:
    aujourd_hui = date.today()
    annees, mois_restant = divmod(aujourd_hui.year * 12 + aujourd_hui.month - 1 - mois, 12)
    return f"{annees}-{mois_restant + 1:02d}-{aujourd_hui.day:02d}"


def _ligne(ecole: EcoleTrouvee) -> tuple[str, ...]:
    distance = f"{ecole.distance_km:.0f}" if ecole.distance_km is not None else ""
    return ecole.id, distance, ecole.nom, f"{ecole.commune} ({ecole.departement})", ", ".join(ecole.metiers) or "métiers inconnus"


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
