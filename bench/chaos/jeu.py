"""People talk while the service is being broken; then everything due is given the time to arrive."""

from __future__ import annotations

import random
import shutil
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import text

from bench.chaos.bilan import Bilan
from bench.chaos.gens import Personne, demander
from bench.chaos.pannes import pannes, petit_disque
from bench.chaos.service import Etabli
from bench.facteur import Facteur
from bot.base import ouvrir
from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE


def lancer(combien: int, port: int, actions: str = "sur_place", ensemble: int = 8, choisies: tuple[str, ...] = (), pause: float = 6.0) -> Bilan:
    """Break the service while ``combien`` people talk to it; ``choisies`` keeps only the faults whose name holds one of these."""
    dossier = Path(tempfile.mkdtemp(prefix="chaos"))
    disque = dossier / "disque"
    disque.mkdir()
    personnes = [Personne(numero) for numero in range(combien)]
    retours: dict[str, float] = {}
    try:
        with petit_disque(disque) as petit, Facteur() as facteur:
            base = f"sqlite:///{disque / 'etabli.db'}"
            charger_base(base, RACINE / "data" / "ecoles")
            service = Etabli(base, dossier, port, facteur, actions)
            try:
                for module in service.santes:
                    service.attendre(module)
                _casser_pendant(service, personnes, pannes(service, facteur, disque, petit), choisies, ensemble, pause, retours)
                return _constater(service, facteur, personnes, retours)
            finally:
                service.arreter()
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


def _casser_pendant(
    service: Etabli, personnes: list[Personne], liste: list, choisies: tuple[str, ...], ensemble: int, pause: float, retours: dict[str, float]
) -> None:
    """Faults in a fixed disorder, until everybody has a reference; all of them at least once."""
    retenues = [(nom, panne) for nom, panne in liste if not choisies or any(c in nom for c in choisies)]
    random.Random(6).shuffle(retenues)
    fini = threading.Event()
    with ThreadPoolExecutor(ensemble) as gens:
        demandes = [gens.submit(demander, service.adresse, p, fini) for p in personnes]
        try:
            tour = 0
            debut = time.monotonic()
            while not any(p.reference for p in personnes) and time.monotonic() - debut < 120:
                time.sleep(0.5)  # breaking a service that nobody uses yet proves nothing
            while tour < len(retenues) or not all(d.done() for d in demandes):
                nom, panne = retenues[tour % len(retenues)]
                duree = panne()
                retours[nom] = max(retours.get(nom, 0.0), duree)
                suite = f" : répond de nouveau après {duree:.1f} s" if duree else ""
                print(f"  {nom}{suite} ; {sum(bool(p.reference) for p in personnes)} demandes notées", flush=True)
                tour += 1
                time.sleep(pause)
        finally:
            fini.set()  # whatever breaks here, nobody goes on talking


def _constater(service: Etabli, facteur: Facteur, personnes: list[Personne], retours: dict[str, float]) -> Bilan:
    """Everything due is given the time to leave: a dead relay's lease, then the pauses between attempts."""
    moteur = ouvrir(service.base)
    fin = time.monotonic() + 240
    with moteur.connect() as connexion:
        while connexion.scalar(text("SELECT count(*) FROM plis WHERE etat = 'a_envoyer'")) and time.monotonic() < fin:
            connexion.rollback()
            time.sleep(1)
        lignes: dict[str, list[str]] = {}
        for prenom, reference in connexion.execute(text("SELECT prenom, reference FROM demandes_sejour")):
            lignes.setdefault(prenom, []).append(reference)
    moteur.dispose()
    return Bilan(personnes, retours, lignes, facteur.references())
