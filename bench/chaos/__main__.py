"""``python -m bench.chaos``: people ask for stays while the service is being broken; then every promise is checked.

Two plays: all people on SQLite with the actions in Rasa's process, then a quarter of them on a PostgreSQL that is restarted,
with the actions in a process of their own. Seen from outside only: HTTP, the mails that a real SMTP server received, the rows of
the database, the processes of the launcher.
"""

from __future__ import annotations

import argparse
import sys
import time

from bench.chaos.jeu import BASES, POSTGRESQL, SQLITE, Epreuve, lancer
from bot.reglages import SERVEUR, SUR_PLACE

RETOUR_S = 30.0  # after a fault, the service answers again within so many seconds
ACTIONS = {SQLITE: SUR_PLACE, POSTGRESQL: SERVEUR}
ENSEMBLE = {SQLITE: 16, POSTGRESQL: 4}  # so that people are still talking at the last fault


def main() -> int:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--demandes", type=int, default=200)
    lecteur.add_argument("--port", type=int, default=5905)
    lecteur.add_argument("--seulement", choices=BASES, help="un seul des deux jeux")
    options = lecteur.parse_args()
    fautes = 0
    for base in [options.seulement] if options.seulement else BASES:
        combien = options.demandes if base == SQLITE else max(1, options.demandes // 4)
        print(f"{combien} personnes, base {base}, actions : {ACTIONS[base]}.", flush=True)
        fautes += _jouer(Epreuve(combien, options.port, base, ACTIONS[base], ENSEMBLE[base]))
    return 1 if fautes else 0


def _jouer(epreuve: Epreuve) -> int:
    debut = time.monotonic()
    bilan = lancer(epreuve)
    if bilan is None:
        return 0
    lents = {nom: duree for nom, duree in bilan.retours.items() if duree > RETOUR_S}
    print(bilan.raconter())
    for nom, duree in lents.items():
        print(f"FAUTE : {duree:.0f} s pour revenir après {nom} ({RETOUR_S:.0f} s au plus).")
    print(f"{len(bilan.fautes()) + len(lents)} faute(s), en {(time.monotonic() - debut) / 60:.1f} min.", flush=True)
    return len(bilan.fautes()) + len(lents)


if __name__ == "__main__":
    sys.exit(main())
