"""The service as its launcher runs it, for whoever wants to break it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import httpx

from bench.facteur import Facteur
from bot.reglages import RACINE


class Etabli:
    """The service as ``etabli servir`` runs it, on ports and a database of its own."""

    def __init__(self, base: str, dossier: Path, port: int, facteur: Facteur, actions: str) -> None:
        self.base, self.adresse = base, f"http://127.0.0.1:{port}"
        env = {
            **os.environ, "ETABLI_BASE": base, "ETABLI_PORT": str(port), "ETABLI_PORT_ACTIONS": str(port + 60), "ETABLI_ACTIONS": actions,
            "ETABLI_PORT_PAGES": str(port + 51), "ETABLI_SMTP_HOTE": "127.0.0.1", "ETABLI_SMTP_PORT": str(facteur.port),
            "ETABLI_SMTP_SECURITE": "aucune", "ETABLI_SMTP_DELAI": "2", "ETABLI_SMTP_PAUSE": "2", "ETABLI_EXPEDITEUR": "etabli@example.org",
            "ETABLI_RELAIS": "relais@example.org", "ETABLI_MODE": "developpement", "ETABLI_MANDATAIRES": "1",
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

    def repondre(self, delai: float = 120.0) -> float:
        """Seconds until a question gets a real answer, no apology: the base, the actions and the model all work."""
        debut = time.monotonic()
        question = {"sender": f"temoin-{uuid.uuid4().hex}", "message": "combien ça coûte ?"}
        while time.monotonic() - debut < delai and self.lanceur.poll() is None:
            try:
                reponse = httpx.post(f"{self.adresse}/webhooks/rest/webhook", json=question, timeout=10)
                if reponse.status_code == 200 and "800 €" in reponse.text:
                    return time.monotonic() - debut
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        raise SystemExit(f"Le bot ne répond pas après {delai:.0f} s : lis {self._sortie.name}.")

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
