"""Find which of our schools a line speaks of."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.ecoles.importation.reference import Reference
from bot.ecoles.importation.releves import AUTRE, Releve
from bot.ecoles.modeles import Ecole
from bot.ecoles.noms import normaliser
from bot.ecoles.synchronisation import paquets


def retrouver(session: Session, reference: Reference, releves: list[Releve], par_nom: bool) -> dict[int, str]:
    """Give the id of the school of each line that has one: by id, by code UAI, by Onisep address, by name in its commune."""
    table = Ecole.__table__
    trouvees: dict[int, str] = {}
    for colonne, attribut in ((table.c.id, "id_stable"), (table.c.uai, "uai"), (table.c.url_onisep, "url_onisep")):
        voulus: dict[str, list[int]] = defaultdict(list)
        for releve in releves:
            if releve.ligne not in trouvees and (cle := getattr(releve, attribut)):
                voulus[cle].append(releve.ligne)
        for paquet in paquets(voulus):
            for ecole_id, cle in session.execute(select(table.c.id, colonne).where(colonne.in_(paquet))):
                trouvees |= {ligne: ecole_id for ligne in voulus[cle]}
    if par_nom:
        restants = [releve for releve in releves if releve.ligne not in trouvees and releve.nature != AUTRE]
        trouvees |= _par_nom(session, reference, restants)
    return trouvees


def _par_nom(session: Session, reference: Reference, releves: list[Releve]) -> dict[int, str]:
    """Only a school that has no code UAI yet may be found this way."""
    codes = {releve.ligne: reference.code_de(releve.champs) for releve in releves}
    requete = select(Ecole.id, Ecole.code_insee, Ecole.nom, Ecole.autres_noms).where(Ecole.uai == "")
    sans_uai: dict[tuple[str, str], str] = {}
    for paquet in paquets({code for code in codes.values() if code}):
        for ecole_id, code, nom, autres in session.execute(requete.where(Ecole.code_insee.in_(paquet))):
            sans_uai |= {(code, normaliser(appellation)): ecole_id for appellation in (nom, *autres)}
    cles = {releve.ligne: (codes[releve.ligne], normaliser(releve.champs.get("nom", ""))) for releve in releves}
    return {ligne: sans_uai[cle] for ligne, cle in cles.items() if cle in sans_uai}
