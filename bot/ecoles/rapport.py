"""What a load did, for the person who launched it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.ecoles.lecture import Rejet


@dataclass
class CompteFichier:
    """Lines of one file. ``deja_charge``: the file had not changed and was not read again.

    ``conflits``: cells of the file that a correction by hand keeps out.
    """

    fichier: str
    ajoutees: int = 0
    modifiees: int = 0
    inchangees: int = 0
    retirees: int = 0
    deja_charge: bool = False
    rejets: list[Rejet] = field(default_factory=list)
    conflits: list[Rejet] = field(default_factory=list)


@dataclass
class Rapport:
    """The counts of every file, in loading order."""

    fichiers: list[CompteFichier] = field(default_factory=list)

    @property
    def ajoutees(self) -> int:
        return sum(compte.ajoutees for compte in self.fichiers)

    @property
    def modifiees(self) -> int:
        return sum(compte.modifiees for compte in self.fichiers)

    @property
    def inchangees(self) -> int:
        return sum(compte.inchangees for compte in self.fichiers)

    @property
    def retirees(self) -> int:
        return sum(compte.retirees for compte in self.fichiers)

    @property
    def rejets(self) -> list[Rejet]:
        return [rejet for compte in self.fichiers for rejet in compte.rejets]

    @property
    def conflits(self) -> list[Rejet]:
        return [conflit for compte in self.fichiers for conflit in compte.conflits]

    @property
    def a_change(self) -> bool:
        return bool(self.ajoutees or self.modifiees or self.retirees)

    def fichier(self, nom: str) -> CompteFichier:
        return next(compte for compte in self.fichiers if compte.fichier == nom)
