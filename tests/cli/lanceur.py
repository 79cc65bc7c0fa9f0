"""Run a supervisor over fake services, in a process of its own: ``lanceur.py <folder> <mode>:<port>...``."""

import sys
from pathlib import Path

from bot.cli.superviseur import Cadence, Service, Superviseur

dossier = Path(sys.argv[1])
services = []
for argument in sys.argv[2:]:
    mode, port = argument.split(":")
    commande = [sys.executable, "-S", str(Path(__file__).with_name("faux_service.py")), mode, port, str(dossier / "pids")]
    services.append(Service(f"le service {mode}", commande, f"http://127.0.0.1:{port}/", dossier / f"{mode}.log"))
cadence = Cadence(pause_max=0.2, pause_min=0.05, delai_arret=1.5, battement=0.02, pouls=0.1, delai_arrete=0.3, delai_silence=0.5)
superviseur = Superviseur(services, lambda texte: print(texte, flush=True), cadence)
sys.exit(superviseur.lancer(pret=lambda: print("prêt", flush=True)))
