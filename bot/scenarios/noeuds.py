"""Walking through a YAML file by its nodes, which know their lines: what is wrong is told with its file, its line and what was probably meant.

Values are taken as they are typed, not as YAML understands them: ``dit: 0639980012`` keeps its zero, ``dit: 16`` is a text.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import yaml

from bot.francais.texte import sans_accents

_RIEN = "tag:yaml.org,2002:null"


class ScenarioInvalide(ValueError):
    """A file that cannot be played; the message is for whoever wrote it."""


def composer(chemin: Path) -> yaml.Node | None:
    """The nodes of a file. Raises ``ScenarioInvalide`` when it is not YAML."""
    try:
        return yaml.compose(chemin.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as erreur:
        marque = getattr(erreur, "problem_mark", None)
        ligne = marque.line + 1 if marque else 1
        raison = getattr(erreur, "problem", None) or type(erreur).__name__
        raise ScenarioInvalide(
            f"{chemin}:{ligne} : ce n'est pas du YAML lisible ({raison}) ; mets entre guillemets un texte qui contient « : », « # », une virgule ou un « ? » dans une liste."
        ) from erreur


def suggestion(nom: str, permis: Iterable[str], tous: bool = True) -> str:
    """« ; tu voulais écrire « X » ? », else the whole choice when it is short enough to be told (``tous``)."""
    choix = {sans_accents(permise).lower(): permise for permise in permis}
    trouves = difflib.get_close_matches(sans_accents(nom).lower(), choix, n=1, cutoff=0.5)
    if trouves:
        return f" ; tu voulais écrire « {choix[trouves[0]]} » ?"
    return f" ; clés possibles : {', '.join(choix.values())}" if tous else ""


class Lecteur:
    """Reads nodes of one file into texts, lists and dictionaries."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin

    def cles(self, noeud: yaml.Node | None, permises: Iterable[str] | None, quoi: str) -> dict[str, yaml.Node]:
        """A dictionary of nodes; ``permises`` None lets any key in."""
        if not isinstance(noeud, yaml.MappingNode):
            raise self.faute(noeud, f"{quoi} s'écrit « clé: valeur »" + (f" ; clés possibles : {', '.join(permises)}" if permises else ""))
        cles: dict[str, yaml.Node] = {}
        for cle, valeur in noeud.value:
            nom = unicodedata.normalize("NFC", str(cle.value))
            if permises is not None and nom not in permises:
                raise self.faute(cle, f"la clé « {nom} » n'existe pas{suggestion(nom, permises)}")
            if nom in cles:
                raise self.faute(cle, f"la clé « {nom} » est écrite deux fois ; garde une seule des deux")
            cles[nom] = valeur
        return cles

    def liste(self, noeud: yaml.Node, cle: str) -> tuple[str, ...]:
        """Several pieces, or a single one without brackets."""
        if not isinstance(noeud, yaml.SequenceNode):
            return (self.texte(noeud, cle),)
        if not noeud.value:
            raise self.faute(noeud, f"« {cle} » est vide : écris ce qui est attendu, ou retire la ligne")
        return tuple(self.texte(n, cle) for n in noeud.value)

    def texte(self, noeud: yaml.Node, cle: str, vide_permis: bool = False) -> str:
        """The text as typed. Without quotes, nothing at all is a slip; ``""`` is a real empty text where one may stand."""
        if not isinstance(noeud, yaml.ScalarNode):
            raise self.faute(noeud, f"« {cle} » doit être un texte ; mets-le entre guillemets s'il contient « : », « [ » ou « {{ »")
        if noeud.tag == _RIEN or (not vide_permis and not noeud.value.strip()):
            raise self.faute(noeud, f"« {cle} » est vide : écris ce qui est attendu, ou retire la ligne")
        return noeud.value

    def faute(self, noeud: yaml.Node | None, texte: str) -> ScenarioInvalide:
        ligne = noeud.start_mark.line + 1 if noeud else 1
        return ScenarioInvalide(phrase(f"{self.chemin}:{ligne}", texte))


def phrase(endroit: str, texte: str) -> str:
    return f"{endroit} : {texte}{'' if texte.endswith('?') else '.'}"
