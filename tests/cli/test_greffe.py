"""A model with new rules keeps the network of the old one; a network that reads other things is refused."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from bot.cli.greffe import donnees_reduites, greffer


def _modele(fichier: Path, pieces: dict[str, str]) -> Path:
    racine = fichier.with_suffix("")
    for nom, contenu in pieces.items():
        (racine / nom).parent.mkdir(parents=True, exist_ok=True)
        (racine / nom).write_text(contenu)
    with tarfile.open(fichier, "w:gz") as archive:
        for piece in racine.iterdir():
            archive.add(piece, arcname=piece.name)
    return fichier


def test_les_regles_sont_neuves_et_le_reseau_est_garde(tmp_path: Path) -> None:
    reseau = "components/train_bot.nlu.classifieur.ClassifieurNeuronal5/sujets.npz"
    ancien = _modele(tmp_path / "ancien.tar.gz", {reseau: "appris", "components/train_RulePolicy0/r.json": "vieilles", "metadata.json": "vieux"})
    neuf = _modele(tmp_path / "neuf.tar.gz", {reseau: "presque rien", "components/train_RulePolicy0/r.json": "neuves", "metadata.json": "neuf"})
    greffer(neuf, ancien)
    with tarfile.open(neuf) as archive:
        archive.extractall(tmp_path / "lu")
    lus = {nom: (tmp_path / "lu" / nom).read_text() for nom in (reseau, "components/train_RulePolicy0/r.json", "metadata.json")}
    assert list(lus.values()) == ["appris", "neuves", "neuf"]


def test_un_reseau_d_une_autre_forme_est_refuse(tmp_path: Path) -> None:
    ancien = _modele(tmp_path / "ancien.tar.gz", {"components/train_bot.nlu.autre.Autre3/a": "x"})
    neuf = _modele(tmp_path / "neuf.tar.gz", {"components/train_bot.nlu.classifieur.ClassifieurNeuronal5/a": "y"})
    with pytest.raises(ValueError, match="mêmes composants"):
        greffer(neuf, ancien)


def test_un_exemple_par_sujet_et_toutes_les_regles(tmp_path: Path) -> None:
    (tmp_path / "d" / "nlu").mkdir(parents=True)
    (tmp_path / "d" / "stories").mkdir()
    (tmp_path / "d" / "nlu" / "a.yml").write_text("nlu:\n- intent: faq/cout\n  examples: |\n    - c cb\n    - le prix\n")
    (tmp_path / "d" / "stories" / "r.yml").write_text("rules: []  # tout\n")
    donnees_reduites(tmp_path / "d", tmp_path / "r")
    assert "c cb" in (tmp_path / "r" / "nlu" / "a.yml").read_text() and "le prix" not in (tmp_path / "r" / "nlu" / "a.yml").read_text()
    assert (tmp_path / "r" / "stories" / "r.yml").read_text() == "rules: []  # tout\n"
