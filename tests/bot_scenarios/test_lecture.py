"""A file that is wrong is refused with its line and a way out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.scenarios import ScenarioInvalide, fichiers, lire_scenario
from bot.scenarios.donnees_personnelles import vraies_donnees

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
        ("  - dit: bonjour\n    comprend: faq/coût\n", 4, "tu voulais écrire « faq/cout »"),
        ("  - dit: bonjour\n    répond: faq/diplomme\n", 4, "tu voulais écrire « faq/diplomes »"),
        ("  - dit: bonjour\n    retient: {métier: usinage}\n", 4, "tu voulais écrire « metier »"),
        ("  - façons: [bonjour]\n", 3, "au moins deux façons"),
        ("  - façons: [a, b]\n  - façons: [c, d]\n", 3, "garde-en un seul"),
        ("  - dit: 06 12 34 56 78\n", 3, "06 39 98 xx xx"),
        ("  - façons: [moi c'est Léa, lea.martin@gmail.com]\n", 3, "@example.org"),
        ("scénario: un essai\nouverture: une école trouvé à Dijon\néchanges:\n  - dit: a\n", 2, "« une école trouvée à Dijon »"),
        ("scénario: un essai\npersona: Enzo, 14 ans\néchanges:\n  - dit: a\n", 2, "« Enzo, 14 ans, décroche en 4e »"),
        ("  - dit: attention: deux points\n", 3, "deux « : » sur la même ligne"),
        ("  - dit: bonjour\n\tcontient: [ici]\n", 4, "une tabulation"),
        ("  - dit: bonjour\n    connu: pas encore\n", 4, "« connu » s'écrit tout en haut"),
        ("scénario: un essai\ndit: bonjour\n", 2, "dans un échange"),
        ("  dit: bonjour\n", 3, "n'est pas une liste : chaque échange commence par un tiret"),
        ("  - dit: bonjour\n    comprend: le prix\n", 4, "« faq/cout » (Le prix)"),
        ("  - dit: bonjour\n    comprend: faq/segpa\n", 4, "la liste : etabli scenarios noms"),
        ("  - dit: bonjour\n    retient: {sejour_contact: lea.martin@gmail.com}\n", 4, "@example.org"),
        ("scénario: Mme Martin, 06 12 34 56 78, appelle\néchanges:\n  - dit: a\n", 1, "06 39 98 xx xx"),
    ],
)
def test_ce_qui_est_faux_est_dit_avec_sa_ligne(ecrire: Ecrire, contenu: str, ligne: int, raison: str) -> None:
    chemin = ecrire(contenu)
    with pytest.raises(ScenarioInvalide) as refus:
        lire_scenario(chemin)
    assert str(refus.value).startswith(f"{chemin}:{ligne} : ")
    assert raison in str(refus.value)


def test_un_fichier_vide_ou_mal_enregistre_est_dit(ecrire: Ecrire) -> None:
    chemin = ecrire("")
    for octets, raison in ((b"", "est vide"), ("scénario: été\n".encode("latin-1"), "UTF-8")):
        chemin.write_bytes(octets)
        with pytest.raises(ScenarioInvalide, match=raison):
            lire_scenario(chemin)


def test_un_message_vide_voulu_s_ecrit_entre_guillemets(ecrire: Ecrire) -> None:
    assert lire_scenario(ecrire('  - dit: ""\n  - dit: "   "\n')).echanges[1].dit == "   "


def test_une_ouverture_se_joue_avant_et_se_lit_a_cote(ecrire: Ecrire) -> None:
    fichier = ecrire("scénario: un essai\nouverture: salutations\néchanges:\n  - façons: [c cb, le prix]\n    répond: utter_faq/cout\n")
    (fichier.parent / "ouvertures.yml").write_text("ouvertures:\n  salutations:\n  - dit: salut\n", encoding="utf-8")
    scenario = lire_scenario(fichier)
    assert [[e.dit for e in partie] for partie in scenario.parties()] == [["salut", "c cb"], ["salut", "le prix"]]
    assert scenario.echanges[0].repond == ("faq/cout",) and fichiers(fichier.parent) == [fichier]


@pytest.mark.parametrize("texte", ["mon num 06 39 98 16 08", "a@example.org", "yanis44@gmial.com", "le 0612", "21000", "3018"])
def test_ce_qui_est_fictif_est_permis(texte: str) -> None:
    assert vraies_donnees(texte) is None
