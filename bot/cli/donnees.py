"""``etabli donnees ...``: what is kept, and for how long."""

from __future__ import annotations

import typer

from bot.cli.aide import CommandeFrancaise, GroupeFrancais
from bot.cli.messages import dire
from bot.reglages import lire_reglages

groupe = typer.Typer(cls=GroupeFrancais, help="Les données des personnes : les effacer à temps.", rich_markup_mode=None, no_args_is_help=True)


@groupe.command("purger", cls=CommandeFrancaise)
def purger() -> None:
    """Efface les conversations de plus de 30 jours et les demandes de plus de six mois."""
    from datetime import datetime

    from bot.conservation import purger as purger_la_base

    purge = purger_la_base(lire_reglages().base, datetime.utcnow())
    dire(f"Effacé : {purge.demandes} demande(s) de séjour, {purge.evenements} événement(s) de conversation.")


@groupe.callback()
def donnees() -> None:
    """Keeps « purger » a sub-command although it is the only one."""
