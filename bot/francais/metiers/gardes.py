"""Words that name a trade only with a reason: « bois » is also drunk, « mode » is also a mode d'emploi, « robot » is also Établi."""

from __future__ import annotations

import re

# Key forms (see ``formes``). Alone in a short message they are a trade; in a sentence they need a wish or a school word before them.
GARDES = frozenset(
    """
    bois fer acier mode garage voiture moto moteur usine restaurant resto cuisine sante commerce animal animaux numerique industriel data ciel spa marin juge sanitaire solaire taxi
    ordi ordinateur appli camion bateau tracteur construction chantier armee beaute administratif bijou bijoux meuble vetement fringue sape robot python tissu tatouage gateau gateaux chauffage
    isolation clim climatisation creche potager chalet cuve medecin docteur psychologue parquet infirmier secretaire secretariat comptable avocat tourisme journaliste vente vendre vendeur peindre auto
    pharmacie dentiste policier militaire pompier gendarme gendarmerie soldat vigile cinema acteur manga maquillage tresse tig beton bar commercial paysage cheval chevaux drone
    restauration informatique electricite traiteur snack livreur chauffeur serveur avion aviation supermarche imprimerie architecture nounou construction maintenance renovation tole assemblage
    portail tapissier photographie medical geek spa element forge cuisiner moule couverture nucleaire legion routier chanteur rappeur youtubeur influenceur streamer ferraille vidange
    boucher marketing notaire banquier nature sport kine scooter velo trottinette
    """.split()
)

_RAISON = re.compile(
    r"\bj?(?:metiers?|formations?|cap|bac pro|bacs? pros?|diplomes?|filiere|secteur|domaine|specialite|branche|apprendre|apprend|appris|devenir|deviens|etre|devienne|travailler|travail|travaille|bosser"
    r"|bosse|bosserais|taffer|aimerais?|aime|aimes|adore|kiffe|kiff|kif|interesse|interessee|interesser|interessent|passion|passionne|passionnee|fan|fou|cherche|cherchent|chercher|stage|boulot|taf|job|veux|veut|voudrais?|reve"
    r"|trucs?|choses?|qqch|trouver|faire|fais|fait|lance|lancer|orienter|oriente|partir|ecoles?|atelier|ateliers|section|option|plutot|branchent|plait|plairait|attire|tente|projet|reconvertir|specialise|fabriquer|forme|prefere"
    r"|dans (?:le|la|les|l))(?: (?!qu|si|mais|et c|pour savoir)\w+){0,4} ?$"
)
_RAISON_APRES = re.compile(
    r" (?:(?:ca|j|je|moi|me|m|n) )*(?:aime|adore|kiffe|deteste|interesse|plait|tente|branche|attire|c est (?:mon|ma|pour moi|pas pour moi))\b"
)
# Left and right of the word, in keys: never a trade there.
_EXCLUS_AVANT: dict[str, re.Pattern[str]] = {
    "bois": re.compile(r"\b(?:je|j|tu|on) $"),
    # « je veu fer pizzaiolo »: also « faire », as one types it.
    "fer": re.compile(r"\b(?:chemins?|rideau|sante|bras|main|volonte|manque) (?:de )?$|\b(?:j?veux?|j?peux?|jve|jpe|voudrais|vais|aime|aimerais?|pour|pr|sais|va|faut|fo) $"),
    "mode": re.compile(r"\b(?:en|quel|ce|autre) $|\ba la $"),
    "robot": re.compile(r"\b(?:es|etes|est|parle a|parler a|avec|bot)(?: \w+){0,2} $"),
    "voiture": re.compile(r"\b(?:en|ma|sa|leur|ta|une|pas de|la|permis|notre) $"),
    "moto": re.compile(r"\b(?:en|ma|sa|une|pas de|la) $"),
    "scooter": re.compile(r"\b(?:en|mon|ma|un|le|son|de|acheter) $"),
    "auto": re.compile(r"\b(?:en|l|assurance|permis|une) $"),
    "sante": re.compile(r"\b(?:problemes? de|probleme|ma|sa|bonne|mauvaise|carte de?|soucis? de|frais de|visite de|etat de|pour la) $"),
    "vente": re.compile(r"\b(?:argent de (?:la )?|prix de |en )$"),
    "electricite": re.compile(r"\b(?:facture d|compteur d|coupure d) $"),
    "cuisine": re.compile(r"\b(?:une|y a une|ta|ma|la salle|leur|acces a la|acces a une) $"),
    "garage": re.compile(r"\b(?:au|mon|son|notre|le) $"),
    "usine": re.compile(r"\b(?:comme|l exploitation|vraie|une) (?:a |dans |en )?(?:une |l |d )?$"),
    "secretariat": re.compile(r"\b(?:le|au|du|appeler le|contacter le) $"),
    "infirmier": re.compile(r"\b(?:y a (?:une?|l)|une|l|l ) $"),
    "docteur": re.compile(r"\b(?:chez le|voir un|le|un) $"),
    "medecin": re.compile(r"\b(?:chez le|voir un|le|un|mon) $"),
    "psychologue": re.compile(r"\b(?:chez le|voir une?|le|la|une?|mon|ma|parler a une?) $"),
    "juge": re.compile(r"\b(?:le|un|du|me|se|te|nous) $"),
    "policier": re.compile(r"\b(?:le|les|un) $"),
    "vendre": re.compile(r"\b(?:qu on|on|est|pour|a|sont|peut|les|a) $"),
    "bijou": re.compile(r"\b(?:porter|droit a|mettre|enlever|garder)(?: \w+){0,2} $"),
    "vetement": re.compile(r"\b(?:quels?|mes|les|nos|acheter|payer|ses|fournit|fournissent)(?: \w+){0,2} $"),
    "construction": re.compile(r"\b(?:en) $"),
    "chantier": re.compile(r"\b(?:quel|c est le|un vrai) $"),
}
_EXCLUS_APRES: dict[str, re.Pattern[str]] = {
    "mode": re.compile(r" (?:d emploi|de vie|de|d|avion|sombre|silencieux)\b"),
    "bois": re.compile(r" (?:trop|de l|un|une|pas|plus|l eau)\b"),
    "vetement": re.compile(r" (?:de travail|de securite|de protection|fournis?|obligatoires?|sont|pro)\b"),
    "restauration": re.compile(r" (?:scolaire|sur place|le midi)\b"),
    "restaurant": re.compile(r" (?:scolaire|universitaire|u)\b"),
    "vente": re.compile(r" (?:de|des|du|d)\b"),
    "fer": re.compile(r" a (?:repasser|cheval)\b"),
    "voiture": re.compile(r" (?:est|pour (?:venir|y aller|aller)|de (?:mon|ma|mes)|en panne)\b"),
    "couture": re.compile(r" (?:de la plaie)\b"),
    "informatique": re.compile(r" (?:fourni|est fourni)\b"),
    "cuisine": re.compile(r" (?:equipee|commune|partagee|a l internat)\b"),
}
_AUTOUR_MAXIMUM = 1
_AUTOUR_PRES_D_UN_LIEU = 4
_SANS_POIDS = frozenset(
    "stp svp bonjour salut slt bjr merci oui et la le les de du l en ecole cap pour plutot peut etre ok bah ben euh une un je veux dans".split()
)


def admis(mot: str, avant: str, apres: str, un_lieu: bool = False) -> bool:
    """Whether the form ``mot`` names a trade between these two keys (the rest of the sentence, without its places).

    ``un_lieu``: a place is named too, so a short message is a search (« y a cuisine vers Arras ? »).
    """
    gauche, droite = avant + " " if avant else "", " " + apres if apres else ""
    if mot in _EXCLUS_AVANT and _EXCLUS_AVANT[mot].search(gauche):
        return False
    if mot in _EXCLUS_APRES and _EXCLUS_APRES[mot].match(droite):
        return False
    if mot not in GARDES:
        return True
    if _RAISON_APRES.match(droite):
        return True
    autour = [cle for cle in (avant + " " + apres).split() if cle not in _SANS_POIDS]
    return len(autour) <= (_AUTOUR_PRES_D_UN_LIEU if un_lieu else _AUTOUR_MAXIMUM) or bool(_RAISON.search(gauche))
