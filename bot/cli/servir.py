"""``etabli servir`` and ``etabli demarrer``: Rasa, the pages, and the action server where it is wanted, together."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from typing import Annotated

import typer

from bot.cli import modele
from bot.cli.environnement import environnement_enfant
from bot.cli.messages import Arret, dire, patience
from bot.cli.ports import verifier_ports
from bot.cli.superviseur import Service, Superviseur
from bot.reglages import RACINE, Reglages, lire_reglages

Port = Annotated[int | None, typer.Option(min=1, max=65535, metavar="PORT", help="Port de la page (sinon ETABLI_PORT, sinon 5005).")]
PortActions = Annotated[int | None, typer.Option(min=1, max=65535, metavar="PORT", help="Port des actions (sinon ETABLI_PORT_ACTIONS, sinon 5055).")]


def demarrer() -> None:
    """Fait tout : la base, le modèle, puis les serveurs. C'est « make run »."""
    from bot.cli.entrainement import entrainer
    from bot.cli.preparation import preparer

    verifier_ports(lire_reglages())
    preparer()
    entrainer()
    servir()


def servir(port: Port = None, port_actions: PortActions = None) -> None:
    """Démarre Établi, et le garde en marche jusqu'à Ctrl-C."""
    reglages = lire_reglages()
    reglages = replace(reglages, port=port or reglages.port, port_actions=port_actions or reglages.port_actions)
    verifier_ports(reglages)
    if not modele.MODELE.is_file():
        raise Arret("Il n'y a pas encore de modèle : lance « etabli entrainer », ou « make run » qui fait tout.")
    superviseur = Superviseur(services(reglages), dire)
    with ExitStack() as affichage:
        attendre = affichage.enter_context(patience("Démarrage d'Établi (une dizaine de secondes)"))

        def pret() -> None:
            affichage.close()
            dire(f"Établi est prêt : http://localhost:{reglages.port}/chat/")
            dire(f"Le banc d'essai des conseillers : {reglages.adresse_publique}/banc/")
            dire("Ctrl-C pour l'arrêter.")

        code = superviseur.lancer(pret=pret, attente=attendre)
    if code == 0:
        dire("Établi est arrêté.")
    raise typer.Exit(code)


def services(reglages: Reglages) -> list[Service]:
    """Rasa first, then the pages; the action server where actions do not run in Rasa's own process."""
    journaux = RACINE / "var"
    env = environnement_enfant(reglages)
    actions = f"http://127.0.0.1:{reglages.port_actions}/health"
    rasa = f"http://127.0.0.1:{reglages.port}/"
    moteur = Service("le serveur Rasa", [sys.executable, "-m", "bot.moteur"], rasa, journaux / "rasa.log", env)
    pages = Service("le serveur des pages", [sys.executable, "-m", "bot.pages"], f"http://127.0.0.1:{reglages.port_pages}/sante", journaux / "pages.log", env)
    if reglages.actions_sur_place:
        return [moteur, pages]
    return [moteur, pages, Service("le serveur d'actions", [sys.executable, "-m", "bot.actions"], actions, journaux / "actions.log", env)]
