"""Turn a line of any known table into the cells of ours, and tell the écoles de production from the other schools."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.ecoles.controles import courriel, telephone
from bot.ecoles.importation.fichier import cle_colonne
from bot.ecoles.importation.formats import ACTIONS, ANNUAIRE, DERIVEES, ETABLI, Reconnu
from bot.ecoles.lecture import LigneRefusee
from bot.ecoles.modeles import FERMEE, OUVERTE, PROJET

NOMMEE, A_TRIER, AUTRE = "nommee", "a_trier", "autre"
_NOM_SUR = re.compile(r"ecoles?(de|s)?production")
_PAS_UN_DIPLOME = ("classede2de", "classedeseconde", "3eprepametiers")
_ENS = re.compile(r"ENS\.(\d+)")


@dataclass
class Releve:
    """What a file says of a school: text cells of our table, only those that it fills.

    ``nature``: the name says « école de production », or the school is private and vocational and somebody must look, or
    neither. ``remarques`` tell the cells that were left out.
    """

    ligne: int
    champs: dict[str, str]
    nature: str = NOMMEE
    remarques: list[str] = field(default_factory=list)

    @property
    def uai(self) -> str:
        return self.champs.get("uai", "")

    @property
    def url_onisep(self) -> str:
        return self.champs.get("url_onisep", "")

    @property
    def id_stable(self) -> str:
        """The id of a school met for the first time: the same at each import of the same file."""
        if identifiant := self.champs.get("id", ""):
            return identifiant
        ens = _ENS.search(self.url_onisep)
        return self.uai.lower() or (f"ens-{ens[1]}" if ens else "")

    @property
    def lieu(self) -> str:
        return f"{self.champs.get('nom', '')} ({self.champs.get('commune', '') or 'commune inconnue'})"


def relever(reconnu: Reconnu, ligne: int, cellules: Mapping[str, str]) -> Releve:
    """Read one line. Our own table may empty a cell; an official one only says what it knows."""
    lues = {cellule: cellules.get(nom, "") for cellule, nom in reconnu.colonnes.items()}
    lues = {cellule: " ".join(valeur.split()) if "  " in valeur else valeur for cellule, valeur in lues.items()}
    if reconnu.format is ETABLI:
        return Releve(ligne, {nom: valeur for nom, valeur in lues.items() if nom not in DERIVEES})
    releve = Releve(ligne, {}, _nature(reconnu, lues))
    gardees = {nom: valeur for nom, valeur in lues.items() if valeur and nom not in ("type", "voie", "etat", "diplome", "sigle")}
    releve.champs = gardees
    if lues.get("sigle"):
        releve.champs["autres_noms"] = lues["sigle"]
    if "contrat" in gardees:
        gardees["contrat"] = _contrat(gardees["contrat"])
    if "site_web" in gardees and "://" not in gardees["site_web"]:
        gardees["site_web"] = f"http://{gardees['site_web']}"
    if reconnu.format is ANNUAIRE:
        gardees["statut"] = _statut(lues.get("etat", ""))
    if reconnu.format is ACTIONS:
        _lire_formation(gardees, lues)
    return releve


def reunir(premier: Releve, autre: Releve) -> None:
    """Add a second line about the same school, as the Onisep gives one line a diploma."""
    for nom, valeur in autre.champs.items():
        deja = premier.champs.get(nom, "")
        if nom == "diplomes":
            premier.champs[nom] = "|".join(dict.fromkeys([*filter(None, deja.split("|")), valeur]))
        elif not deja:
            premier.champs[nom] = valeur
        elif nom == "cout" and valeur != deja:
            premier.remarques.append(f"ligne {autre.ligne} : un autre coût, « {valeur} » ; je garde « {deja} »")
    if autre.nature == NOMMEE:
        premier.nature = NOMMEE


def _nature(reconnu: Reconnu, lues: Mapping[str, str]) -> str:
    if _NOM_SUR.search(cle_colonne(lues["nom"])):
        return NOMMEE
    hors_contrat = "horscontrat" in cle_colonne(lues.get("contrat", ""))
    genre = cle_colonne(lues.get("type", ""))
    pro = lues.get("voie") in ("1", "1.0") or "professionnel" in genre or genre.startswith("cap")
    return A_TRIER if hors_contrat and pro else AUTRE


def _contrat(texte: str) -> str:
    cle = cle_colonne(texte)
    if "horscontrat" in cle:
        return "privé hors contrat"
    return "privé sous contrat" if "contrat" in cle else texte.lower()


def _statut(etat: str) -> str:
    cle = cle_colonne(etat)
    if cle.startswith("ferm"):
        return FERMEE
    return PROJET if cle == "aouvrir" else OUVERTE  # « à fermer » is still open


def _lire_formation(champs: dict[str, str], lues: Mapping[str, str]) -> None:
    diplome = lues.get("diplome", "")
    if diplome and not cle_colonne(f"{lues.get('type', '')}{diplome}").startswith(_PAS_UN_DIPLOME):
        champs["diplomes"] = diplome.replace("|", "/")
    if "cout" in champs:
        champs |= lire_frais(champs["cout"])


def lire_frais(texte: str) -> dict[str, str]:
    """Read the fees of a year in the Onisep's free text; what is not certain is left unknown.

    Trap: « de 900 euros jusqu'à 1500 euros en 2026 (450 à 750 euros par an) » counts two years, the note counts one.
    """
    annee = re.search(r"euros en (20\d\d)", texte)
    par_an = re.search(r"(\d+)(?: euros)?(?: (?:à|-) (\d+))?(?: euros| €) par an", texte)
    simple = re.match(r"(\d+) euros en 20\d\d", texte)
    bornes = ("", "")
    if par_an:
        bornes = par_an[1], par_an[2] or par_an[1]
    elif simple:
        bornes = simple[1], simple[1]
    return {"cout_min_an": bornes[0], "cout_max_an": bornes[1], "cout_annee": annee[1] if annee else ""}


def assainir(releve: Releve) -> None:
    """Leave out the contact cells that cannot be read, and say so: the rest of an official line is still worth having."""
    for nom, lire in (("telephone", telephone), ("courriel", courriel)):
        try:
            releve.champs |= {nom: lire(releve.champs[nom])} if nom in releve.champs else {}
        except LigneRefusee as erreur:
            releve.remarques.append(f"{erreur} ; case laissée de côté")
            del releve.champs[nom]
