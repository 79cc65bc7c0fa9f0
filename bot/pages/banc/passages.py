"""Plays of scenarios, kept in ``var/banc/passages/``: what each reply was, so that two plays can be put side by side."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from bot.scenarios import Bilan, BotInjoignable, Scenario
from bot.scenarios.joueur import jouer_ensemble
from bot.scenarios.rapport import verdict
from bot.scenarios.texte import en_texte

GARDES = 60  # plays kept; older ones go
_NUMERO = re.compile(r"^\d{8}-\d{6}(-\d+)?$")
_MOTS = re.compile(r"\S+|\s+")
_REFERENCE = re.compile(r"ET-[A-HJ-NP-Z2-9]{6}")  # drawn at random for each request: never a change


@dataclass
class Passage:
    """One play. ``numero`` is its time, local, and its file's name; ``resultats`` by file, relative to the folder of scenarios."""

    numero: str
    combien: int
    resultats: dict[str, dict[str, Any]] = field(default_factory=dict)
    fini: bool = False
    erreur: str = ""

    @property
    def quand(self) -> datetime:
        return datetime.strptime(self.numero[:15], "%Y%m%d-%H%M%S")

    def comptes(self) -> dict[str, int]:
        """How many of each verdict."""
        sens = [resultat["verdict"] for resultat in self.resultats.values()]
        return {nom: sens.count(nom) for nom in dict.fromkeys(sens)}


@dataclass(frozen=True)
class Changement:
    """One reply that is not what it was; each text as pieces, with whether the other one lacks them."""

    fichier: str
    titre: str
    dit: str
    avant: list[tuple[str, bool]]
    apres: list[tuple[str, bool]]


class Passages:
    """The folder of plays, and the one that goes on."""

    def __init__(self, dossier: Path) -> None:
        self._dossier = dossier
        self.en_cours: Passage | None = None
        self._tache: asyncio.Task[None] | None = None  # kept: an unreferenced task may be collected while it runs

    def lancer(self, scenarios: Sequence[tuple[str, Scenario]], bot: str, maintenant: datetime) -> Passage:
        """Start a play, beside the requests of the pages. One at a time: the one that goes on is given back."""
        if self.en_cours and not self.en_cours.fini:
            return self.en_cours
        passage = Passage(self._numero_libre(maintenant), len(scenarios))
        self.en_cours = passage
        self._tache = asyncio.create_task(self._jouer(passage, scenarios, bot))
        return passage

    async def _jouer(self, passage: Passage, scenarios: Sequence[tuple[str, Scenario]], bot: str) -> None:
        noms = {id(scenario): fichier for fichier, scenario in scenarios}

        def noter(scenario: Scenario, bilan: Bilan) -> None:
            passage.resultats[noms[id(scenario)]] = resultat(scenario, bilan)

        try:
            await jouer_ensemble([scenario for _, scenario in scenarios], bot, progres=noter)
        except BotInjoignable as erreur:
            passage.erreur = str(erreur)
        finally:
            passage.resultats = dict(sorted(passage.resultats.items()))
            passage.fini = True
            self._enregistrer(passage)

    def lire(self, numero: str) -> Passage | None:
        if self.en_cours and self.en_cours.numero == numero:
            return self.en_cours
        fichier = self._dossier / f"{numero}.json"
        if not _NUMERO.match(numero) or not fichier.is_file():
            return None
        return Passage(**json.loads(fichier.read_text(encoding="utf-8")))

    def tous(self) -> list[Passage]:
        """Newest first."""
        numeros = sorted((f.stem for f in self._dossier.glob("*.json") if _NUMERO.match(f.stem)), reverse=True)
        return [passage for passage in map(self.lire, numeros) if passage]

    def dernier_resultat(self) -> dict[str, dict[str, Any]]:
        """The newest known result of each scenario, by file."""
        connus: dict[str, dict[str, Any]] = {}
        for passage in reversed(self.tous()):
            connus.update(passage.resultats)
        return connus

    def _enregistrer(self, passage: Passage) -> None:
        self._dossier.mkdir(parents=True, exist_ok=True)
        (self._dossier / f"{passage.numero}.json").write_text(json.dumps(asdict(passage), ensure_ascii=False), encoding="utf-8")
        for ancien in sorted(self._dossier.glob("*.json"), reverse=True)[GARDES:]:
            ancien.unlink()

    def _numero_libre(self, maintenant: datetime) -> str:
        base = maintenant.strftime("%Y%m%d-%H%M%S")
        voulus = [base, *(f"{base}-{rang}" for rang in range(2, 100))]
        return next(numero for numero in voulus if not (self._dossier / f"{numero}.json").exists())


def resultat(scenario: Scenario, bilan: Bilan) -> dict[str, Any]:
    """What is kept of a played scenario: words only, no sender."""
    parties = [
        [{"dit": t.dit, "texte": en_texte(t.messages), "difference": asdict(t.difference) if t.difference else None} for t in partie.tours]
        for partie in bilan.parties
    ]
    return {"titre": scenario.titre, "verdict": verdict(scenario, bilan), "connu": scenario.connu, "parties": parties}


def precedent(passage: Passage, tous: Sequence[Passage]) -> Passage | None:
    """The earlier play to compare with: the one that shares most scenarios, the newest of those; None when none shares any."""
    communs = [(len(p.resultats.keys() & passage.resultats.keys()), p.numero, p) for p in tous if p.numero < passage.numero]
    meilleur = max((c for c in communs if c[0]), key=lambda c: c[:2], default=None)
    return meilleur[2] if meilleur else None


def comparer(avant: Passage, apres: Passage) -> list[Changement]:
    """Replies that differ, in the order of the files. A turn that one of the plays did not reach is no change of a reply."""
    changements: list[Changement] = []
    for fichier, nouveau in apres.resultats.items():
        anciennes = _reponses(avant.resultats[fichier]) if fichier in avant.resultats else {}
        for cle, texte in _reponses(nouveau).items():
            if cle in anciennes and anciennes[cle] != texte:
                changements.append(Changement(fichier, nouveau["titre"], cle[2], *_cote_a_cote(anciennes[cle], texte)))
    return changements


def _reponses(joue: dict[str, Any]) -> dict[tuple[int, int, str], str]:
    """Replies by their place and what was said; references, drawn at random, are hidden."""
    return {(p, t, tour["dit"]): _REFERENCE.sub("ET-……", tour["texte"]) for p, partie in enumerate(joue["parties"]) for t, tour in enumerate(partie)}


def _cote_a_cote(avant: str, apres: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts cut where they differ, by words."""
    gauche, droite = _MOTS.findall(avant), _MOTS.findall(apres)
    morceaux = SequenceMatcher(None, gauche, droite, autojunk=False).get_opcodes()
    a = [("".join(gauche[i:j]), sens != "equal") for sens, i, j, _, _ in morceaux if j > i]
    b = [("".join(droite[k:m]), sens != "equal") for sens, _, _, k, m in morceaux if m > k]
    return a, b
