"""Put everything that Établi needs into the project folder: ``.outils/`` (uv) and ``.venv/`` (Python 3.10, locked libraries).

Run by the Makefile with any Python from 3.7 on, before anything is installed: standard library only.
``--tests`` also makes sure that there is a browser; ``--verrou`` resolves the lock again; ``--verifier``
only says, by its exit code, whether there is work to do.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import interprete
import navigateur
import outil_uv
from affichage import Arret, dire, executer

RACINE = Path(__file__).resolve().parent.parent
SANS_PYTHON = (
    "Il manque Python 3.10 et il n'a pas pu être téléchargé : installe-le (sous Debian ou Ubuntu : apt-get install python3.10 "
    "s'il existe, sinon pyenv install 3.10), puis relance la même commande."
)
EXPLICATIONS = (
    (("No space left", "os error 28"), "le disque est plein : libère 4 Go"),
    (("Hash mismatch", "hash mismatch"), "une bibliothèque reçue n'est pas celle que requirements.lock attend : vérifie ton index"),
    (
        ("dns error", "error sending request", "Failed to fetch", "timed out", "onnection", "certificate"),
        "l'index de paquets ne répond pas : vérifie la connexion ou donne son adresse dans UV_INDEX_URL",
    ),
    (("No solution found", "not found in the package registry"), "l'index de paquets n'a pas toutes les versions de requirements.lock"),
)


class Installation:
    """The environment of one project folder. ``tampon`` is written last: without it, the environment counts as unfinished."""

    def __init__(self, racine: Path = RACINE) -> None:
        self.racine = racine
        self.venv = racine / ".venv"
        self.outils = racine / ".outils"
        self.tampon = self.venv / "etabli.tampon"
        self.journal = self.outils / "installation.log"

    def a_jour(self) -> bool:
        """Nothing to do: same folder, same lock, same package description, and an interpreter that still exists."""
        return self._lire_tampon() == self._attendu() and self._venv_complet()

    def installer(self, env: dict) -> None:
        """Create or bring up to date. A changed lock is a quick sync; anything doubtful is rebuilt from nothing."""
        garder = self._lire_tampon()[:1] == self._attendu()[:1] and interprete.fonctionne(str(self.venv / "bin" / "python"))
        python = interprete.chercher_sur_place(env)
        propre = outil_uv.preparer_environnement(env)
        uv = outil_uv.trouver_ou_installer(propre, self.outils, self.racine / "deploy" / "amorce.lock", python)
        if garder:
            self.tampon.unlink()
        else:
            python = python or self._python_par_uv(uv, propre)
            self._refaire_venv(uv, python, propre)
        self._remplir(uv, propre)
        self.tampon.write_text("\n".join(self._attendu()), encoding="utf-8")

    def refaire_verrou(self, env: dict) -> None:
        """Resolve pyproject.toml again. The header names a command, not this machine; no index address is written."""
        propre = outil_uv.preparer_environnement(env)
        uv = outil_uv.trouver_ou_installer(propre, self.outils, self.racine / "deploy" / "amorce.lock", None)
        options = ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--extra", "tests", "--quiet"]
        fichiers = [str(self.racine / "pyproject.toml"), "-o", str(self.racine / "requirements.lock")]
        en_tete = ["--custom-compile-command", "make verrou", "--python", str(self.venv / "bin" / "python")]
        self._executer("Calcul de requirements.lock", [uv, "pip", "compile"] + options + en_tete + fichiers, propre)

    def _python_par_uv(self, uv: str, env: dict) -> str:
        dire("Recherche de Python 3.10 (uv le télécharge s'il le faut)…")
        python = interprete.chercher_avec_uv(uv, env, self.outils / "python")
        if not python:
            raise Arret(SANS_PYTHON)
        return python

    def _refaire_venv(self, uv: str, python: str, env: dict) -> None:
        if self.venv.is_symlink() or self.venv.is_file():
            self.venv.unlink()
        shutil.rmtree(str(self.venv), ignore_errors=True)
        self._executer("Création de l'environnement Python 3.10", [uv, "venv", "--quiet", "--python", python, str(self.venv)], env)

    def _remplir(self, uv: str, env: dict) -> None:
        cible = ["--python", str(self.venv / "bin" / "python")]
        verrou = str(self.racine / "requirements.lock")
        # Compiled now: where Python may not write its bytecode later, each start would compile Rasa and its libraries for 20 s.
        # The few packages that exist only as sources are built with the setuptools of the lock, hash included.
        synchro = [uv, "pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes", "--build-constraints", verrou] + cible + [verrou]
        self._executer("Installation des bibliothèques (2 à 3 Go, quelques minutes la première fois)", synchro, env)
        # No isolation: the build tool is in the lock, so nothing outside of it is ever fetched.
        paquet = [uv, "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"] + cible + ["-e", str(self.racine)]
        self._executer("Installation d'Établi", paquet, env)

    def _executer(self, annonce: str, commande: list, env: dict) -> None:
        if not executer(annonce, commande, env, self.journal):
            raise Arret(expliquer(self.journal.read_text(encoding="utf-8", errors="replace")))

    def _lire_tampon(self) -> list:
        try:
            return self.tampon.read_text(encoding="utf-8").split("\n")
        except OSError:
            return []

    def _attendu(self) -> list:
        """The folder first: scripts of an environment hold its absolute path, so a moved project needs a new one."""
        somme = hashlib.sha256(platform.machine().encode())
        for nom in ("requirements.lock", "pyproject.toml"):
            somme.update((self.racine / nom).read_bytes())
        return [str(self.racine), somme.hexdigest()]

    def _venv_complet(self) -> bool:
        return all((self.venv / "bin" / nom).exists() for nom in ("python", "etabli"))  # `exists` follows links


def expliquer(journal: str) -> str:
    """One French sentence for a failed step, from what uv wrote."""
    for indices, cause in EXPLICATIONS:
        if any(indice in journal for indice in indices):
            return f"L'installation s'est arrêtée, {cause}, puis relance la même commande (détail : .outils/installation.log)."
    lignes = [ligne.strip() for ligne in journal.split("\n") if ligne.strip()]
    return "L'installation s'est arrêtée (« {} ») : lis .outils/installation.log, puis relance la même commande.".format(
        lignes[-1][:200] if lignes else "sans explication"
    )


@contextmanager
def un_seul_a_la_fois(dossier: Path) -> Iterator[None]:
    """Two installations at once would break each other: the second one waits. The lock dies with its owner."""
    import fcntl

    dossier.mkdir(parents=True, exist_ok=True)
    with (dossier / "installation.verrou").open("w") as verrou:
        try:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            dire("Une autre installation est en cours : j'attends qu'elle finisse…")
            fcntl.flock(verrou, fcntl.LOCK_EX)
        os.set_inheritable(verrou.fileno(), True)  # killed, we leave a uv at work: the lock lasts as long as it does
        yield


def main(arguments: list) -> int:
    installation = Installation()
    if "--verifier" in arguments:
        return 0 if installation.a_jour() else 1
    try:
        if not installation.a_jour():
            with un_seul_a_la_fois(installation.outils):
                if not installation.a_jour():  # the one we waited for may have done it
                    installation.installer(dict(os.environ))
        if "--verrou" in arguments:
            installation.refaire_verrou(dict(os.environ))
        if "--tests" in arguments:
            navigateur.assurer(dict(os.environ), installation.outils / "navigateur.log")
    except Arret as arret:
        dire(str(arret))
        return 1
    except KeyboardInterrupt:
        dire("\nInstallation interrompue : relance la même commande pour la reprendre.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
