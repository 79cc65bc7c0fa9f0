"""What is printed after scenarios have been played: the first difference of those that fail, a line for each folder, a line for all."""

from __future__ import annotations

from collections.abc import Sequence

from bot.scenarios.bilan import Bilan, Difference
from bot.scenarios.modele import Scenario

Joues = Sequence[tuple[Scenario, Bilan]]
REUSSI, ECHOUE, CONNU, REPARE = ("réussi", "échoué", "connu", "réparé")
_LARGEUR = 600


def verdict(scenario: Scenario, bilan: Bilan) -> str:
    """``REPARE``: marked as known to fail, and it does not any more."""
    if bilan.ok:
        return REPARE if scenario.connu else REUSSI
    return CONNU if scenario.connu else ECHOUE


def expliquer(scenario: Scenario, difference: Difference) -> str:
    """Said, expected, obtained, understood, with the line of the file: enough to mend the scenario or the bot."""
    return "\n".join(
        (
            f"{scenario.chemin}:{difference.ligne} : {scenario.titre}",
            f"  dit     : {_court(difference.dit)}",
            f"  attendu : {difference.attendu}",
            f"  obtenu  : {_court(difference.obtenu)}",
            *([f"  réponse : {_court(difference.reponse)}"] if difference.reponse else []),
            *([f"  compris : {difference.compris}"] if difference.compris else []),
        )
    )


def tout_expliquer(scenario: Scenario, bilan: Bilan) -> str:
    """Every difference: a table of phrasings may have several."""
    textes = [expliquer(scenario, difference) for difference in bilan.differences]
    if len(bilan.parties) > 1:
        textes.append(f"  {accorde(len(bilan.differences), 'façon')} sur {len(bilan.parties)} sans la réponse attendue.")
    return "\n".join(textes)


def ligne(scenario: Scenario, bilan: Bilan) -> str:
    sens = verdict(scenario, bilan)
    if sens == REUSSI:
        return f"réussi  {scenario.titre}, {len(bilan.durees)} échanges, {max(bilan.durees, default=0.0) * 1000:.0f} ms au plus"
    if sens == REPARE:
        return f"réparé  {scenario.titre} (connu comme en échec : retire « connu » de {scenario.chemin})"
    entete = f"connu   {scenario.titre} ({scenario.connu})" if sens == CONNU else f"échoué  {scenario.titre}"
    return f"{entete}\n{tout_expliquer(scenario, bilan)}"


def par_dossier(joues: Joues) -> list[tuple[str, dict[str, int]]]:
    """Each folder with how many of each verdict, in the order of the alphabet."""
    comptes: dict[str, dict[str, int]] = {}
    for scenario, bilan in joues:
        compte = comptes.setdefault(scenario.chemin.parent.name, dict.fromkeys((REUSSI, ECHOUE, CONNU, REPARE), 0))
        compte[verdict(scenario, bilan)] += 1
    return sorted(comptes.items())


def tableau(joues: Joues) -> str:
    """The folders as lines of equal shape: « parcours  12 réussis, 1 échoué »."""
    lignes = par_dossier(joues)
    largeur = max((len(dossier) for dossier, _ in lignes), default=0)
    return "\n".join(f"  {dossier:<{largeur}}  {_compte(compte)}" for dossier, compte in lignes)


def resume(joues: Joues) -> str:
    totaux = {sens: sum(verdict(*joue) == sens for joue in joues) for sens in (REUSSI, ECHOUE, CONNU, REPARE)}
    durees = sorted(duree for _, bilan in joues for duree in bilan.durees)
    milieu = f" ; {accorde(len(durees), 'réponse')}, la médiane en {durees[len(durees) // 2] * 1000:.0f} ms" if durees else ""
    return f"{accorde(len(joues), 'scénario')} : {_compte(totaux)}{milieu}."


def accorde(combien: int, nom: str) -> str:
    return f"{combien} {nom}{'s' if combien > 1 else ''}"


def _compte(compte: dict[str, int]) -> str:
    formes = {REUSSI: ("réussi", "réussis"), ECHOUE: ("échoué", "échoués"), CONNU: ("connu", "connus"), REPARE: ("réparé", "réparés")}
    return ", ".join(f"{nombre} {formes[sens][nombre > 1]}" for sens, nombre in compte.items() if nombre) or "aucun"


def _court(texte: str) -> str:
    propre = " ".join(texte.split())
    return propre if len(propre) <= _LARGEUR else f"{propre[:_LARGEUR]}… ({len(propre)} caractères)"
