"""Find a Python 3.10 that really runs, where people have it. Standard library only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

VERSION = "3.10"
DELAI_S = 20
# `ssl` and `sqlite3` are missing from a Python compiled without their headers: better to learn it now than at the first message.
EPREUVE = "import sys, ssl, sqlite3, zlib, ctypes; sys.exit(sys.version_info[:2] != (3, 10) or sys.maxsize < 2**32)"


def fonctionne(python: str) -> bool:
    """Whether this executable is a usable Python 3.10. A pyenv shim exists and is executable, yet may fail."""
    try:
        essai = subprocess.run(
            [python, "-c", EPREUVE],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=DELAI_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return essai.returncode == 0


def chercher_sur_place(env: dict) -> str | None:
    """A Python 3.10 already on the machine, before asking uv: on the path, running this very script, then in pyenv."""
    for candidat in _candidats(env):
        if fonctionne(candidat):
            return candidat
    return None


def chercher_avec_uv(uv: str, env: dict, dossier: Path) -> str | None:
    """A Python 3.10 that uv knows; failing that, one that it fetches into ``dossier``, so that nothing lands elsewhere."""
    prive = dict(env, UV_PYTHON_INSTALL_DIR=str(dossier))
    trouver = [uv, "python", "find", VERSION, "--system", "--no-python-downloads"]
    recherches = ((trouver, env), (trouver, prive), ([uv, "python", "install", VERSION, "--no-bin"], prive), (trouver, prive))
    for commande, environnement in recherches:
        python = _derniere_ligne(commande, environnement)
        if python and fonctionne(python):
            return python
    return None


def _candidats(env: dict) -> Iterator[str]:
    for dossier in env.get("PATH", "").split(os.pathsep):
        candidat = Path(dossier or ".") / "python3.10"
        if candidat.is_file() and os.access(str(candidat), os.X_OK):
            yield str(candidat)
    if sys.version_info[:2] == (3, 10):
        yield os.path.realpath(sys.executable)
    # uv does not look into pyenv's versions.
    pyenv = Path(env.get("PYENV_ROOT") or Path(env.get("HOME", "~")).expanduser() / ".pyenv")
    versions = [v for v in pyenv.glob("versions/3.10*/bin/python3.10")]
    for candidat in sorted(versions, key=_numero, reverse=True):
        yield str(candidat)


def _numero(python: Path) -> tuple:
    """(3, 10, 13) for .../3.10.13/bin/python3.10; a suffixed name (3.10-dev) comes last."""
    morceaux = python.parent.parent.name.split(".")
    return tuple(int(m) for m in morceaux) if all(m.isdigit() for m in morceaux) else (0,)


def _derniere_ligne(commande: list, env: dict) -> str:
    try:
        sortie = subprocess.run(commande, check=False, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return ""
    lignes = sortie.stdout.decode("utf-8", "replace").split("\n")
    return next((ligne.strip() for ligne in reversed(lignes) if ligne.strip()), "")
