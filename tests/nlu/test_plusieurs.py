"""Two questions or one: the trees are those of scikit-learn, and a third question stands only with both others."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bench import plusieurs as banc
from bot.nlu import plusieurs
from bot.nlu.decoupe import decouper

SUJETS = frozenset({"faq"})


def test_les_arbres_ecrits_sont_ceux_de_scikit_learn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hasard = np.random.default_rng(3)
    x = hasard.random((400, 3))
    cas = [banc.Cas(i, dict(zip("abc", ligne.tolist())), bool(ligne[0] + ligne[1] > 1.2)) for i, ligne in enumerate(x)]
    modele = banc._ajuster(cas)
    monkeypatch.setattr(banc, "ARBRES", tmp_path / "arbres.json")
    monkeypatch.setattr(plusieurs, "ARBRES", tmp_path / "arbres.json")
    banc._ecrire(modele, list("abc"))
    lus = plusieurs.arbres.__wrapped__()
    attendues = modele.predict_proba(x)[:, 1]
    assert np.allclose([lus.vraisemblance(c.indices) for c in cas], attendues, atol=0.005)
    assert attendues.min() < 0.1 and attendues.max() > 0.9


@pytest.mark.parametrize(("communs", "posees"), [({(0, 1)}, [0, 1]), ({(0, 1), (0, 2)}, [0, 1]), ({(0, 1), (0, 2), (1, 2)}, [0, 1, 2]), (set(), [])])
def test_une_troisieme_question_va_avec_les_deux_autres(communs: set, posees: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    class Arbres:
        def vraisemblance(self, trouves: dict[str, float]) -> float:
            rangs = (int(trouves["rang_1"]), int(trouves["rang_2"]))
            return 0.9 - 0.1 * (rangs != (0, 1)) if rangs in communs else 0.1

    monkeypatch.setattr(plusieurs, "arbres", Arbres)
    message = "c cb, ya un internat ? et on mange ou"
    lues = [(texte, {f"faq/{i}": 0.9, "hors_sujet": 0.1}) for i, texte in enumerate(decouper(message))]
    situees = plusieurs.situer(message, lues)
    trouvees = plusieurs.questions_posees(message, {"faq/0": 0.5}, situees, SUJETS, 0.5)
    assert [p.rang for p in trouvees] == posees


def test_les_arbres_livres_lisent_tous_leurs_indices() -> None:
    ecrits = json.loads(plusieurs.ARBRES.read_text(encoding="utf-8"))
    message = "c cb et on dort là-bas ?"
    situees = plusieurs.situer(message, [(t, {f"faq/{i}": 0.9, "hors_sujet": 0.1}) for i, t in enumerate(decouper(message))])
    (paire,) = plusieurs.paires(situees, SUJETS)
    assert list(plusieurs.indices(message, {"faq/0": 0.5}, paire, situees)) == ecrits["noms"]
