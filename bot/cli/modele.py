"""The trained model: what it is made from, whether it is up to date, how a new one takes its place."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from bot.reglages import RACINE, empreinte

DOSSIER = RACINE / "models"
MODELE = DOSSIER / "etabli.tar.gz"
EMPREINTE = DOSSIER / "etabli.empreinte"
BROUILLON = DOSSIER / "en-cours"
# Code counts as much as examples: a component that reads words differently needs another model. What decides after the
# network (places, trades, context) is read anew at each start and learns nothing.
SOURCES_DU_RESEAU = (
    "config.yml",
    "requirements.lock",
    "data/nlu/*.yml",
    "data/francais/sms.csv",
    "data/francais/mots.txt",
    *(f"bot/nlu/{nom}.py" for nom in ("tokenisation", "normalisation", "encodeur", "ngrammes", "classifieur", "creux", "ecoute", "voisins", "reseau", "descente")),
    *(f"bot/francais/{nom}.py" for nom in ("normalisation", "sms", "contexte_sms", "texte", "vocabulaire")),
    "bot/cli/entraineur.py",
)
SOURCES_DES_REGLES = ("domain.yml", "data/stories/*.yml", "data/reponses/*.yml", "bot/cli/greffe.py")


@dataclass(frozen=True)
class Empreintes:
    """What a model was made from: the examples and what reads them, then the rules and the answers."""

    reseau: str
    regles: str


def calculer_empreintes() -> Empreintes:
    return Empreintes(_empreinte(SOURCES_DU_RESEAU), _empreinte(SOURCES_DES_REGLES))


def _empreinte(motifs: tuple[str, ...]) -> str:
    return empreinte(sorted({chemin for motif in motifs for chemin in RACINE.glob(motif) if chemin.is_file()}))


def en_place() -> Optional[Empreintes]:
    """What the model in place was made from, or None when there is none that can be trusted."""
    if not (MODELE.is_file() and EMPREINTE.is_file()):
        return None
    lignes = EMPREINTE.read_text(encoding="utf-8").split()
    return Empreintes(*lignes) if len(lignes) == 2 else None


def a_jour() -> bool:
    """Whether the model in place was made from today's files."""
    return en_place() == calculer_empreintes()


def vider_brouillon() -> Path:
    shutil.rmtree(BROUILLON, ignore_errors=True)
    BROUILLON.mkdir(parents=True)
    return BROUILLON


def mettre_en_place(nouveau: Path, sommes: Empreintes) -> None:
    """Put a complete model in the place of the old one, and keep only that one.

    The mark goes first and comes back last: killed in between, the next run trains again rather than trust a wrong mark.
    """
    EMPREINTE.unlink(missing_ok=True)
    os.replace(nouveau, MODELE)
    for ancien in DOSSIER.glob("*.tar.gz"):
        if ancien != MODELE:
            ancien.unlink()
    EMPREINTE.write_text(f"{sommes.reseau}\n{sommes.regles}\n", encoding="utf-8")
