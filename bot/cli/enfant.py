"""Become a child that cannot outlive its parent: ``python enfant.py <parent's pid> <command...>``.

A supervisor killed by SIGKILL says goodbye to nobody. On Linux the kernel then kills this process (PR_SET_PDEATHSIG survives
the exec below). SIGKILL rather than SIGTERM: an orphan that takes its time keeps the port, and the next start fails.
Run as a plain file, not as ``-m``: importing the package would cost each child a moment.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> int:
    parent, *commande = arguments
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):  # it died before the line above
        return 1
    try:
        os.execvp(commande[0], commande)
    except OSError as erreur:
        print(f"OSError: {commande[0]} ne se lance pas ({erreur.strerror})", flush=True)
        return 127


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
