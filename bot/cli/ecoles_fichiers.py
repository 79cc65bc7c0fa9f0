"""``etabli ecoles importer`` and ``exporter``: the base from a file, and a file from the base."""

from __future__ import annotations

import csv
import getpass
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from bot.cli.ecoles_bilan import raconter
from bot.cli.messages import Arret, dire
from bot.cli.tableaux import en_json, progression
from bot.reglages import lire_reglages

if TYPE_CHECKING:
    from bot.ecoles.importation.bilan import Bilan
    from bot.ecoles.importation.execution import Travail
    from bot.ecoles.importation.fiches import Fiche

FORMATS = ("csv", "json")
NOMS = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "latin-1": "Latin-1"}


def importer(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="Un CSV ou un JSON : le nôtre, de l'Onisep, de l'Annuaire.")],
    oui: Annotated[bool, typer.Option("--oui", help="Applique sans demander.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Le bilan en JSON ; sans --oui, rien n'est appliqué.")] = False,
    source: Annotated[str, typer.Option("--source", metavar="TEXTE", help="D'où vient le fichier, si ce n'est pas dit dedans.")] = "",
    date: Annotated[str, typer.Option("--date", metavar="AAAA-MM-JJ", help="La date du fichier, si ce n'est pas celle du disque.")] = "",
    complet: Annotated[bool, typer.Option("--complet", help="Retire les écoles que notre fichier ne nomme plus.")] = False,
    incertaines: Annotated[bool, typer.Option("--avec-incertaines", help="Ajoute aussi celles à trier, jamais montrées.")] = False,
    qui: Annotated[str, typer.Option("--qui", metavar="NOM", help="Qui importe ; d'habitude, ton nom sur la machine.")] = "",
) -> None:
    """Met la base à jour d'après un fichier.

    Montre d'abord ce qui changerait, demande, puis applique tout ou rien.
    """
    from bot.ecoles.importation.execution import Demande, appliquer, preparer, previsualiser

    if date and not re.fullmatch(r"20\d\d-\d\d-\d\d", date):
        raise Arret(f"La date « {date} » : écris-la AAAA-MM-JJ, comme 2026-11-26.")
    base = lire_reglages().base
    with phrases():
        travail = preparer(Demande(fichier.expanduser(), source, date, incertaines, complet))
        if not json_:
            _annoncer(travail)
        montre = None
        if not oui:
            with progression("Je compare", _taille(fichier), muette=json_) as avancer:
                montre = previsualiser(base, travail, avancer)
            if not _d_accord(montre, json_):
                return
        with progression("J'applique", _taille(fichier), muette=json_) as avancer:
            bilan = appliquer(base, travail, qui or getpass.getuser(), montre, avancer)
    if json_:
        en_json(bilan.en_donnees() | {"applique": bilan.change})
        return
    if oui:
        raconter(bilan)
    dire("C'est appliqué." if bilan.change else "Rien à changer.")


def exporter(
    format_: Annotated[str, typer.Option("--format", metavar="csv|json", help="Le format de sortie.")] = "csv",
    vers: Annotated[Path | None, typer.Option("--vers", metavar="FICHIER", help="Où écrire ; sinon, à l'écran.")] = None,
) -> None:
    """Écrit les écoles dans un fichier.

    « importer » relit ce fichier tel quel, ou après tes changements.
    """
    from bot.base import fabrique_de_sessions, ouvrir
    from bot.ecoles.importation.fiches import toutes
    from bot.migrations import migrer

    if format_ not in FORMATS:
        raise Arret(f"Le format « {format_} » n'existe pas : choisis csv ou json.")
    with phrases():
        migrer(lire_reglages().base)
        with fabrique_de_sessions(ouvrir(lire_reglages().base))() as session:
            if vers is None:
                ecrire(sys.stdout, format_, toutes(session))
                return
            with vers.expanduser().open("w", encoding="utf-8-sig" if format_ == "csv" else "utf-8", newline="") as sortie:
                combien = ecrire(sortie, format_, toutes(session))
    dire(f"{combien} écoles écrites dans {vers}.")


@contextmanager
def phrases() -> Iterator[None]:
    """A failure of the base or of a file becomes one sentence."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.ecoles.importation.execution import BaseChangee
    from bot.ecoles.importation.fichier import FichierIllisible
    from bot.ecoles.lecture import LigneRefusee

    try:
        yield
    except (FichierIllisible, BaseChangee) as erreur:
        raise Arret(str(erreur)) from erreur
    except LigneRefusee as erreur:
        raise Arret(f"Refusé : {erreur}.") from erreur
    except SQLAlchemyError as erreur:
        raison = str(getattr(erreur, "orig", None) or erreur).splitlines()[0]
        raise Arret(f"La base de données refuse (« {raison} ») : rien n'est changé. Vérifie ETABLI_BASE, puis relance.") from erreur
    except OSError as erreur:
        raise Arret(f"Le fichier ne se lit ou ne s'écrit pas : {erreur}.") from erreur


def _annoncer(travail: Travail) -> None:
    apparence, regles = travail.apparence, travail.regles
    comment = f"{NOMS[apparence.encodage]}, cases séparées par « {apparence.separateur} »" if apparence.separateur else "JSON"
    dire(f"{apparence.chemin.name} : {regles.format.titre} ({comment.replace(chr(9), 'tabulation')}).")
    if regles.source:
        dire(f"Source notée sur ce qui change : {regles.source}, {regles.date} (« --source » et « --date » pour dire autre chose).")


def _d_accord(montre: Bilan, json_: bool) -> bool:
    """Show what would be done and ask; without anybody to answer, say how to go on."""
    if json_:
        en_json(montre.en_donnees() | {"applique": False})
        return False
    raconter(montre)
    if not montre.change:
        dire("Rien à changer.")
        return False
    if not sys.stdin.isatty():
        raise Arret("Rien n'est appliqué : personne ne peut répondre ici. Relis ce qui précède, puis relance avec --oui.")
    if input("Appliquer ces changements ? (oui/non) ").strip().lower() not in ("oui", "o"):
        dire("Rien n'est appliqué.")
        return False
    return True


def ecrire(sortie: TextIO, format_: str, fiches: Iterator[Fiche]) -> int:
    """Write the schools; return how many."""
    from bot.ecoles.importation.formats import COLONNES

    combien = 0
    if format_ == "csv":
        plume = csv.DictWriter(sortie, COLONNES, delimiter=";", lineterminator="\n")
        plume.writeheader()
        for une in fiches:
            plume.writerow(une)
            combien += 1
        return combien
    sortie.write("[")
    for combien, une in enumerate(fiches, start=1):  # one school a line: a difference between two exports reads well
        sortie.write(("," if combien > 1 else "") + "\n" + json.dumps(une, ensure_ascii=False))
    sortie.write("\n]\n")
    return combien


def _taille(fichier: Path) -> int:
    return fichier.expanduser().stat().st_size
