"""Every dialogue of ``tests/scenarios/`` is played on the real bot: real model, real actions, real database."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.reglages import RACINE
from bot.scenarios import ScenarioInvalide, jouer, lire_scenario
from bot.scenarios.rapport import expliquer

DOSSIER = RACINE / "tests" / "scenarios"
COMPORTEMENTS = {
    "annulations",
    "changements_d_avis",
    "corrections",
    "digressions",
    "entrees_hostiles",
    "hors_sujet",
    "incomprehensions",
    "parcours",
    "plusieurs_questions",
    "precisions",
    "sejour",
    "situations_delicates",
}
_TELEPHONE = re.compile(r"(?<!\d)0[1-9](?:[ .-]?\d\d){4}(?!\d)")
_FICTIF = re.compile(r"^063998\d{4}$")  # the range kept by the regulator for stories: nobody is called by mistake


def _fichiers() -> list[object]:
    """One case a file. A file that is not right is found again, and told, by its own test."""
    cas = []
    for chemin in sorted(DOSSIER.rglob("*.yml")):
        try:
            connu = lire_scenario(chemin).connu
        except ScenarioInvalide:
            connu = ""
        marques = [pytest.mark.xfail(strict=False, reason=connu)] if connu else []
        cas.append(pytest.param(chemin, marks=marques, id=chemin.relative_to(DOSSIER).as_posix()))
    return cas


@pytest.mark.parametrize("chemin", _fichiers())
def test_scenario(chemin: Path, bot_en_marche: str) -> None:
    scenario = lire_scenario(chemin)
    bilan = jouer(scenario, bot_en_marche)
    if bilan.difference:
        pytest.fail(expliquer(scenario, bilan.difference), pytrace=False)


def test_chaque_comportement_a_ses_scenarios() -> None:
    fichiers = list(DOSSIER.rglob("*.yml"))
    assert {fichier.parent.name for fichier in fichiers} == COMPORTEMENTS
    assert len(fichiers) >= 40


def test_chaque_fichier_se_lit_et_peut_echouer() -> None:
    """A reply that only has to exist proves nothing: most exchanges expect something, and each file wants something said."""
    for fichier in DOSSIER.rglob("*.yml"):
        echanges = lire_scenario(fichier).echanges
        exigeants = [e for e in echanges if e.contient or e.ne_contient_pas or e.propose or e.comprend or e.retient]
        assert 2 * len(exigeants) >= len(echanges) and len(echanges) <= 12, fichier.name
        assert any(e.contient for e in echanges), fichier.name


def test_les_telephones_des_scenarios_sont_fictifs() -> None:
    for fichier in DOSSIER.rglob("*.yml"):
        for numero in _TELEPHONE.findall(fichier.read_text(encoding="utf-8")):
            assert _FICTIF.match(re.sub(r"\D", "", numero)), f"{fichier.name} : {numero} pourrait appeler quelqu'un ; prends 06 39 98 xx xx."
