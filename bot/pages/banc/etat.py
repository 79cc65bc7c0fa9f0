"""What the bench holds while its process lives: where things are, who is logged in, the talks, the plays."""

from __future__ import annotations

import json
import uuid
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.pages.banc.essai import Essai
from bot.pages.banc.mot_de_passe import MotDePasse
from bot.pages.banc.passages import Passages
from bot.pages.banc.seances import Frein, Seances
from bot.reglages import RACINE, Reglages
from bot.scenarios import Scenario, ScenarioInvalide, fichiers, lire_scenario
from bot.scenarios.annexes import OUVERTURES, PERSONAS, SCENARIOS
from bot.scenarios.modele import Persona
from bot.scenarios.portes import ESSAI

DOSSIER = RACINE / "var" / "banc"
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

    def signaler(self, essai: Essai, rang: int, commentaire: str) -> None:
        """Keep a comment on one reply, with what was said, for whoever writes the answers."""
        tour = essai.tours[rang]
        signalement = {
            "quand": datetime.now().isoformat(timespec="seconds"),
            "commentaire": commentaire,
            "dit": tour.dit,
            "reponse": tour.texte,
            "noms": tour.reponses,
            "compris": [sujet["nom"] for sujet in tour.sujets],
        }
        self.dossier.mkdir(parents=True, exist_ok=True)
        with (self.dossier / "signalements.jsonl").open("a", encoding="utf-8") as sortie:
            sortie.write(json.dumps(signalement, ensure_ascii=False) + "\n")

    def signalements(self) -> list[dict[str, object]]:
        """Newest first."""
        fichier = self.dossier / "signalements.jsonl"
        lignes = fichier.read_text(encoding="utf-8").splitlines() if fichier.is_file() else []
        return [json.loads(ligne) for ligne in reversed(lignes)]


def _lire(chemin: Path) -> Scenario | str:
    try:
        return lire_scenario(chemin)
    except ScenarioInvalide as erreur:
        return str(erreur)
