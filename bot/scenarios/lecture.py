"""Reading scenario files: what is wrong is told with its file, its line and what was probably meant.

Values are taken as they are typed, not as YAML understands them: ``dit: 0639980012`` keeps its zero, ``dit: 16`` is a text.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.francais.texte import sans_accents

_CLES_SCENARIO = ("scénario", "connu", "échanges")
_CLES_ECHANGE = ("dit", "clique", "contient", "ne contient pas", "propose", "comprend", "retient")


class ScenarioInvalide(ValueError):
    """A file that cannot be played; the message is for whoever wrote it."""


@dataclass(frozen=True)
class Echange:
    """One message and what its reply must hold. Exactly one of ``dit`` and ``clique`` is set; the rest may be empty."""

    ligne: int
    dit: str | None = None
    clique: str | None = None
    contient: tuple[str, ...] = ()
    ne_contient_pas: tuple[str, ...] = ()
    propose: tuple[str, ...] = ()
    comprend: str | None = None
    retient: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """A dialogue. ``connu`` is the reason why it is known to fail, or empty."""

    chemin: Path
    titre: str
    echanges: tuple[Echange, ...]
    connu: str = ""


def lire_scenario(chemin: Path) -> Scenario:
    """Read one file. Raises ``ScenarioInvalide``, with the file and the line, at the first thing that is not right."""
    try:
        racine = yaml.compose(chemin.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as erreur:
        marque = getattr(erreur, "problem_mark", None)
        ligne = marque.line + 1 if marque else 1
        raison = getattr(erreur, "problem", None) or type(erreur).__name__
        raise ScenarioInvalide(
            f"{chemin}:{ligne} : ce n'est pas du YAML lisible ({raison}) ; mets entre guillemets un texte qui contient « : », « # », une virgule ou un « ? » dans une liste."
        ) from erreur
    return _Lecteur(chemin).scenario(racine)


class _Lecteur:
    """Walks through the nodes of one file: nodes know their lines, values do not."""

    def __init__(self, chemin: Path) -> None:
        self._chemin = chemin

    def scenario(self, racine: yaml.Node | None) -> Scenario:
        cles = self._cles(racine, _CLES_SCENARIO, "un scénario")
        for cle in ("scénario", "échanges"):
            if cle not in cles:
                raise self._faute(racine, f"il manque « {cle} »")
        echanges = cles["échanges"]
        if not isinstance(echanges, yaml.SequenceNode) or not echanges.value:
            raise self._faute(echanges, "« échanges » est vide ; attendu : une liste dont chaque élément commence par « - dit: » ou « - clique: »")
        return Scenario(
            self._chemin,
            self._texte(cles["scénario"], "scénario"),
            tuple(self._echange(noeud) for noeud in echanges.value),
            self._texte(cles["connu"], "connu", vide_permis=True) if "connu" in cles else "",
        )

    def _echange(self, noeud: yaml.Node) -> Echange:
        cles = self._cles(noeud, _CLES_ECHANGE, "un échange")
        if ("dit" in cles) == ("clique" in cles):
            raise self._faute(noeud, "un échange a soit « dit » (ce que la personne écrit), soit « clique » (le bouton qu'elle choisit)")

        def si_present(cle: str, lire: Callable[[yaml.Node, str], object]) -> dict[str, object]:
            return {cle.replace(" ", "_"): lire(cles[cle], cle)} if cle in cles else {}

        return Echange(
            noeud.start_mark.line + 1,
            **si_present("dit", lambda n, c: self._texte(n, c, vide_permis=True)),
            **si_present("clique", self._texte),
            **si_present("contient", self._liste),
            **si_present("ne contient pas", self._liste),
            **si_present("propose", self._liste),
            **si_present("comprend", self._texte),
            **si_present("retient", self._memoire),
        )

    def _cles(self, noeud: yaml.Node | None, permises: Iterable[str], quoi: str) -> dict[str, yaml.Node]:
        if not isinstance(noeud, yaml.MappingNode):
            raise self._faute(noeud, f"{quoi} s'écrit « clé: valeur » ; clés possibles : {', '.join(permises)}")
        cles: dict[str, yaml.Node] = {}
        for cle, valeur in noeud.value:
            nom = unicodedata.normalize("NFC", str(cle.value))
            if nom not in permises:
                raise self._faute(cle, f"la clé « {nom} » n'existe pas{_suggestion(nom, permises)}")
            if nom in cles:
                raise self._faute(cle, f"la clé « {nom} » est écrite deux fois ; garde une seule des deux")
            cles[nom] = valeur
        return cles

    def _liste(self, noeud: yaml.Node, cle: str) -> tuple[str, ...]:
        """Several pieces, or a single one without brackets."""
        if not isinstance(noeud, yaml.SequenceNode):
            return (self._texte(noeud, cle),)
        if not noeud.value:
            raise self._faute(noeud, f"« {cle} » est vide : écris ce qui est attendu, ou retire la ligne")
        return tuple(self._texte(n, cle) for n in noeud.value)

    def _memoire(self, noeud: yaml.Node, cle: str) -> dict[str, str]:
        if not isinstance(noeud, yaml.MappingNode) or not noeud.value:
            raise self._faute(noeud, f"« {cle} » est vide ou mal écrit ; attendu : {{metier: usinage, commune: Dijon}}")
        return {str(nom.value): self._texte(valeur, f"{cle} : {nom.value}") for nom, valeur in noeud.value}

    def _texte(self, noeud: yaml.Node, cle: str, vide_permis: bool = False) -> str:
        """The text as typed. Without quotes, nothing at all is a slip; ``""`` is a real empty text where one may stand."""
        if not isinstance(noeud, yaml.ScalarNode):
            raise self._faute(noeud, f"« {cle} » doit être un texte ; mets-le entre guillemets s'il contient « : », « [ » ou « {{ »")
        rien = noeud.tag == "tag:yaml.org,2002:null"
        if rien or (not vide_permis and not noeud.value.strip()):
            raise self._faute(noeud, f"« {cle} » est vide : écris ce qui est attendu, ou retire la ligne")
        return noeud.value

    def _faute(self, noeud: yaml.Node | None, texte: str) -> ScenarioInvalide:
        ligne = noeud.start_mark.line + 1 if noeud else 1
        return ScenarioInvalide(f"{self._chemin}:{ligne} : {texte}.")


def _suggestion(nom: str, permises: Iterable[str]) -> str:
    proches = {sans_accents(permise): permise for permise in permises}
    trouves = difflib.get_close_matches(sans_accents(nom).lower(), proches, n=1, cutoff=0.5)
    if trouves:
        return f" ; tu voulais écrire « {proches[trouves[0]]} » ?"
    return f" ; clés possibles : {', '.join(permises)}"
