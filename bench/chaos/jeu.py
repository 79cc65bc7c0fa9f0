"""People talk while the service is being broken; then everything due is given the time to arrive."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bench.chaos.bilan import Bilan
from bench.chaos.gens import Personne, demander
from bench.chaos.pannes import Panne, pannes, petit_disque
from bench.chaos.postgresql import grappe
from bench.chaos.service import Etabli
from bench.facteur import Facteur
from bot.base import ouvrir
from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE, SUR_PLACE

SQLITE, POSTGRESQL = BASES = ("sqlite", "postgresql")
_PREMIERE_REFERENCE_S, _DERNIERS_PLIS_S = 120.0, 240.0


@dataclass(frozen=True)
class Epreuve:
    """Who talks, on what, and how it is broken; ``choisies`` keeps only the faults whose name holds one of these."""

    combien: int
    port: int
    base: str = SQLITE
    actions: str = SUR_PLACE
    ensemble: int = 16
    choisies: tuple[str, ...] = ()
    pause: float = 5.0


def lancer(epreuve: Epreuve) -> Bilan | None:
    """None when its database is not installed here, which has been said aloud."""
    dossier = Path(tempfile.mkdtemp(prefix="chaos"))
    disque = dossier / "disque"
    disque.mkdir()
    try:
        with ExitStack() as pile:
            serveur = pile.enter_context(grappe()) if epreuve.base == POSTGRESQL else None
            if epreuve.base == POSTGRESQL and serveur is None:
                return None
            petit = serveur is None and pile.enter_context(petit_disque(disque))
            facteur = pile.enter_context(Facteur())
            base = serveur.url if serveur else f"sqlite:///{disque / 'etabli.db'}"
            charger_base(base, RACINE / "data" / "ecoles")
            service = Etabli(base, dossier, epreuve.port, facteur, epreuve.actions)
            pile.callback(service.arreter)
            for module in service.santes:
                service.attendre(module)
            liste = pannes(service, facteur, disque if petit else None, serveur)
            return _casser_pendant(epreuve, service, facteur, [p for p in liste if not epreuve.choisies or any(c in p[0] for c in epreuve.choisies)])
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


def _casser_pendant(epreuve: Epreuve, service: Etabli, facteur: Facteur, liste: list[tuple[str, Panne]]) -> Bilan:
    """Faults in a fixed disorder, until everybody has a reference; all of them at least once."""
    personnes = [Personne(numero) for numero in range(epreuve.combien)]
    retours: dict[str, float] = {}
    faites: Counter[str] = Counter()
    random.Random(6).shuffle(liste)
    fini = threading.Event()
    with ThreadPoolExecutor(epreuve.ensemble) as gens:
        demandes = [gens.submit(demander, service.adresse, p, fini) for p in personnes]
        try:
            debut = time.monotonic()
            while not any(p.reference for p in personnes) and time.monotonic() - debut < _PREMIERE_REFERENCE_S:
                time.sleep(0.5)  # breaking a service that nobody uses yet proves nothing
            while faites.total() < len(liste) or not all(d.done() for d in demandes):
                nom, panne = liste[faites.total() % len(liste)]
                duree = panne()
                retours[nom] = max(retours.get(nom, 0.0), duree)
                faites[nom] += 1
                print(f"  {nom} : répond de nouveau après {duree:.1f} s ; {sum(bool(p.reference) for p in personnes)} demandes notées", flush=True)
                time.sleep(epreuve.pause)
        finally:
            fini.set()  # whatever breaks here, nobody goes on talking
    for demande in demandes:
        demande.result()
    return _constater(service, facteur, personnes, retours, faites)


def _constater(service: Etabli, facteur: Facteur, personnes: list[Personne], retours: dict[str, float], faites: Counter[str]) -> Bilan:
    """Everything due is given the time to leave: a dead relay's lease, then the pauses between attempts."""
    moteur = ouvrir(service.base)
    fin = time.monotonic() + _DERNIERS_PLIS_S
    with moteur.connect() as connexion:
        while connexion.scalar(text("SELECT count(*) FROM plis WHERE etat = 'a_envoyer'")) and time.monotonic() < fin:
            connexion.rollback()
            time.sleep(1)
        lignes: dict[str, list[str]] = {}
        for prenom, reference in connexion.execute(text("SELECT prenom, reference FROM demandes_sejour")):
            lignes.setdefault(prenom, []).append(reference)
        boite = Counter(connexion.scalars(text("SELECT reference FROM plis WHERE genre = 'demande'")))
        doubles = _doubles(connexion.scalars(text("SELECT data FROM events WHERE type_name = 'user'")))
    moteur.dispose()
    return Bilan(personnes, retours, lignes, boite, facteur.courriels(), doubles, faites)


def _doubles(evenements: Iterable[str]) -> int:
    """Messages of people that stand more than once in the conversations: a retry was played again."""
    joues = Counter(json.loads(donnees).get("message_id") for donnees in evenements)
    return sum(1 for combien in joues.values() if combien > 1)
