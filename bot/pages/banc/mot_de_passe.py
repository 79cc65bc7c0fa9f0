"""The one password of the bench: hashed with argon2 in ``var/``, set from the command line, never from the page."""

from __future__ import annotations

import hashlib
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGUEUR_MINIMALE = 10


class MotDePasseRefuse(ValueError):
    """Too short; the message is one French sentence."""


class MotDePasse:
    """A file that holds the hash, readable by its owner only."""

    def __init__(self, fichier: Path) -> None:
        self._fichier = fichier
        self._hacheur = PasswordHasher()

    def existe(self) -> bool:
        return self._fichier.is_file()

    def definir(self, mot: str) -> None:
        """Replace the password; every open session ends. Raises ``MotDePasseRefuse``."""
        if len(mot) < LONGUEUR_MINIMALE:
            raise MotDePasseRefuse(f"Ce mot de passe a {len(mot)} caractères : il en faut au moins {LONGUEUR_MINIMALE}.")
        self._fichier.parent.mkdir(parents=True, exist_ok=True)
        brouillon = self._fichier.with_suffix(".nouveau")
        brouillon.touch(mode=0o600)
        brouillon.write_text(self._hacheur.hash(mot))
        brouillon.replace(self._fichier)

    def verifier(self, mot: str) -> bool:
        """Slow on purpose (argon2): call it in a thread."""
        if not self.existe():
            return False
        try:
            return self._hacheur.verify(self._fichier.read_text(), mot)
        except (VerificationError, InvalidHashError):
            return False

    def empreinte(self) -> str:
        """Says whether a session was opened with today's password, and nothing about it."""
        return hashlib.sha256(self._fichier.read_bytes()).hexdigest()[:16] if self.existe() else ""
