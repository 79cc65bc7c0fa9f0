"""Two questions or one: what is fitted is what is read, and a third question stands only with both others."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bench import plusieurs as banc
from bench.apprentissage import Exemple
from bot.nlu import plusieurs
from bot.nlu.decoupe import decouper
from bot.nlu.demande import Demande, demande, mots_d_une_demande

SANS_AVIS = Demande(0.0, {})


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
    assert np.allclose(lus.vraisemblances([c.indices for c in cas]), attendues, atol=0.005)
    assert attendues.min() < 0.1 and attendues.max() > 0.9


@pytest.mark.parametrize(("communs", "posees"), [({(0, 1)}, [0, 1]), ({(0, 1), (0, 2)}, [0, 1]), ({(0, 1), (0, 2), (1, 2)}, [0, 1, 2]), (set(), [])])
def test_une_troisieme_question_va_avec_les_deux_autres(communs: set, posees: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    class Arbres:
        def vraisemblances(self, trouves: list[dict[str, float]]) -> list[float]:
            rangs = [(int(t["rang_1"]), int(t["rang_2"])) for t in trouves]
            return [0.9 - 0.1 * (r != (0, 1)) if r in communs else 0.1 for r in rangs]

    monkeypatch.setattr(plusieurs, "arbres", Arbres)
    message = "c cb, ya un internat ? et on mange ou"
    lues = [(texte, {f"faq/{i}": 0.9, "hors_sujet": 0.1}) for i, texte in enumerate(decouper(message))]
    trouvees = plusieurs.questions_posees(plusieurs.juger(message, {"faq/0": 0.5}, lues), 0.5)
    assert [p.rang for p in trouvees] == posees


def test_les_arbres_livres_lisent_tous_leurs_indices() -> None:
    ecrits = json.loads(plusieurs.ARBRES.read_text(encoding="utf-8"))
    message = "c cb et on dort là-bas ?"
    situees = plusieurs.situer(message, [(t, {f"faq/{i}": 0.9, "hors_sujet": 0.1}) for i, t in enumerate(decouper(message))], SANS_AVIS)
    (paire,) = plusieurs.paires(situees)
    assert list(plusieurs.indices(message, {"faq/0": 0.5}, paire, situees)) == ecrits["noms"]


def test_une_proposition_dont_le_sujet_est_deja_pris_est_lue_a_son_second_choix() -> None:
    message = "ils dorment où, et le soir ils sortent ?"
    lues = [("ils dorment où", {"faq/internat": 0.9, "faq/cout": 0.1}), ("le soir ils sortent ?", {"faq/internat": 0.5, "faq/vie_ecole": 0.4})]
    (paire,) = plusieurs.paires(plusieurs.situer(message, lues, SANS_AVIS))
    assert [(p.etiquette, p.confiance) for p in paire] == [("faq/internat", 0.9), ("faq/vie_ecole", 0.4)]
    redite = [("ils dorment où", {"faq/internat": 0.96, "faq/cout": 0.04}), ("le soir ils sortent ?", {"faq/internat": 0.97, "faq/vie_ecole": 0.03})]
    assert not plusieurs.paires(plusieurs.situer(message, redite, SANS_AVIS))


def test_ce_qui_est_ecrit_de_la_demande_est_ce_qui_est_lu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    questions = [f"combien coûte le truc {i}" for i in range(20)]
    recits = [f"mon cousin a payé son truc {i}" for i in range(20)]
    lus = [banc.Lu(Exemple(q, ("faq/cout",)), {}, [(q, {"faq/cout": 1.0})]) for q in questions]
    lus += [banc.Lu(Exemple(r, ("hors_sujet",)), {}, [(r, {"faq/cout": 1.0})]) for r in recits]
    monkeypatch.setattr(banc, "MOTS", tmp_path / "demande.json")
    monkeypatch.setattr("bot.nlu.demande.MOTS", tmp_path / "demande.json")
    apprise = banc._demande(lus)
    banc._ecrire_la_demande(apprise)
    assert demande.__wrapped__() == apprise
    cotes = [apprise.cote(mots_d_une_demande(t, "faq/cout", "", "")) for t in ("combien coûte le bidule", "mon cousin a payé son bidule")]
    assert cotes[0] > 0 > cotes[1]


@pytest.mark.parametrize(("demandee", "racontee"), [("ça coûte combien", "ça m'a coûté un bras"), ("on dort où", "il dort toute la journée")])
def test_une_demande_se_reconnait_a_sa_tournure(demandee: str, racontee: str) -> None:
    cotes = [demande().cote(mots_d_une_demande(t, "faq/cout" if "co" in t else "faq/internat", "", "")) for t in (demandee, racontee)]
    assert cotes[0] > cotes[1]
