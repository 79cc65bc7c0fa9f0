"""``etabli banc ...``: the counsellors' page."""

from __future__ import annotations

import sys

import typer

from bot.cli.aide import CommandeFrancaise, GroupeFrancais
from bot.cli.messages import Arret, dire

groupe = typer.Typer(cls=GroupeFrancais, help="Le banc d'essai des conseillers.", rich_markup_mode=None, no_args_is_help=True)


@groupe.command("mot-de-passe", cls=CommandeFrancaise)
def mot_de_passe() -> None:
    """Choisit le mot de passe de la page des conseillers (demandé au clavier, ou lu sur l'entrée)."""
    from bot.pages.banc.etat import DOSSIER
    from bot.pages.banc.mot_de_passe import MotDePasse, MotDePasseRefuse

    mot = typer.prompt("Mot de passe", hide_input=True, confirmation_prompt="Encore une fois") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        MotDePasse(DOSSIER / "mot_de_passe").definir(mot)
    except MotDePasseRefuse as erreur:
        raise Arret(str(erreur)) from erreur
    dire("Le mot de passe est changé. Les sessions ouvertes sont fermées.")


@groupe.callback()
def banc() -> None:
    """Keeps « mot-de-passe » a sub-command although it is the only one."""
