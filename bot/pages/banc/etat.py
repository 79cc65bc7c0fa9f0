"""What the bench holds while its process lives: where things are, who is logged in, the talks, the plays."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from bot.pages.banc.essai import Essai
from bot.pages.banc.mot_de_passe import MotDePasse
from bot.pages.banc.passages import Passages
from bot.pages.banc.seances import Frein, Seances
from bot.pages.banc.signalements import Signalements
from bot.reglages import RACINE, Reglages
from bot.scenarios import Scenario, ScenarioInvalide, fichiers, lire_scenario
from bot.scenarios.annexes import OUVERTURES, PERSONAS, SCENARIOS
from bot.scenarios.modele import Persona
from bot.scenarios.portes import ESSAI

DOSSIER = RACINE / "var" / "banc"
SIGNALEMENTS = DOSSIER / "signalements.jsonl"
_ESSAIS_GARDES = 100


@dataclass
class Banc:
    """``bot``: the address of the REST door; ``scenarios`` and ``dossier``: where scenarios and the bench's own files are."""

    bot: str
    scenarios: Path
    dossier: Path
    secret: str
    base: str = ""
    sur_https: bool = False
    frein: Frein = field(default_factory=Frein)

    def __post_init__(self) -> None:
        self.mot_de_passe = MotDePasse(self.dossier / "mot_de_passe")
        self.seances = Seances(self.secret, self.mot_de_passe.empreinte)
        self.passages = Passages(self.dossier / "passages")
        self.signalements = Signalements(self.dossier / SIGNALEMENTS.name)
        self._essais: OrderedDict[str, Essai] = OrderedDict()
        self._lus: dict[Path, tuple[tuple[float, ...], Scenario | str]] = {}

    @classmethod
    def depuis(cls, reglages: Reglages) -> Banc:
        https = reglages.adresse_publique.startswith("https://")
        return cls(f"http://127.0.0.1:{reglages.port}", SCENARIOS, DOSSIER, reglages.secret, reglages.base, https)

    def essai(self, seance: str) -> Essai:
        """The talk of this session, begun if needed; the oldest talks are forgotten."""
        if seance not in self._essais:
            self.recommencer(seance)
        self._essais.move_to_end(seance)
        return self._essais[seance]

    def recommencer(self, seance: str, persona: Persona | None = None) -> None:
        self._essais[seance] = Essai(f"{ESSAI}{uuid.uuid4().hex}", persona)
        while len(self._essais) > _ESSAIS_GARDES:
            self._essais.popitem(last=False)

    def tous_les_scenarios(self) -> dict[str, Scenario | str]:
        """Each file, relative to the folder, with its scenario or what is wrong with it. Read again only when something changed."""
        annexes = tuple(f.stat().st_mtime for f in (self.scenarios / OUVERTURES, self.scenarios / PERSONAS) if f.is_file())
        lus: dict[str, Scenario | str] = {}
        for chemin in fichiers(self.scenarios):
            marque = (chemin.stat().st_mtime, *annexes)
            if self._lus.get(chemin, ((),))[0] != marque:
                self._lus[chemin] = (marque, _lire(chemin))
            lus[chemin.relative_to(self.scenarios).as_posix()] = self._lus[chemin][1]
        return lus


def _lire(chemin: Path) -> Scenario | str:
    try:
        return lire_scenario(chemin)
    except ScenarioInvalide as erreur:
        return str(erreur)
