"""Compare what a file says with what the base holds, school by school, cell by cell. Nothing is written here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ecoles.controles import ecole as controler
from bot.ecoles.controles import liste
from bot.ecoles.importation.fiches import Fiche, fiche, fiches
from bot.ecoles.importation.formats import COLONNES, DERIVEES, Format
from bot.ecoles.importation.modeles import Correction
from bot.ecoles.importation.rapprochement import retrouver
from bot.ecoles.importation.reference import Reference
from bot.ecoles.importation.releves import A_TRIER, AUTRE, Releve, assainir
from bot.ecoles.lecture import LigneRefusee
from bot.ecoles.modeles import FERMEE, INCERTAINE, OUVERTE, PROJET, RETIREE
from bot.ecoles.synchronisation import paquets

NOUVELLE, CHANGEE, CONFIRMEE, IDENTIQUE, FERMETURE, IGNOREE, TRI = (
    "nouvelle",
    "changee",
    "confirmee",
    "identique",
    "fermeture",
    "ignoree",
    "a_trier",
)
EQUIPE = "correction de l'équipe"
_SOURCAGE = ("source", "date_source")


@dataclass(frozen=True)
class Conflit:
    """A cell set by hand that the file would change: the hand wins, and the file's value is told."""

    champ: str
    gardee: str
    du_fichier: str


@dataclass
class Comparaison:
    """What would happen to one school. ``changements`` gives each cell before and after."""

    genre: str
    ligne: int
    ecole_id: str
    nom: str
    changements: dict[str, tuple[str, str]] = field(default_factory=dict)
    conflits: list[Conflit] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)
    fiche: Fiche = field(default_factory=dict)
    valeurs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Regles:
    """How to read this file: its format, the name and date of the source, and whether doubtful schools come in as « incertaine »."""

    format: Format
    source: str
    date: str
    avec_incertaines: bool = False


class Comparateur:
    """Compares packets of lines; remembers the schools already met, by hash, so that a long file takes little memory."""

    def __init__(self, session: Session, regles: Regles) -> None:
        self._session = session
        self._regles = regles
        self.reference = Reference(session)
        self._vues: dict[int, int] = {}
        self._ajoutees: set[int] = set()  # a line must not find the school that another line of its file has just added

    def comparer(self, releves: list[Releve]) -> list[Comparaison | tuple[int, LigneRefusee]]:
        """Give, in order, what each line would do, or its number and why it is refused."""
        connues = retrouver(self._session, self.reference, releves, par_nom=self._regles.format.officiel)
        connues = {ligne: ecole_id for ligne, ecole_id in connues.items() if hash(ecole_id) not in self._ajoutees}
        anciennes = fiches(self._session, set(connues.values()))
        corrections = lire_corrections(self._session, list(anciennes))
        resultats: list[Comparaison | tuple[int, LigneRefusee]] = []
        for releve in releves:
            ecole_id = connues.get(releve.ligne, "")
            try:
                resultats.append(self._une(releve, ecole_id, anciennes.get(ecole_id), corrections.get(ecole_id, {})))
            except LigneRefusee as erreur:
                resultats.append((releve.ligne, erreur))
        return resultats

    def _une(self, releve: Releve, ecole_id: str, avant: Fiche | None, corrigees: dict[str, str]) -> Comparaison:
        if avant is None and releve.nature == AUTRE:
            return Comparaison(IGNOREE, releve.ligne, "", releve.champs.get("nom", ""))
        if avant is None and releve.nature == A_TRIER and not self._regles.avec_incertaines:
            return Comparaison(TRI, releve.ligne, releve.id_stable, releve.lieu)
        self._refuser_un_doublon(releve, ecole_id or releve.id_stable)
        if self._regles.format.officiel:
            assainir(releve)
        neuve = avant is None
        depart = dict.fromkeys(COLONNES, "") | {"id": releve.id_stable} if avant is None else avant
        voulue = self._completer(releve, depart, neuve)
        if corrigees:
            voulue["source"] = garder_la_mention(depart["source"], voulue["source"])
        conflits = [
            Conflit(champ, valeur, voulue[champ]) for champ, valeur in corrigees.items() if voulue[champ] not in (valeur, depart[champ])
        ]
        apres, valeurs = self.verifier(voulue | corrigees)
        if neuve:
            self._ajoutees.add(hash(apres["id"]))
            return Comparaison(NOUVELLE, releve.ligne, apres["id"], apres["nom"], {}, [], releve.remarques, apres, valeurs)
        changements = {
            nom: (depart[nom], apres[nom]) for nom in COLONNES if depart[nom] != apres[nom] and nom not in DERIVEES
        }
        genre = _genre(changements)
        return Comparaison(genre, releve.ligne, ecole_id, apres["nom"], changements, conflits, releve.remarques, apres, valeurs)

    def verifier(self, voulue: Fiche) -> tuple[Fiche, dict[str, Any]]:
        """Check a line by the rules of the table; give it back as the base will hold it, with the values to store."""
        voulue = voulue | {"diplomes": "|".join(dict.fromkeys(map(self.reference.titre_officiel, liste(voulue["diplomes"]))))}
        valeurs = controler(voulue, self.reference.connus)
        region = self.reference.regions.get(valeurs["region"], "")
        return fiche(valeurs, liste(voulue["metiers"]), liste(voulue["diplomes"]), region), valeurs

    def _completer(self, releve: Releve, depart: Fiche, neuve: bool) -> Fiche:
        regles = self._regles
        if not regles.format.officiel:
            return depart | self._sourcage(depart, releve) | releve.champs
        if regles.date < depart["date_source"]:
            releve.remarques.append(f"ce que nous avons de « {depart['nom']} » est plus récent ({depart['date_source']})")
        champs = {nom: valeur for nom, valeur in releve.champs.items() if neuve or nom not in regles.format.discrets or not depart[nom]}
        champs |= self._lieu(champs, depart)
        if "diplomes" in champs:
            champs["metiers"] = "|".join(self.reference.metiers_de(champs["diplomes"].split("|"), list(liste(depart["metiers"]))))
        statut = champs.pop("statut", "")
        if neuve:
            sure = releve.nature not in (A_TRIER, AUTRE)
            champs |= {"statut": (statut or OUVERTE) if sure else INCERTAINE, "confiance": "haute" if sure else "faible"}
        elif statut == FERMEE:
            champs["statut"] = FERMEE
        elif depart["statut"] in (FERMEE, RETIREE) and statut != FERMEE:
            raise LigneRefusee(f"« {depart['id']} » est fermée ou retirée chez nous et le fichier la donne encore : vérifie auprès de l'école")
        return depart | champs | self._sourcage(depart, releve)

    def _sourcage(self, depart: Fiche, releve: Releve) -> dict[str, str]:
        """The lines of our own table carry their source; for the others it is the file's."""
        if not self._regles.source or "source" in releve.champs:
            return {}
        source = fusionner(depart["source"], self._regles.source, self._regles.date)
        return {"source": source, "date_source": max(depart["date_source"], self._regles.date)}

    def _lieu(self, champs: dict[str, str], depart: Fiche) -> dict[str, str]:
        """The code decides; when it changes, the name of the commune comes with it, as the base spells it."""
        code = self.reference.code_de(champs) or depart["code_insee"]
        commune = champs.pop("commune", "")
        if not code:
            raise LigneRefusee(f"commune « {champs.get('code_postal', '')} {commune} » introuvable : vérifie le nom et le code postal")
        return {} if code == depart["code_insee"] else {"code_insee": code, "commune": ""}

    def _refuser_un_doublon(self, releve: Releve, cle: str) -> None:
        if not cle:
            raise LigneRefusee("ni identifiant, ni code UAI, ni identifiant Onisep : impossible de la retrouver au prochain import")
        deja = self._vues.setdefault(hash(cle), releve.ligne)
        if deja != releve.ligne:
            raise LigneRefusee(f"« {cle} » est déjà à la ligne {deja} : garde une seule des deux")


def fusionner(deja: str, source: str, date: str) -> str:
    """Add a source to those of a row, or refresh its date: « données ouvertes Onisep (2026-10-08) et … »."""
    datee = f"{source} ({date})"
    if source in deja:
        return re.sub(rf"{re.escape(source)} \(\d{{4}}[\d-]*\)", datee, deja)
    return f"{deja} ; {datee}" if deja else datee


def garder_la_mention(deja: str, source: str) -> str:
    """A file that does not know of the corrections must not erase that there are some."""
    mention = re.search(rf"{EQUIPE} \([\d-]+\)", deja)
    return f"{source} ; {mention[0]}" if mention and EQUIPE not in source else source


def lire_corrections(session: Session, ids: list[str]) -> dict[str, dict[str, str]]:
    """Give the cells set by hand, by school."""
    trouvees: dict[str, dict[str, str]] = {}
    for paquet in paquets(ids):
        for ligne in session.scalars(select(Correction).where(Correction.ecole_id.in_(paquet))):
            trouvees.setdefault(ligne.ecole_id, {})[ligne.champ] = ligne.valeur
    return trouvees


def _genre(changements: dict[str, tuple[str, str]]) -> str:
    if not changements:
        return IDENTIQUE
    if changements.keys() <= set(_SOURCAGE):
        return CONFIRMEE
    avant, apres = changements.get("statut", ("", ""))
    return FERMETURE if apres == FERMEE and avant in (OUVERTE, PROJET, INCERTAINE) else CHANGEE
