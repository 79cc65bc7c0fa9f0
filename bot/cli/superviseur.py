"""Keep a few services alive: start them together, restart the one that dies, stop them all. One thread, no library."""

from __future__ import annotations

import http.client
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from bot.cli import journal, processus
from bot.cli.messages import court

SIGNAUX = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Service:
    """A child to keep alive. ``nom`` stands in sentences: « le serveur d'actions »."""

    nom: str
    commande: list[str]
    sante_url: str
    journal: Path
    env: dict[str, str] | None = None


@dataclass(frozen=True)
class Cadence:
    """Durations in seconds. Before it has ever answered, a service that dies twice is wrongly set up: no need to insist.

    A service that dies while it answers is started again after ``pause_min``; the pauses grow for one that dies before.
    """

    pause_max: float = 30
    pause_min: float = 0.5
    chutes: int = 5
    chutes_au_depart: int = 2
    fenetre: float = 120
    delai_depart: float = 180
    delai_arret: float = 15
    battement: float = 0.2
    pouls: float = 1  # between two checks of a service that answers
    delai_arrete: float = 2  # a process that somebody stopped (SIGSTOP) for so long will not go on by itself
    delai_silence: float = 8  # without an answer nor any work for so long, a living process is stuck
    delai_boucle: float = 60  # working hard without an answer: a busy machine, or a loop without end
    calcul_min: float = 0.05  # processor seconds between two pulses that count as work


@dataclass
class _Suivi:
    """What is known of one service at this moment."""

    service: Service
    processus: subprocess.Popen[bytes] | None = None
    debut_journal: int = 0
    a_repondu: bool = False
    repond: bool = False
    reprise: float = 0.0
    entendu: float = 0.0  # when it last answered, or was started
    actif: float = 0.0  # when it last answered or worked, or was started
    calcul: float = 0.0  # processor seconds used so far
    arrete_depuis: float | None = None  # when it was first seen stopped
    prochain_pouls: float = 0.0
    essais: int = 0  # starts since it last answered
    chutes: deque[float] = field(default_factory=deque)


class Superviseur:
    """``lancer`` blocks until someone asks to stop (returns 0) or a service is lost for good (returns 1)."""

    def __init__(self, services: list[Service], dire: Callable[[str], None] = print, cadence: Cadence = Cadence()) -> None:
        self._suivis = [_Suivi(service) for service in services]
        self._dire = dire
        self._cadence = cadence
        self._demandes_d_arret = 0
        self._perdu = ""

    def lancer(self, pret: Callable[[], None] = lambda: None, attente: Callable[[], None] = lambda: None) -> int:
        """``attente`` is called at each beat until all services answer for the first time, then ``pret`` once."""
        anciens = {numero: signal.signal(numero, self._demander_l_arret) for numero in SIGNAUX}
        debut = time.monotonic()
        tous_prets = False
        try:
            for suivi in self._suivis:
                self._demarrer(suivi)
            while not self._demandes_d_arret and not self._perdu:
                for suivi in self._suivis:
                    self._surveiller(suivi)
                if not tous_prets and all(suivi.repond for suivi in self._suivis):
                    tous_prets = True
                    pret()
                elif not tous_prets:
                    attente()
                    self._verifier_le_depart(debut)
                time.sleep(self._cadence.battement)
        finally:
            self._tout_arreter()
            for numero, ancien in anciens.items():
                signal.signal(numero, ancien)
        if self._perdu:
            self._dire(self._perdu)
        return 1 if self._perdu else 0

    def _demander_l_arret(self, _numero: int, _cadre: FrameType | None) -> None:
        self._demandes_d_arret += 1

    def _demarrer(self, suivi: _Suivi) -> None:
        with journal.ouvrir(suivi.service.journal) as sortie:
            suivi.debut_journal = sortie.tell()
            suivi.processus = processus.demarrer(suivi.service.commande, sortie, suivi.service.env)
        suivi.repond, suivi.arrete_depuis, suivi.calcul, suivi.prochain_pouls = False, None, 0.0, 0.0
        suivi.entendu = suivi.actif = time.monotonic()
        suivi.essais += 1

    def _surveiller(self, suivi: _Suivi) -> None:
        if suivi.processus is None:
            if time.monotonic() >= suivi.reprise:
                self._demarrer(suivi)
        elif suivi.processus.poll() is not None:
            self._constater_la_chute(suivi)
        elif time.monotonic() >= suivi.prochain_pouls:
            self._prendre_le_pouls(suivi)

    def _prendre_le_pouls(self, suivi: _Suivi) -> None:
        """A process may live and say nothing (stopped, or turning in circles): it is killed, then started again like a dead one."""
        assert suivi.processus is not None
        maintenant = time.monotonic()
        calcul = processus.temps_de_calcul(suivi.processus.pid)
        if processus.est_arrete(suivi.processus.pid):
            suivi.arrete_depuis = suivi.arrete_depuis or maintenant
        elif repond(suivi.service.sante_url):
            self._entendre(suivi, maintenant)
        elif calcul - suivi.calcul >= self._cadence.calcul_min:
            suivi.actif, suivi.arrete_depuis = maintenant, None
        suivi.calcul = calcul
        if self._est_perdu(suivi, maintenant):
            nom = suivi.service.nom
            self._dire(f"{nom[0].upper()}{nom[1:]} ne répond plus depuis {maintenant - suivi.entendu:.0f} s : je l'arrête pour le relancer.")
            processus.arreter(suivi.processus, 0)
        suivi.prochain_pouls = time.monotonic() + (self._cadence.pouls if suivi.repond else 0)

    def _entendre(self, suivi: _Suivi, maintenant: float) -> None:
        if suivi.a_repondu and not suivi.repond:
            self._dire(f"C'est reparti : {suivi.service.nom} répond de nouveau.")
        suivi.repond = suivi.a_repondu = True
        suivi.entendu = suivi.actif = maintenant
        suivi.arrete_depuis, suivi.essais = None, 0

    def _est_perdu(self, suivi: _Suivi, maintenant: float) -> bool:
        cadence = self._cadence
        if suivi.arrete_depuis is not None and maintenant - suivi.arrete_depuis > cadence.delai_arrete:
            return True
        muet = maintenant - suivi.entendu
        if not suivi.repond:
            return muet > cadence.delai_depart
        return maintenant - suivi.actif > cadence.delai_silence or muet > cadence.delai_boucle

    def _constater_la_chute(self, suivi: _Suivi) -> None:
        assert suivi.processus is not None
        code = processus.expliquer_code(suivi.processus.returncode)
        processus.signaler(suivi.processus, signal.SIGKILL)  # what it had started
        suivi.processus, suivi.repond = None, False
        maintenant = time.monotonic()
        suivi.chutes.append(maintenant)
        while suivi.chutes[0] < maintenant - self._cadence.fenetre:
            suivi.chutes.popleft()
        if len(suivi.chutes) >= (self._cadence.chutes if suivi.a_repondu else self._cadence.chutes_au_depart):
            self._perdu = self._explication(suivi, f"s'est arrêté {len(suivi.chutes)} fois de suite ({code})")
            return
        pause = min(self._cadence.pause_max, self._cadence.pause_min * 2 ** max(0, suivi.essais - 1))
        suivi.reprise = maintenant + pause
        self._dire(f"Un arrêt imprévu : {suivi.service.nom} s'est arrêté ({code}), je le relance dans {pause:g} s.")

    def _verifier_le_depart(self, debut: float) -> None:
        muets = [suivi for suivi in self._suivis if not suivi.a_repondu]
        if muets and time.monotonic() - debut > self._cadence.delai_depart:
            self._perdu = self._explication(muets[0], f"ne répond pas après {self._cadence.delai_depart:.0f} s")

    def _explication(self, suivi: _Suivi, fait: str) -> str:
        raison = journal.raison(suivi.service.journal, suivi.debut_journal)
        cite = f" : « {raison} »" if raison else ""
        return f"J'arrête tout, car {suivi.service.nom} {fait}{cite} ; lis {court(suivi.service.journal)}, corrige, puis relance make run."

    def _tout_arreter(self) -> None:
        """In reverse order: who asks stops before who answers. One more Ctrl-C than the first kills at once."""
        deja = max(self._demandes_d_arret, 1)
        for suivi in reversed(self._suivis):
            if suivi.processus is not None:
                processus.arreter(suivi.processus, self._cadence.delai_arret, presse=lambda: self._demandes_d_arret > deja)


def repond(url: str) -> bool:
    """Whether a local address answers 200; a proxy set for the rest of the machine is never asked."""
    morceaux = urlsplit(url)
    connexion = http.client.HTTPConnection(morceaux.hostname or "127.0.0.1", morceaux.port, timeout=2)
    try:
        connexion.request("GET", morceaux.path or "/")
        return connexion.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connexion.close()
