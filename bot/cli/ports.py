"""Say that a port is taken before anything is started, and which setting changes it."""

from __future__ import annotations

import errno
import socket
from itertools import combinations

from bot.cli.messages import Arret
from bot.cli.superviseur import repond
from bot.reglages import Reglages

ADRESSES = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))  # « localhost » is either one, as the browser likes


def verifier_ports(reglages: Reglages) -> None:
    """Raise ``Arret`` with the port, the setting and a port that is free."""
    ports = [("ETABLI_PORT", reglages.port), ("ETABLI_PORT_PAGES", reglages.port_pages)]
    if not reglages.actions_sur_place:
        ports.append(("ETABLI_PORT_ACTIONS", reglages.port_actions))
    for (une, numero), (autre, le_meme) in combinations(ports, 2):
        if numero == le_meme:
            raise Arret(f"{une} et {autre} valent tous deux {numero} : donne deux numéros différents.")
    for cle, port in ports:
        erreur = essayer(port)
        if erreur == errno.EACCES:
            raise Arret(f"Le port {port} est réservé à l'administrateur : lance plutôt « {cle}={_libre(8005, reglages)} make run ».")
        if erreur:
            deja = "un Établi tourne déjà, ouvre sa page ou arrête-le" if _etabli(reglages) else "un autre programme s'en sert"
            raise Arret(f"Le port {port} est déjà pris, {deja} ; sinon lance « {cle}={_libre(port + 1, reglages)} make run ».")


def essayer(port: int) -> int:
    """0 when a server can listen there, else the error number. Waiting connections of a server just stopped do not count."""
    for famille, adresse in ADRESSES:
        with socket.socket(famille, socket.SOCK_STREAM) as prise:
            prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                prise.bind((adresse, port))
                prise.listen(1)
            except OSError as erreur:
                if erreur.errno in (errno.EADDRINUSE, errno.EACCES):
                    return erreur.errno
    return 0


def _etabli(reglages: Reglages) -> bool:
    return repond(f"http://127.0.0.1:{reglages.port}/chat/")


def _libre(depart: int, reglages: Reglages) -> int:
    pris = (reglages.port, reglages.port_actions, reglages.port_pages)
    return next((port for port in range(depart, 65536) if port not in pris and essayer(port) == 0), depart)
