"""What a school must have: a place to sleep, no fees, a diploma. And « en train », which the data cannot answer."""

from __future__ import annotations

import re

from bot.francais.texte import cle

INTERNAT, GRATUITE, BAC_PRO, CAP, TRAJET = "internat", "gratuite", "bac_pro", "cap", "trajet"
ABANDON = "-"  # before a criterion that the person gives up: « -internat »

_MOTS = {
    INTERNAT: r"internats?|pensionnat|logements?|loger sur place|dormir sur place|chambres?|hebergements?",
    GRATUITE: r"gratuite?s?|gratos|sans payer|sans frais|a 0 euros?",
    BAC_PRO: r"bacs? ?pros?|bac professionnel",
    CAP: r"cap",
}
_TOUT = re.compile(r"\b(?:sans|enleve|oublie|retire) (?:les |aucun |le |ce |ces )?(?:filtres?|criteres?)\b")
_ABANDON = r"\b(?:sans|pas besoin (?:de|d|du)|peu importe|oublie|enleve|laisse tomber|tant pis pour|plus besoin d|m en fiche de) (?:le |la |l |les |un |une |d |de )*(?:{mots})\b"
# Words that turn a criterion into a wish for the schools to come, or a choice among those listed.
_SOUHAIT = (
    r"(?:^(?:et |ou |ok |mais |sinon |alors )*(?:une |un |des |en |celles? |que des |que les |avec |la |les |plutot )*|\b(?:avec|dans une|laquelle|lesquelles|celles? qui|celles? avec"
    r"|une qui|un truc|une ecole|ecoles?|uniquement|seulement|que des|font|fait|propose\w*|prepare\w*)(?: \w+){{0,3}}? )(?:{mots})\b"
)
# The diploma of who speaks, or the price in general: « je suis en bac pro », « c'est gratuit les écoles ? ».
_PAS_UN_SOUHAIT = re.compile(
    r"\b(?:mon|ton|son|en|suis|apres|rate|arrete|quitte|depuis|eleve|lycee|eu|le niveau|mieux que|comme|c est quoi) (?:un |le |la |mon |en |de )*(?:bacs? ?pros?|cap)\b"
    r"|\b(?:c est|cest|sont|est ce que|pourquoi|vraiment|les ecoles) (?:\w+ )?gratuit|\bcombien\b"
)
_TRAJET = re.compile(
    r"\b(?:plus (?:proche|pres|rapide|facile|pratique|vite)|loin|combien de temps)\b.*\b(?:en|par le|a|de la) (?:train|ter|bus|car|metro|tram|voiture|velo|pied|scooter|gare|transports?)\b"
    r"|\b(?:laquelle|lesquelles)\b.*\b(?:train|ter|bus|car|metro|tram|gare|transports?)\b"
)
_MOTS_D_UNE_RELANCE = 9


def criteres(texte: str) -> list[str]:
    """Criteria wished for in a text, each once; one given up comes with ``ABANDON`` before it."""
    lu = cle(texte)
    if _TOUT.search(lu):
        return [ABANDON + nom for nom in _MOTS]
    trouves = [TRAJET] if _TRAJET.search(lu) else []
    for nom, mots in _MOTS.items():
        if re.search(_ABANDON.format(mots=mots), lu):
            trouves.append(ABANDON + nom)
        elif re.search(_SOUHAIT.format(mots=mots), lu) and not _PAS_UN_SOUHAIT.search(lu):
            trouves.append(nom)
    return trouves


def criteres_nommes(texte: str) -> list[str]:
    """Criteria whose words stand in a text, wished for or not: « la deuxième elle fait le bac pro ? »."""
    lu = cle(texte)
    return [nom for nom, mots in _MOTS.items() if re.search(rf"\b(?:{mots})\b", lu)]


def est_une_relance(texte: str) -> bool:
    """Whether a text says little more than a criterion: « et avec internat ? », « laquelle fait le bac pro ? »."""
    lu = cle(texte)
    court = len(lu.split()) <= _MOTS_D_UNE_RELANCE
    amorce = re.match(r"(?:et|ou|ok|mais|sinon|alors|avec|une?|que|plutot|laquelle|lesquelles|celles?|sans|y en a|il y en a|peu importe|oublie|enleve|gratuite?s?|en bac)\b", lu)
    return court and bool(amorce) and bool(criteres(texte)) or TRAJET in criteres(texte)
