"""Everyday French words, so that an ordinary word is not taken for a place, a trade or a first name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.francais.texte import cle, sans_accents

_TERMINAISONS_ER = (
    "er e es ons ez ent ais ait ions iez aient ai as a erai eras era erons erez eront erais erait eriez eraient ant é ée és ées".split()
)


@dataclass(frozen=True)
class Vocabulaire:
    """``courants`` holds keys of everyday words; ``prenoms`` first names; ``pieges`` communes whose name is first of all a word.

    ``sosies`` are the everyday words that only look or sound like a town (« bourge », « never »).
    """

    courants: frozenset[str]
    prenoms: frozenset[str]
    pieges: frozenset[str]
    sosies: frozenset[str] = frozenset()

    def connait(self, mot: str) -> bool:
        """Whether the key of one word is everyday French (first names and traps apart)."""
        return mot in self.courants

    def est_banal(self, mot: str) -> bool:
        """Whether the key of one word needs a reason before it is read as a place: everyday word, first name or trap."""
        return mot in self.courants or mot in self.prenoms or mot in self.pieges

    def est_un_sosie(self, mot: str) -> bool:
        """Whether an everyday word may stand for the town it sounds like, where a place must be: « à never », but not « à caler »."""
        infinitif = mot.endswith("er") and mot[:-1] in self.courants
        return mot in self.sosies and not infinitif


def lire_vocabulaire(chemin: Path) -> Vocabulaire:
    """Read ``mots.txt``: sections [outils], [verbes], [noms], [prenoms], [pieges], [sosies]."""
    sections = _sections(chemin)
    courants = {*sections.get("outils", ()), *sections.get("sosies", ())}
    courants.update(forme for verbe in sections.get("verbes", ()) for forme in _conjuguer(verbe))
    for nom in sections.get("noms", ()):
        courants.update((nom, nom + "s", nom + "x", nom + "e", nom + "es"))
    return Vocabulaire(
        courants=frozenset(courants),
        prenoms=frozenset(sections.get("prenoms", ())),
        pieges=frozenset(sections.get("pieges", ())),
        sosies=frozenset(sections.get("sosies", ())),
    )


def _sections(chemin: Path) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    courante: list[str] = []
    for ligne in chemin.read_text(encoding="utf-8").splitlines():
        if ligne.startswith("["):
            courante = sections.setdefault(ligne.strip("[] "), [])
        elif not ligne.startswith("#"):
            courante.extend(cle(ligne).split())
    return sections


def _conjuguer(verbe: str) -> list[str]:
    """Forms of a regular verb in -er; g and c keep their sound before a (mangeons, commençais loses its cedilla in a key)."""
    if not verbe.endswith("er"):
        return [verbe]
    radical = verbe[:-2]
    formes = [radical + sans_accents(fin) for fin in _TERMINAISONS_ER]
    if radical.endswith("g"):
        formes += [radical + "e" + fin for fin in ("ons", "ais", "ait", "aient", "ant")]
    if radical.endswith("y"):
        formes += [radical[:-1] + "i" + fin for fin in ("e", "es", "ent", "era", "erai", "erait")]
    if radical.endswith(("el", "et")):
        formes += [radical + radical[-1] + fin for fin in ("e", "es", "ent", "era", "erait")]
    return formes
