"""The stock bot's one action: the same reading of place and trade and the same search as ours, on Rasa's own action server."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.recherche import chercher
from bot.francais.lieux import Gazetteer
from bot.francais.metiers import LexiqueMetiers
from bot.reglages import RACINE


@lru_cache(maxsize=1)
def _outils() -> tuple[Gazetteer, LexiqueMetiers, Any]:
    lieux = Gazetteer.depuis(RACINE / "data" / "ecoles", RACINE / "data" / "francais")
    metiers = LexiqueMetiers.charger(RACINE / "data" / "ecoles" / "metiers.csv")
    return lieux, metiers, fabrique_de_sessions(ouvrir(os.environ["ETABLI_BASE"]))


class ActionChercherEcole(Action):
    def name(self) -> str:
        return "action_chercher_ecole"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list:
        gazetteer, lexique, sessions = _outils()
        texte = tracker.latest_message.get("text") or ""
        lieu = next((m.lieu or (m.candidats[0] if m.candidats else None) for m in gazetteer.trouver(texte)), None)
        metier = next((m.cle for m in lexique.trouver(texte) if not m.candidats), None)
        point = (lieu.latitude, lieu.longitude) if lieu and lieu.latitude is not None else None
        with sessions() as session:
            trouvees = chercher(session, metier=metier, commune=point, maximum=3).ecoles
        dispatcher.utter_message(text="\n".join(e.nom for e in trouvees) or "Rien de proche.")
        return []
