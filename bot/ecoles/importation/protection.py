"""Reading data/ecoles/ecoles.csv again must lose neither a correction by hand nor what a later import brought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ecoles.importation.comparaison import garder_la_mention, lire_corrections
from bot.ecoles.importation.fiches import Fiche, fiches
from bot.ecoles.importation.modeles import IMPORT, Changement
from bot.ecoles.lecture import Rejet
from bot.ecoles.synchronisation import paquets

Lignes = list[tuple[int, dict[str, str]]]


def proteger(session: Session, fichier: str, lignes: Lignes) -> tuple[Lignes, list[Rejet]]:
    """Give the lines as they should be loaded, and the cells of the file that a correction keeps out.

    An import won over a value of the file: as long as the file still holds that old value, the import stays; once the
    line is edited, the file has the last word.
    """
    ids = [ligne.get("id", "") for _, ligne in lignes]
    remplacees = _remplacees_par_import(session, ids)
    corrections = lire_corrections(session, ids)
    actuelles = fiches(session, remplacees.keys() | corrections.keys())
    protegees: Lignes = []
    conflits: list[Rejet] = []
    for numero, ligne in lignes:
        cle = ligne.get("id", "")
        if (actuelle := actuelles.get(cle)) is None:
            protegees.append((numero, ligne))
            continue
        gardees = {champ: actuelle[champ] for champ, anciennes in remplacees[cle].items() if _norme(ligne.get(champ, "")) in anciennes}
        voulue = ligne | _entieres(gardees, ligne)
        mains = corrections.get(cle, {})
        for champ, valeur in mains.items():
            if _norme(ligne.get(champ, "")) != _norme(valeur):
                raison = f"« {cle} », {champ} : le fichier dit « {ligne.get(champ, '')} », la correction à la main garde « {valeur} »"
                conflits.append(Rejet(fichier, numero, raison))
        if mains:
            voulue = voulue | mains | {"source": garder_la_mention(actuelle["source"], voulue["source"])}
        protegees.append((numero, voulue))
    return protegees, conflits


def _remplacees_par_import(session: Session, ids: Iterable[str]) -> dict[str, dict[str, set[str]]]:
    """Give, by school and cell, the values that an import replaced."""
    trouvees: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for paquet in paquets(ids):
        requete = select(Changement.ecole_id, Changement.champ, Changement.avant).where(Changement.ecole_id.in_(paquet))
        for cle, champ, avant in session.execute(requete.where(Changement.action == IMPORT, Changement.champ != "")):
            trouvees[cle][champ].add(_norme(avant))
    return trouvees


def _entieres(gardees: Fiche, ligne: dict[str, str]) -> Fiche:
    """A cell that the file does not have stays out, or the loader would believe that it does."""
    return {champ: valeur for champ, valeur in gardees.items() if champ in ligne}


def _norme(texte: str) -> str:
    """Titles differ by a capital, coordinates by a zero."""
    try:
        return str(float(texte))
    except ValueError:
        return texte.casefold().strip()
