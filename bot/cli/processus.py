"""Start and stop one child process: its own group, its own log, no orphan."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

ENFANT = str(Path(__file__).with_name("enfant.py"))


def demarrer(commande: Sequence[str], sortie: BinaryIO, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a child. Its own session keeps the terminal's Ctrl-C away from it: we decide when and in which order to stop.

    Call it from the main thread only: on Linux a child dies with the *thread* that started it.
    """
    return subprocess.Popen(
        [sys.executable, "-S", "-E", ENFANT, str(os.getpid()), *commande],
        stdin=subprocess.DEVNULL,
        stdout=sortie,
        stderr=subprocess.STDOUT,
        env=env,
        start_new_session=True,
    )


def arreter(processus: subprocess.Popen[bytes], delai: float, presse: Callable[[], bool] = lambda: False) -> None:
    """SIGTERM, at most ``delai`` seconds (less when ``presse`` says so), then SIGKILL; grandchildren go too."""
    signaler(processus, signal.SIGTERM)
    fin = time.monotonic() + delai
    while processus.poll() is None and time.monotonic() < fin and not presse():
        time.sleep(0.05)
    signaler(processus, signal.SIGKILL)
    processus.wait()


def signaler(processus: subprocess.Popen[bytes], numero: signal.Signals) -> None:
    """Send a signal to the child and to whatever it started."""
    try:
        os.killpg(processus.pid, numero)
    except (ProcessLookupError, PermissionError):
        pass  # the whole group is gone already


def expliquer_code(code: int | None) -> str:
    """« code 1 », or « tué par le signal 9, souvent par manque de mémoire »."""
    if code is None or code >= 0:
        return f"code {code}"
    manque = ", souvent par manque de mémoire" if code == -signal.SIGKILL else ""
    return f"tué par le signal {-code}{manque}"


def temps_de_calcul(pid: int) -> float:
    """Processor seconds that a process has used; 0 where the system does not tell."""
    try:
        champs = _etat(pid)
        return (int(champs[11]) + int(champs[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


def est_arrete(pid: int) -> bool:
    """Whether a process has been stopped by a signal (SIGSTOP); no where the system does not tell."""
    try:
        return _etat(pid)[0] == "T"
    except (OSError, IndexError):
        return False


def _etat(pid: int) -> list[str]:
    """What Linux says of a process, from its state on; its name, before, may hold anything."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
