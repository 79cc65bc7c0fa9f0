"""Reading what a person types while a stay is being asked for. Pure: text and state in, values or a named mistake out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Mapping, Optional

from bot.francais.choix import ENVOYER, PASSER, dit, oui_non
from bot.francais.contacts import courriels, defaut_de_numero, telephones
from bot.francais.nombres import age, age_d_un_jour, classe
from bot.francais.periodes import lire_periode
from bot.francais.personnes import JEUNE
from bot.francais.prenoms import prenom
from bot.francais.proprete import phrase_propre
from bot.francais.texte import cle
from bot.sejours.corrections import se_reprend
from bot.sejours.etapes import AGE_ADULTE, CHOIX, PASSABLES, PASSE

MOTIF_MAXIMUM = 200
CONTACT_EN_MOTIF = "motif_contact"
_LONGUEUR_LUE = 1_000
_AUTOUR_D_UNE_CORRECTION = re.compile(
    r"\b(?:c est pas|pas|et pas|plus) \d+\b|\b(?:en fait|enfait|non|nan|nn|dsl|desolee?|pardon|oups|mince|erreur|plutot|finalement|je me suis trompee?|jme suis trompee?|trompee?|je voulais dire|c est|c|moi|g|j ai|jai|il a|elle a|ans|an|de|d age|attends?)\b"
)
_AGE_EN_TROP = re.compile(r"\b(?:moins|plus) de \d|\b(?:entre|de) \d+ (?:et|a) \d+\b|\bjusqu a\b|\ba partir de\b")
_NOM_DE_L_ENFANT = re.compile(r"\b(?:il|elle) s ?appel\w*|\b(?:fils|fille|enfant|eleve|jeune|garcon)(?: c est| est)? (?:s ?appel\w*|c est|prenom)|\b(?:son|leur) (?:pre)?nom\b")
_PARENT_DIT = r"(?:(?:ma|sa) (?:mere|maman|daronne|reum)|(?:mon|son) (?:pere|papa|daron|reup)|maman|papa|(?:un|mon|le|son) parent|(?:mes|les|ses|nos) parents)"
_PARENT_LA = re.compile(rf"\b(?:{_PARENT_DIT} (?:est|sont) (?:bien )?(?:la|ici|a cote|avec moi|d accord|ok)|(?:je suis|jsuis|chui|suis) (?:avec|a cote de) {_PARENT_DIT})\b")
_PARENT_ABSENT = re.compile(rf"\b{_PARENT_DIT} (?:n )?(?:est|sont) (?:pas|jamais|plus|absente?s?|au (?:travail|taf)|sortie?s?|partie?s?)\b|\b(?:sans|pas avec) {_PARENT_DIT}\b")
_CE_QUI_N_EST_PAS = re.compile(r"\bpas\s[^,.;]{1,40}(?:[,;.]|\bmais\b|\bplut[oô]t\b)", re.IGNORECASE)
_REFUS_DE_CONTACT = re.compile(
    r"\bj?(?:veux|veu|vais|peux|ai|a|envie|donne\w*|laisse\w*) (?:pas|plus|aucun|jamais|pas envie)\b.*\b(?:num\w*|tel\w*|portable|e ?mail|mail|adresse|contact|coordonnees|donner|ca)\b"
    r"|\b(?:sans|pas de|aucun|ni|pas mon|pas ma) (?:num\w*|tel\w*|portable|e ?mail|mail|adresse)\b"
)


@dataclass(frozen=True)
class Saisie:
    """Slots read in a message, or the name of what is wrong with the answer to the question asked, with what helps to say so."""

    cases: Mapping[str, Any] = field(default_factory=dict)
    erreur: Optional[str] = None
    suggestion: Optional[str] = None  # the address that was probably meant, or the number of digits
    tapee: Optional[str] = None  # the address as it was typed, when it may be right all the same


def lire_saisie(texte: str, demande: Optional[str], aujourd_hui: date, de: str = JEUNE) -> Saisie:
    """Read all that a message gives: the answer to ``demande`` (a step, None at the start) and what is said beside it.

    ``de`` is who asks. Consent and confirmation are read only at their own question, and only from a clear yes or no. An empty
    ``Saisie`` means: this is not an answer.
    """
    texte = texte[:_LONGUEUR_LUE]
    if demande in CHOIX:
        reponse = oui_non(texte)
        if demande == "sejour_confirmation" and dit(texte, ENVOYER):
            reponse = True
        if reponse is not None:
            return Saisie({demande: reponse})
    if demande == "sejour_parent" and (present := _parent_present(texte)) is not None:
        return Saisie({demande: present})
    if demande in PASSABLES[1:] and (oui_non(texte) is False or dit(texte, PASSER)):
        return Saisie({demande: PASSE})
    if demande == "sejour_motif":
        return _motif(texte)
    contact, ans = _contact(texte), _age(texte, demande, de)
    cases = {**contact.cases, **ans.cases}
    celui_de_l_enfant = de != JEUNE and bool(_NOM_DE_L_ENFANT.search(cle(texte)))
    nom = None if celui_de_l_enfant else prenom(texte, attendu=demande == "sejour_prenom" and not cases, presente=bool(cases))
    if nom:
        cases["sejour_prenom"] = nom
    periode = _periode(texte, aujourd_hui) if demande in (None, "sejour_periode") or se_reprend(texte) else Saisie()
    cases.update(periode.cases)
    if demande in cases:
        return Saisie(cases)
    if demande != "sejour_contact" and contact.suggestion and "@" in contact.suggestion:  # « attends, mon mail : a@gmial.com », whatever was asked: taken back until it is sure
        return replace(contact, cases={**cases, "sejour_contact": None})
    enfant = Saisie(erreur="prenom_enfant" if celui_de_l_enfant else None)
    propre = {"sejour_age": ans, "sejour_prenom": enfant, "sejour_contact": contact, "sejour_periode": periode}.get(demande or "", Saisie())
    return replace(propre, cases=cases)


def _age(texte: str, demande: Optional[str], de: str) -> Saisie:
    """An age, of the young person: « j'ai 42 ans et mon fils 15 » gives 15. « Bientôt 15 » is not 15, and the law minds."""
    attendu, reste, dits = demande == "sejour_age", texte, []
    seul = " ".join(_AUTOUR_D_UNE_CORRECTION.sub(" ", cle(texte)).split())
    if demande and se_reprend(texte) and re.fullmatch(r"1\d", seul):
        return Saisie({"sejour_age": int(seul)})  # « enfait 16 dsl », « pas 15, 16 »
    while (lu := age(reste, attendu)) and len(dits) < 3:
        dits.append(lu.valeur)
        reste = reste[: lu.debut] + "|" + reste[lu.fin :]
    jeunes = [ans for ans in dits if ans < AGE_ADULTE]
    if dits and age_d_un_jour(texte):
        return Saisie(erreur="age_bientot" if demande == "sejour_age" else None)
    if jeunes and not (demande != "sejour_age" and _AGE_EN_TROP.search(cle(texte))):
        return Saisie({"sejour_age": jeunes[-1] if de != JEUNE or se_reprend(texte) and "pas" not in cle(texte) else jeunes[0]})
    if demande != "sejour_age":
        return Saisie()
    if dits:
        return Saisie(erreur="age_adulte")
    return Saisie(erreur="age_classe" if classe(texte) else None)


def _contact(texte: str) -> Saisie:
    numeros, adresses = telephones(texte), courriels(texte)
    if adresses and adresses[0].valide and not adresses[0].suggestion:
        return Saisie({"sejour_contact": adresses[0].adresse})
    if numeros:
        return Saisie({"sejour_contact": numeros[0]})
    if adresses and adresses[0].suggestion:
        return Saisie(erreur="contact_douteux", suggestion=adresses[0].suggestion, tapee=adresses[0].adresse if adresses[0].valide else None)
    if "@" in texte or adresses:
        return Saisie(erreur="contact_courriel")
    if defaut := defaut_de_numero(texte):
        return Saisie(erreur=f"contact_{defaut[0]}", suggestion=str(defaut[1]))
    return Saisie(erreur="contact_refuse" if _REFUS_DE_CONTACT.search(cle(texte)) else None)


def _periode(texte: str, aujourd_hui: date) -> Saisie:
    lue = lire_periode(_CE_QUI_N_EST_PAS.sub(" ", texte), aujourd_hui) or lire_periode(texte, aujourd_hui)
    if not lue:
        return Saisie()
    return Saisie(erreur=f"periode_{lue.erreur}") if lue.erreur else Saisie({"sejour_periode": lue.clair})


def _parent_present(texte: str) -> Optional[bool]:
    """« oui maman est là », « ma mère est pas là » ; None when no parent is said to be there, or not."""
    mots = cle(texte)
    if "?" in texte or not mots:
        return None
    if _PARENT_ABSENT.search(mots):
        return False
    return True if _PARENT_LA.search(mots) else None


def _motif(texte: str) -> Saisie:
    """A sentence of one's own; never a way to be reached, which has its question and its consent."""
    if "@" in texte or courriels(texte) or telephones(texte):
        return Saisie(erreur=CONTACT_EN_MOTIF)
    net = phrase_propre(texte, MOTIF_MAXIMUM)
    return Saisie({"sejour_motif": net}) if net else Saisie(erreur="motif_invalide")
