"""The two sides as running servers: how each is trained, started, asked and stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import httpx
import yaml

from bench.vitesse import stock_projet
from bench.vitesse.phrases import tirage
from bot.cli.environnement import SILENCE
from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE

DEPART_S = 300


@dataclass(frozen=True)
class Cote:
    """One side: its name, what trains it, what serves it, where it answers. ``base`` holds the schools, and our conversations."""

    nom: str
    dossier: Path
    entrainement: list[str]
    serveurs: list[list[str]]
    adresse: str
    env: dict[str, str]

    def entrainer(self) -> float:
        """Train on the draw; seconds."""
        debut = time.monotonic()
        with (self.dossier / "entrainement.log").open("wb") as journal:
            subprocess.run(self.entrainement, cwd=self.dossier, env=self.env, stdout=journal, stderr=subprocess.STDOUT, check=True)
        return time.monotonic() - debut

    @contextmanager
    def en_marche(self) -> Iterator[Marche]:
        """Start the servers; ``Marche.depart`` is the time until the first answer."""
        debut = time.monotonic()
        with (self.dossier / "serveurs.log").open("ab") as journal:
            enfants = [
                subprocess.Popen(c, cwd=self.dossier, env=self.env, stdout=journal, stderr=subprocess.STDOUT, start_new_session=True)
                for c in self.serveurs
            ]
        try:
            _attendre(self, enfants)
            yield Marche(time.monotonic() - debut, [e.pid for e in enfants])
        finally:
            for enfant in enfants:
                if enfant.poll() is None:
                    os.killpg(enfant.pid, signal.SIGKILL)
                enfant.wait()


@dataclass(frozen=True)
class Marche:
    """Running servers: seconds to the first answer, and the leaders of their process groups."""

    depart: float
    groupes: list[int]

    def memoire_mo(self) -> float:
        """Resident memory of all processes of the side, in MB (10^6)."""
        total = 0
        for statut in Path("/proc").glob("[0-9]*/status"):
            try:
                if os.getpgid(int(statut.parent.name)) in self.groupes:
                    lignes = statut.read_text().split("\n")
                    total += sum(int(ligne.split()[1]) for ligne in lignes if ligne.startswith("VmRSS")) * 1024
            except (OSError, ValueError):
                continue  # a process that ended meanwhile
        return total / 1e6


def etabli(dossier: Path, port: int) -> Cote:
    """Our side as ``make run`` serves it, with today's whole model; its training is measured on the draw."""
    base = f"sqlite:///{dossier / 'etabli.db'}"
    charger_base(base, RACINE / "data" / "ecoles")
    _projet_reduit(dossier)
    env = {**os.environ, **SILENCE, "ETABLI_BASE": base, "ETABLI_PORT": str(port), "PYTHONPATH": str(RACINE)}
    entrainement = [sys.executable, "-m", "bot.cli.entraineur", str(dossier / "modele")]
    return Cote("Établi", dossier, entrainement, [[sys.executable, "-m", "bot.moteur"]], f"http://127.0.0.1:{port}", env)


def stock(dossier: Path, port: int, epoques: int) -> Cote:
    """The stock side, as its documentation says: ``rasa train``, ``rasa run``, ``rasa run actions``."""
    base = f"sqlite:///{dossier / 'ecoles.db'}"
    charger_base(base, RACINE / "data" / "ecoles")
    stock_projet.ecrire(dossier, port + 1, epoques)
    shutil.copyfile(Path(__file__).with_name("stock_actions.py"), dossier / "actions.py")
    env = {**os.environ, **SILENCE, "ETABLI_BASE": base, "PYTHONPATH": str(RACINE)}
    rasa = [str(Path(sys.executable).with_name("rasa"))]
    entrainement = [*rasa, "train", "--data", "nlu.yml", "rules.yml", "stories.yml"]
    serveurs = [[*rasa, "run", "actions", "--port", str(port + 1)], [*rasa, "run", "--port", str(port), "--interface", "127.0.0.1"]]
    return Cote("Rasa d'usage", dossier, entrainement, serveurs, f"http://127.0.0.1:{port}", env)


def _projet_reduit(dossier: Path) -> None:
    """Our project with the draw as its only examples (all labels are kept, so that every rule has its intent)."""
    tires = {e.texte for e in tirage()}
    for nom in ("config.yml", "domain.yml"):
        shutil.copyfile(RACINE / nom, dossier / nom)
    for nom in ("stories", "reponses"):
        shutil.copytree(RACINE / "data" / nom, dossier / "data" / nom)
    (dossier / "data" / "nlu").mkdir()
    for fichier in sorted((RACINE / "data" / "nlu").glob("*.yml")):
        contenu = yaml.safe_load(fichier.read_text(encoding="utf-8"))
        for bloc in contenu["nlu"]:
            lignes = bloc["examples"].splitlines()
            bloc["examples"] = "".join(f"{x}\n" for x in ([x for x in lignes if x[2:].strip() in tires] or lignes[:12]))
        (dossier / "data" / "nlu" / fichier.name).write_text(yaml.safe_dump(contenu, allow_unicode=True), encoding="utf-8")


def _attendre(cote: Cote, enfants: list[subprocess.Popen]) -> None:
    fin = time.monotonic() + DEPART_S
    while time.monotonic() < fin:
        if any(e.poll() is not None for e in enfants):
            break
        try:
            reponse = httpx.post(f"{cote.adresse}/webhooks/rest/webhook", json={"sender": "depart", "message": "c'est quoi une école de production ?"}, timeout=10)
            if reponse.status_code == 200 and reponse.json():
                return
        except (httpx.HTTPError, ValueError):
            pass
        time.sleep(0.1)
    fin_du_journal = (cote.dossier / "serveurs.log").read_text(encoding="utf-8", errors="replace")[-800:]
    raise RuntimeError(f"{cote.nom} ne démarre pas : {fin_du_journal}")
