"""What is printed after scenarios have been played: one line each, and the first difference of those that fail."""

from __future__ import annotations

from collections.abc import Sequence

from bot.scenarios.joueur import Bilan, Difference
from bot.scenarios.lecture import Scenario

_LARGEUR = 600


def expliquer(scenario: Scenario, difference: Difference) -> str:
    """Said, expected, obtained, with the line of the file: enough to mend the scenario or the bot."""
    return "\n".join(
        (
            f"{scenario.chemin}:{difference.ligne} : {scenario.titre}",
            f"  dit     : {_court(difference.dit)}",
            f"  attendu : {difference.attendu}",
            f"  obtenu  : {_court(difference.obtenu)}",
        )
    )


def ligne(scenario: Scenario, bilan: Bilan) -> str:
    if bilan.ok:
        plus_lente = max(bilan.durees, default=0.0)
        surprise = " (connu comme en échec : retire « connu »)" if scenario.connu else ""
        return f"réussi  {scenario.titre}, {len(bilan.durees)} échanges, {plus_lente * 1000:.0f} ms au plus{surprise}"
    assert bilan.difference is not None
    verdict = f"connu   {scenario.titre} ({scenario.connu})" if scenario.connu else f"échoué  {scenario.titre}"
    return f"{verdict}\n{expliquer(scenario, bilan.difference)}"


def resume(bilans: Sequence[tuple[Scenario, Bilan]]) -> str:
    reussis = sum(bilan.ok for _, bilan in bilans)
    connus = sum(not bilan.ok and bool(scenario.connu) for scenario, bilan in bilans)
    durees = sorted(duree for _, bilan in bilans for duree in bilan.durees)
    milieu = f", réponse médiane {durees[len(durees) // 2] * 1000:.0f} ms" if durees else ""
    return f"{reussis} réussis, {len(bilans) - reussis - connus} échoués, {connus} connus{milieu}."


def _court(texte: str) -> str:
    propre = " ".join(texte.split())
    return propre if len(propre) <= _LARGEUR else f"{propre[:_LARGEUR]}… ({len(propre)} caractères)"
