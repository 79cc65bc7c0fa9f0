"""How the base holds when it grows: import time and memory, search time, from 100 to 100,000 schools, on both engines.

``python -m bench.echelle`` prints the two tables. PostgreSQL is measured when ``ETABLI_BANC_POSTGRES`` (by default the
server of this machine) answers; databases made for the bench are dropped at the end.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.chargement import charger_base
from bot.ecoles.importation.execution import Demande, appliquer, preparer
from bot.ecoles.importation.formats import COLONNES
from bot.ecoles.modeles import Commune, Enseignement
from bot.ecoles.recherche import chercher
from bot.reglages import RACINE

TAILLES = (100, 1_000, 10_000, 100_000)
RECHERCHES = 500
BARRE_P95_MS, BARRE_IMPORT_S = 5.0, 60.0
POSTGRES = "postgresql+psycopg2://postgres@127.0.0.1:5432/test"
_CONDITIONS = "metier + commune", "commune seule", "metier + departement", "metier + region"
_PARTS = (70, 10, 10, 10)  # of a hundred searches


@dataclass(frozen=True)
class Mesure:
    """One size on one engine. ``ms`` gives, by kind of search, the times of one search in milliseconds; ``ms_calcul``, the part
    spent computing by this process and by its PostgreSQL server when it runs here, which a busy machine stretches less."""

    moteur: str
    ecoles: int
    import_s: float
    calcul_s: float
    memoire_mo: float
    croissance_mo: float
    ms: dict[str, list[float]]
    ms_calcul: list[float]

    @property
    def toutes(self) -> list[float]:
        return [une for temps in self.ms.values() for une in temps]


def main() -> None:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--tailles", type=int, nargs="+", default=list(TAILLES))
    lecteur.add_argument("--importer", nargs=2, help=argparse.SUPPRESS)  # the child whose memory is measured
    demande = lecteur.parse_args()
    if demande.importer:
        url, fichier = demande.importer
        appliquer(url, preparer(Demande(Path(fichier))), "banc")
        print(_sommet_mo())
        return
    mesures = mesurer(demande.tailles)
    imprimer(mesures)
    if any(p95(m.toutes) > BARRE_P95_MS or m.import_s > BARRE_IMPORT_S for m in mesures):
        sys.exit("Une barre n'est pas tenue.")


def mesurer(tailles: list[int]) -> list[Mesure]:
    mesures: list[Mesure] = []
    with tempfile.TemporaryDirectory() as chemin:
        dossier = Path(chemin)
        depart = dossier / "depart.db"
        charger_base(f"sqlite:///{depart}", RACINE / "data" / "ecoles")
        for taille in tailles:
            fichier = dossier / f"{taille}.csv"
            with _session(f"sqlite:///{depart}") as session:
                ecrire(session, fichier, taille)
            copie = dossier / f"{taille}.db"
            shutil.copy(depart, copie)
            mesures.append(_une("SQLite", f"sqlite:///{copie}", fichier, taille))
            copie.unlink()
        for url, taille in _bases_postgres(tailles):
            mesures.append(_une("PostgreSQL", url, dossier / f"{taille}.csv", taille))
    return mesures


def ecrire(session: Session, fichier: Path, combien: int) -> None:
    """Invent schools where people live, with the trades that real schools teach; nothing here is ever shown."""
    hasard = random.Random(combien)
    communes = session.execute(select(Commune).where(Commune.latitude.is_not(None), Commune.population > 0)).scalars().all()
    poids = [commune.population for commune in communes]
    metiers = session.scalars(select(Enseignement.metier)).all()
    with fichier.open("w", encoding="utf-8", newline="") as sortie:
        plume = csv.DictWriter(sortie, COLONNES, delimiter=";", restval="")
        plume.writeheader()
        for rang, commune in enumerate(hasard.choices(communes, poids, k=combien)):
            plume.writerow(
                {
                    "id": f"banc{rang:06d}",
                    "nom": f"École de production Banc {rang}",
                    "code_insee": commune.code_insee,
                    "latitude": round(commune.latitude + hasard.uniform(-0.03, 0.03), 5),
                    "longitude": round(commune.longitude + hasard.uniform(-0.03, 0.03), 5),
                    "uai": f"B{rang:07d}",
                    "metiers": "|".join({hasard.choice(metiers), hasard.choice(metiers)}),
                    "diplomes": "CAP conducteur d'installations de production",
                    "statut": "ouverte",
                    "confiance": "haute",
                    "source": "école inventée pour le banc d'essai",
                    "date_source": "2026-11-26",
                }
            )


def _une(moteur: str, url: str, fichier: Path, taille: int) -> Mesure:
    debut, calcul = time.perf_counter(), _calcul_des_enfants()
    enfant = [sys.executable, "-m", "bench.echelle", "--importer", url, str(fichier)]
    sortie = subprocess.run(enfant, cwd=RACINE, check=True, stdout=subprocess.PIPE, text=True).stdout
    duree, calcul = time.perf_counter() - debut, _calcul_des_enfants() - calcul
    ms, ms_calcul, croissance = _chercher(url)
    print(f"{moteur}, {taille} écoles : import {duree:.1f} s, p95 {p95([t for u in ms.values() for t in u]):.2f} ms", flush=True)
    return Mesure(moteur, taille, duree, calcul, float(sortie), croissance, ms, ms_calcul)


def _calcul_des_enfants() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _chercher(url: str) -> tuple[dict[str, list[float]], list[float], float]:
    """Search from where people live; also give how much memory the second half of the searches took, in megabytes."""
    hasard = random.Random(7)
    ms: dict[str, list[float]] = {condition: [] for condition in _CONDITIONS}
    ms_calcul: list[float] = []
    with _session(url) as session:
        communes = session.scalars(select(Commune).where(Commune.latitude.is_not(None), Commune.population > 0)).all()
        metiers = session.scalars(select(Enseignement.metier).distinct()).all()
        lieux = hasard.choices(communes, [commune.population for commune in communes], k=RECHERCHES)
        serveur, milieu = _calcul_du_serveur(session), 0.0
        for rang, commune in enumerate(lieux):
            if rang == RECHERCHES // 2:
                milieu = _memoire_mo()
            condition = hasard.choices(_CONDITIONS, _PARTS)[0]
            ou = {"departement": commune.departement} if "departement" in condition else {"region": commune.region}
            if "commune" in condition:
                ou = {"commune": (commune.latitude, commune.longitude)}
            metier = hasard.choice(metiers) if "metier" in condition else None
            debut, calcul, travail = time.perf_counter(), time.process_time(), serveur()
            chercher(session, metier, **ou)
            ms[condition].append((time.perf_counter() - debut) * 1000)
            calcul = (time.process_time() - calcul) * 1000
            ms_calcul.append(calcul + serveur() - travail)
        return ms, ms_calcul, _memoire_mo() - milieu


def _calcul_du_serveur(session: Session) -> Callable[[], float]:
    """What the PostgreSQL process of this session has computed so far, in milliseconds; 0 when it is on another machine."""
    if session.connection().dialect.name != "postgresql":
        return lambda: 0.0
    dossier = Path(f"/proc/{session.scalar(text('SELECT pg_backend_pid()'))}")
    if not (dossier / "comm").is_file() or "postgres" not in (dossier / "comm").read_text():
        return lambda: 0.0
    return lambda: int((dossier / "schedstat").read_text().split()[0]) / 1e6


def _sommet_mo() -> float:
    """The most that this program held; ``ru_maxrss`` also counts what its parent held before giving way to it."""
    statut = Path("/proc/self/status").read_text()
    return int(statut.split("VmHWM:")[1].split()[0]) / 1024


def _memoire_mo() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


@contextmanager
def _session(url: str) -> Iterator[Session]:
    moteur = ouvrir(url)
    with fabrique_de_sessions(moteur)() as session:
        yield session
    moteur.dispose()


def _bases_postgres(tailles: list[int]) -> Iterator[tuple[str, int]]:
    """Give a database of its own to each size, filled with the real files."""
    serveur = make_url(os.environ.get("ETABLI_BANC_POSTGRES", POSTGRES))
    gestion = create_engine(serveur, isolation_level="AUTOCOMMIT", future=True)
    noms = [f"etabli_echelle_{os.getpid()}_{suite}" for suite in ("depart", *tailles)]
    try:
        with gestion.connect() as connexion:
            connexion.execute(text(f"CREATE DATABASE {noms[0]}"))
    except OperationalError as erreur:
        print(f"PostgreSQL non mesuré : {str(erreur.orig).splitlines()[0]}", file=sys.stderr)
        return
    try:
        charger_base(serveur.set(database=noms[0]).render_as_string(hide_password=False), RACINE / "data" / "ecoles")
        for nom, taille in zip(noms[1:], tailles):
            with gestion.connect() as connexion:
                connexion.execute(text(f"CREATE DATABASE {nom} TEMPLATE {noms[0]}"))
            yield serveur.set(database=nom).render_as_string(hide_password=False), taille
    finally:
        with gestion.connect() as connexion:
            for nom in noms:
                connexion.execute(text(f"DROP DATABASE IF EXISTS {nom} WITH (FORCE)"))
        gestion.dispose()


def p95(temps: list[float]) -> float:
    return quantiles(temps, n=20)[-1] if len(temps) > 1 else sum(temps)


def imprimer(mesures: list[Mesure]) -> None:
    charge = os.getloadavg()[0]
    print(f"\nImport (barre : {BARRE_IMPORT_S:.0f} s pour 100 000 écoles) et recherche (barre : p95 {BARRE_P95_MS:.0f} ms)")
    print(f"Charge de la machine : {charge:.1f} pour {os.cpu_count()} cœurs ; « calcul » ne compte pas l'attente (p95 : ce processus et son serveur).")
    titres = ("écoles", "import s", "calcul s", "mémoire Mo", "médiane ms", "p95 ms", "p95 calcul", "pire ms", "fuite Mo")
    print(f"{'moteur':<11}" + "".join(f"{titre:>11}" for titre in titres))
    for m in mesures:
        temps = m.toutes
        chiffres = (m.import_s, m.calcul_s, m.memoire_mo, median(temps), p95(temps), p95(m.ms_calcul), max(temps), m.croissance_mo)
        print(f"{m.moteur:<11}{m.ecoles:>11}" + "".join(f"{chiffre:>11.2f}" for chiffre in chiffres))
    print("\nMédiane et p95 en ms, par genre de recherche (la première de chaque genre bâtit ses requêtes : une dizaine de ms)")
    print(f"{'moteur':<11}{'écoles':>8}" + "".join(f"{condition:>22}" for condition in _CONDITIONS))
    for m in mesures:
        print(f"{m.moteur:<11}{m.ecoles:>8}" + "".join(f"{median(m.ms[condition]):>15.2f}{p95(m.ms[condition]):>7.2f}" for condition in _CONDITIONS))


if __name__ == "__main__":
    main()
