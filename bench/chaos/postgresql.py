"""A PostgreSQL of one's own, to be restarted while people talk: never a server that others use."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

COMPTE = "postgres"  # PostgreSQL refuses to run as root


@dataclass(frozen=True)
class Grappe:
    """A running cluster, alone in its folder and on its port."""

    programmes: Path
    dossier: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql+psycopg2://{COMPTE}@127.0.0.1:{self.port}/postgres"

    def commander(self, ordre: str, *options: str) -> None:
        """``pg_ctl``, waiting for the end. Raises ``CalledProcessError``."""
        reglages = f"-p {self.port} -k {self.dossier} -c listen_addresses=127.0.0.1"
        options_de_depart = ("-o", reglages) if ordre in ("start", "restart") else ()
        journal = ("-l", str(self.dossier / "journal")) if ordre in ("start", "restart") else ()
        _lancer(str(self.programmes / "pg_ctl"), ordre, "-w", "-D", str(self.dossier / "donnees"), *options_de_depart, *journal, *options)


@contextmanager
def grappe() -> Iterator[Optional[Grappe]]:
    """A new cluster, removed afterwards; None, and said aloud, where PostgreSQL is not installed."""
    programmes = _programmes()
    if programmes is None:
        print("SAUTÉ : PostgreSQL redémarré (ses programmes ne sont pas installés ici).", flush=True)
        yield None
        return
    dossier = Path(tempfile.mkdtemp(prefix="chaos-pg"))
    if os.geteuid() == 0:
        shutil.chown(dossier, COMPTE, COMPTE)
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    celle_ci = Grappe(programmes, dossier, port)
    try:
        _lancer(str(programmes / "initdb"), "-D", str(dossier / "donnees"), "-U", COMPTE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        celle_ci.commander("start")
        try:
            yield celle_ci
        finally:
            celle_ci.commander("stop", "-m", "immediate")
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


def _programmes() -> Optional[Path]:
    """The folder of ``initdb`` and ``pg_ctl``: on the path, else where Debian puts the newest version."""
    trouve = shutil.which("pg_ctl")
    if trouve:
        return Path(trouve).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda d: float(d.parent.name), default=None)


def _lancer(*commande: str) -> None:
    compte = {"user": COMPTE, "group": COMPTE, "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run(commande, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd="/", **compte)  # type: ignore[call-overload]
