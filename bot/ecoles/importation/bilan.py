"""What an import does, or would do: exact counts, and the first details of each kind, so that memory stays flat."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.ecoles.importation.comparaison import CHANGEE, CONFIRMEE, FERMETURE, IDENTIQUE, IGNOREE, NOUVELLE, TRI, Comparaison
from bot.ecoles.lecture import Rejet

RETRAIT = "retrait"
DETAILS = 200  # kept of each kind
_A_ECRIRE = (NOUVELLE, CHANGEE, CONFIRMEE, FERMETURE)


@dataclass
class Bilan:
    """``genres`` counts lines by what they do; ``details`` holds the first ones of each. ``trace`` grows with every effect."""

    fichier: str
    format: str
    source: str
    date: str
    lues: int = 0
    genres: Counter[str] = field(default_factory=Counter)
    details: dict[str, list[Comparaison]] = field(default_factory=dict)
    rejetees: int = 0
    rejets: list[Rejet] = field(default_factory=list)
    conflits: int = 0
    en_conflit: list[Comparaison] = field(default_factory=list)
    remarques: list[Rejet] = field(default_factory=list)
    retraits: list[str] = field(default_factory=list)
    trace: Any = field(default_factory=hashlib.sha256)

    @property
    def change(self) -> bool:
        return any(self.genres[genre] for genre in (*_A_ECRIRE, RETRAIT))

    @property
    def empreinte(self) -> str:
        """Two runs that would write the same things give the same text."""
        return self.trace.hexdigest()

    def noter(self, une: Comparaison) -> None:
        self.genres[une.genre] += 1
        if une.genre in _A_ECRIRE:
            self.trace.update(repr((une.genre, une.ecole_id, une.changements, une.valeurs)).encode())
        if une.genre not in (IDENTIQUE, IGNOREE, CONFIRMEE):
            _garder(self.details.setdefault(une.genre, []), une)
        self.conflits += len(une.conflits)
        if une.conflits:
            _garder(self.en_conflit, une)
        for remarque in une.remarques:
            _garder(self.remarques, Rejet(self.fichier, une.ligne, remarque))

    def refuser(self, rejet: Rejet) -> None:
        self.rejetees += 1
        _garder(self.rejets, rejet)

    def retirer(self, ecole_id: str) -> None:
        self.genres[RETRAIT] += 1
        self.trace.update(ecole_id.encode())
        _garder(self.retraits, ecole_id)

    def en_donnees(self) -> dict[str, Any]:
        """The same as plain values, for ``--json``."""
        ecoles = {
            genre: [
                {
                    "ligne": une.ligne,
                    "id": une.ecole_id or une.fiche.get("id", ""),
                    "nom": une.nom,
                    "changements": {champ: {"avant": avant, "apres": apres} for champ, (avant, apres) in une.changements.items()},
                }
                for une in unes
            ]
            for genre, unes in self.details.items()
        }
        conflits = [{"id": une.ecole_id, "nom": une.nom, "ligne": une.ligne, **asdict(c)} for une in self.en_conflit for c in une.conflits]
        entete = {nom: getattr(self, nom) for nom in ("fichier", "format", "source", "date", "lues", "rejetees")}
        listes = {"rejets": [asdict(r) for r in self.rejets], "remarques": [asdict(r) for r in self.remarques]}
        return entete | {"comptes": dict(self.genres), "ecoles": ecoles, "conflits": conflits, "retraits": self.retraits} | listes


def _garder(liste: list[Any], element: Any) -> None:
    if len(liste) < DETAILS:
        liste.append(element)


__all__ = ["CHANGEE", "CONFIRMEE", "FERMETURE", "IDENTIQUE", "IGNOREE", "NOUVELLE", "RETRAIT", "TRI", "Bilan"]
