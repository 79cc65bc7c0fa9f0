"""Reading what a person types while a stay is being asked for. Pure: text and state in, values or a named mistake out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Optional

from bot.francais.choix import oui_non
from bot.francais.contacts import courriels, telephones
from bot.francais.nombres import age
from bot.francais.prenoms import prenom

AGE_MINIMUM, AGE_SANS_PARENT, AGE_MAXIMUM = 14, 15, 18
ETAPES = ("sejour_age", "sejour_parent", "sejour_prenom", "sejour_contact", "sejour_consentement", "sejour_confirmation")
SANS_OBJET = "sans_objet"


@dataclass(frozen=True)
class Saisie:
    """Slots read in a message, or the name of what is wrong with the answer to the question asked."""

    cases: Mapping[str, Any] = field(default_factory=dict)
    erreur: Optional[str] = None
    suggestion: Optional[str] = None


def lire_saisie(texte: str, demande: Optional[str]) -> Saisie:
    """Read all that a message gives: the answer to ``demande`` (a step), and contact or first name said beside it.

    Consent and confirmation are read only at their own question. An empty ``Saisie`` means: this is not an answer.
    """
    if demande in ("sejour_parent", "sejour_consentement", "sejour_confirmation"):
        reponse = oui_non(texte)
        if reponse is not None:
            return Saisie({demande: reponse})
        return Saisie(_age_corrige(texte) if demande == "sejour_parent" else _corrections(texte))
    cases: dict[str, Any] = {}
    contact = _contact(texte)
    if contact.cases:
        cases.update(contact.cases)
    dit = age(texte, attendu=demande == "sejour_age")
    if dit:
        cases["sejour_age"] = dit.valeur
    nom = prenom(texte, attendu=demande == "sejour_prenom" and not cases)
    if nom:
        cases["sejour_prenom"] = nom
    if demande in cases:
        return Saisie(cases)
    if demande == "sejour_contact" and contact.erreur:
        return Saisie(cases, contact.erreur, contact.suggestion)
    return Saisie(cases)


def _age_corrige(texte: str) -> dict[str, Any]:
    """« enfait g 16 ans » where a parent is asked for: the age was wrong, not the answer."""
    dit = age(texte, attendu=True)
    return {"sejour_age": dit.valeur} if dit else {}


def _corrections(texte: str) -> dict[str, Any]:
    """A new contact or first name given once all has been asked: « en fait c'est 06 39 98 22 34 »."""
    cases = dict(_contact(texte).cases)
    nom = prenom(texte)
    return {**cases, "sejour_prenom": nom} if nom else cases


def etape_suivante(cases: Mapping[str, Any]) -> Optional[str]:
    """The next thing to ask, or None when the talk about this request is over (complete, refused or impossible)."""
    ans = cases.get("sejour_age")
    if ans is None:
        return "sejour_age"
    if not AGE_MINIMUM <= ans <= AGE_MAXIMUM:
        return None
    if ans < AGE_SANS_PARENT and cases.get("sejour_parent") in (None, SANS_OBJET):
        return "sejour_parent"
    if cases.get("sejour_parent") is False or cases.get("sejour_consentement") is False or cases.get("sejour_confirmation") is False:
        return None
    return next((etape for etape in ETAPES[2:] if cases.get(etape) is None), None)


def _contact(texte: str) -> Saisie:
    numeros, adresses = telephones(texte), courriels(texte)
    if adresses and adresses[0].suggestion:
        return Saisie(erreur="courriel_douteux", suggestion=adresses[0].suggestion)
    if adresses and adresses[0].valide:
        return Saisie({"sejour_contact": adresses[0].adresse})
    if numeros:
        return Saisie({"sejour_contact": numeros[0]})
    if "@" in texte or adresses:
        return Saisie(erreur="courriel_invalide")
    if sum(c.isdigit() for c in texte) >= 6:
        return Saisie(erreur="telephone_invalide")
    return Saisie()
