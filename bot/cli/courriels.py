"""``etabli courriels ...``: the outbox, sent by hand or from a timer."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.aide import CommandeFrancaise, GroupeFrancais
from bot.cli.messages import Arret, dire
from bot.reglages import lire_reglages

groupe = typer.Typer(cls=GroupeFrancais, help="Les courriels aux écoles et aux personnes.", rich_markup_mode=None, no_args_is_help=True)


@groupe.callback()
def courriels() -> None:
    """Keeps « envoyer » a sub-command although it is the only one."""


@groupe.command("envoyer", cls=CommandeFrancaise)
def envoyer(une_fois: Annotated[bool, typer.Option("--une-fois", help="Un seul tour, puis s'arrête.")] = False) -> None:
    """Envoie les courriels qui attendent ; « make run » le fait déjà de lui-même."""
    import asyncio

    from bot.cli.sejours import ouvrir_la_base
    from bot.sejours.relais import Relais, genres_envoyables

    reglages = lire_reglages()
    if not genres_envoyables(reglages.courrier):
        raise Arret("Il manque ETABLI_SMTP_HOTE ou ETABLI_EXPEDITEUR : les demandes attendent, « etabli sejours lister » les montre.")
    with ouvrir_la_base() as fabrique:
        relais = Relais(fabrique, reglages)
        if not une_fois:
            asyncio.run(relais.sans_fin())
        bilan = asyncio.run(relais.une_fois())
    dire(f"Envoyés : {bilan.envoyes}. Remis à plus tard : {bilan.remis}. Abandonnés : {bilan.abandonnes}.")
