"""Times as people say them: « hier », « il y a 3 jours »."""

from __future__ import annotations

from datetime import datetime


def il_y_a(quand: datetime, maintenant: datetime) -> str:
    """« depuis » goes before it: « 10 minutes », « 3 heures », « hier », « 4 jours ». Both local."""
    jours = (maintenant.date() - quand.date()).days
    if jours == 1:
        return "hier"
    if jours > 1:
        return f"{jours} jours"
    minutes = max(int((maintenant - quand).total_seconds() // 60), 0)
    if minutes < 1:
        return "moins d'une minute"
    heures = minutes // 60
    return f"{heures} heure{'s' if heures > 1 else ''}" if heures else f"{minutes} minute{'s' if minutes > 1 else ''}"
