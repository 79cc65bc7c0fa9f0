"""What is asked for a stay, in which order, and what an answer changes in the rest. Pure."""

from __future__ import annotations

from typing import Any, Mapping, Optional

from bot.francais.personnes import JEUNE, PARENT, PROFESSIONNEL

AGE_MINIMUM, AGE_SANS_PARENT, AGE_MAXIMUM, AGE_ADULTE = 14, 15, 18, 26
ETAPES = (
    "sejour_age",
    "sejour_parent",
    "sejour_ecole",
    "sejour_prenom",
    "sejour_contact",
    "sejour_periode",
    "sejour_motif",
    "sejour_consentement",
    "sejour_confirmation",
)
CHOIX = ("sejour_parent", "sejour_consentement", "sejour_confirmation")
PASSABLES = ("sejour_prenom", "sejour_periode", "sejour_motif")
DE_LA_PERSONNE = ("sejour_prenom", "sejour_contact", "sejour_periode", "sejour_motif")
SANS_OBJET = "sans_objet"
PASSE = ""  # asked, and left out by the person


def etape_suivante(cases: Mapping[str, Any]) -> Optional[str]:
    """The next thing to ask, or None when the talk about this request is over (complete, refused or impossible)."""
    ans = cases.get("sejour_age")
    if ans is None:
        return "sejour_age"
    if not AGE_MINIMUM <= ans <= AGE_MAXIMUM:
        return None
    if ans < AGE_SANS_PARENT and cases.get("sejour_parent") in (None, SANS_OBJET):
        return None if cases.get("sejour_qui") == PROFESSIONNEL else "sejour_parent"
    if any(cases.get(choix) is False for choix in CHOIX):
        return None
    return next((etape for etape in ETAPES[2:] if cases.get(etape) is None), None)


def consequences(avant: Mapping[str, Any], nouvelles: Mapping[str, Any]) -> dict[str, Any]:
    """``nouvelles`` and what follows from them: who signs, what must go, what must be agreed to again.

    Under 15, nothing of the child is kept, not even until the next message: only a parent, once there, gives anything.
    """
    cases = dict(nouvelles)
    apres = {**avant, **cases}
    if cases.get("sejour_parent") is True:
        cases["sejour_qui"] = apres["sejour_qui"] = PARENT
    if cases.get("sejour_qui", avant.get("sejour_qui")) != avant.get("sejour_qui") and "sejour_prenom" not in cases:
        cases["sejour_prenom"] = None
    ans = apres.get("sejour_age")
    if ans is not None:
        cases["sejour_parent"] = _parent(ans, apres)
        if ans < AGE_SANS_PARENT and cases["sejour_parent"] is not True:
            cases.update(dict.fromkeys(DE_LA_PERSONNE))
        elif ans < AGE_SANS_PARENT:
            cases["sejour_motif"] = PASSE  # a reason would tell of the child: not asked
    if any(nom in cases and cases[nom] != avant.get(nom) for nom in ("sejour_ecole", "sejour_parent", "sejour_qui")):
        cases["sejour_consentement"] = None
    return cases


def _parent(ans: int, cases: Mapping[str, Any]) -> Any:
    if ans >= AGE_SANS_PARENT:
        return SANS_OBJET
    if cases.get("sejour_qui") == PARENT:
        return True
    return cases["sejour_parent"] if cases.get("sejour_parent") is False else None


def parcours(cases: Mapping[str, Any]) -> list[str]:
    """The steps that this request goes through from its start: what was known then is not asked. For the progress shown."""
    connues = ("sejour_age", "sejour_ecole", "sejour_motif")
    return [e for e in ETAPES if e != "sejour_parent" and not (e in connues and cases.get(e) is not None)]


def progression(etapes: list[str], demande: str) -> tuple[int, int]:
    """« 2 sur 7 » : the place of a step, from 1, and how many there are. A parent's presence counts with the age."""
    voulue = "sejour_age" if demande == "sejour_parent" else demande
    toutes = [e for e in ETAPES if e in etapes or e == voulue]
    return toutes.index(voulue) + 1, len(toutes)


def qui(cases: Mapping[str, Any]) -> str:
    return str(cases.get("sejour_qui") or JEUNE)
