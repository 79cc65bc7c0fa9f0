"""Two networks: what the second believes of distress counts for half, and the rest keeps its proportions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.nlu.descente import Apprentissage
from bot.nlu.ecoute import RESTE, Ecoute, apprendre
from bot.nlu.encodeur import Encodeur
from bot.nlu.ngrammes import Vocabulaire

PHRASES = {
    "faq/cout": ["c combien", "combien ça coûte", "c payant ou gratuit", "le prix de l'année"],
    "saluer": ["bonjour", "salut toi", "coucou", "bonsoir à vous"],
    "detresse/mal_etre": ["j'en peux plus", "je pleure tous les soirs", "je vais trop mal", "j'ai plus envie de rien"],
    "detresse/violence": ["mon père me tape", "il me frappe", "on me bat chez moi", "j'ai des bleus à cause de lui"],
}


@pytest.fixture(scope="module")
def vues() -> tuple[np.ndarray, csr_matrix, list[str]]:
    textes = [t for phrases in PHRASES.values() for t in phrases]
    vocabulaire = Vocabulaire.apprendre(textes, range(2, 6), 1)
    return Encodeur().encoder(textes), vocabulaire.vecteurs(textes), [nom for nom, phrases in PHRASES.items() for _ in phrases]


def test_l_avis_de_la_veille_compte_pour_moitie(vues: tuple, tmp_path: Path) -> None:
    dense, creux, etiquettes = vues
    appris = apprendre(dense, creux, etiquettes, Apprentissage(caches=16, passages=60), 8, 2026)
    assert set(appris.veille.etiquettes) == {"detresse/mal_etre", "detresse/violence", RESTE}
    appris.enregistrer(tmp_path)
    avec_voisins = Ecoute.charger(tmp_path)
    entendus = avec_voisins.probabilites(avec_voisins.lettres(creux), dense)
    assert np.allclose(entendus.sum(axis=1), 1.0, atol=1e-5)
    assert [avec_voisins.etiquettes[i] for i in entendus.argmax(axis=1)] == etiquettes
    relu = replace(avec_voisins, voisins=None)
    les_siennes, celles_de_la_veille = np.hsplit(relu.lettres(creux), [16])
    for sens in (dense, None):
        ensemble = relu.probabilites(relu.lettres(creux), sens)
        sujets = relu.sujets.probabilites(les_siennes, sens)
        veille = relu.veille.probabilites(celles_de_la_veille, sens)
        assert np.allclose(ensemble.sum(axis=1), 1.0, atol=1e-5)
        for i, nom in enumerate(relu.etiquettes):
            if i in relu.detresses:
                assert np.allclose(ensemble[:, i], (sujets[:, i] + veille[:, relu.veille.etiquettes.index(nom)]) / 2, atol=1e-6)
        prix, salut = (relu.etiquettes.index(nom) for nom in ("faq/cout", "saluer"))
        assert np.allclose(ensemble[:, prix] * sujets[:, salut], ensemble[:, salut] * sujets[:, prix], atol=1e-6)
        assert [relu.etiquettes[i] for i in ensemble.argmax(axis=1)] == etiquettes
