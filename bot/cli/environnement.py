"""The environment of the children: settings passed on, and nothing that reaches the network."""

from __future__ import annotations

import os

from bot.reglages import Courrier, Reglages

SILENCE = {
    "RASA_TELEMETRY_ENABLED": "false",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    "SANIC_HOST": "127.0.0.1",
    "SANIC_WORKERS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "PYTHONUNBUFFERED": "1",
    "PYTHONWARNINGS": "ignore",
    "TQDM_DISABLE": "1",
    "MPLBACKEND": "Agg",
}
# Rasa writes to whichever collector these name, even with telemetry off.
INDISCRETES = ("RASA_TELEMETRY_WRITE_KEY", "RASA_EXCEPTION_WRITE_KEY", "RASA_TELEMETRY_DEBUG")


def environnement_enfant(reglages: Reglages) -> dict[str, str]:
    """The settings as this process understood them, so that parent and children never disagree."""
    herite = {cle: valeur for cle, valeur in os.environ.items() if cle not in INDISCRETES}
    return {
        **herite,
        **SILENCE,
        "ETABLI_BASE": reglages.base,
        "ETABLI_PORT": str(reglages.port),
        "ETABLI_PORT_ACTIONS": str(reglages.port_actions),
        "ETABLI_MODE": reglages.mode,
        "ETABLI_ACTIONS": reglages.actions,
        "ETABLI_SECRET_ACTIONS": reglages.secret_actions,
        "ETABLI_PORT_PAGES": str(reglages.port_pages),
        "ETABLI_ADRESSE_PUBLIQUE": reglages.adresse_publique,
        "ETABLI_SECRET": reglages.secret,
        "ETABLI_RESPONSABLE": reglages.responsable,
        "ETABLI_JOURS_CONVERSATIONS": str(reglages.jours_conversations),
        "ETABLI_JOURS_DEMANDES": str(reglages.jours_demandes),
        "ETABLI_ORIGINES": ",".join(reglages.origines),
        "ETABLI_MANDATAIRES": str(reglages.mandataires),
        **_courrier(reglages.courrier),
    }


def _courrier(courrier: Courrier) -> dict[str, str]:
    return {
        "ETABLI_SMTP_HOTE": courrier.hote,
        "ETABLI_SMTP_PORT": str(courrier.port),
        "ETABLI_SMTP_UTILISATEUR": courrier.utilisateur,
        "ETABLI_SMTP_MOT_DE_PASSE": courrier.mot_de_passe,
        "ETABLI_SMTP_SECURITE": courrier.securite,
        "ETABLI_SMTP_DELAI": str(courrier.delai_s),
        "ETABLI_SMTP_PAUSE": str(courrier.pause_s),
        "ETABLI_EXPEDITEUR": courrier.expediteur,
        "ETABLI_RELAIS": courrier.relais,
    }
