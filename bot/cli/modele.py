"""The trained model: what it is made from, whether it is up to date, how a new one takes its place."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from bot.reglages import RACINE, empreinte

DOSSIER = RACINE / "models"
MODELE = DOSSIER / "etabli.tar.gz"
EMPREINTE = DOSSIER / "etabli.empreinte"
BROUILLON = DOSSIER / "en-cours"
# Code counts as much as examples: a component that reads words differently needs another model. What decides after the
# network (places, trades, context) is read anew at each start and learns nothing.
SOURCES = (
    "config.yml",
    "domain.yml",
    "requirements.lock",
    "data/**/*.yml",
    "data/francais/sms.csv",
    *(f"bot/nlu/{nom}.py" for nom in ("tokenisation", "normalisation", "encodeur", "ngrammes", "classifieur", "reseau")),
    *(f"bot/francais/{nom}.py" for nom in ("normalisation", "sms", "contexte_sms", "texte")),
    "bot/cli/entraineur.py",
)


def calculer_empreinte() -> str:
    return empreinte(sorted({chemin for motif in SOURCES for chemin in RACINE.glob(motif) if chemin.is_file()}))


def a_jour() -> bool:
    """Whether the model in place was made from today's files."""
    return MODELE.is_file() and EMPREINTE.is_file() and EMPREINTE.read_text(encoding="utf-8") == calculer_empreinte()


def vider_brouillon() -> Path:
    shutil.rmtree(BROUILLON, ignore_errors=True)
    BROUILLON.mkdir(parents=True)
    return BROUILLON


def mettre_en_place(nouveau: Path, somme: str) -> None:
    """Put a complete model in the place of the old one, and keep only that one.

    The mark goes first and comes back last: killed in between, the next run trains again rather than trust a wrong mark.
    """
    EMPREINTE.unlink(missing_ok=True)
    os.replace(nouveau, MODELE)
    for ancien in DOSSIER.glob("*.tar.gz"):
        if ancien != MODELE:
            ancien.unlink()
    EMPREINTE.write_text(somme, encoding="utf-8")
