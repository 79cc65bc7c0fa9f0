"""The ``etabli`` command: its groups, its errors. Nothing heavy is imported before a command runs: ``--help`` is instant."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

import typer

from bot.cli import banc, courriels, donnees, ecoles, entrainement, preparation, scenarios, sejours, servir, verifier
from bot.cli.aide import CommandeFrancaise, GroupeFrancais, en_francais
from bot.cli.messages import Arret, dire, dire_erreur
from bot.reglages import RACINE, ReglageInvalide

ARRET_DEMANDE = 130
application = typer.Typer(
    name="etabli",
    cls=GroupeFrancais,
    help="Établi, l'assistant d'orientation vers les écoles de production.",
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "--aide", "-h"]},
)
for nom, commande in (
    ("demarrer", servir.demarrer),
    ("preparer", preparation.preparer),
    ("entrainer", entrainement.entrainer),
    ("servir", servir.servir),
    ("verifier", verifier.verifier),
):
    application.command(nom, cls=CommandeFrancaise)(commande)
application.add_typer(ecoles.groupe, name="ecoles")
application.add_typer(sejours.groupe, name="sejours")
application.add_typer(courriels.groupe, name="courriels")
application.add_typer(donnees.groupe, name="donnees")
application.add_typer(scenarios.groupe, name="scenarios")
application.add_typer(banc.groupe, name="banc")


def lancer(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 1 for a failure explained, 2 for a wrong command or setting, 130 for Ctrl-C."""
    signal.signal(signal.SIGTERM, _interrompre)
    os.chdir(RACINE)  # Rasa and SQLite read relative paths
    try:
        code = application(args=arguments, prog_name="etabli", standalone_mode=False) or 0
        if code == ARRET_DEMANDE:  # Typer turns Ctrl-C into this code
            dire_erreur("Arrêté à ta demande.")
        return code
    except (Arret, ReglageInvalide) as erreur:
        dire_erreur(str(erreur))
        return 1 if isinstance(erreur, Arret) else 2
    except typer.TyperException as erreur:
        texte = en_francais(erreur.format_message())
        if texte.startswith("Utilisation"):  # a group typed alone: its help is the answer
            dire(texte)
            return 0
        dire_erreur(texte)
        dire_erreur("La liste des commandes : etabli --help")
        return 2
    except KeyboardInterrupt:
        return ARRET_DEMANDE
    except BrokenPipeError:  # `etabli ecoles lister | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _interrompre(_signal: int, _cadre: object) -> None:
    """A polite kill stops a command as Ctrl-C does: children are told, temporary files removed."""
    raise KeyboardInterrupt
