"""``python -m bench.recherche``: trade and place found in messages written before the extraction was tuned, and false places elsewhere."""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from bench.messages import DOSSIER, MOITIES
from bot.nlu.reperes import reperes
from bot.reglages import RACINE

BARRES = {"métier": 0.95, "lieu": 0.95, "les deux": 0.93, "faux lieux": 0.01}
SANS_LIEU = ("lieu_ambigu", "pays", "pres_de_moi")
_LIEUX = {"lieu_ambigu": "ambigu", "pays": "pays", "pres_de_moi": "pres_de_moi"}


@dataclass(frozen=True)
class Recherche:
    """A message with the trades and the places that are right (several when more than one reading is), and what was found in it."""

    texte: str
    metiers: tuple[str, ...]
    lieux: tuple[str, ...]
    metier: str
    lieu: str
    millisecondes: float

    @property
    def bon_metier(self) -> bool:
        return self.metier in self.metiers

    @property
    def bon_lieu(self) -> bool:
        return self.lieu in self.lieux


def main() -> None:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--moitie", choices=MOITIES, default="test", help="developpement sert aux réglages, test ne sert qu'au compte rendu")
    lecteur.add_argument("--fautes", action="store_true", help="montre les messages mal lus")
    arguments = lecteur.parse_args()
    console = Console(width=110)
    console.print(tableau(arguments.moitie))
    if arguments.fautes:
        for x in filter(lambda x: not (x.bon_metier and x.bon_lieu), mesurer(arguments.moitie)):
            console.print(f"{x.texte!r} : {x.metier or '—'} / {x.lieu or '—'}, attendu {'|'.join(x.metiers) or '—'} / {'|'.join(x.lieux) or '—'}")
        for texte, lieu in faux_lieux()[0]:
            console.print(f"faux lieu {lieu} : {texte!r}")


def tableau(moitie: str) -> Table:
    """The rates of one half, with their bars, and how many questions of the sheet are read as naming a place."""
    lues = mesurer(moitie)
    fautifs, total = faux_lieux()
    durees = sorted(x.millisecondes for x in lues)
    lignes = {
        "métier": sum(x.bon_metier for x in lues) / len(lues),
        "lieu": sum(x.bon_lieu for x in lues) / len(lues),
        "les deux": sum(x.bon_metier and x.bon_lieu for x in lues) / len(lues),
        "faux lieux": len(fautifs) / total,
    }
    table = Table(f"recherche ({len(lues)} messages, moitié « {moitie} » ; {total} questions de la fiche)", "Établi", "barre")
    for titre, taux in lignes.items():
        table.add_row(titre, f"{taux:.3f}", f"{'<' if titre == 'faux lieux' else '≥'} {BARRES[titre]:.2f}")
    table.add_row("ms par message (médiane, 95 %)", f"{durees[len(durees) // 2]:.1f}, {durees[int(len(durees) * 0.95)]:.1f}", "~ 2")
    return table


def mesurer(moitie: str) -> list[Recherche]:
    reperes("école d'usinage à Lyon")  # tables are built at the first message
    return [_lire(ligne) for ligne in _lignes(DOSSIER / "recherche.tsv") if ligne["moitie"] == moitie]


def faux_lieux() -> tuple[list[tuple[str, str]], int]:
    """Training questions of the sheet in which a place of France is found, and how many questions there are.

    Those that do name one (« à Lyon », « l'école de Vaulx ») are not errors: the file ``lieux_de_la_fiche.txt`` lists them.
    """
    vrais = set((DOSSIER / "lieux_de_la_fiche.txt").read_text(encoding="utf-8").splitlines())
    questions = list(_questions_de_la_fiche())
    trouves = [(texte, _lieu(reperes(texte))) for texte in questions if texte not in vrais]
    return [(texte, lieu) for texte, lieu in trouves if lieu.startswith(("commune", "departement", "region", "ambigu"))], len(questions)


def _lire(ligne: dict[str, str]) -> Recherche:
    debut = time.process_time()  # of this process: a busy machine does not count
    entites = reperes(ligne["message"])
    duree = (time.process_time() - debut) * 1000
    attendus = (tuple(ligne["metier"].split("|")), tuple(ligne["lieu"].split("|")))
    return Recherche(ligne["message"], *attendus, _metier(entites), _lieu(entites), duree)


def _metier(entites: list[dict]) -> str:
    """What the search would keep: the last trade named, else a wide word to be asked about."""
    for genre in ("metier", "metier_ambigu"):
        dits = [e["value"] for e in entites if e["entity"] == genre]
        if dits:
            return dits[-1]
    return ""


def _lieu(entites: list[dict]) -> str:
    dits = [e["value"] for e in entites if e["entity"] == "lieu"]
    return dits[-1] if dits else next((_LIEUX[e["entity"]] for e in entites if e["entity"] in SANS_LIEU), "")


def _questions_de_la_fiche() -> Iterator[str]:
    for fichier in sorted((RACINE / "data" / "nlu").glob("*.yml")):
        for groupe in yaml.safe_load(fichier.read_text(encoding="utf-8"))["nlu"]:
            if groupe.get("intent", "").startswith("faq/"):
                yield from (ligne[2:].strip() for ligne in groupe["examples"].splitlines() if ligne.startswith("- "))


def _lignes(chemin: Path) -> list[dict[str, str]]:
    with chemin.open(encoding="utf-8", newline="") as lu:
        return list(csv.DictReader(lu, delimiter="\t", quoting=csv.QUOTE_NONE))


if __name__ == "__main__":
    main()
