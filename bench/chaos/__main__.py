"""``python -m bench.chaos``: people ask for stays while the service is being broken; then every promise is checked.

Seen from outside only: HTTP, the mails that a real SMTP server received, the rows of the database, the processes of the launcher.
"""

from __future__ import annotations

import argparse
import sys

from bench.chaos.jeu import lancer

RETOUR_S = 30.0  # after a fault, the service answers again within so many seconds


def main() -> int:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--demandes", type=int, default=200)
    lecteur.add_argument("--port", type=int, default=5905)
    lecteur.add_argument("--actions", choices=("sur_place", "serveur"), default="sur_place")
    options = lecteur.parse_args()
    bilan = lancer(options.demandes, options.port, options.actions)
    print(bilan.raconter())
    lents = {nom: d for nom, d in bilan.retours.items() if d > RETOUR_S}
    for nom, duree in lents.items():
        print(f"FAUTE : {duree:.0f} s pour revenir après {nom} ({RETOUR_S:.0f} s au plus).")
    return 1 if bilan.fautes() or lents else 0


if __name__ == "__main__":
    sys.exit(main())
