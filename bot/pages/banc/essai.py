"""A counsellor's talk with the bot: what was said, answered and understood, turn by turn. In memory only, gone with the process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.pages.banc.apercu import Bloc, apercu
from bot.scenarios import attentes, intitules
from bot.scenarios.modele import Echange, Persona
from bot.scenarios.portes import PATIENCE, PorteRest
from bot.scenarios.texte import en_texte

TOURS_MAXIMUM = 60
_SUGGESTIONS = 8
# What a reply may be expected to hold: figures, and names of several letters that start with a capital inside a sentence.
_FAITS = re.compile(r"(?<![\w-])\d[\d ]*\d(?![\w-])|(?<=[a-zé,:(] )[A-ZÉÈÎ][\w'’-]{2,}(?: [A-ZÉÈÎ][\w'’-]+)*")


@dataclass(frozen=True)
class TourDEssai:
    """One message of the counsellor, the reply, and the bot's view of it (None when it does not tell)."""

    dit: str
    clique: bool
    messages: tuple[Mapping[str, Any], ...]
    vue: Mapping[str, Any] | None

    @property
    def texte(self) -> str:
        return en_texte(self.messages)

    @property
    def apercu(self) -> list[Bloc]:
        return apercu(self.messages)

    @property
    def boutons(self) -> list[str]:
        return list(dict.fromkeys(attentes.titres(self.messages)))

    @property
    def reponses(self) -> list[str]:
        return attentes.noms_des_reponses(self.messages)

    @property
    def principale(self) -> str:
        """The answer that a scenario would most naturally expect: the one named after what was understood, else the last one."""
        compris = attentes.compris(self.vue or {})
        return next((nom for nom in self.reponses if nom in compris), (self.reponses or [""])[-1])

    @property
    def sources(self) -> list[str]:
        """« fiche du porteur de projet, vers 2018-2020 », each once."""
        dites = [s for m in self.messages for s in (m.get("metadata") or {}).get("sources") or []]
        return list(dict.fromkeys(", ".join(filter(None, (s.get("source"), s.get("date")))) for s in dites))

    @property
    def sujets(self) -> list[dict[str, Any]]:
        """What was understood, best first: name, French title, confidence in percent."""
        vue = self.vue or {}
        lus = vue.get("lectures") or ([{"nom": vue["intention"], "confiance": vue.get("confiance")}] if vue.get("intention") else [])
        return [_sujet(lu["nom"], lu.get("confiance")) for lu in lus]

    @property
    def intention(self) -> dict[str, Any] | None:
        """The decision, where it says more than the subjects do: several questions, a doubt, not understood."""
        vue = self.vue or {}
        nom = vue.get("intention")
        return _sujet(nom, vue.get("confiance")) if nom in ("plusieurs_questions", "hesiter", "inconnu") else None

    @property
    def suivant(self) -> dict[str, Any] | None:
        """The runner-up, when it was one: at least one chance in a hundred."""
        pris = attentes.compris(self.vue or {})
        autres = [c for c in (self.vue or {}).get("classement") or [] if c["name"] not in pris and c.get("confidence", 0) >= 0.01]
        return _sujet(autres[0]["name"], autres[0].get("confidence")) if autres else None

    @property
    def reperes(self) -> list[tuple[str, str]]:
        """Trade, place, age read in this message; a place by its name where the bot remembers it."""
        vue = self.vue or {}
        nom_du_lieu = (vue.get("retient") or {}).get("lieu_nom")
        lus = [(r["genre"], nom_du_lieu if r["genre"] == "lieu" and nom_du_lieu else str(r["valeur"])) for r in vue.get("reperes") or []]
        return list(dict.fromkeys((intitules.repere(genre), valeur) for genre, valeur in lus))

    @property
    def souvenirs(self) -> dict[str, tuple[str, str]]:
        return intitules.souvenirs((self.vue or {}).get("retient") or {})

    @property
    def faits(self) -> list[str]:
        """Pieces of the reply worth expecting: names of schools, figures, proper names."""
        ecoles = [str(e["nom"]) for m in self.messages for e in ((m.get("custom") or {}).get("ecoles") or []) if e.get("nom")]
        textes = " ".join(str(m.get("text") or "") for m in self.messages if not str(m.get("text")).startswith(attentes.PRESENTATION))
        return list(dict.fromkeys([*ecoles[:3], *(f.strip() for f in _FAITS.findall(textes))]))[:_SUGGESTIONS]


@dataclass
class Essai:
    """One conversation of one session, under a sender of its own."""

    expediteur: str
    persona: Persona | None = None
    tours: list[TourDEssai] = field(default_factory=list)


async def parler(essai: Essai, bot: str, texte: str, clique: bool) -> None:
    """Send a message, or press the offered button of that title. Raises ``BotInjoignable``."""
    async with httpx.AsyncClient(base_url=bot, timeout=PATIENCE, trust_env=False) as client:
        porte = PorteRest(client, essai.expediteur)
        porte.reponse = list(essai.tours[-1].messages) if essai.tours else []
        clique = clique and porte.offre(texte)
        messages = await (porte.choisir(texte) if clique else porte.dire(texte))
        essai.tours.append(TourDEssai(texte, clique, tuple(messages), await porte.dernier_tour()))


def echange(tour: TourDEssai, **attendus: Any) -> Echange:
    """The turn as an exchange of a scenario."""
    return Echange(0, clique=tour.dit, **attendus) if tour.clique else Echange(0, dit=tour.dit, **attendus)


def _sujet(nom: str, confiance: float | None) -> dict[str, Any]:
    return {"nom": nom, "titre": intitules.sujet(nom), "pourcent": round(100 * float(confiance or 0))}
