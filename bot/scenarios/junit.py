"""The result of a play as JUnit XML, which continuous integrations read."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as xml

from bot.scenarios.rapport import CONNU, ECHOUE, Joues, tout_expliquer, verdict

_INTERDITS = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def ecrire_junit(joues: Joues, chemin: Path) -> None:
    """One case a scenario, its folder as class; a known failure is a case that was skipped, with its reason."""
    sens = [verdict(*joue) for joue in joues]
    nombres = {"tests": str(len(joues)), "failures": str(sens.count(ECHOUE)), "skipped": str(sens.count(CONNU))}
    suite = xml.Element("testsuite", name="scenarios", **nombres)
    for (scenario, bilan), issue in zip(joues, sens):
        cas = xml.SubElement(suite, "testcase", classname=scenario.chemin.parent.name, name=_permis(scenario.titre), time=f"{sum(bilan.durees):.3f}")
        if issue == ECHOUE and bilan.difference:
            xml.SubElement(cas, "failure", message=_permis(bilan.difference.attendu)).text = _permis(tout_expliquer(scenario, bilan))
        elif issue == CONNU:
            xml.SubElement(cas, "skipped", message=scenario.connu)
    chemin.parent.mkdir(parents=True, exist_ok=True)
    xml.ElementTree(suite).write(chemin, encoding="utf-8", xml_declaration=True)


def _permis(texte: str) -> str:
    """XML has no way to hold most control characters, and a hostile message may have some."""
    return _INTERDITS.sub("\N{REPLACEMENT CHARACTER}", texte)
