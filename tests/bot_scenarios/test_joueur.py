"""A scenario is played as a person would, and the first difference says what was said, expected and obtained."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from bot.scenarios import BotInjoignable, Scenario, jouer
from bot.scenarios.junit import ecrire_junit
from bot.scenarios.page import ecrire_page
from bot.scenarios.rapport import expliquer, ligne, resume
from bot.scenarios.texte import en_texte

if TYPE_CHECKING:
    from tests.bot_scenarios.conftest import FauxBot

Lire = Callable[[str], Scenario]
VOIR = {"title": "Voir les autres", "payload": '/voir_plus_ecoles{"a": 1}'}


def test_un_bouton_envoie_sa_charge_et_chaque_partie_est_une_autre_personne(faux_bot: FauxBot, scenario: Lire) -> None:
    faux_bot.reponses = {"usinage": [{"text": "Voici Dijon", "buttons": [VOIR]}], VOIR["payload"]: [{"text": "Rien d'autre"}]}
    joue = scenario("  - dit: usinage\n    contient: [dijon]\n    propose: [voir les autres]\n  - clique: Voir les autres\n    contient: [rien]\n")
    bilans = [jouer(joue, faux_bot.adresse) for _ in range(2)]
    assert all(bilan.ok and len(bilan.durees) == 2 for bilan in bilans)
    assert [texte for _, texte in faux_bot.recus[:2]] == ["usinage", VOIR["payload"]]
    assert faux_bot.recus[0][0] == faux_bot.recus[1][0] != faux_bot.recus[2][0]


@pytest.mark.parametrize(
    "attente, attendu, obtenu",
    [
        ("contient: [Marseille]", "« Marseille »", "Voici Dijon"),
        ("ne contient pas: [dijon]", "ne contient pas « dijon »", "Voici Dijon"),
        ("propose: [Demander un séjour]", "bouton « Demander un séjour »", "[Voir les autres]"),
        ("comprend: faq/age", "« faq/age »", "faq, faq/cout"),
        ("retient: {metier: soudure}", "« metier » retenu : « soudure »", "« usinage »"),
        ("retient: {commune: Dijon}", "« commune » retenu", "rien de retenu"),
        ("répond: faq/age", "la réponse « faq/age »", "faq/cout"),
    ],
)
def test_la_premiere_difference_est_expliquee(faux_bot: FauxBot, scenario: Lire, attente: str, attendu: str, obtenu: str) -> None:
    faux_bot.reponses = {"usinage": [{"text": "Voici Dijon", "buttons": [VOIR], "reponse": "utter_faq/cout"}]}
    faux_bot.vue = {"intention": "faq", "confiance": 0.85, "questions": ["faq/cout"], "retient": {"metier": "usinage"}}
    joue = scenario(f"  - dit: usinage\n  - dit: usinage\n    {attente}\n  - dit: jamais envoyé\n")
    bilan = jouer(joue, faux_bot.adresse)
    assert not bilan.ok and bilan.difference and len(faux_bot.recus) == 2
    assert attendu in bilan.difference.attendu and obtenu in bilan.difference.obtenu
    assert "Voici Dijon" in f"{bilan.difference.obtenu} {bilan.difference.reponse}", "On lit toujours ce que la personne a lu."
    texte = expliquer(joue, bilan.difference)
    assert texte.startswith(f"{joue.chemin}:4 : un essai") and "dit     : usinage" in texte and "compris : faq/cout (0,85)" in texte


def test_ce_qui_est_compris_et_retenu_se_compare_sans_accents(faux_bot: FauxBot, scenario: Lire) -> None:
    faux_bot.reponses = {"st etienne": [{"text": "Voici"}]}
    faux_bot.vue = {"intention": "plusieurs_questions", "questions": ["faq/cout"], "retient": {"lieu_nom": "Saint-Étienne", "age": 15}}
    joue = scenario("  - dit: st etienne\n    comprend: faq/cout\n    retient: {commune: Saint-Etienne, age: 15}\n")
    assert jouer(joue, faux_bot.adresse).ok


def test_presser_un_bouton_qui_n_est_pas_la_est_une_difference(faux_bot: FauxBot, scenario: Lire) -> None:
    faux_bot.reponses = {"usinage": [{"text": "Voici", "buttons": [VOIR]}]}
    bilan = jouer(scenario("  - dit: usinage\n  - clique: Envoyer\n"), faux_bot.adresse)
    assert bilan.difference and bilan.difference.obtenu == "[Voir les autres]" and len(faux_bot.recus) == 1


def test_un_silence_est_une_difference_meme_sans_attente(faux_bot: FauxBot, scenario: Lire) -> None:
    bilan = jouer(scenario("  - dit: usinage\n"), faux_bot.adresse)
    assert bilan.difference and "aucune réponse" in bilan.difference.obtenu


def test_sans_bot_ou_sans_vue_on_dit_quoi_faire(faux_bot: FauxBot, scenario: Lire) -> None:
    with pytest.raises(BotInjoignable, match="make run"):
        jouer(scenario("  - dit: bonjour\n"), "http://127.0.0.1:9")
    faux_bot.reponses, faux_bot.vue = {"bonjour": [{"text": "Bonjour"}]}, None
    with pytest.raises(BotInjoignable, match="ETABLI_MODE=developpement"):
        jouer(scenario("  - dit: bonjour\n    comprend: saluer\n"), faux_bot.adresse)


def test_un_echec_connu_ne_compte_pas_comme_un_echec(faux_bot: FauxBot, scenario: Lire) -> None:
    joue = scenario("scénario: un essai\nconnu: à faire après la version 1\néchanges:\n  - dit: usinage\n    contient: [Dijon]\n")
    bilan = jouer(joue, faux_bot.adresse)
    assert ligne(joue, bilan).startswith("connu   un essai (à faire après la version 1)")
    assert resume([(joue, bilan)]).startswith("1 scénario : 1 connu ;")
    faux_bot.reponses = {"usinage": [{"text": "Dijon"}]}
    assert "retire « connu »" in ligne(joue, jouer(joue, faux_bot.adresse))


def test_une_table_joue_chaque_facon_comme_une_autre_personne(faux_bot: FauxBot, scenario: Lire) -> None:
    faux_bot.reponses = {"c cb": [{"text": "800 euros"}], "le prix": [{"text": "je ne sais pas"}], "merci": [{"text": "De rien"}]}
    joue = scenario("  - façons: [c cb, le prix]\n    contient: [euros]\n  - dit: merci\n")
    bilan = jouer(joue, faux_bot.adresse)
    assert [difference.dit for difference in bilan.differences] == ["le prix"] and len({qui for qui, _ in faux_bot.recus}) == 2
    assert sorted(texte for _, texte in faux_bot.recus) == ["c cb", "le prix", "merci"]
    assert "1 façon sur 2" in ligne(joue, bilan)


def test_en_texte_seul_un_choix_envoie_ses_mots(faux_bot: FauxBot, scenario: Lire) -> None:
    faux_bot.reponses = {"usinage": [{"text": "Voici", "buttons": [VOIR]}], "Voir les autres": [{"text": "Rien d'autre"}]}
    joue = scenario("  - dit: usinage\n    propose: [Voir les autres]\n  - clique: Voir les autres\n    contient: [rien]\n")
    bilan = jouer(joue, faux_bot.adresse, "texte")
    assert bilan.ok and [texte for _, texte in faux_bot.recus] == ["usinage", "Voir les autres"]
    assert en_texte(bilan.parties[0].tours[0].messages) == "Voici\n1. Voir les autres"
    assert en_texte([{"text": "Voici", "buttons": [{"title": "1. Lille"}, VOIR]}]) == "Voici\n1. Lille\n2. Voir les autres"


def test_la_page_et_le_junit_disent_ce_qui_echoue(faux_bot: FauxBot, scenario: Lire, tmp_path: Path) -> None:
    faux_bot.reponses = {"usinage": [{"text": "Voici <b>Dijon</b> \x01"}]}
    joue = scenario('  - dit: usinage\n    contient: [Marseille]\n  - dit: "\\x01 jamais dit"\n')
    joues = [(joue, jouer(joue, faux_bot.adresse))]
    ecrire_page(joues, tmp_path / "r" / "page.html", datetime(2026, 11, 26, 9, 5))
    page = (tmp_path / "r" / "page.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;Dijon" in page and "<b>Dijon" not in page and "« Marseille »" in page and "26/11/2026 à 09:05" in page
    ecrire_junit(joues, tmp_path / "j.xml")
    suite = ElementTree.parse(tmp_path / "j.xml").getroot()
    assert suite.get("failures") == "1" and "Marseille" in (suite.findtext("testcase/failure") or "")
