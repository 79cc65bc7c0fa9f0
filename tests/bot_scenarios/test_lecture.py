"""A file that is wrong is refused with its line and a way out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.scenarios import ScenarioInvalide, lire_scenario

Ecrire = Callable[[str], Path]


def test_un_fichier_se_lit_en_entier(ecrire: Ecrire) -> None:
    scenario = lire_scenario(
        ecrire(
            'scénario: un père cherche\nconnu: ""\néchanges:\n  - dit: 0639980012\n    contient: [15, Dijon]\n    ne contient pas: Marseille\n'
            "    propose: [Voir les autres]\n    comprend: faq/cout\n    retient: {metier: usinage, commune: Dijon}\n  - clique: Voir les autres\n"
        )
    )
    premier, second = scenario.echanges
    assert premier.dit == "0639980012" and premier.contient == ("15", "Dijon")  # typed, not octal, not a number
    assert premier.ne_contient_pas == ("Marseille",) and premier.propose == ("Voir les autres",)
    assert premier.comprend == "faq/cout" and premier.retient == {"metier": "usinage", "commune": "Dijon"}
    assert second.clique == "Voir les autres" and second.dit is None and (scenario.connu, second.ligne) == ("", 10)


@pytest.mark.parametrize(
    "contenu, ligne, raison",
    [
        ("  - dit: bonjour\n    contiens: [ici]\n", 4, "tu voulais écrire « contient »"),
        ("  - dit: bonjour\n    ne contiens pas: [ici]\n", 4, "tu voulais écrire « ne contient pas »"),
        ("scenario: un essai\néchanges: []\n", 1, "tu voulais écrire « scénario »"),
        ("  - dit: bonjour\n    zzz: [ici]\n", 4, "clés possibles : dit, clique"),
        ("  - dit: bonjour\n    contient: []\n", 4, "« contient » est vide"),
        ("  - dit: bonjour\n    contient: ['']\n", 4, "« contient » est vide"),
        ("  - dit: bonjour\n    propose:\n", 4, "« propose » est vide"),
        ("  - dit: bonjour\n    retient: {metier: }\n", 4, "« retient : metier » est vide"),
        ("  - dit:\n", 3, "« dit » est vide"),
        ("  - contient: [ici]\n", 3, "soit « dit »"),
        ("  - dit: bonjour\n    dit: salut\n", 4, "écrite deux fois"),
        ("scénario: un essai\n", 1, "il manque « échanges »"),
        ("  - dit: attention: deux points\n", 3, "guillemets"),
    ],
)
def test_ce_qui_est_faux_est_dit_avec_sa_ligne(ecrire: Ecrire, contenu: str, ligne: int, raison: str) -> None:
    chemin = ecrire(contenu)
    with pytest.raises(ScenarioInvalide) as refus:
        lire_scenario(chemin)
    assert str(refus.value).startswith(f"{chemin}:{ligne} : ")
    assert raison in str(refus.value)


def test_un_message_vide_voulu_s_ecrit_entre_guillemets(ecrire: Ecrire) -> None:
    assert lire_scenario(ecrire('  - dit: ""\n  - dit: "   "\n')).echanges[1].dit == "   "
