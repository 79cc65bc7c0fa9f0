"""``etabli scenarios jouer`` as typed: what it prints, what it returns. And the chapter that explains it is true."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cli.application import lancer
from bot.pages.banc.mot_de_passe import MotDePasse, MotDePasseRefuse
from bot.reglages import RACINE
from bot.scenarios import fichiers, lire_scenario

if TYPE_CHECKING:
    from tests.bot_scenarios.conftest import FauxBot

CHAPITRE = RACINE / "docs" / "scenarios.md"


def test_jouer_dit_ce_qui_echoue_et_par_dossier(faux_bot: FauxBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faux_bot.reponses = {"bonjour": [{"text": "Bonjour"}]}
    for dossier, attente in (("bons", "bonjour"), ("mauvais", "bonsoir")):
        (tmp_path / dossier).mkdir()
        (tmp_path / dossier / "a.yml").write_text(f"scénario: {dossier}\néchanges:\n  - dit: bonjour\n    contient: [{attente}]\n", encoding="utf-8")
    assert lancer(["scenarios", "jouer", str(tmp_path), "--serveur", faux_bot.adresse]) == 1
    sortie = capsys.readouterr().out
    assert "échoué  mauvais" in sortie and "attendu : une réponse qui contient « bonsoir »" in sortie
    assert re.search(r"^  bons +1 réussi$", sortie, re.MULTILINE) and re.search(r"^  mauvais +1 échoué$", sortie, re.MULTILINE)
    sans_http = faux_bot.adresse.removeprefix("http://")
    assert lancer(["scenarios", "jouer", str(tmp_path / "bons"), "--serveur", sans_http]) == 0


def test_un_fichier_faux_arrete_tout_avant_de_jouer(faux_bot: FauxBot, ecrire: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    fichier = ecrire("  - dit: bonjour\n    contiens: [ici]\n")
    assert lancer(["scenarios", "jouer", str(fichier), "--serveur", faux_bot.adresse]) == 1
    assert "tu voulais écrire « contient »" in capsys.readouterr().err and not faux_bot.recus


def test_un_endroit_ou_l_on_ne_peut_pas_ecrire_est_dit(faux_bot: FauxBot, ecrire: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    faux_bot.reponses = {"bonjour": [{"text": "Bonjour"}]}
    fichier = ecrire("  - dit: bonjour\n    contient: [bonjour]\n")
    ailleurs = fichier / "page.html"  # under a file: no folder can be made there
    assert lancer(["scenarios", "jouer", str(fichier), "--serveur", faux_bot.adresse, "--rapport", str(ailleurs)]) == 1
    assert lancer(["scenarios", "exporter", str(fichier / "a.csv"), "--dossier", str(fichier.parent)]) == 1
    assert capsys.readouterr().err.count("ne peut pas être écrit") == 2


def test_les_noms_se_trouvent_par_un_mot(capsys: pytest.CaptureFixture[str]) -> None:
    assert lancer(["scenarios", "noms", "prix"]) == 0
    sortie = capsys.readouterr().out
    assert re.search(r"^  faq/cout +Le prix : Combien ça coûte \?$", sortie, re.MULTILINE) and "faq/age" not in sortie and "morceau/" not in sortie
    assert lancer(["scenarios", "noms", "zzz"]) == 1 and "mot plus court" in capsys.readouterr().err
    assert lancer(["scenarios", "noms"]) == 0 and re.search(r"^  metier +Métier cherché$", capsys.readouterr().out, re.MULTILINE)


def test_un_dossier_du_projet_se_nomme_sans_son_chemin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert lancer(["scenarios", "jouer", "parcours", "--serveur", "http://127.0.0.1:9"]) == 1
    assert "n'existe pas" not in (erreur := capsys.readouterr().err) and "ne répond pas" in erreur


def test_exporter_puis_importer_n_ecrit_que_ce_qui_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier, tableur = tmp_path / "scenarios" / "precisions", tmp_path / "a.csv"
    dossier.mkdir(parents=True)
    fichier = dossier / "a.yml"
    fichier.write_text("# une note à garder\nscénario: un essai\néchanges:\n  - dit: c cb\n    contient: ['800']\n", encoding="utf-8")
    options = ["--dossier", str(tmp_path / "scenarios")]
    assert lancer(["scenarios", "exporter", str(tableur), *options]) == 0
    assert lancer(["scenarios", "importer", str(tableur), *options]) == 0 and "0 écrits" in capsys.readouterr().out
    assert fichier.read_text(encoding="utf-8").startswith("# une note")
    tableur.write_text(tableur.read_text(encoding="utf-8").replace("800", "1800"), encoding="utf-8")
    assert lancer(["scenarios", "importer", str(tableur), *options]) == 0
    assert lire_scenario(fichier).echanges[0].contient == ("1800",)


def test_les_exemples_du_chapitre_sont_de_vrais_scenarios(tmp_path: Path) -> None:
    texte = CHAPITRE.read_text(encoding="utf-8")
    exemples = re.findall(r"```yaml\n(.*?)```", texte, re.DOTALL)
    for rang, exemple in enumerate(exemples):
        (tmp_path / f"{rang}.yml").write_text(exemple, encoding="utf-8")
    assert len([lire_scenario(fichier) for fichier in fichiers(tmp_path)]) >= 2
    for nomme in re.findall(r"tests/scenarios/[a-z_/]+\.yml", texte):
        assert (RACINE / nomme).is_file() or nomme.endswith("/essai.yml"), nomme


def test_le_mot_de_passe_n_est_garde_que_hache(tmp_path: Path) -> None:
    mot = MotDePasse(tmp_path / "var" / "mot_de_passe")
    assert not mot.existe() and not mot.verifier("")
    with pytest.raises(MotDePasseRefuse, match="au moins 10"):
        mot.definir("court")
    mot.definir("une phrase assez longue")
    fichier = tmp_path / "var" / "mot_de_passe"
    assert fichier.read_text().startswith("$argon2id$") and fichier.stat().st_mode & 0o077 == 0
    assert mot.verifier("une phrase assez longue") and not mot.verifier("une phrase assez longuE")
