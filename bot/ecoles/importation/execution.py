"""Go through a file once to say what it would do, and once more to do it, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import select, text, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles.ecoles_chargees import recalculer_enseigne
from bot.ecoles.importation.bilan import CHANGEE, CONFIRMEE, FERMETURE, NOUVELLE, RETRAIT, Bilan
from bot.ecoles.importation.comparaison import Comparaison, Comparateur, Regles
from bot.ecoles.importation.ecriture import Auteur, ecrire, maintenant, retirer
from bot.ecoles.importation.fichier import Apparence, FichierIllisible, empreinte, examiner
from bot.ecoles.importation.formats import ACTIONS, Reconnu, reconnaitre
from bot.ecoles.importation.modeles import IMPORT, Importation
from bot.ecoles.importation.relais import Relais, relais
from bot.ecoles.importation.releves import Releve, relever, reunir
from bot.ecoles.lecture import Avancer, Rejet
from bot.ecoles.modeles import RETIREE, Ecole
from bot.ecoles.synchronisation import paquets
from bot.migrations import migrer, prendre_la_main

PAQUET = 1_000
_TABLES = ("ecoles", "enseignements", "noms_ecoles", "formations")
_PART_MINIMALE = 0.5  # a « complete » list that lost more than half of the schools is more likely cut short than right


class BaseChangee(RuntimeError):
    """The file or the base is not what was shown any more."""


@dataclass(frozen=True)
class Demande:
    """What somebody asks to import. ``complet``: a school that the file does not name is withdrawn."""

    chemin: Path
    source: str = ""
    date: str = ""
    avec_incertaines: bool = False
    complet: bool = False


@dataclass(frozen=True)
class Travail:
    """A file that was recognised, and how it will be read."""

    apparence: Apparence
    reconnu: Reconnu
    regles: Regles
    complet: bool


def preparer(demande: Demande) -> Travail:
    """Recognise the file. Raises ``FichierIllisible``."""
    apparence = examiner(demande.chemin)
    reconnu = reconnaitre(apparence)
    if demande.complet and reconnu.format.officiel:
        raise FichierIllisible("« --complet » ne vaut que pour une table d'Établi : un fichier officiel parle aussi d'autres écoles.")
    date = demande.date or datetime.fromtimestamp(demande.chemin.stat().st_mtime).strftime("%Y-%m-%d")
    regles = Regles(reconnu.format, demande.source or reconnu.format.source, date, demande.avec_incertaines)
    return Travail(apparence, reconnu, regles, demande.complet)


def previsualiser(url: str, travail: Travail, avancer: Avancer | None = None) -> Bilan:
    """Say what the file would do, writing nothing and locking nothing."""
    migrer(url)
    moteur = ouvrir(url)
    try:
        with fabrique_de_sessions(moteur)() as session:
            return _parcourir(session, travail, None, avancer)
    finally:
        moteur.dispose()


def appliquer(url: str, travail: Travail, qui: str, montre: Bilan | None = None, avancer: Avancer | None = None) -> Bilan:
    """Do it, all or nothing. Raises ``BaseChangee`` when it would not do what ``montre`` said."""
    migrer(url)
    moteur = ouvrir(url)
    try:
        with fabrique_de_sessions(moteur)() as session, session.begin():
            prendre_la_main(session.connection())
            auteur = Auteur(qui, IMPORT, _ouvrir_le_journal(session, travail, qui))
            bilan = _parcourir(session, travail, auteur, avancer)
            if montre is not None and montre.empreinte != bilan.empreinte:
                raise BaseChangee("Le fichier ou la base a changé depuis l'aperçu : rien n'est fait, relance la commande.")
            if bilan.change:
                _finir(session, auteur, bilan)
            else:
                session.rollback()
        ranger(moteur)
        return bilan
    finally:
        moteur.dispose()


def ranger(moteur: Engine) -> None:
    """PostgreSQL answers from an index alone only once it knows which pages everybody may see; it must not wait for its next cleaning.

    The figures that choose the indexes are already there: they were taken in the transaction of the import.
    """
    if moteur.dialect.name != "postgresql":
        return
    with moteur.execution_options(isolation_level="AUTOCOMMIT").connect() as connexion:
        for nom in _TABLES:
            connexion.exec_driver_sql(f"VACUUM {nom}")


def _parcourir(session: Session, travail: Travail, auteur: Auteur | None, avancer: Avancer | None) -> Bilan:
    """Compare packet after packet; with an author, write each one as it comes."""
    bilan = Bilan(travail.apparence.chemin.name, travail.reconnu.format.cle, travail.regles.source, travail.regles.date)
    with nullcontext(Relais(session)) if auteur is None else relais(session) as en_cours:
        nommees = _comparer(session, en_cours, travail, bilan, auteur, avancer)
    if travail.complet:
        _retirer(session, nommees, bilan, auteur)
    return bilan


def _comparer(
    session: Session, en_cours: Relais, travail: Travail, bilan: Bilan, auteur: Auteur | None, avancer: Avancer | None
) -> set[str]:
    """Give the ids that a complete list names."""
    comparateur = Comparateur(en_cours.lecture, travail.regles)
    nommees: set[str] = set()
    for paquet in paquets(_releves(travail, bilan, avancer), PAQUET):
        a_ecrire: list[Comparaison] = []
        for resultat in comparateur.comparer(paquet):
            if isinstance(resultat, Comparaison):
                bilan.noter(resultat)
                if resultat.genre in (NOUVELLE, CHANGEE, CONFIRMEE, FERMETURE):
                    a_ecrire.append(resultat)
            else:
                bilan.refuser(Rejet(bilan.fichier, resultat[0], str(resultat[1])))
        if travail.complet:
            nommees |= {releve.id_stable for releve in paquet}
        if auteur is not None and a_ecrire:
            en_cours.confier(partial(ecrire, session, comparateur.reference, a_ecrire, auteur))
    return nommees


def _releves(travail: Travail, bilan: Bilan, avancer: Avancer | None) -> Iterator[Releve]:
    """Read the lines; those of the Onisep's actions are one a diploma, and are put together by school first."""
    groupes: dict[str, Releve] = {}
    for numero, cellules in travail.apparence.lignes(bilan.refuser, avancer):
        bilan.lues += 1
        releve = relever(travail.reconnu, numero, cellules)
        if travail.reconnu.format is not ACTIONS or not releve.id_stable:
            yield releve
        elif (deja := groupes.setdefault(releve.id_stable, releve)) is not releve:
            reunir(deja, releve)
    yield from groupes.values()


def _retirer(session: Session, nommees: set[str], bilan: Bilan, auteur: Auteur | None) -> None:
    presentes = set(session.scalars(select(Ecole.id).where(Ecole.statut != RETIREE)))
    absentes = sorted(presentes - nommees)
    if bilan.rejetees and absentes:
        bilan.refuser(Rejet(bilan.fichier, 0, "des lignes sont refusées : je ne peux pas dire quelles écoles manquent ; aucune n'est retirée"))
    elif len(absentes) > _PART_MINIMALE * len(presentes):
        raison = f"{len(absentes)} écoles sur {len(presentes)} manquent : le fichier est sans doute coupé ; aucune n'est retirée"
        bilan.refuser(Rejet(bilan.fichier, 0, raison))
    else:
        for ecole_id in absentes:
            bilan.retirer(ecole_id)
        if auteur is not None:
            retirer(session, absentes, replace(auteur, raison="absente d'une liste complète"))


def _ouvrir_le_journal(session: Session, travail: Travail, qui: str) -> int:
    """The line exists before the changes that point to it; its counts come at the end."""
    zeros = dict.fromkeys(("lues", "nouvelles", "changees", "confirmees", "fermees", "rejetees", "conflits"), 0)
    chemin = travail.apparence.chemin
    trace = Importation(
        le=maintenant(),
        qui=qui,
        fichier=chemin.name,
        format=travail.reconnu.format.cle,
        source=travail.regles.source,
        empreinte=empreinte(chemin),
        **zeros,
    )
    session.add(trace)
    session.flush()
    return trace.id


def _finir(session: Session, auteur: Auteur, bilan: Bilan) -> None:
    comptes = {
        "lues": bilan.lues,
        "nouvelles": bilan.genres[NOUVELLE],
        "changees": bilan.genres[CHANGEE],
        "confirmees": bilan.genres[CONFIRMEE],
        "fermees": bilan.genres[FERMETURE] + bilan.genres[RETRAIT],
        "rejetees": bilan.rejetees,
        "conflits": bilan.conflits,
    }
    session.execute(update(Importation).where(Importation.id == auteur.importation).values(**comptes))
    recalculer_enseigne(session)
    for nom in _TABLES:
        session.execute(text(f"ANALYZE {nom}"))  # without figures a scan may be taken for cheaper than the indexes
