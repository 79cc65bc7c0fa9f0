"""Places that no search in France can use: abroad, and « près de chez moi »."""

from __future__ import annotations

import re

from bot.francais.lieux.indices import ECRIT_COMME_CA
from bot.francais.texte import cle, decouper

# Country as it is said aloud: its own keys, then towns that young people and parents name.
_PAYS: dict[str, str] = {
    "la Belgique": "belgique|bruxelles|liege|charleroi|namur|anvers|tournai|mons belgique|mouscron",
    "la Suisse": "suisse|geneve|lausanne|zurich|fribourg|neuchatel suisse",
    "le Luxembourg": "luxembourg",
    "l'Allemagne": "allemagne|berlin|munich|francfort|hambourg|cologne|stuttgart",
    "l'Espagne": "espagne|madrid|barcelone|seville|malaga",
    "l'Italie": "italie|rome|milan|turin|naples|florence italie",
    "le Portugal": "portugal|lisbonne|porto",
    "le Royaume-Uni": "royaume uni|angleterre|londres|ecosse|irlande du nord|manchester|liverpool",
    "l'Irlande": "irlande|dublin",
    "les Pays-Bas": "pays bas|hollande|amsterdam|rotterdam",
    "Monaco": "monaco",
    "Andorre": "andorre",
    "l'Algérie": "algerie|bled en algerie|alger|oran|constantine algerie|tizi ouzou|bejaia|setif|annaba",
    "le Maroc": "maroc|casablanca|casa blanca|rabat|marrakech|tanger|agadir|oujda|meknes",
    "la Tunisie": "tunisie|tunis|sousse|sfax|djerba",
    "le Sénégal": "senegal|dakar|thies",
    "le Mali": "mali|bamako|kayes",
    "la Côte d'Ivoire": "cote d ivoire|abidjan|yamoussoukro|bouake",
    "le Cameroun": "cameroun|douala|yaounde",
    "la Guinée": "guinee|conakry",
    "le Congo": "congo|kinshasa|brazzaville|rdc",
    "le Gabon": "gabon|libreville",
    "le Bénin": "benin|cotonou",
    "le Togo": "togo|lome",
    "le Burkina Faso": "burkina faso|burkina|ouagadougou",
    "le Niger": "niger|niamey",
    "le Tchad": "tchad|ndjamena",
    "la Mauritanie": "mauritanie|nouakchott",
    "Madagascar": "madagascar|antananarivo|tananarive",
    "les Comores": "comores|moroni|anjouan",
    "l'île Maurice": "ile maurice",
    "Haïti": "haiti|port au prince",
    "l'Égypte": "egypte|le caire",
    "la Libye": "libye|tripoli",
    "le Liban": "liban|beyrouth",
    "la Syrie": "syrie|damas|alep",
    "l'Irak": "irak|bagdad",
    "l'Iran": "iran|teheran",
    "l'Afghanistan": "afghanistan|kaboul",
    "le Pakistan": "pakistan|islamabad|karachi",
    "l'Inde": "en inde|l inde|new delhi|bombay|pondichery",
    "le Bangladesh": "bangladesh|dacca",
    "le Sri Lanka": "sri lanka",
    "la Chine": "en chine|la chine|pekin|shanghai",
    "le Japon": "japon|tokyo",
    "le Vietnam": "vietnam|hanoi",
    "la Turquie": "turquie|istanbul|ankara",
    "l'Arménie": "armenie|erevan",
    "la Géorgie": "georgie|tbilissi",
    "la Russie": "russie|moscou",
    "l'Ukraine": "ukraine|kiev|kyiv|lviv|odessa",
    "la Pologne": "pologne|varsovie",
    "la Roumanie": "roumanie|bucarest",
    "la Bulgarie": "bulgarie|sofia bulgarie",
    "la Moldavie": "moldavie|chisinau",
    "l'Albanie": "albanie|tirana",
    "le Kosovo": "kosovo|pristina",
    "la Serbie": "serbie|belgrade",
    "la Grèce": "grece|athenes",
    "l'Autriche": "autriche|vienne en autriche",
    "le Canada": "canada|quebec|montreal|toronto|ottawa",
    "les États-Unis": "etats unis|usa|amerique|new york|los angeles|miami",
    "le Brésil": "bresil|sao paulo",
    "l'Angola": "angola|luanda",
    "le Nigeria": "nigeria|lagos",
    "le Ghana": "ghana|accra",
    "l'Érythrée": "erythree|asmara",
    "l'Éthiopie": "ethiopie|addis abeba",
    "le Soudan": "soudan|khartoum",
    "la Somalie": "somalie|mogadiscio",
    "l'étranger": "a l etranger|hors de france|pas en france",
}
_PAR_NOM = {nom: pays for pays, noms in _PAYS.items() for nom in noms.split("|")}
NOMS_ETRANGERS = frozenset(_PAR_NOM)
_NOM_ETRANGER = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, _PAR_NOM), key=len, reverse=True)) + r")\b")
# A first name, a street or a product is not a country: « je m'appelle Milan », « rue de Rome », « eau de Cologne ».
_FAUX_AMI = re.compile(r"(?:m appelle|prenom(?: c est)?|moi c est|rue d[eu]|avenue d[eu]|place d[eu]|gare de|eau de|college|lycee)(?: la| l)? $")

_PRES_DE_MOI = re.compile(
    r"\b(?:pres|proche|autour|a proximite|a cote|pas (?:trop |tres )?loin|aux? alentours?|vers|par|non loin)(?: de| d)? (?:chez )?(?:moi|nous|ici|la maison|chez (?:moi|nous))\b"
    r"|\b(?:pres|proche|autour|a cote|pas (?:trop )?loin) de (?:mon|ma|mes|notre|nos|la ou)\b"
    r"|\bdans (?:mon|ma|mes|notre|nos|le|les) (?:coin|secteur|region|ville|departement|village|quartier|environs|alentours|parages|zone)(?! d)\b"
    r"|\b(?:par|vers) ici\b|\bpar chez (?:moi|nous)\b|\bla ou (?:j habite|je vis|jhabite|on habite)\b|\bou j habite\b"
    r"|\b(?:le|la|les) plus (?:pres|proches?)\b|\ba proximite$|\b(?:a cote|pas (?:trop )?loin|dans le coin|aux alentours|dans les environs)$"
)
_PARTOUT = re.compile(
    r"\b(?:n |ne |)importe ou\b|\bnimporte ou\b|\b(?:peu |n )?importe (?:quelle ville|quelle region|quel endroit|la ville|le lieu|l endroit|la region|le departement|ou)\b"
    r"|\b(?:partout|n importe ou|ou que ce soit) en france\b|\b(?:dans|sur) (?:toute la france|tout le (?:pays|territoire)|l ensemble du territoire)\b|\btoute? la france\b"
)


def pays_etranger(texte: str) -> str | None:
    """The country named in a text, itself or by a big town, as it is said aloud (« le Maroc »); None when there is none."""
    cles = " ".join(jeton.cle for jeton in decouper(texte, 200))
    for nom in _NOM_ETRANGER.finditer(cles):
        if not _FAUX_AMI.search(cles[: nom.start()]):
            return _PAR_NOM[nom.group()]
    return None


def partout(texte: str) -> bool:
    """Whether any place of France will do: « n'importe où », « peu importe la ville », « dans toute la France »."""
    return bool(_PARTOUT.search(cle(texte)))


def pres_de_moi(texte: str) -> bool:
    """Whether the person means where they live without naming it: « dans mon coin », « par ici », « pas loin de chez moi »."""
    dites = (ECRIT_COMME_CA.get(jeton.cle, jeton.cle) for jeton in decouper(texte, 200))
    return bool(_PRES_DE_MOI.search(" ".join(dites)))
