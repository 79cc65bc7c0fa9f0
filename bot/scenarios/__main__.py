"""``python -m bot.scenarios [--adresse http://127.0.0.1:5005] tests/scenarios``: play files or folders on a running bot."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.scenarios.joueur import BotInjoignable, jouer
from bot.scenarios.lecture import ScenarioInvalide, lire_scenario
from bot.scenarios.rapport import ligne, resume


def main() -> int:
    """0 when all went as expected, 1 when a scenario failed, 2 when nothing could be played."""
    arguments = argparse.ArgumentParser(prog="python -m bot.scenarios", description="Joue des scénarios sur un bot de test en marche.")
    arguments.add_argument("chemins", nargs="+", type=Path, metavar="FICHIER_OU_DOSSIER")
    arguments.add_argument("--adresse", default="http://127.0.0.1:5005")
    options = arguments.parse_args()
    try:
        fichiers = [f for c in options.chemins for f in (sorted(c.rglob("*.yml")) if c.is_dir() else [c])]
        scenarios = [lire_scenario(fichier) for fichier in fichiers]
        bilans = []
        for scenario in scenarios:
            bilans.append((scenario, jouer(scenario, options.adresse)))
            print(ligne(*bilans[-1]), flush=True)
    except (BotInjoignable, ScenarioInvalide, OSError) as erreur:
        print(erreur, file=sys.stderr)
        return 2
    print(resume(bilans))
    return int(any(not bilan.ok and not scenario.connu for scenario, bilan in bilans))


if __name__ == "__main__":
    sys.exit(main())
