"""Contact details leave the conversation as soon as the request that needed them has ended, whatever its end.

Pure: events as the dictionaries that the store writes. A personal slot is one whose name begins with ``sejour_``: the form
fills them, and empties them when it ends. What they held is then taken out of every event of the conversation: slots,
entities, what the person typed inside the form, and any other text that repeats a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bot.francais.texte import cle

RETIRE = "[retiré]"
FORMULAIRE = "sejour_form"
PREFIXE = "sejour_"
IDENTIFIANTES = ("sejour_prenom", "sejour_contact", "sejour_telephone", "sejour_courriel")
# Slots of the form that say nothing of a person.
_PUBLIQUES = {"sejour_ecole", "sejour_ecole_nom", "sejour_moyens", "sejour_reference", "sejour_erreur"}
# Emptied, but their values are words of ordinary sentences: other texts are not searched for them.
_COURANTES = _PUBLIQUES | {"sejour_parent", "sejour_qui", "sejour_age", "sejour_periode", "sejour_demandee", "sejour_annonce"}
_CHIFFRES = 9  # of a French number, without its 0 or +33
Donnees = dict[str, Any]


def se_termine(nouveaux: Iterable[Donnees], case: Callable[[str], Any]) -> bool:
    """Whether these new events empty the person's details for good: ``case`` reads the slots after them."""
    videes = {e["name"] for e in nouveaux if e.get("event") == "slot" and e["name"] in IDENTIFIANTES and e.get("value") is None}
    return bool(videes) and not any(case(nom) for nom in IDENTIFIANTES)


def retirer(evenements: Sequence[Donnees], tout: bool = False) -> list[Donnees]:
    """The same events, in the same order, without what was personal in them. Unchanged ones come back as they are.

    A slot that still holds something at the end keeps it, since the form goes on (a child's details go, their age stays);
    unless ``tout``: nobody will go on.
    """
    finales = {e["name"]: e.get("value") for e in evenements if e.get("event") == "slot"}
    gardees = set() if tout else {nom for nom, valeur in finales.items() if valeur is not None}
    contient = _reconnaitre(valeurs_personnelles(evenements, gardees))
    dans_le_formulaire = False
    nets: list[Donnees] = []
    for evenement in evenements:
        genre = evenement.get("event")
        if genre == "active_loop":
            dans_le_formulaire = evenement.get("name") == FORMULAIRE
        if genre == "slot" and _personnelle(evenement["name"]) and evenement["name"] not in gardees:
            nets.append(evenement if evenement.get("value") is None else {**evenement, "value": None})
        elif genre == "user" and dans_le_formulaire:
            nets.append(_message_retire(evenement))
        else:
            nets.append(evenement if genre == "slot" and evenement["name"] in gardees else _parcourir(evenement, contient))
    return nets


def valeurs_personnelles(evenements: Iterable[Donnees], gardees: set[str]) -> set[str]:
    """All that the personal slots have held, corrections included, but for those that are kept."""
    return {
        e["value"]
        for e in evenements
        if e.get("event") == "slot" and _personnelle(e["name"]) and e["name"] not in _COURANTES | gardees and isinstance(e.get("value"), str)
    }


def _personnelle(case: str) -> bool:
    return case.startswith(PREFIXE) and case not in _PUBLIQUES


def _message_retire(evenement: Donnees) -> Donnees:
    """What was typed inside the form goes as a whole; what it was taken for stays."""
    lu = evenement.get("parse_data") or {}
    questions = [{**question, "texte": ""} for question in lu.get("questions") or []]
    reste = {nom: valeur for nom, valeur in lu.items() if nom in ("intent", "response_selector", "politesses", "aide_discrete")}
    return {**evenement, "text": RETIRE, "parse_data": {**reste, "text": RETIRE, "entities": [], "questions": questions}}


def _reconnaitre(valeurs: set[str]) -> Callable[[str], bool]:
    """A test: does a text repeat one of these values, however it is written?"""
    numeros = {chiffres[-_CHIFFRES:] for v in valeurs if len(chiffres := re.sub(r"\D", "", v)) >= _CHIFFRES and "@" not in v}
    adresses = {v.split("@")[0].casefold() for v in valeurs if "@" in v and len(v.split("@")[0]) > 2} | {v.casefold() for v in valeurs if "@" in v}
    mots = {f" {forme} " for v in valeurs if "@" not in v and (forme := cle(v)) and not forme.replace(" ", "").isdigit()}

    def contient(texte: str) -> bool:
        chiffres, bas, forme = re.sub(r"\D", "", texte), texte.casefold(), f" {cle(texte)} "
        return any(n in chiffres for n in numeros) or any(a in bas for a in adresses) or any(m in forme for m in mots)

    return contient


def _parcourir(valeur: Any, contient: Callable[[str], bool]) -> Any:
    if isinstance(valeur, str):
        return RETIRE if contient(valeur) else valeur
    if isinstance(valeur, list):
        return [_parcourir(v, contient) for v in valeur]
    if isinstance(valeur, dict):
        return {nom: _parcourir(v, contient) for nom, v in valeur.items()}
    return valeur
