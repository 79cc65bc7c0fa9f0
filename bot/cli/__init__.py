"""The command line ``etabli``: thin commands over the rest of the project."""


def main() -> None:
    """Entry point of the ``etabli`` script."""
    from bot.cli.application import lancer  # typer is only needed by the command itself, not by the children run from here

    raise SystemExit(lancer())
