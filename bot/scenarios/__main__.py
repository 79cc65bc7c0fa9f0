"""``python -m bot.scenarios [--adresse http://127.0.0.1:5005] tests/scenarios``: play files or folders on a running bot."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.scenarios import BotInjoignable, ScenarioInvalide, fichiers, jouer_tous, lire_scenario
from bot.scenarios.rapport import ECHOUE, ligne, resume, verdict


def main() -> int:
    """0 when all went as expected, 1 when a scenario failed, 2 when nothing could be played."""
    arguments = argparse.ArgumentParser(prog="python -m bot.scenarios", description="Joue des scénarios sur un bot de test en marche.")
    arguments.add_argument("chemins", nargs="+", type=Path, metavar="FICHIER_OU_DOSSIER")
    arguments.add_argument("--adresse", default="http://127.0.0.1:5005")
    options = arguments.parse_args()
    try:
        scenarios = [lire_scenario(fichier) for chemin in options.chemins for fichier in fichiers(chemin)]
        bilans = jouer_tous(scenarios, options.adresse, progres=lambda *joue: print(ligne(*joue), flush=True))
    except (BotInjoignable, ScenarioInvalide, OSError) as erreur:
        print(erreur, file=sys.stderr)
        return 2
    joues = list(zip(scenarios, bilans))
    print(resume(joues))
    return int(any(verdict(*joue) == ECHOUE for joue in joues))


if __name__ == "__main__":
    sys.exit(main())
