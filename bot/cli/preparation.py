"""``etabli preparer``: the database exists, has today's tables and today's schools."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.cli.messages import Arret, dire
from bot.reglages import RACINE, lire_reglages

if TYPE_CHECKING:
    from bot.ecoles.rapport import Rapport

DONNEES = RACINE / "data" / "ecoles"


def preparer() -> None:
    """Crée la base et la remplit avec data/ecoles."""
    debut = time.monotonic()
    rapport = charger()
    raconter(rapport)
    _effacer_ce_qui_est_trop_vieux()
    dire(f"La base de données est à jour ({time.monotonic() - debut:.0f} s).")


def _effacer_ce_qui_est_trop_vieux() -> None:
    from datetime import datetime

    from bot.conservation import purger

    purge = purger(lire_reglages().base, datetime.utcnow())
    if purge.demandes or purge.evenements:
        dire(f"  Durée de conservation passée : {purge.demandes} demande(s) et {purge.evenements} événement(s) effacés.")


def raconter(rapport: Rapport) -> None:
    """One line a file that was read again, one line a refused line."""
    for compte in rapport.fichiers:
        if not compte.deja_charge:
            dire(f"  {compte.fichier} : {compte.ajoutees} ajoutées, {compte.modifiees} modifiées, {compte.retirees} retirées")
    for rejet in rapport.rejets:
        dire(f"  Ligne écartée : {rejet}")
    for conflit in rapport.conflits:
        dire(f"  Correction gardée : {conflit}")


def charger() -> Rapport:
    """Load the data files; an unchanged file is not read again. A failure becomes one sentence."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.ecoles.chargement import charger_base

    try:
        return charger_base(lire_reglages().base, DONNEES)
    except SQLAlchemyError as erreur:
        raison = str(getattr(erreur, "orig", None) or erreur).splitlines()[0]
        raise Arret(f"La base de données ne répond pas (« {raison} ») : vérifie ETABLI_BASE, puis relance make run.") from erreur
    except OSError as erreur:
        raise Arret(f"Un fichier de {DONNEES.relative_to(RACINE)} ne se lit pas : {erreur}.") from erreur
