"""The ``etabli`` command as people type it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.cli import journal, modele
from bot.cli.environnement import environnement_enfant
from bot.reglages import RACINE, lire_reglages


def etabli(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    commande = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
    return subprocess.run(
        commande, check=False, env={**os.environ, **env}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120
    )


def test_l_aide_est_en_francais_et_rapide() -> None:
    debut = time.monotonic()
    aide = etabli("--help").stdout
    assert time.monotonic() - debut < 2  # 0.3 s alone; the margin is for a busy machine
    assert "Commandes :" in aide and "entrainer" in aide
    assert not {"Usage", "Options:", "Show", "Commands"} & set(aide.split())


def test_l_aide_n_importe_ni_rasa_ni_tensorflow() -> None:
    lourds = "{'rasa', 'tensorflow', 'spacy', 'sqlalchemy', 'rich'}"
    verification = f"import sys, bot.cli.application; sys.exit(' '.join({lourds} & set(sys.modules)) or 0)"
    assert subprocess.run([sys.executable, "-c", verification], check=False).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "attendu"),
    [
        (["servr"], "Commande inconnue : 'servr'. Voulais-tu dire 'servir'?"),
        (["servir", "--port", "abc"], "n'est pas un nombre entier"),
        (["servir", "--bizarre"], "Option inconnue : --bizarre"),
    ],
)
def test_une_commande_fausse_est_expliquee_en_francais(arguments: list[str], attendu: str) -> None:
    resultat = etabli(*arguments)
    assert resultat.returncode == 2 and attendu in resultat.stdout


def test_un_reglage_faux_est_explique() -> None:
    resultat = etabli("verifier", ETABLI_PORT="cinq mille")
    assert resultat.returncode == 2
    assert resultat.stdout == "ETABLI_PORT vaut « cinq mille » : donne un numéro de port entre 1 et 65535.\n"


@pytest.mark.parametrize("cle", ["ETABLI_PORT", "ETABLI_PORT_ACTIONS"])
def test_un_port_pris_est_explique_avant_tout(cle: str) -> None:
    with socket.socket() as occupe:
        occupe.bind(("127.0.0.1", 0))
        occupe.listen()
        port = str(occupe.getsockname()[1])
        resultat = etabli("demarrer", **{"ETABLI_PORT": "5905", "ETABLI_PORT_ACTIONS": "5955", "ETABLI_ACTIONS": "serveur", cle: port})
    assert resultat.returncode == 1
    assert resultat.stdout.startswith(f"Le port {port} est déjà pris") and f"« {cle}=" in resultat.stdout
    assert len(resultat.stdout.splitlines()) == 1


def test_les_enfants_n_ont_ni_telemetrie_ni_adresse_publique(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_WRITE_KEY", "cle")
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    env = environnement_enfant(lire_reglages())
    assert env["RASA_TELEMETRY_ENABLED"] == "false" and "RASA_TELEMETRY_WRITE_KEY" not in env
    assert env["SANIC_HOST"] == "127.0.0.1"


def test_la_raison_d_un_echec_est_la_derniere_erreur(tmp_path: Path) -> None:
    fichier = tmp_path / "essai.log"
    fichier.write_text("ValueError: hier\n")
    position = fichier.stat().st_size
    with fichier.open("a") as sortie:
        sortie.write("début\n\x1b[91mYamlSyntaxException: ligne 3\x1b[0m\nau revoir\n")
    assert journal.raison(fichier, position) == "YamlSyntaxException: ligne 3"
    assert journal.raison(tmp_path / "absent.log") == ""


class TestModele:
    @pytest.fixture(autouse=True)
    def dossier(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Models of the test stay in the test."""
        for nom, chemin in {"DOSSIER": ".", "MODELE": "etabli.tar.gz", "EMPREINTE": "etabli.empreinte", "BROUILLON": "en-cours"}.items():
            monkeypatch.setattr(modele, nom, tmp_path / chemin)
        return tmp_path

    def test_un_nouveau_modele_remplace_l_ancien(self, dossier: Path) -> None:
        (dossier / "20240101-vieux.tar.gz").write_text("vieux")
        assert not modele.a_jour()
        nouveau = modele.vider_brouillon() / "etabli.tar.gz"
        nouveau.write_text("neuf")
        modele.mettre_en_place(nouveau, modele.calculer_empreintes())
        assert modele.a_jour()
        assert [chemin.name for chemin in dossier.glob("*.tar.gz")] == ["etabli.tar.gz"]

    def test_l_empreinte_suit_ce_que_le_modele_apprend(self, monkeypatch: pytest.MonkeyPatch) -> None:
        avant = modele.calculer_empreintes()
        monkeypatch.setattr(modele, "SOURCES_DES_REGLES", (*modele.SOURCES_DES_REGLES, "Makefile"))
        apres = modele.calculer_empreintes()
        assert apres.regles != avant.regles and apres.reseau == avant.reseau  # an answer has changed: the network has nothing to learn

    def test_chaque_motif_designe_des_fichiers(self) -> None:
        assert [motif for motif in (*modele.SOURCES_DU_RESEAU, *modele.SOURCES_DES_REGLES) if not any(RACINE.glob(motif))] == []
