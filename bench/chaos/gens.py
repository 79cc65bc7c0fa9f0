"""People who ask for a stay through the page's door: each answers what the bot asks, and sends the same message again when no answer came."""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Optional

import httpx

from bot.francais.references import lire_reference

RYTHME_S = 1.0
PATIENCE_S = 150.0  # for one message: two faults in a row on a slow machine, and some
EXCUSES = "Réessaie"
_TOURS = 60  # messages that one person sends before giving up
_ECOLE, _SEJOUR = "usinage a besancon", "je veux demander un séjour dans cette école"
_BOUTONS = {"Envoyer": "envoyer", "Oui, je suis d'accord": "oui", "Passer": "passer"}
_QUESTIONS = (("Où peut-on te répondre", "contact"), ("moyen de répondre", "contact"), ("prénom", "prenom"), ("âge", "age"))


@dataclass
class Personne:
    """One request: what was typed, what was told. By their number, people click or type, give a phone or an e-mail, change their mind."""

    numero: int
    reference: str = ""
    messages: int = 0
    suites: Counter[str] = field(default_factory=Counter)  # answer, apology, refusal, silence
    age: str = "16 ans"

    @property
    def prenom(self) -> str:
        """Letters only: a first name with a digit is asked again."""
        return "Chaos" + "".join("abcdefghij"[int(c)] for c in f"{self.numero:04d}")

    @property
    def contact(self) -> str:
        if self.numero % 3 == 0:
            return f"{self.prenom.lower()}@example.org"
        return f"06 39 98 {self.numero // 100:02d} {self.numero % 100:02d}"

    @property
    def adresse(self) -> str:
        """Where the person writes from: a class of its own has a limit of its own."""
        return f"10.0.{self.numero // 250}.{self.numero % 250 + 1}"

    @property
    def clique(self) -> bool:
        return self.numero % 2 == 0

    @property
    def se_ravise(self) -> bool:
        return self.numero % 4 == 1 and self.age == "16 ans"


def demander(adresse: str, personne: Personne, fini: threading.Event) -> None:
    """Talk at a person's pace until a reference is told. Only what the bot says decides what is said next."""
    a_dire: tuple[str, Optional[str]] = (_ECOLE, None)
    jeton = ""
    with httpx.Client(base_url=adresse, timeout=30, headers={"X-Forwarded-For": personne.adresse}) as client:
        while not personne.reference and personne.messages < _TOURS and not fini.is_set():
            jeton = jeton or (_insister(client, personne, "/chat/session", {}, fini) or {}).get("jeton", "")
            message = {"jeton": jeton, "id": uuid.uuid4().hex, "texte": a_dire[0], "charge": a_dire[1]}
            personne.messages += 1
            lu = _insister(client, personne, "/chat/message", message, fini)
            if lu is None:
                return
            texte, boutons = _lire(lu["messages"])
            if not texte.strip():
                personne.suites["silence"] += 1
            elif EXCUSES in texte:
                personne.suites["excuses"] += 1  # the turn is over: the person says it again, in a new message
            else:
                personne.suites["réponse"] += 1
                if "C'est noté" in texte or "déjà une demande notée" in texte:
                    personne.reference = lire_reference(texte) or ""
                a_dire = _suite(texte, boutons, personne)
            time.sleep(RYTHME_S)


def _insister(client: httpx.Client, personne: Personne, chemin: str, corps: dict[str, Any], fini: threading.Event) -> Optional[dict[str, Any]]:
    """The same body, the same id, until it is answered. None when nobody answers any more: a promise is broken."""
    fin = time.monotonic() + PATIENCE_S
    while time.monotonic() < fin and not fini.is_set():
        try:
            reponse = client.post(chemin, json=corps)
            if reponse.status_code == 200:
                return dict(reponse.json())
            attente = float(reponse.headers.get("Retry-After") or RYTHME_S)
        except (httpx.HTTPError, ValueError):
            attente = RYTHME_S
        personne.suites["refus, redit"] += 1
        time.sleep(attente)
    personne.suites["silence"] += not fini.is_set()
    return None


def _lire(messages: list[dict[str, Any]]) -> tuple[str, dict[str, str]]:
    """All that was answered, and the buttons by title."""
    boutons = {b["titre"]: b["charge"] for m in messages for b in m.get("boutons") or []}
    return "\n".join(m.get("texte", "") for m in messages), boutons


def _suite(texte: str, boutons: dict[str, str], personne: Personne) -> tuple[str, Optional[str]]:
    if "Envoyer" in boutons and personne.se_ravise:
        personne.age = "17 ans"
        return "non 17 ans", None
    for titre, tape in _BOUTONS.items():
        if titre in boutons:
            return (titre, boutons[titre]) if personne.clique else (tape, None)
    for indice, champ in _QUESTIONS:
        if indice in texte:
            return str(getattr(personne, champ)), None
    return (_SEJOUR if "Besançon" in texte else _ECOLE), None
