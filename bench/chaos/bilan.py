"""What was promised, and what is there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bench.chaos.gens import Personne


@dataclass
class Bilan:
    """What was promised and what is there. ``fautes`` is empty when every promise is held."""

    personnes: list[Personne]
    retours: dict[str, float]
    lignes: dict[str, list[str]]  # first name to references
    recus: Counter[str]  # reference to mails received

    def fautes(self) -> list[str]:
        dites = [p for p in self.personnes if p.reference]
        trouvees = [f"{p.prenom} : {p.reference} dite, {self.lignes.get(p.prenom)} en base" for p in dites if self.lignes.get(p.prenom) != [p.reference]]
        trouvees += [f"{p.prenom} : {p.reference} jamais envoyée" for p in dites if not self.recus[p.reference]]
        trouvees += [f"{p.prenom} : pas de référence après {p.messages} messages ({dict(p.suites)})" for p in self.personnes if not p.reference]
        trouvees += [f"{p.prenom} : {p.suites['silence']} silence(s)" for p in self.personnes if p.suites["silence"]]
        return trouvees

    def raconter(self) -> str:
        suites = sum((p.suites for p in self.personnes), Counter())
        dites = [p for p in self.personnes if p.reference]
        return "\n".join(
            [
                f"{len(self.personnes)} demandes, {len(dites)} dites notées, {sum(map(len, self.lignes.values()))} en base, "
                f"{sum(1 for p in dites if self.recus[p.reference])} reçues par le serveur de courrier ({sum(self.recus.values())} messages).",
                f"{sum(p.messages for p in self.personnes)} messages écrits : " + ", ".join(f"{n} {nom}" for nom, n in suites.most_common()) + ".",
                *(f"  retour après {nom} : {duree:.1f} s" for nom, duree in self.retours.items() if duree),
                *(f"FAUTE : {faute}" for faute in self.fautes()),
            ]
        )
