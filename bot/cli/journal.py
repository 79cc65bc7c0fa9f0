"""Logs of the children: open them, keep them small, find the line that says why one of them failed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

TAILLE_MAX = 5_000_000  # bytes; the previous one is kept beside
LONGUEUR_MAX = 240
_COULEURS = re.compile(r"\x1b\[[0-9;]*m")
_ERREUR = re.compile(r"^(?:[\w.]*(?:Error|Exception|Invalid\w*|Interrupt|Exit|Invalide)\b\s*:|.*\b(?:ERROR|CRITICAL)\b)")


def ouvrir(journal: Path) -> BinaryIO:
    """Open for appending; a big one becomes ``<name>.1`` first."""
    journal.parent.mkdir(parents=True, exist_ok=True)
    if journal.exists() and journal.stat().st_size > TAILLE_MAX:
        journal.replace(journal.with_name(journal.name + ".1"))
    return journal.open("ab")


def raison(journal: Path, depuis: int = 0) -> str:
    """The line that explains a failure, written after position ``depuis``: the last error, else the last line."""
    try:
        with journal.open("rb") as fichier:
            fichier.seek(depuis)
            texte = fichier.read().decode("utf-8", "replace")
    except OSError:
        return ""
    lignes = [ligne.strip() for ligne in _COULEURS.sub("", texte).splitlines() if ligne.strip()]
    erreurs = [ligne for ligne in lignes if _ERREUR.match(ligne)]
    return (erreurs or lignes or [""])[-1][:LONGUEUR_MAX]
