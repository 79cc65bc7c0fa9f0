"""``etabli donnees ...``: what is kept, for how long, and one person's part of it."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.aide import CommandeFrancaise, GroupeFrancais
from bot.cli.messages import Arret, dire
from bot.reglages import lire_reglages

Reference = Annotated[str, typer.Argument(metavar="RÉFÉRENCE", help="La référence donnée à la personne : ET-ABC234.")]
groupe = typer.Typer(cls=GroupeFrancais, help="Les données des personnes : les donner, les effacer.", rich_markup_mode=None, no_args_is_help=True)


@groupe.command("purger", cls=CommandeFrancaise)
def purger() -> None:
    """Efface ce qui a passé sa durée de conservation (30 jours, six mois, sauf autre réglage)."""
    from datetime import datetime

    from bot.conservation import purger as purger_la_base

    purge = purger_la_base(lire_reglages(), datetime.utcnow())
    dire(f"Effacé : {purge.demandes} demande(s) de séjour, {purge.evenements} événement(s) de conversation, {purge.brouillons} brouillon(s).")


@groupe.command("exporter", cls=CommandeFrancaise)
def exporter(reference: Reference) -> None:
    """Écrit en JSON tout ce qui est gardé d'une personne, par sa référence."""
    import json

    from bot.cli.sejours import ouvrir_la_base
    from bot.sejours.export import donnees_d_une_personne

    with ouvrir_la_base() as fabrique:
        donnees = donnees_d_une_personne(fabrique, reference.upper())
    if donnees is None:
        raise Arret(f"Rien n'est gardé sous la référence {reference}.")
    dire(json.dumps(donnees, ensure_ascii=False, indent=2))


@groupe.command("effacer", cls=CommandeFrancaise)
def effacer(reference: Reference) -> None:
    """Efface une demande et ses courriels ; si elle était partie, un message de retrait part aussi."""
    from bot.base import effacer_les_traces
    from bot.cli.sejours import ouvrir_la_base
    from bot.sejours.effacement import effacer as effacer_la_demande

    with ouvrir_la_base() as fabrique:
        fait = effacer_la_demande(fabrique, reference.upper())
        effacer_les_traces(fabrique.kw["bind"])
    if not fait.trouvee:
        raise Arret(f"Il n'y a pas de demande {reference}.")
    dire(f"Effacée : {reference.upper()}." + (" Elle était partie : un message de retrait attend dans la boîte d'envoi." if fait.deja_partie else ""))
