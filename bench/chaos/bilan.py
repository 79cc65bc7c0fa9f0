"""What was promised, and what is there."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bench.chaos.gens import Personne


@dataclass
class Bilan:
    """What was promised and what is there. ``fautes`` is empty when every promise is held."""

    personnes: list[Personne]
    retours: dict[str, float]  # fault to seconds before the service answered again, the worst time
    lignes: dict[str, list[str]]  # first name to references
    boite: Counter[str]  # reference to requests in the outbox
    recus: list[tuple[str, str, str]]  # reference, subject and Message-ID of each mail received
    doubles: int  # messages that were played more than once
    pannes: Counter[str] = field(default_factory=Counter)

    @property
    def notees(self) -> list[Personne]:
        return [p for p in self.personnes if p.reference]

    def fautes(self) -> list[str]:
        arrivees = {reference for reference, _, _ in self.recus}
        identifiants = defaultdict(set)
        for reference, objet, identifiant in self.recus:
            identifiants[reference, objet].add(identifiant)
        en_base = [p for p in self.notees if self.lignes.get(p.prenom) != [p.reference]]
        return [
            *(f"{p.prenom} : {p.reference} dite, {self.lignes.get(p.prenom)} en base" for p in en_base),
            *(f"{p.prenom} : {p.reference} {self.boite[p.reference]} fois dans la boîte" for p in self.notees if self.boite[p.reference] != 1),
            *(f"{p.prenom} : {p.reference} jamais envoyée" for p in self.notees if p.reference not in arrivees),
            *(f"« {objet} » : {len(noms)} Message-ID" for (_, objet), noms in identifiants.items() if len(noms) > 1),
            *(f"{p.prenom} : pas de référence après {p.messages} messages ({dict(p.suites)})" for p in self.personnes if not p.reference),
            *(f"{p.prenom} : {p.suites['silence']} silence(s)" for p in self.personnes if p.suites["silence"]),
            *([f"{self.doubles} message(s) joué(s) deux fois"] if self.doubles else []),
        ]

    def raconter(self) -> str:
        suites = sum((p.suites for p in self.personnes), Counter())
        arrivees = {reference for reference, _, _ in self.recus}
        return "\n".join(
            [
                f"{len(self.personnes)} demandes, {len(self.notees)} dites notées, {sum(map(len, self.lignes.values()))} en base, "
                f"{sum(p.reference in arrivees for p in self.notees)} reçues par le serveur de courrier ({len(self.recus)} messages).",
                f"{sum(p.messages for p in self.personnes)} messages écrits : " + ", ".join(f"{n} {nom}" for nom, n in suites.most_common()) + ".",
                f"{self.pannes.total()} pannes. Retour, au pire :",
                *(f"  {duree:5.1f} s après {nom} ({self.pannes[nom]} fois)" for nom, duree in sorted(self.retours.items(), key=lambda r: -r[1])),
                *(f"FAUTE : {faute}" for faute in self.fautes()),
            ]
        )
