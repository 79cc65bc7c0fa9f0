"""Every dialogue of ``tests/scenarios/`` is played on the real bot: real model, real actions, real database."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from bot.reglages import RACINE
from bot.scenarios import Bilan, Scenario, ScenarioInvalide, fichiers, jouer_tous, lire_scenario
from bot.scenarios.rapport import tout_expliquer

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


def _cas() -> list[object]:
    """One case a file. A file that is not right is found again, and told, by its own test."""
    cas = []
    for chemin in fichiers(DOSSIER):
        try:
            connu = lire_scenario(chemin).connu
        except ScenarioInvalide:
            connu = ""
        marques = [pytest.mark.xfail(strict=False, reason=connu)] if connu else []
        cas.append(pytest.param(chemin, marks=marques, id=chemin.relative_to(DOSSIER).as_posix()))
    return cas


@pytest.fixture(scope="module")
def bilans(bot_en_marche: str) -> dict[Path, tuple[Scenario, Bilan]]:
    """All that can be read is played once, several conversations at a time."""
    scenarios = []
    for chemin in fichiers(DOSSIER):
        with suppress(ScenarioInvalide):
            scenarios.append(lire_scenario(chemin))
    return {scenario.chemin: (scenario, bilan) for scenario, bilan in zip(scenarios, jouer_tous(scenarios, bot_en_marche))}


@pytest.mark.parametrize("chemin", _cas())
def test_scenario(chemin: Path, bilans: dict[Path, tuple[Scenario, Bilan]]) -> None:
    if chemin not in bilans:
        lire_scenario(chemin)
    if not bilans[chemin][1].ok:
        pytest.fail(tout_expliquer(*bilans[chemin]), pytrace=False)


def test_chaque_comportement_a_ses_scenarios() -> None:
    trouves = fichiers(DOSSIER)
    assert {fichier.parent.name for fichier in trouves} == COMPORTEMENTS
    assert len(trouves) >= 120


def test_chaque_fichier_se_lit_et_peut_echouer() -> None:
    """A reply that only has to exist proves nothing: most exchanges expect something, and each file wants something said."""
    for fichier in fichiers(DOSSIER):
        echanges = lire_scenario(fichier).echanges
        exigeants = [e for e in echanges if e.exigeant]
        assert 2 * len(exigeants) >= len(echanges) and len(echanges) <= 18, fichier.name
        assert any(e.contient or e.repond for e in echanges), fichier.name
