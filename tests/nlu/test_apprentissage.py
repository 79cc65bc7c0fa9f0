"""Learning: same data and seed, same network; what a component gives is what the classifier reads; nothing is fetched."""

from __future__ import annotations

import socket
from typing import NoReturn

import numpy as np
import pytest

from bot.nlu.descente import Apprentissage, entrainer
from bot.nlu.encodeur import DIMENSIONS, Encodeur
from bot.nlu.ngrammes import Vocabulaire
from bot.nlu.reseau import Classifieur

PHRASES = {
    "faq/cout": ["c combien", "combien ça coûte", "c payant ou gratuit", "le prix de l'année"],
    "faq/age": ["quel âge il faut", "j'ai 15 ans c'est bon", "trop jeune à 13 ans ?", "on peut venir à quel age"],
    "saluer": ["bonjour", "salut toi", "coucou", "bonsoir à vous"],
}


@pytest.fixture(scope="module")
def vues() -> tuple[np.ndarray, object, list[str]]:
    textes = [t for phrases in PHRASES.values() for t in phrases]
    vocabulaire = Vocabulaire.apprendre(textes, range(2, 6), 1)
    return Encodeur().encoder(textes), vocabulaire.vecteurs(textes), [nom for nom, phrases in PHRASES.items() for _ in phrases]


def test_memes_donnees_et_meme_graine_donnent_le_meme_reseau(vues: tuple) -> None:
    reglages = Apprentissage(caches=16, passages=30)
    un, deux, autre = (entrainer(*vues, reglages, graine).reseau for graine in (2026, 2026, 2027))
    assert all(np.array_equal(getattr(un, champ), getattr(deux, champ)) for champ in un.__dataclass_fields__)
    assert not np.array_equal(un.sortie, autre.sortie)


def test_le_reseau_apprend_et_se_relit(vues: tuple, tmp_path: object) -> None:
    dense, creux, etiquettes = vues
    appris = entrainer(dense, creux, etiquettes, Apprentissage(caches=16, passages=90), 2026)
    appris.enregistrer(tmp_path / "reseau.npz")
    relu = Classifieur.charger(tmp_path / "reseau.npz")
    lettres = creux @ appris.reseau.creux
    for sens in (dense, None):  # the same network reads both views, or letters alone
        assert [relu.etiquettes[i] for i in relu.probabilites(lettres, sens).argmax(axis=1)] == etiquettes
        assert np.allclose(relu.probabilites(lettres, sens), appris.probabilites(lettres, sens))


def test_l_encodeur_se_charge_sans_reseau(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(*_: object) -> NoReturn:
        raise AssertionError("l'encodeur cherche le réseau")

    monkeypatch.setattr(socket.socket, "connect", refuser)
    monkeypatch.setattr(socket, "getaddrinfo", refuser)
    vecteurs = Encodeur().encoder(["c combien", "on est payé ?"])
    assert vecteurs.shape == (2, DIMENSIONS) and vecteurs.dtype == np.float32
    assert np.allclose(np.linalg.norm(vecteurs, axis=1), 1.0, atol=1e-3)
