"""From a talk and what was ticked beside it to a scenario, checked by the same rules as a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from starlette.datastructures import FormData

from bot.pages.banc.essai import Essai, echange
from bot.scenarios.ecriture import chemin_libre, dossier_propre, en_yaml
from bot.scenarios.lecture import LecteurDeScenario
from bot.scenarios.modele import Scenario
from bot.scenarios.noeuds import ScenarioInvalide


class Refus(ValueError):
    """The form lacks something; the message is one French sentence."""


@dataclass(frozen=True)
class AFaire:
    """The form: title, folder, and for each turn what is expected of its reply."""

    titre: str
    dossier: str
    attendus: tuple[dict[str, Any], ...]

    @classmethod
    def lire(cls, champs: FormData, combien: int) -> AFaire:
        def lignes(nom: str) -> tuple[str, ...]:
            """What was ticked, then what was typed, one piece a line."""
            tapees = str(champs.get(f"{nom}-libre", "")).splitlines()
            return tuple(dict.fromkeys(v.strip() for v in (*map(str, champs.getlist(nom)), *tapees) if v.strip()))

        attendus = tuple(
            {
                "contient": lignes(f"contient-{rang}"),
                "ne_contient_pas": lignes(f"absent-{rang}"),
                "propose": lignes(f"propose-{rang}"),
                "comprend": next(iter(lignes(f"comprend-{rang}")), None),
                "repond": lignes(f"repond-{rang}"),
                "retient": dict(paire.split("=", 1) for paire in lignes(f"retient-{rang}") if "=" in paire),
            }
            for rang in range(1, combien + 1)
        )
        return cls(str(champs.get("titre", "")).strip(), str(champs.get("dossier", "")).strip(), attendus)


def rediger(essai: Essai, a_faire: AFaire, racine: Path) -> Scenario:
    """The scenario, not written yet, in a new file under ``racine``. Raises ``Refus`` or ``ScenarioInvalide``."""
    if not a_faire.titre:
        raise Refus("Donne un titre : ce qui se passe, en une phrase.")
    try:
        dossier = racine / dossier_propre(a_faire.dossier)
    except ValueError as erreur:
        raise Refus(str(erreur)) from erreur
    echanges = tuple(echange(tour, **attendu) for tour, attendu in zip(essai.tours, a_faire.attendus))
    if not any(e.contient or e.repond for e in echanges):
        raise Refus("Coche au moins une chose attendue d'une réponse : son nom, ou un morceau qu'elle contient. Sans cela, le scénario ne peut pas échouer.")
    chemin = chemin_libre(dossier, a_faire.titre)
    scenario = Scenario(chemin, a_faire.titre, echanges, persona=essai.persona.nom if essai.persona else "")
    return _LecteurSansLigne(chemin).scenario(yaml.compose(en_yaml(scenario), Loader=yaml.SafeLoader))



class _LecteurSansLigne(LecteurDeScenario):
    """The rules of a file that does not exist yet: its name and lines would mean nothing to who fills a form."""

    def faute(self, _noeud: yaml.Node | None, texte: str) -> ScenarioInvalide:
        return ScenarioInvalide(f"{texte[:1].upper()}{texte[1:]}{'' if texte.endswith('?') else '.'}")
