"""Dates as people say them."""

from __future__ import annotations

from datetime import date

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOIS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")


def date_en_clair(iso: str) -> str:
    """« 2026-10-08 » gives « 8 octobre 2026 » ; « 2026-10 » gives « octobre 2026 » ; anything else comes back as it is."""
    morceaux = iso.split("-")
    if not all(m.isdigit() for m in morceaux) or not 2 <= len(morceaux) <= 3 or not 1 <= int(morceaux[1]) <= 12:
        return iso
    jour = ["1er" if morceaux[2] == "01" else str(int(morceaux[2]))] if len(morceaux) == 3 else []
    return " ".join([*jour, MOIS[int(morceaux[1]) - 1], morceaux[0]])


def jour_en_clair(jour: date) -> str:
    """« lundi 30 novembre 2026 »."""
    return f"{JOURS[jour.weekday()]} {date_en_clair(jour.isoformat())}"
