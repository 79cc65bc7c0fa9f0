"""``python -m bench.chaos``: people ask for stays while the service is being broken; then every promise is checked.

Seen from outside only: HTTP, the mails that a real SMTP server received, the rows of the database, the processes of the launcher.
Each person answers what the bot asks, and says it again when nothing, or an apology, came back.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import text

from bench.facteur import Facteur
from bot.base import ouvrir
from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE

RYTHME_S = 1.0
RETOUR_S = 30.0  # after a fault, the service answers again within so many seconds
_REFERENCE = re.compile(r"ET-[A-Z2-9]{6}")
_TOURS = 80  # messages that one person sends before giving up
_ETAPES = (("téléphone", "{telephone}"), ("prénom", "{prenom}"), ("âge", "16 ans"), ("d'accord", "oui"))


@dataclass
class Personne:
    """One request: what was typed, what was told."""

    numero: int
    reference: str = ""
    messages: int = 0
    suites: Counter[str] = field(default_factory=Counter)  # answer, apology, refusal, silence

    @property
    def prenom(self) -> str:
        """Letters only: a first name with a digit is asked again."""
        return "Chaos" + "".join("abcdefghij"[int(c)] for c in f"{self.numero:04d}")

    @property
    def telephone(self) -> str:
        return f"06 39 98 {self.numero // 100:02d} {self.numero % 100:02d}"


class Etabli:
    """The service as ``etabli servir`` runs it, on ports and a database of its own."""

    def __init__(self, base: str, dossier: Path, port: int, facteur: Facteur, actions: str) -> None:
        self.base, self.adresse = base, f"http://127.0.0.1:{port}"
        env = {
            **os.environ, "ETABLI_BASE": base, "ETABLI_PORT": str(port), "ETABLI_PORT_ACTIONS": str(port + 60), "ETABLI_ACTIONS": actions,
            "ETABLI_PORT_PAGES": str(port + 51), "ETABLI_SMTP_HOTE": "127.0.0.1", "ETABLI_SMTP_PORT": str(facteur.port),
            "ETABLI_SMTP_SECURITE": "aucune", "ETABLI_SMTP_DELAI": "2", "ETABLI_SMTP_PAUSE": "2", "ETABLI_EXPEDITEUR": "etabli@example.org",
            "ETABLI_RELAIS": "relais@example.org", "ETABLI_MODE": "developpement",
        }  # fmt: skip
        self._sortie = (dossier / "servir.log").open("w")
        commande = [sys.executable, "-c", "from bot.cli import main; main()", "servir"]
        self.lanceur = subprocess.Popen(commande, cwd=RACINE, env=env, stdout=self._sortie, stderr=subprocess.STDOUT)
        self.santes = {"bot.moteur": f"{self.adresse}/", "bot.pages": f"http://127.0.0.1:{port + 51}/sante"}
        if actions == "serveur":
            self.santes["bot.actions"] = f"http://127.0.0.1:{port + 60}/health"

    def attendre(self, module: str, delai: float = 180.0) -> float:
        """Seconds until this process answers (again)."""
        debut = time.monotonic()
        while time.monotonic() - debut < delai and self.lanceur.poll() is None:
            try:
                if httpx.get(self.santes[module], timeout=2).status_code == 200:
                    return time.monotonic() - debut
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        raise SystemExit(f"{module} ne répond pas après {delai:.0f} s : lis {self._sortie.name}.")

    def pid(self, module: str) -> int:
        """The child of our launcher that runs this module."""
        for dossier in Path("/proc").iterdir():
            try:
                if dossier.name.isdigit() and module.encode() in (dossier / "cmdline").read_bytes().split(b"\0"):
                    if int((dossier / "stat").read_text().rsplit(")", 1)[1].split()[1]) == self.lanceur.pid:
                        return int(dossier.name)
            except OSError:
                continue
        return 0

    def arreter(self) -> None:
        self.lanceur.send_signal(signal.SIGTERM)
        try:
            self.lanceur.wait(40)
        except subprocess.TimeoutExpired:
            self.lanceur.kill()
        self._sortie.close()


def demander(service: Etabli, personne: Personne, fini: threading.Event) -> None:
    """Talk at a person's pace until a reference is told. Only what the bot says decides what is said next."""
    dernier, prochain = "", "usinage a besancon"
    with httpx.Client(timeout=25) as client:
        while not personne.reference and personne.messages < _TOURS and not fini.is_set():
            personne.messages += 1
            lu = _dire(service, client, personne, prochain)
            if lu is None:
                time.sleep(1)
                continue  # the same message again
            dernier = lu or dernier
            if "ET-" in dernier and ("not" in dernier or "déjà" in dernier):
                personne.reference = _REFERENCE.findall(dernier)[0]
            prochain = _suite(dernier, personne)
            time.sleep(RYTHME_S)


def _dire(service: Etabli, client: httpx.Client, personne: Personne, message: str) -> str | None:
    """All that was answered, buttons included; None when it must be said again."""
    try:
        reponse = client.post(f"{service.adresse}/webhooks/rest/webhook", json={"sender": f"chaos{personne.numero}", "message": message})
        lignes = reponse.json() if reponse.status_code == 200 else None
    except (httpx.HTTPError, ValueError):
        lignes = None
    if lignes is None:
        personne.suites["refus, redit"] += 1
        return None
    tout = "\n".join(m.get("text", "") + " " + " ".join(b["title"] for b in m.get("buttons") or []) for m in lignes)
    if not tout.strip():
        personne.suites["silence"] += 1
        return None
    if "Réessaie" in tout:
        personne.suites["excuses"] += 1
        return None
    personne.suites["réponse"] += 1
    return tout


def _suite(dernier: str, personne: Personne) -> str:
    if "Passer" in dernier:
        return "Passer"
    if "Envoyer" in dernier:
        return "Envoyer"
    for indice, texte in _ETAPES:
        if indice in dernier:
            return texte.format(prenom=personne.prenom, telephone=personne.telephone)
    return "je veux demander un séjour dans cette école" if "Besançon" in dernier else "usinage a besancon"


# What is broken, one thing at a time. Each fault ends by itself; its name is printed with the time to recover.


def tuer(service: Etabli, module: str, numero: signal.Signals) -> float:
    pid = service.pid(module)
    if not pid:
        return 0.0
    os.kill(pid, numero)
    debut = time.monotonic()
    while service.pid(module) == pid and time.monotonic() - debut < 60:
        time.sleep(0.1)  # a stopped process still holds its port: wait for the launcher to see it
    service.attendre(module)
    return time.monotonic() - debut


def verrouiller(base: str, duree: float) -> float:
    if not base.startswith("sqlite"):
        return 0.0
    moteur = ouvrir(base)
    with moteur.connect() as connexion:
        connexion.exec_driver_sql("PRAGMA busy_timeout=20000")
        connexion.exec_driver_sql("BEGIN EXCLUSIVE")
        time.sleep(duree)
        connexion.rollback()
    moteur.dispose()
    return 0.0


def remplir(dossier: Path, duree: float) -> float:
    """Take all the space that is left on a small file system, then give it back."""
    bouchon = dossier / "bouchon"
    with bouchon.open("wb", buffering=0) as sortie:
        try:
            while True:
                sortie.write(b"\0" * 65536)
        except OSError:
            time.sleep(duree)
    bouchon.unlink()
    return 0.0


def bouder(facteur: Facteur, humeur: str, duree: float) -> float:
    facteur.humeur = humeur
    time.sleep(duree)
    facteur.humeur = "accepte"
    return 0.0


@contextmanager
def petit_disque(dossier: Path) -> Iterator[bool]:
    """A small file system for the database; False, and said aloud, where mounting is refused."""
    monte = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(dossier)], check=False, capture_output=True).returncode == 0
    if not monte:
        print("SAUTÉ : disque plein (le montage d'un petit disque est refusé ici).", flush=True)
    try:
        yield monte
    finally:
        if monte:
            subprocess.run(["umount", str(dossier)], check=False)


def pannes(service: Etabli, facteur: Facteur, dossier: Path, petit: bool) -> list[tuple[str, Callable[[], float]]]:
    liste: list[tuple[str, Callable[[], float]]] = []
    for module in service.santes:
        liste += [(f"{s.name} de {module}", lambda m=module, s=s: tuer(service, m, s)) for s in (signal.SIGKILL, signal.SIGSTOP)]
    if service.base.startswith("sqlite"):
        liste.append(("base verrouillée 6 s", lambda: verrouiller(service.base, 6)))
    liste += [(f"serveur de courrier qui {h} 8 s", lambda h=h: bouder(facteur, h, 8)) for h in ("refuse", "pend", "coupe")]
    if petit:
        liste.append(("disque plein 6 s", lambda: remplir(dossier, 6)))
    return liste


@dataclass
class Bilan:
    """What was promised and what is there. ``fautes`` is empty when every promise is held."""

    personnes: list[Personne]
    retours: dict[str, float]
    lignes: dict[str, list[str]]  # first name to references
    recus: Counter[str]  # reference to mails received

    def fautes(self) -> list[str]:
        dites = [p for p in self.personnes if p.reference]
        trouvees = [f"{p.prenom} : {p.reference} dite, {self.lignes.get(p.prenom)} en base" for p in dites if self.lignes.get(p.prenom) != [p.reference]]
        trouvees += [f"{p.prenom} : {p.reference} jamais envoyée" for p in dites if not self.recus[p.reference]]
        trouvees += [f"{p.prenom} : pas de référence après {p.messages} messages ({dict(p.suites)})" for p in self.personnes if not p.reference]
        trouvees += [f"{p.prenom} : {p.suites['silence']} silence(s)" for p in self.personnes if p.suites["silence"]]
        return trouvees

    def raconter(self) -> str:
        suites = sum((p.suites for p in self.personnes), Counter())
        dites = [p for p in self.personnes if p.reference]
        return "\n".join(
            [
                f"{len(self.personnes)} demandes, {len(dites)} dites notées, {sum(map(len, self.lignes.values()))} en base, "
                f"{sum(1 for p in dites if self.recus[p.reference])} reçues par le serveur de courrier ({sum(self.recus.values())} messages).",
                f"{sum(p.messages for p in self.personnes)} messages écrits : " + ", ".join(f"{n} {nom}" for nom, n in suites.most_common()) + ".",
                *(f"  retour après {nom} : {duree:.1f} s" for nom, duree in self.retours.items() if duree),
                *(f"FAUTE : {faute}" for faute in self.fautes()),
            ]
        )


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
        demandes = [gens.submit(demander, service, p, fini) for p in personnes]
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
