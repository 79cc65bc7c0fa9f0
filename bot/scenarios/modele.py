"""What a scenario is, once read: plain data, the same from a YAML file, a spreadsheet or the counsellors' page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True)
class Echange:
    """One message and what its reply must hold. Exactly one of ``dit``, ``clique`` and ``facons`` is set; the rest may be empty."""

    ligne: int
    dit: str | None = None
    clique: str | None = None
    facons: tuple[str, ...] = ()  # the same question in several phrasings: each is a conversation of its own
    contient: tuple[str, ...] = ()
    ne_contient_pas: tuple[str, ...] = ()
    propose: tuple[str, ...] = ()
    comprend: str | None = None
    repond: tuple[str, ...] = ()  # names of answers, « utter_ » left out
    retient: Mapping[str, str] = field(default_factory=dict)

    @property
    def exigeant(self) -> bool:
        """Whether something is expected of the reply beyond being one."""
        return bool(self.contient or self.ne_contient_pas or self.propose or self.comprend or self.repond or self.retient)


@dataclass(frozen=True)
class Persona:
    """Somebody a counsellor can play: who, how they write, and what they may say."""

    nom: str
    qui: str
    ecrit: str = ""
    demande: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scenario:
    """A dialogue. ``connu`` is the reason why it is known to fail, or empty; ``debut`` are the exchanges of its shared opening."""

    chemin: Path
    titre: str
    echanges: tuple[Echange, ...]
    connu: str = ""
    persona: str = ""
    ouverture: str = ""
    debut: tuple[Echange, ...] = ()

    def parties(self) -> list[tuple[Echange, ...]]:
        """The conversations to play: one, or one for each phrasing of its table."""
        complet = self.debut + self.echanges
        rang = next((i for i, echange in enumerate(complet) if echange.facons), None)
        if rang is None:
            return [complet]
        table = complet[rang]
        return [complet[:rang] + (replace(table, dit=facon, facons=()),) + complet[rang + 1 :] for facon in table.facons]
