"""Comments on replies, for whoever writes the answers: one JSON object a line, until somebody says that it is settled, six months at most."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.pages.banc.essai import TourDEssai

JOURS = 183


class Signalements:
    """The file. One process writes to it."""

    def __init__(self, fichier: Path) -> None:
        self._fichier = fichier

    def ajouter(self, tour: TourDEssai, commentaire: str) -> None:
        """Keep a comment on one reply, with what was said."""
        signalement = {
            "id": uuid.uuid4().hex,
            "quand": datetime.now().isoformat(timespec="seconds"),
            "commentaire": commentaire,
            "dit": tour.dit,
            "reponse": tour.texte,
            "noms": tour.reponses,
            "compris": [sujet["nom"] for sujet in tour.sujets],
        }
        self._fichier.parent.mkdir(parents=True, exist_ok=True)
        with self._fichier.open("a", encoding="utf-8") as sortie:
            sortie.write(json.dumps(signalement, ensure_ascii=False) + "\n")

    def tous(self) -> list[dict[str, Any]]:
        """Newest first, the too old ones gone for good."""
        if not self._fichier.is_file():
            return []
        lus = [json.loads(ligne) for ligne in self._fichier.read_text(encoding="utf-8").splitlines()]
        limite = (datetime.now() - timedelta(days=JOURS)).isoformat()
        gardes = [signalement for signalement in lus if signalement["quand"] >= limite]
        if len(gardes) < len(lus):
            self._ecrire(gardes)
        return gardes[::-1]

    def retirer(self, identifiant: str) -> None:
        self._ecrire([signalement for signalement in self.tous()[::-1] if signalement.get("id") != identifiant])

    def _ecrire(self, signalements: list[dict[str, Any]]) -> None:
        brouillon = self._fichier.with_suffix(".brouillon")
        brouillon.write_text("".join(json.dumps(s, ensure_ascii=False) + "\n" for s in signalements), encoding="utf-8")
        brouillon.replace(self._fichier)
