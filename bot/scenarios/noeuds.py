"""Walking through a YAML file by its nodes, which know their lines: what is wrong is told with its file, its line and what was probably meant.

Values are taken as they are typed, not as YAML understands them: ``dit: 0639980012`` keeps its zero, ``dit: 16`` is a text.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from bot.francais.texte import sans_accents

_RIEN = "tag:yaml.org,2002:null"
_PREFIXE = re.compile(r"^(utter_|faq/|detresse/)+")
# What the YAML library says, by its first words, in ours.
_RAISONS = {
    "mapping values are not allowed": "deux « : » sur la même ligne, ou une ligne trop décalée",
    "could not find expected ':'": "il manque « : » après une clé",
    "expected <block end>": "cette ligne n'est pas alignée avec celles du dessus",
    "expected ',' or ']'": "il manque une virgule ou le crochet « ] »",
    "expected ',' or '}'": "il manque une virgule ou l'accolade « } »",
    "expected the node content": "une virgule de trop, ou rien entre deux virgules",
    "found unexpected end of stream": "un guillemet n'est pas fermé",
    "found character '\\t'": "une tabulation ; mets des espaces à la place",
    "found character": "un signe qui ne peut pas commencer un texte",
}


class ScenarioInvalide(ValueError):
    """A file that cannot be played; the message is for whoever wrote it."""


def composer(chemin: Path) -> yaml.Node | None:
    """The nodes of a file. Raises ``ScenarioInvalide`` when it is not YAML, or holds nothing."""
    try:
        racine = yaml.compose(chemin.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as erreur:
        raise ScenarioInvalide(f"{chemin} n'est pas en UTF-8 : enregistre-le avec ce codage.") from erreur
    except yaml.YAMLError as erreur:
        marque, probleme = getattr(erreur, "problem_mark", None), str(getattr(erreur, "problem", None))
        ligne = marque.line + 1 if marque else 1
        raison = next((dite for debut, dite in _RAISONS.items() if probleme.startswith(debut)), "ce n'est pas du YAML lisible")
        raise ScenarioInvalide(
            f"{chemin}:{ligne} : {raison} (mets entre guillemets un texte qui contient « : », « # », une virgule ou un « ? » dans une liste)."
        ) from erreur
    if racine is None:
        raise ScenarioInvalide(f"{chemin}:1 : le fichier est vide ; il commence par « scénario: ce qui se passe ».")
    return racine


def suggestion(nom: str, permis: Iterable[str], tous: bool = True) -> str:
    """« ; tu voulais écrire « X » ? », else the whole choice when it is short enough to be told (``tous``)."""
    choix = {sans_accents(permise).lower(): permise for permise in permis}
    trouves = difflib.get_close_matches(sans_accents(nom).lower(), choix, n=1, cutoff=0.5)
    if trouves:
        return f" ; tu voulais écrire « {choix[trouves[0]]} » ?"
    return f" ; clés possibles : {', '.join(choix.values())}" if tous else ""


def suggestion_de_nom(nom: str, titres: Mapping[str, str]) -> str:
    """The nearest name, by itself or by its French title (``titres``: name to title), else where all of them are listed."""
    formes = {_nu(forme): connu for connu, titre in titres.items() for forme in (titre, connu)}
    trouves = difflib.get_close_matches(_nu(nom), formes, n=1, cutoff=0.65)
    if not trouves:
        return " ; la liste : etabli scenarios noms"
    trouve = formes[trouves[0]]
    return f" ; tu voulais écrire « {trouve} »{f' ({titres[trouve]})' if titres[trouve] != trouve else ''} ?"


def _nu(nom: str) -> str:
    return _PREFIXE.sub("", sans_accents(nom).lower()).replace("_", " ").removeprefix("le ").removeprefix("la ").removeprefix("les ")


class Lecteur:
    """Reads nodes of one file into texts, lists and dictionaries."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin

    def cles(
        self, noeud: yaml.Node | None, permises: Iterable[str] | None, quoi: str, ailleurs: tuple[Iterable[str], str] = ((), "")
    ) -> dict[str, yaml.Node]:
        """A dictionary of nodes; ``permises`` None lets any key in. ``ailleurs``: keys that exist, but in another place, and that place."""
        if not isinstance(noeud, yaml.MappingNode):
            raise self.faute(noeud, f"{quoi} s'écrit « clé: valeur »" + (f" ; clés possibles : {', '.join(permises)}" if permises else ""))
        cles: dict[str, yaml.Node] = {}
        for cle, valeur in noeud.value:
            nom = unicodedata.normalize("NFC", str(cle.value))
            if permises is not None and nom not in permises and nom in ailleurs[0]:
                raise self.faute(cle, f"« {nom} » s'écrit {ailleurs[1]}")
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
