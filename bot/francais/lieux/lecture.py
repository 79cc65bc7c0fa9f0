"""Reading one message word by word: exact names, then misspelt ones."""

from __future__ import annotations

from typing import Sequence

from bot.francais.lieux.ailleurs import NOMS_ETRANGERS
from bot.francais.lieux.approche import Approche
from bot.francais.lieux.index import Index
from bot.francais.lieux.indices import Appui, a_une_raison, appui, est_un_prenom
from bot.francais.lieux.modeles import Lieu, MentionLieu
from bot.francais.lieux.numeros import arrondissement, arrondissement_avant, dominant
from bot.francais.texte import Jeton, ouvrir_saint
from bot.francais.vocabulaire import Vocabulaire

POPULATION_D_UN_SOSIE = 20_000
_APPROCHES_PAR_MESSAGE = 10
_POPULATION_AVEC_ARTICLE = 10_000
_PRESQUE_PAREIL = 90  # below, a name that sounds the same is a better guess than one spelt nearly the same
_POPULATION_D_UN_AUTRE_SENS = 3_000
_LONGUEUR_D_UN_SIGLE = 4
_LETTRES_INVERSEES, _LETTRES_INVERSEES_SURES = 6, 5  # shortest names in which two letters may be swapped, the second where a place must be
_MOTS_D_UNE_PHRASE = 8
_SEJOURNER = frozenset("habite habitent habitons vis vit vivons suis est sommes viens vient venons ecole ecoles ile departement cherche aller vais".split())
_PRESQUE_TOUTE = 1.2  # a collectivity hardly larger than its town (Saint-Martin)
_CONTRACTIONS = {"au": "le", "du": "le", "aux": "les", "des": "les"}
_SAINT_ENTENDU = frozenset(("sin", "sint"))  # « sin nazer », but « Sin-le-Noble »
_ARTICLES = frozenset(("le", "la", "les", "l"))
_LIENS = frozenset("le la les l de du des d en sur sous et aux au".split())
# Set phrases in which a place name is only a word.
_LOCUTIONS = frozenset(
    "la folie|sens unique|orange mecanique|carte orange|service civique|tours de|la fontaine|le bon coin|nord sud|bon sens|a tour|mon tour|saint valentin|saint sylvestre|est nice|c nice|trop nice|tres nice|super nice|se garde|de garde|l hopital|union europeenne".split(
        "|"
    )
)
_PRONOMS = frozenset("je j tu il ils elle elles on nous vous".split())
_D_UN_MOT = _PRONOMS | frozenset("un une les des mes tes ses ces nos vos leurs mon ma son sa".split())
_MOIS = frozenset("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split())


class Lecture:
    """One message being read; ``pris`` are the ranks of the words that a name has taken."""

    def __init__(self, index: Index, vocabulaire: Vocabulaire, approche: Approche, texte: str, jetons: list[Jeton], attendu: bool) -> None:
        self.index, self.vocabulaire, self.approche = index, vocabulaire, approche
        self.texte, self.jetons, self.attendu = texte, jetons, attendu
        self.cles = [
            "saint" if jeton.cle in _SAINT_ENTENDU and suivant and suivant.cle not in _ARTICLES else ouvrir_saint(jeton.cle)
            for jeton, suivant in zip(jetons, [*jetons[1:], None])
        ]
        self.pris: set[int] = set()

    def exacts(self) -> list[MentionLieu]:
        """Names spelt right (accents, case, hyphens and « st » aside)."""
        mentions, rang = [], 0
        while rang < len(self.jetons):
            mention, suivant = self._exact(rang)
            if mention:
                mentions.append(mention)
                self.pris.update(range(rang, suivant))
            rang = suivant if mention else rang + 1
        return mentions

    def _exact(self, rang: int) -> tuple[MentionLieu | None, int]:
        premier = self.cles[rang]
        if premier in _CONTRACTIONS and rang + 1 < len(self.cles):
            article = _CONTRACTIONS[premier]
            for longueur in range(min(self.index.longueurs.get(article, 0), 6), 1, -1):
                nom = " ".join([article, *self.cles[rang + 1 : rang + longueur]])
                if nom in self.index.communes and len(nom.split()) == longueur and self._contraction_admise(nom, premier, rang):
                    return self._mention(rang + 1, rang + longueur, self.index.communes[nom], 0.9)
        for longueur in range(min(self.index.longueurs.get(premier, 0), len(self.cles) - rang), 0, -1):
            nom = " ".join(self.cles[rang : rang + longueur])
            candidats = self._candidats(nom, rang)
            if candidats and self._admis(nom, rang, longueur, candidats):
                return self._mention(rang, rang + longueur, candidats, 0.95)
        return None, rang + 1

    def _contraction_admise(self, nom: str, premier: str, rang: int) -> bool:
        """« au Havre », « près du Mans »; not « au port », « du bois »."""
        population = self.index.communes[nom][0].population
        propre = not self.vocabulaire.est_banal(nom.split()[1])
        return propre and (population >= 2_000 or premier in ("au", "aux")) or (population >= 5_000 and self.jetons[rang + 1].texte[0].isupper())

    def _candidats(self, nom: str, rang: int) -> tuple[Lieu, ...]:
        """Places of that name: a nickname first; between a zone and a commune, the word before decides (« à Vienne », « en Vienne »)."""
        if nom in self.index.surnoms:
            return (self.index.surnoms[nom],)
        communes = self.index.communes.get(nom, ())
        zone = self.index.zones.get(nom)
        if not zone:
            return communes
        if communes and (communes[0].nom == zone.nom == "Paris" or zone.population <= _PRESQUE_TOUTE * communes[0].population):
            return communes  # a town that gives its name to its own département or collectivity
        soutien = appui(self.jetons, rang)
        if soutien in (Appui.FORT, Appui.MOYEN) and communes and communes[0].population >= 2_000:
            return communes
        if soutien in (Appui.ZONE, Appui.FAIBLE, Appui.DETERMINANT) or not communes or communes[0].population < 10_000:
            return (zone,)
        return (*communes[:1], zone)

    def _admis(self, nom: str, rang: int, longueur: int, candidats: tuple[Lieu, ...]) -> bool:
        cles = nom.split()
        suite = self.cles[rang : rang + longueur + 1]
        if " ".join(suite[:2]) in _LOCUTIONS or " ".join(suite[-2:]) in _LOCUTIONS or " ".join(self.cles[max(0, rang - 1) : rang + 1]) in _LOCUTIONS:
            return False
        if nom == "macon" and ("ç" in self.texte[self.jetons[rang].debut : self.jetons[rang].fin].lower() or self._est_le_metier(rang)):
            return False
        if est_un_prenom(self.jetons, rang, any(mot in self.vocabulaire.prenoms for mot in cles)):
            return False
        if longueur == 1 and nom in _MOIS and not self.attendu:
            return False
        if candidats[0].genre == "commune" and candidats[0].population < _POPULATION_D_UN_AUTRE_SENS and self._autre_sens(nom, rang, longueur):
            return False
        if nom == "vienne" and {"que", "qu", "kon", "ke"} & set(self.cles[max(0, rang - 5) : rang]) and self.jetons[rang].texte.islower():
            return False  # « que la police vienne »
        if cles[-1] == "reunion" and self._est_une_assemblee(rang, rang + longueur - 1):
            return False
        if candidats[0].genre != "commune":
            return self._zone_admise(nom, rang, longueur)
        banal = nom in self.index.pieges or (nom not in self.index.surnoms and self._banal(cles))
        population = 500 if nom in self.index.anciens else candidats[0].population
        if banal:
            return a_une_raison(self.jetons, rang, longueur, population, self.attendu)
        return self._commune_admise(rang, longueur, population)

    def _est_une_assemblee(self, debut: int, fin: int) -> bool:
        """« à la réunion, un papa a demandé… »: small letters, in a sentence, and nobody lives there or goes there."""
        avant = self.cles[max(0, debut - 3) : debut]
        return self.jetons[fin].texte.islower() and len(self.jetons) > _MOTS_D_UNE_PHRASE and not _SEJOURNER & set(avant)

    def _est_le_metier(self, rang: int) -> bool:
        return appui(self.jetons, rang) is Appui.DETERMINANT or self.cles[max(0, rang - 1)] in ("etre", "devenir", "cap", "comme", "metier")

    def _autre_sens(self, nom: str, rang: int, longueur: int) -> bool:
        """A small commune that bears the name of a country (Suisse), or an acronym in capitals (Eps, « prof d'EPS »)."""
        return nom in NOMS_ETRANGERS or (longueur == 1 and self._est_un_sigle(rang))

    def _est_un_sigle(self, rang: int) -> bool:
        mot = self.jetons[rang].texte
        return mot.isupper() and len(mot) <= _LONGUEUR_D_UN_SIGLE and not self.texte.isupper()

    def _banal(self, cles: Sequence[str]) -> bool:
        """A name made of one or two everyday words; linking words do not count, longer names are never there by chance."""
        pleins = [mot for mot in cles if mot not in _LIENS or len(cles) == 1]
        return len(cles) < 4 and len(pleins) <= 2 and all(self.vocabulaire.est_banal(mot) for mot in pleins)

    def _commune_admise(self, rang: int, longueur: int, population: int) -> bool:
        """A name that is no everyday word: small or short ones need some support."""
        soutien = appui(self.jetons, rang)
        if longueur == 1 and not self.attendu and self._est_un_nom_commun(rang, soutien):
            return False
        if soutien is Appui.ADRESSE or (longueur == 1 and rang and self.cles[rang - 1] in self.vocabulaire.prenoms and population < 50_000):
            return False
        saint = self.cles[rang] in ("saint", "sainte")
        if saint and not self.attendu and rang and self.cles[rang - 1] == "ecole":
            return False  # « l'école Saint-Éloi » is a school's name
        if saint and population < 2_000:
            return self.attendu or soutien is Appui.FORT or (rang > 0 and self.jetons[rang].texte[0].isupper())
        if self.attendu or population >= 2_000 or soutien is Appui.FORT:
            return True
        majuscule = self.jetons[rang].texte[0].isupper() and rang > 0
        compose = longueur > 2 or (longueur == 2 and self.cles[rang] not in _ARTICLES)
        return compose or majuscule or (longueur == len(self.jetons) and population >= 300) or (population >= 1_000 and len(self.cles[rang]) >= 6)

    def _est_un_nom_commun(self, rang: int, soutien: Appui) -> bool:
        """« les vannes », « un gaillard », « nous avon » : a small letter after an article or a pronoun that no town takes."""
        avant = self.cles[rang - 1] if rang else ""
        return self.jetons[rang].texte.islower() and soutien in (Appui.DETERMINANT, Appui.SUJET) and avant in _D_UN_MOT

    def _zone_admise(self, nom: str, rang: int, longueur: int) -> bool:
        """« le Cher » is a place, « c'est cher » is not; « dans le nord » is the Nord, « au nord de Lyon » is not."""
        soutien = appui(self.jetons, rang)
        compose = sum(mot not in _LIENS for mot in nom.split()) > 1 and nom != "grand est"  # nobody says « haute savoie » by chance
        if nom not in self.index.pieges and (compose or not self._banal(nom.split())):
            return soutien is not Appui.ADRESSE
        apres = self.cles[rang + longueur] if rang + longueur < len(self.cles) else ""
        if nom in ("nord", "sud", "centre") and apres in ("de", "du", "d", "est", "ouest", "sur"):
            return False
        if nom in self.index.pieges and not (self.attendu or self.jetons[rang].texte[0].isupper()):
            return False  # « elle en aura besoin »
        seul = longueur == len(self.jetons) or self.attendu and len(self.jetons) <= longueur + 2
        nomme = rang > 0 and self.cles[rang - 1] in ("departement", "region")
        article_compris = nom.split()[0] in _ARTICLES and (soutien is Appui.FORT or (soutien is Appui.MOYEN and rang + longueur == len(self.jetons))) and apres not in ("de", "du", "d", "des", "avec", "pour")
        return soutien is Appui.ZONE or nomme or article_compris or (seul and nom not in ("cher", "somme", "centre"))

    def _mention(self, debut: int, fin: int, candidats: tuple[Lieu, ...], sur: float) -> tuple[MentionLieu, int]:
        lieu = dominant(candidats) if len({candidat.genre for candidat in candidats}) == 1 else None
        if lieu and (suite := arrondissement(self.index, lieu, self.jetons, fin)):
            lieu, fin = suite
            candidats = (lieu,)
        elif lieu and (precision := arrondissement_avant(self.index, lieu, self.jetons, debut)):
            lieu, debut = precision
            candidats = (lieu,)
        depart, arrivee = self.jetons[debut].debut, self.jetons[fin - 1].fin
        return MentionLieu(depart, arrivee, self.texte[depart:arrivee], lieu, candidats, lieu is None, sur if lieu else 0.7), fin

    def approches(self, connues: Sequence[MentionLieu]) -> list[MentionLieu]:
        """Misspelt names among the words that no exact name took."""
        mentions: list[MentionLieu] = []
        essais, rang = 0, 0
        while rang < len(self.jetons) and essais < _APPROCHES_PAR_MESSAGE:
            trouve = None
            if rang not in self.pris and self._inconnu(rang, connues):
                essais += 1
                trouve = self._approcher(rang)
            if trouve:
                mentions.append(trouve[0])
            rang = trouve[1] if trouve else rang + 1
        return mentions

    def _inconnu(self, rang: int, connues: Sequence[MentionLieu]) -> bool:
        jeton = self.jetons[rang]
        if len(jeton.cle) < 3 or not jeton.cle.isalpha() or self.cles[rang] in ("saint", "sainte") or appui(self.jetons, rang) is Appui.ADRESSE:
            return False
        if any(mention.debut <= jeton.debut < mention.fin for mention in connues):
            return False
        if jeton.cle in NOMS_ETRANGERS or self._est_un_sigle(rang):  # « Londres » is no misspelt Landres
            return False
        if not self.attendu and rang and self.cles[rang - 1] in self.vocabulaire.prenoms:  # « Jean Moulin »
            return False
        banal = self.vocabulaire.est_banal(jeton.cle) and not self._sosie(rang)
        if not self.attendu and self.cles[rang - 1] in _PRONOMS and rang:
            return False  # « il parais », « je vaux »: a verb
        return not banal and not est_un_prenom(self.jetons, rang, True)

    def _sosie(self, rang: int) -> bool:
        """An everyday word that sounds like a town, where only a place can stand: « près de never »."""
        return self.vocabulaire.est_un_sosie(self.cles[rang]) and (self.attendu or appui(self.jetons, rang) is Appui.FORT)

    def _approcher(self, rang: int) -> tuple[MentionLieu, int] | None:
        """Try the unknown word with its neighbours, longest first; how much liberty is allowed depends on what stands before."""
        if self._sosie(rang):
            nom = self.approche.de_meme_son(self.jetons[rang].texte, POPULATION_D_UN_SOSIE)
            return self._mention(rang, rang + 1, self.index.communes.get(nom) or (self.index.zones[nom],), 0.6) if nom else None
        departs = [depart for depart in range(max(0, rang - 3), rang) if self.index.longueurs.get(self.cles[depart], 0) > rang - depart]
        departs = [depart for depart in departs if not self.pris & set(range(depart, rang)) and self.cles[depart] not in ("de", "en", "a", "y")]
        for depart in (*departs, rang):
            fort = self.attendu or appui(self.jetons, depart) is Appui.FORT
            for fin in range(min(rang + 4, len(self.jetons)), rang, -1):
                nom = self._proche(depart, fin, fort)
                if nom:
                    candidats = self.index.communes.get(nom) or (self.index.zones[nom],)
                    return self._mention(depart, fin, candidats, 0.75 if fort else 0.6)
        return None

    def _proche(self, debut: int, fin: int, fort: bool) -> str | None:
        mots = self.cles[debut:fin]
        if mots[-1] in _LIENS or len(mots[-1]) == 1 or (len(mots) > 1 and self.vocabulaire.connait(mots[-1])):
            return None
        if any(rang in self.pris for rang in range(debut, fin)):
            return None
        nom = " ".join(mots)
        if nom in self.index.communes:  # known, and turned down for a reason
            return None
        if mots[0] in _ARTICLES and len(mots) > 1:
            return self._avec_article(debut, fin, nom, fort)
        proche = self.approche.proches(nom, 0 if self.attendu else 500, 85 if len(mots) == 1 else 88) if fort else None
        if not fort and len(nom) >= 6:
            proche = self.approche.proches(nom, 10_000, 88)
        if not proche and len(nom) >= 8:
            proche = self.approche.proches(nom, 50_000, 84)  # « vilurbane »
        if proche and proche[1] >= _PRESQUE_PAREIL:
            return proche[0]
        return self._entendu(debut, fin, fort) or (proche[0] if proche else None) or self._inversees(nom, fort)

    def _inversees(self, nom: str, fort: bool) -> str | None:
        if len(nom) < (_LETTRES_INVERSEES_SURES if fort else _LETTRES_INVERSEES):
            return None
        return self.approche.inversees(nom, 2_000 if fort else 10_000)

    def _avec_article(self, debut: int, fin: int, nom: str, fort: bool) -> str | None:
        """« la rochele »; the article is the name's own, and nearly every « la malette » is a common noun."""
        proche = self.approche.proches(nom, _POPULATION_AVEC_ARTICLE, _PRESQUE_PAREIL + 1)
        trouve = self._entendu(debut, fin, fort) or (proche[0] if proche else None)
        return trouve if trouve and trouve.startswith(nom.split()[0] + " ") else None

    def _entendu(self, debut: int, fin: int, fort: bool) -> str | None:
        mots = self.cles[debut:fin]
        nom = " ".join(mots)
        if len(mots) > 3 or len(nom) < (4 if fort else 5):
            return None
        tape = self.texte[self.jetons[debut].debut : self.jetons[fin - 1].fin]
        if mots[0].startswith("saint"):
            tape = " ".join((mots[0], *(jeton.texte for jeton in self.jetons[debut + 1 : fin])))  # « st kantin »
        entendu = self.approche.de_meme_son(tape, 2_000 if fort else 10_000 if fin - debut == len(self.jetons) else 25_000)
        return entendu or (self.approche.abrege(nom) if fort and len(mots) == 1 else None)
