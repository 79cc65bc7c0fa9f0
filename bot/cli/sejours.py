"""``etabli sejours ...``: the requests, for the staff."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from bot.cli.aide import CommandeFrancaise, GroupeFrancais
from bot.cli.messages import Arret, dire
from bot.reglages import lire_reglages

if TYPE_CHECKING:
    from sqlalchemy.orm import sessionmaker

ETATS = {"notee": "pas encore partie", "transmise": "partie, sans réponse", "repondue": "réponse reçue", "cloturee": "close"}
ISSUES = {"acceptee": "d'accord", "complet": "plus de place", "impossible": "pas possible", "autrement": "contactée autrement"}
Reference = Annotated[str, typer.Argument(metavar="RÉFÉRENCE", help="La référence donnée à la personne : ET-ABC234.")]
Essais = Annotated[bool, typer.Option("--essais", help="Les demandes faites en essayant le bot, au lieu des vraies.")]
groupe = typer.Typer(cls=GroupeFrancais, help="Les demandes de séjour découverte.", rich_markup_mode=None, no_args_is_help=True)


@contextmanager
def ouvrir_la_base() -> Iterator[sessionmaker]:
    from bot.base import fabrique_de_sessions, ouvrir

    moteur = ouvrir(lire_reglages().base)
    try:
        yield fabrique_de_sessions(moteur)
    finally:
        moteur.dispose()


@groupe.command("lister", cls=CommandeFrancaise)
def lister(essais: Essais = False) -> None:
    """Liste les demandes, la plus récente d'abord, sans les coordonnées."""
    from bot.sejours.export import lignes

    with ouvrir_la_base() as fabrique, fabrique() as session:
        demandes = lignes(session, essais)
    for d in demandes:
        issue = f" ({ISSUES[d['reponse']]})" if d["reponse"] else ""
        dire(f"{d['reference']}  {d['cree_le'][:10]}  {ETATS[d['statut']]}{issue}  {d['ecole']}, {d['commune']}  [{d['courrier'] or 'pas de courriel'}]")
    dire(f"{len(demandes)} demande(s). « etabli sejours voir RÉFÉRENCE » montre tout d'une demande.")
    if any("abandonne" in d["courrier"] for d in demandes):
        dire("Des courriels sont abandonnés : corrige l'adresse ou le serveur, puis « etabli sejours relancer RÉFÉRENCE ».")


@groupe.command("voir", cls=CommandeFrancaise)
def voir(reference: Reference) -> None:
    """Montre une demande entière, avec ses coordonnées et ses courriels."""
    from bot.sejours.export import donnees_d_une_personne

    with ouvrir_la_base() as fabrique:
        donnees = donnees_d_une_personne(fabrique, reference.upper())
    if donnees is None:
        raise Arret(f"Il n'y a pas de demande {reference}.")
    for nom, valeur in (donnees["demande"] or {"reference": reference.upper(), "statut": "effacée"}).items():
        if nom != "cle" and valeur not in (None, ""):
            dire(f"{nom} : {valeur}")
    for pli in donnees["courriels"]:
        erreur = f", {pli['erreur']}" if pli["erreur"] else ""
        dire(f"courriel {pli['genre']} : {pli['etat']}, {pli['essais']} essai(s){erreur}, {pli['envoye_le'] or 'prochain le ' + pli['prochain_le']}")


@groupe.command("relancer", cls=CommandeFrancaise)
def relancer(reference: Reference) -> None:
    """Renvoie ce qui attend ou a été abandonné ; si tout est parti, envoie un rappel."""
    from bot.sejours.gestion import relancer as relancer_la_demande

    with ouvrir_la_base() as fabrique:
        fait = relancer_la_demande(fabrique, reference.upper())
    if fait is None:
        raise Arret(f"Il n'y a pas de demande {reference} qui attende une réponse (« etabli sejours voir {reference} »).")
    dire(f"{reference.upper()} : {'un rappel attend dans la boîte d’envoi' if fait == 0 else f'{fait} courriel(s) remis dans la boîte d’envoi'}.")


@groupe.command("cloturer", cls=CommandeFrancaise)
def cloturer(
    reference: Reference,
    issue: Annotated[Optional[str], typer.Option("--issue", metavar="ISSUE", help=f"Ce que l'école a dit : {', '.join(ISSUES)}.")] = None,
) -> None:
    """Clôt une demande, avec ce que l'école a dit si tu le sais."""
    from bot.sejours.gestion import cloturer as cloturer_la_demande

    if issue is not None and issue not in ISSUES:
        raise Arret(f"Issue inconnue : « {issue} ». Choisis {', '.join(ISSUES)}.")
    with ouvrir_la_base() as fabrique:
        if not cloturer_la_demande(fabrique, reference.upper(), issue or ""):
            raise Arret(f"Il n'y a pas de demande {reference}.")
    dire(f"{reference.upper()} est close.")


@groupe.command("exporter", cls=CommandeFrancaise)
def exporter(
    vers: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le fichier .csv à écrire ; il contient des coordonnées.")],
    essais: Essais = False,
) -> None:
    """Écrit les demandes dans un tableau (.csv) pour un tableur."""
    from bot.sejours.export import ecrire_csv, lignes

    with ouvrir_la_base() as fabrique, fabrique() as session:
        demandes = lignes(session, essais)
    try:
        vers.touch(mode=0o600)
        with vers.open("w", encoding="utf-8-sig", newline="") as sortie:
            combien = ecrire_csv(sortie, demandes)
    except OSError as erreur:
        raise Arret(f"{vers} ne s'écrit pas : {erreur.strerror}.") from erreur
    dire(f"{combien} demande(s) dans {vers}. Ce fichier contient des coordonnées de mineurs : efface-le après usage.")
