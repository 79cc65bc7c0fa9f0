"""``etabli verifier``: what is ready, what is not, and what to do about it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import typer

from bot.cli import modele
from bot.cli.messages import Arret, dire
from bot.cli.ports import verifier_ports
from bot.cli.superviseur import repond
from bot.reglages import RACINE, Reglages, lire_reglages

Controle = Callable[[Reglages], str]


def verifier() -> None:
    """Dit ce qui est prêt et ce qui manque."""
    reglages = lire_reglages()
    dire(f"Réglages : mode {reglages.mode}, page sur le port {reglages.port}, actions sur le port {reglages.port_actions}.")
    echecs = 0
    for nom, controle in CONTROLES:
        try:
            dire(f"  oui  {nom} : {controle(reglages)}")
        except Arret as arret:
            echecs += 1
            dire(f"  NON  {nom} : {arret}")
    if echecs:
        raise typer.Exit(1)


def _python(_reglages: Reglages) -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] != (3, 10):
        raise Arret(f"c'est {version}, il faut 3.10 : lance make run, qui s'en occupe.")
    return version


def _bibliotheques(_reglages: Reglages) -> str:
    if subprocess.run([sys.executable, str(RACINE / "deploy" / "installer.py"), "--verifier"], check=False).returncode:
        raise Arret("elles ne sont plus celles de requirements.lock : lance make run.")
    return "celles de requirements.lock"


def _base(reglages: Reglages) -> str:
    from sqlalchemy import func, select
    from sqlalchemy.exc import SQLAlchemyError

    from bot.base import ouvrir
    from bot.ecoles.modeles import OUVERTE, Ecole
    from bot.migrations import a_jour

    moteur = ouvrir(reglages.base)
    try:
        with moteur.connect() as connexion:
            nombre = connexion.scalar(select(func.count()).select_from(Ecole).where(Ecole.statut == OUVERTE)) if a_jour(connexion) else 0
    except SQLAlchemyError as erreur:
        raise Arret(f"elle ne répond pas ({type(erreur).__name__}) : vérifie ETABLI_BASE.") from erreur
    finally:
        moteur.dispose()
    if not nombre:
        raise Arret("elle est vide ou ancienne : lance etabli preparer.")
    return f"{nombre} écoles ouvertes"


def _modele(_reglages: Reglages) -> str:
    if not modele.MODELE.is_file():
        raise Arret("il n'y en a pas : lance etabli entrainer.")
    if not modele.a_jour():
        raise Arret("ce qu'il apprend a changé : lance etabli entrainer.")
    return "à jour"


def _courrier(reglages: Reglages) -> str:
    """In production a request must reach somebody, and people must be told who answers for their data."""
    courrier = reglages.courrier
    necessaires = {
        "ETABLI_SMTP_HOTE": courrier.hote,
        "ETABLI_EXPEDITEUR": courrier.expediteur,
        "ETABLI_RELAIS": courrier.relais,
        "ETABLI_RESPONSABLE": reglages.responsable,
    }
    manquent = [cle for cle, valeur in necessaires.items() if not valeur]
    if not manquent:
        return f"par {courrier.hote}, vers {courrier.relais} pour les écoles"
    if not reglages.en_developpement:
        raise Arret(f"donne {', '.join(manquent)} : aucune école n'a d'adresse mail dans nos données, les demandes resteraient ici.")
    return f"les demandes attendent ici, il manque {', '.join(manquent)} (etabli sejours lister)"


def _ports(reglages: Reglages) -> str:
    if repond(f"http://127.0.0.1:{reglages.port}/chat/"):
        return f"Établi tourne : http://localhost:{reglages.port}/chat/"
    verifier_ports(reglages)
    return "libres"


CONTROLES: tuple[tuple[str, Controle], ...] = (
    ("Python", _python),
    ("Bibliothèques", _bibliotheques),
    ("Base de données", _base),
    ("Modèle", _modele),
    ("Courrier", _courrier),
    ("Ports", _ports),
)
