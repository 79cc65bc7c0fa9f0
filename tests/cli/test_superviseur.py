"""The supervisor over real processes: they die, they are stopped, the supervisor itself is killed; nobody stays behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

LANCEUR = str(Path(__file__).with_name("lanceur.py"))
Lancer = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def lancer(tmp_path: Path) -> Iterator[Lancer]:
    """Start a supervisor over services in these modes; afterwards, leave nothing running."""
    lances: list[subprocess.Popen[str]] = []

    def _lancer(*modes: str) -> subprocess.Popen[str]:
        commande = [sys.executable, LANCEUR, str(tmp_path), *(f"{mode}:{port_libre()}" for mode in modes)]
        lances.append(subprocess.Popen(commande, stdout=subprocess.PIPE, text=True))
        return lances[-1]

    yield _lancer
    for superviseur in lances:
        superviseur.kill()
        superviseur.communicate()
    for pid in pids(tmp_path):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return prise.getsockname()[1]


def pids(dossier: Path) -> list[int]:
    fichier = dossier / "pids"
    return [int(ligne) for ligne in fichier.read_text().split()] if fichier.exists() else []


def vivants(dossier: Path) -> list[int]:
    return [pid for pid in pids(dossier) if _vit(pid)]


def _vit(pid: int) -> bool:
    """A zombie waits to be read by its parent: it runs no more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def attendre(condition: Callable[[], bool], delai: float = 5) -> bool:
    fin = time.monotonic() + delai
    while not condition() and time.monotonic() < fin:
        time.sleep(0.02)
    return condition()


def lire_jusqu_a(superviseur: subprocess.Popen[str], texte: str) -> None:
    assert superviseur.stdout is not None
    for ligne in superviseur.stdout:
        if texte in ligne:
            return
    pytest.fail(f"le superviseur n'a jamais dit « {texte} »")


@pytest.mark.parametrize("numero", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_un_signal_arrete_tout_proprement(lancer: Lancer, tmp_path: Path, numero: signal.Signals) -> None:
    superviseur = lancer("bon", "enfants")
    lire_jusqu_a(superviseur, "prêt")
    assert len(vivants(tmp_path)) == 3
    superviseur.send_signal(numero)
    assert superviseur.wait(5) == 0
    assert attendre(lambda: not vivants(tmp_path))


def test_un_service_qui_ignore_sigterm_est_tue_apres_le_delai(lancer: Lancer, tmp_path: Path) -> None:
    superviseur = lancer("tetu")
    lire_jusqu_a(superviseur, "prêt")
    debut = time.monotonic()
    superviseur.send_signal(signal.SIGINT)
    assert superviseur.wait(5) == 0
    assert time.monotonic() - debut > 1.4
    assert not vivants(tmp_path)


def test_un_second_ctrl_c_tue_tout_de_suite(lancer: Lancer, tmp_path: Path) -> None:
    superviseur = lancer("tetu")
    lire_jusqu_a(superviseur, "prêt")
    debut = time.monotonic()
    superviseur.send_signal(signal.SIGINT)
    time.sleep(0.3)
    superviseur.send_signal(signal.SIGINT)
    assert superviseur.wait(5) == 0
    assert time.monotonic() - debut < 1.2
    assert not vivants(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="prctl est propre à Linux")
def test_un_superviseur_tue_ne_laisse_pas_d_orphelin(lancer: Lancer, tmp_path: Path) -> None:
    superviseur = lancer("bon", "tetu")
    lire_jusqu_a(superviseur, "prêt")
    superviseur.kill()
    assert attendre(lambda: not vivants(tmp_path))


def test_un_service_mort_est_relance(lancer: Lancer, tmp_path: Path) -> None:
    superviseur = lancer("bon")
    lire_jusqu_a(superviseur, "prêt")
    os.kill(pids(tmp_path)[0], signal.SIGKILL)
    lire_jusqu_a(superviseur, "le service bon s'est arrêté (tué par le signal 9, souvent par manque de mémoire)")
    lire_jusqu_a(superviseur, "le service bon répond de nouveau")
    assert len(vivants(tmp_path)) == 1


def test_un_service_fige_est_tue_puis_relance(lancer: Lancer, tmp_path: Path) -> None:
    superviseur = lancer("bon")
    lire_jusqu_a(superviseur, "prêt")
    fige = pids(tmp_path)[0]
    os.kill(fige, signal.SIGSTOP)
    lire_jusqu_a(superviseur, "ne répond plus depuis")
    lire_jusqu_a(superviseur, "le service bon répond de nouveau")
    assert fige not in vivants(tmp_path) and len(vivants(tmp_path)) == 1


def test_un_service_arrete_pendant_qu_il_redemarre_est_relance_lui_aussi(lancer: Lancer, tmp_path: Path) -> None:
    superviseur = lancer("lent")
    lire_jusqu_a(superviseur, "prêt")
    for numero in (signal.SIGKILL, signal.SIGSTOP):  # the second one comes before the new process answers
        combien = len(pids(tmp_path))
        os.kill(pids(tmp_path)[-1], numero)
        assert attendre(lambda deja=combien: len(pids(tmp_path)) > deja)
    lire_jusqu_a(superviseur, "répond de nouveau")
    assert len(vivants(tmp_path)) == 1


def test_un_service_qui_tombe_toujours_arrete_tout_et_dit_pourquoi(lancer: Lancer, tmp_path: Path) -> None:
    superviseur = lancer("bon", "tombe")
    sortie, _ = superviseur.communicate(timeout=15)
    assert superviseur.returncode == 1
    assert sortie.count("je le relance") == 4
    derniere = sortie.splitlines()[-1]
    assert "le service tombe s'est arrêté 5 fois" in derniere and "ValueError: la base est illisible" in derniere
    assert "tombe.log" in derniere and "make run" in derniere
    assert not vivants(tmp_path)


def test_un_service_qui_ne_demarre_pas_n_est_essaye_que_deux_fois(lancer: Lancer, tmp_path: Path) -> None:
    with socket.socket() as occupe:
        occupe.bind(("127.0.0.1", 0))
        occupe.listen()
        commande = [sys.executable, LANCEUR, str(tmp_path), f"bon:{port_libre()}", f"enfants:{occupe.getsockname()[1]}"]
        resultat = subprocess.run(commande, check=False, stdout=subprocess.PIPE, text=True, timeout=15)
    assert resultat.returncode == 1
    assert resultat.stdout.count("je le relance") == 1
    assert "Address already in use" in resultat.stdout.splitlines()[-1]
    assert attendre(lambda: not vivants(tmp_path))
