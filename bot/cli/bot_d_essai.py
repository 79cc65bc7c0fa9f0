"""A bot of one's own for the time of a play: a new base with the schools in it, a free port, nothing kept."""

from __future__ import annotations

import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.cli import journal, modele, processus
from bot.cli.messages import Arret, patience
from bot.cli.servir import services
from bot.cli.superviseur import repond
from bot.reglages import RACINE, SUR_PLACE, lire_reglages

_DELAI = 180.0  # seconds; a slow machine needs about 30


@contextmanager
def bot_d_essai() -> Iterator[str]:
    """The address of a bot in development, started here and stopped at the end. Raises ``Arret``."""
    from bot.ecoles.chargement import charger_base

    if not modele.MODELE.is_file():
        raise Arret("Il n'y a pas encore de modèle : lance « etabli entrainer », ou « make run » qui fait tout.")
    with tempfile.TemporaryDirectory(prefix="etabli-scenarios-") as dossier:
        base = f"sqlite:///{dossier}/etabli.db"
        reglages = replace(lire_reglages(), base=base, port=_port_libre(), mode="developpement", actions=SUR_PLACE, mandataires=1)
        moteur = services(reglages)[0]
        fichier = Path(dossier) / "rasa.log"
        # The bot opens its base at the first action only: both are made ready at the same time.
        with patience("Démarrage d'un bot pour les scénarios") as attendre, journal.ouvrir(fichier) as sortie:
            enfant = processus.demarrer(moteur.commande, sortie, moteur.env)
            try:
                charger_base(base, RACINE / "data" / "ecoles")
                fin = time.monotonic() + _DELAI
                while not repond(moteur.sante_url):
                    if enfant.poll() is not None or time.monotonic() > fin:
                        raise Arret(f"Le bot des scénarios ne démarre pas : « {journal.raison(fichier, 0)} ».")
                    attendre()
                    time.sleep(0.2)
            except BaseException:
                processus.arreter(enfant, 5)
                raise
        try:
            yield f"http://127.0.0.1:{reglages.port}"
        finally:
            processus.arreter(enfant, 15)


def _port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])
