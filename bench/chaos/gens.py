"""People who ask for a stay: each answers what the bot asks, and says it again when nothing, or an apology, came back."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx

RYTHME_S = 1.0
_REFERENCE = re.compile(r"ET-[A-Z2-9]{6}")
_TOURS = 80  # messages that one person sends before giving up
_ETAPES = (("téléphone", "{telephone}"), ("prénom", "{prenom}"), ("âge", "16 ans"), ("d'accord", "oui"))


@dataclass
class Personne:
    """One request: what was typed, what was told."""

    numero: int
    reference: str = ""
    messages: int = 0
    suites: Counter[str] = field(default_factory=Counter)  # answer, apology, refusal, silence

    @property
    def prenom(self) -> str:
        """Letters only: a first name with a digit is asked again."""
        return "Chaos" + "".join("abcdefghij"[int(c)] for c in f"{self.numero:04d}")

    @property
    def telephone(self) -> str:
        return f"06 39 98 {self.numero // 100:02d} {self.numero % 100:02d}"


def demander(adresse: str, personne: Personne, fini: threading.Event) -> None:
    """Talk at a person's pace until a reference is told. Only what the bot says decides what is said next."""
    dernier, prochain = "", "usinage a besancon"
    with httpx.Client(timeout=25) as client:
        while not personne.reference and personne.messages < _TOURS and not fini.is_set():
            personne.messages += 1
            lu = _dire(adresse, client, personne, prochain)
            if lu is None:
                time.sleep(1)
                continue  # the same message again
            dernier = lu or dernier
            if "ET-" in dernier and ("not" in dernier or "déjà" in dernier):
                personne.reference = _REFERENCE.findall(dernier)[0]
            prochain = _suite(dernier, personne)
            time.sleep(RYTHME_S)


def _dire(adresse: str, client: httpx.Client, personne: Personne, message: str) -> str | None:
    """All that was answered, buttons included; None when it must be said again."""
    try:
        reponse = client.post(f"{adresse}/webhooks/rest/webhook", json={"sender": f"chaos{personne.numero}", "message": message})
        lignes = reponse.json() if reponse.status_code == 200 else None
    except (httpx.HTTPError, ValueError):
        lignes = None
    if lignes is None:
        personne.suites["refus, redit"] += 1
        return None
    tout = "\n".join(m.get("text", "") + " " + " ".join(b["title"] for b in m.get("buttons") or []) for m in lignes)
    if not tout.strip():
        personne.suites["silence"] += 1
        return None
    if "Réessaie" in tout:
        personne.suites["excuses"] += 1
        return None
    personne.suites["réponse"] += 1
    return tout


def _suite(dernier: str, personne: Personne) -> str:
    if "Passer" in dernier:
        return "Passer"
    if "Envoyer" in dernier:
        return "Envoyer"
    for indice, texte in _ETAPES:
        if indice in dernier:
            return texte.format(prenom=personne.prenom, telephone=personne.telephone)
    return "je veux demander un séjour dans cette école" if "Besançon" in dernier else "usinage a besancon"
