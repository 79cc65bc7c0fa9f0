"""The result of a play as one HTML file: nothing to install, nothing fetched, to send or to keep."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from bot.scenarios import intitules
from bot.scenarios.rapport import Joues, par_dossier, resume, verdict
from bot.scenarios.texte import morceaux

GABARITS = Path(__file__).with_name("gabarits")


def ecrire_page(joues: Joues, chemin: Path, quand: datetime) -> None:
    """Failures first and open, then everything, folder by folder. ``quand`` is local time."""
    gabarits = Environment(loader=FileSystemLoader(GABARITS), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    gabarits.filters["dossier"] = intitules.dossier
    lignes = [{"scenario": s, "bilan": b, "verdict": verdict(s, b)} for s, b in joues]
    page = gabarits.get_template("rapport.html").render(
        lignes=lignes,
        dossiers=par_dossier(joues),
        resume=resume(joues),
        quand=quand,
        morceaux=morceaux,
    )
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(page, encoding="utf-8")
