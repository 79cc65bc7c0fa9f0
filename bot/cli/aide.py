"""Typer writes its help and its errors in English only: put the few fixed phrases into French."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

PHRASES = (
    ("Usage: ", "Utilisation : "),
    ("COMMAND [ARGS]...", "COMMANDE [PRÉCISIONS]..."),
    ("Arguments:", "Précisions :"),
    ("Options:", "Options :"),
    ("Commands:", "Commandes :"),
    ("Show this message and exit.", "Affiche cette aide."),
    ("[default:", "[par défaut :"),
    ("[required]", "[obligatoire]"),
    ("No such command ", "Commande inconnue : "),
    ("No such option: ", "Option inconnue : "),
    ("Did you mean ", "Voulais-tu dire "),
    ("(Possible options: ", "(voir plutôt : "),
    ("Missing option ", "Il manque l'option "),
    ("Missing argument ", "Il manque "),
    ("Missing command.", "Il manque une commande."),
    ("Invalid value for ", "Valeur refusée pour "),
    ("is not a valid int range.", "n'est pas un nombre entier."),
    ("is not one of", "n'est pas un de ceux-ci :"),
    ("is not a valid int.", "n'est pas un nombre entier."),
    ("is not in the range", "est hors de l'intervalle"),
    ("Got unexpected extra argument", "En trop dans la commande :"),
    ("requires an argument", "attend une valeur"),
)


def en_francais(texte: str) -> str:
    for anglais, francais in PHRASES:
        texte = texte.replace(anglais, francais)
    return texte


class _Francais:
    """Help in French, with the same order of names at each run (Typer keeps them in a set)."""

    def get_help(self, ctx: Any) -> str:
        return en_francais(super().get_help(ctx))  # type: ignore[misc]

    def get_help_option_names(self, ctx: Any) -> list[str]:
        return list(ctx.help_option_names)


class CommandeFrancaise(_Francais, TyperCommand):
    """A command whose help is in French."""


class GroupeFrancais(_Francais, TyperGroup):
    """A group of commands whose help is in French."""

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order of use, as declared, not of the alphabet."""
        return list(self.commands)
