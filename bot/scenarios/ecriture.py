"""Writing a scenario as a person would write its file: keys in order, quotes only where YAML needs them, lists on one line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from bot.francais.texte import cle
from bot.scenarios.lecture import CLES_ECHANGE, lire_scenario
from bot.scenarios.modele import Echange, Scenario
from bot.scenarios.noeuds import ScenarioInvalide

_LARGEUR = 1000  # no folding: one expectation a line
_LISTES = ("contient", "ne contient pas", "propose", "répond")


class _EnLigne(list):
    """A list written ``[a, b]``."""


class _Ecrivain(yaml.SafeDumper):
    """YAML with our lists in line and texts as typed: no accent escaped."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


_Ecrivain.add_representer(_EnLigne, lambda ecrivain, liste: ecrivain.represent_sequence("tag:yaml.org,2002:seq", liste, flow_style=True))


def en_yaml(scenario: Scenario) -> str:
    """The text of the file; reading it again gives the same scenario."""
    contenu: dict[str, Any] = {"scénario": scenario.titre}
    contenu |= {nom: valeur for nom, valeur in (("connu", scenario.connu), ("persona", scenario.persona), ("ouverture", scenario.ouverture)) if valeur}
    contenu["échanges"] = [_echange(echange) for echange in scenario.echanges]
    return yaml.dump(contenu, Dumper=_Ecrivain, allow_unicode=True, sort_keys=False, width=_LARGEUR)


def champs(echange: Echange) -> dict[str, Any]:
    """What an exchange says and expects, by the key of its file, without what is empty (an empty message is not empty: it is said)."""
    valeurs = (
        echange.dit, echange.clique, list(echange.facons), list(echange.contient), list(echange.ne_contient_pas), list(echange.propose),
        echange.comprend, list(echange.repond), dict(echange.retient),
    )  # fmt: skip
    return {cle: valeur for cle, valeur in zip(CLES_ECHANGE, valeurs) if valeur or (cle == "dit" and valeur == "")}


def nom_de_fichier(titre: str) -> str:
    """« Un père change d'avis ! » gives ``un_pere_change_d_avis.yml``."""
    return f"{cle(titre).replace(' ', '_')[:90].strip('_') or 'sans_titre'}.yml"


def enregistrer(scenario: Scenario) -> None:
    """Write the file, its folder included, in one go: a reader never sees half of it."""
    scenario.chemin.parent.mkdir(parents=True, exist_ok=True)
    brouillon = scenario.chemin.with_suffix(".brouillon")
    brouillon.write_text(en_yaml(scenario), encoding="utf-8")
    brouillon.replace(scenario.chemin)


def enregistrer_si_change(scenario: Scenario) -> bool:
    """Write the file unless it says the same already: comments and layout of a person survive a round trip."""
    if scenario.chemin.is_file():
        with suppress(ScenarioInvalide):
            if en_yaml(lire_scenario(scenario.chemin)) == en_yaml(scenario):
                return False
    enregistrer(scenario)
    return True


def _echange(echange: Echange) -> dict[str, Any]:
    return {nom: _EnLigne(valeur) if nom in _LISTES else valeur for nom, valeur in champs(echange).items()}


def dossier_propre(nom: str) -> str:
    """A folder name that stays in its place: no path, no leading dot. Raises ``ValueError``."""
    propre = unicodedata.normalize("NFC", nom.strip())
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]{0,60}", propre):
        raise ValueError(f"« {nom} » ne peut pas être un nom de dossier : des minuscules sans accents, des chiffres et des tirets bas.")
    return propre


def chemin_libre(dossier: Path, titre: str) -> Path:
    """The file of a new scenario: never one that is already there."""
    voulu = dossier / nom_de_fichier(titre)
    suites: Iterable[Path] = (voulu.with_stem(f"{voulu.stem}_{rang}") for rang in range(2, 1000))
    return voulu if not voulu.exists() else next(chemin for chemin in suites if not chemin.exists())
