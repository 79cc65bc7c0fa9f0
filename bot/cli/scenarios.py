"""``etabli scenarios ...``: conversations written in French, played on the real bot."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.aide import CommandeFrancaise, GroupeFrancais
from bot.cli.messages import Arret, court, dire, dire_erreur
from bot.reglages import RACINE

if TYPE_CHECKING:
    from bot.scenarios import Bilan, Scenario

groupe = typer.Typer(cls=GroupeFrancais, help="Les scénarios de test : les jouer, les mettre en tableur.", rich_markup_mode=None, no_args_is_help=True)
SCENARIOS = RACINE / "tests" / "scenarios"


class Canal(str, Enum):
    """The door, and how replies are read: with their buttons, as the page's widget, or as a plain text message."""

    REST = "rest"
    WIDGET = "widget"
    TEXTE = "texte"


Chemin = Annotated[Path, typer.Argument(metavar="[DOSSIER|FICHIER]", help="Ce qu'il faut jouer.", show_default=False)]


@groupe.command("jouer", cls=CommandeFrancaise)
def jouer(
    chemin: Chemin = SCENARIOS,
    canal: Annotated[Canal, typer.Option("--canal", help="« widget » : par la porte de la page ; « texte » : sans boutons, comme un SMS.")] = Canal.REST,
    serveur: Annotated[str, typer.Option("--serveur", metavar="URL", help="Un bot de test déjà en marche ; sinon, un bot neuf est démarré.")] = "",
    rapport: Annotated[Path | None, typer.Option("--rapport", metavar="PAGE.html", help="Écrit une page avec toutes les conversations.")] = None,
    junit: Annotated[Path | None, typer.Option("--junit", metavar="FICHIER.xml", help="Écrit le résultat pour une intégration continue.")] = None,
) -> None:
    """Joue des scénarios et dit ce qui n'est pas comme attendu. Code de sortie : 1 si un scénario échoue."""
    from bot.cli.bot_d_essai import bot_d_essai
    from bot.scenarios import BotInjoignable, jouer_tous
    from bot.scenarios.rapport import ECHOUE, REUSSI, ligne, resume, tableau, verdict

    scenarios = lire(chemin if chemin.exists() else _du_projet(chemin))
    serveur = serveur if "://" in serveur or not serveur else f"http://{serveur}"
    with nullcontext(serveur) if serveur else bot_d_essai() as adresse, _progression(len(scenarios)) as avancer:
        debut = time.monotonic()
        try:
            bilans = jouer_tous(scenarios, adresse, canal.value, avancer)
        except BotInjoignable as erreur:
            raise Arret(str(erreur)) from erreur
    joues = list(zip(scenarios, bilans))
    for joue in joues:
        if verdict(*joue) != REUSSI:
            dire(ligne(*joue))
    dire(tableau(joues))
    dire(f"{resume(joues)} {time.monotonic() - debut:.0f} s.")
    _ecrire(joues, rapport, junit)
    if any(verdict(*joue) == ECHOUE for joue in joues):
        raise typer.Exit(1)


def lire(chemin: Path) -> list[Scenario]:
    """All the scenarios of a folder. What is wrong is told file by file, all at once, and nothing is played."""
    from bot.scenarios import ScenarioInvalide, fichiers, lire_scenario

    if not chemin.exists():
        raise Arret(f"« {chemin} » n'existe pas : donne un fichier .yml ou un dossier de scénarios.")
    scenarios, fautes = [], 0
    for fichier in fichiers(chemin):
        try:
            scenarios.append(lire_scenario(Path(court(fichier.resolve()))))
        except (ScenarioInvalide, OSError) as erreur:
            dire_erreur(str(erreur))
            fautes += 1
    if fautes:
        raise Arret(f"{fautes} fichier{'s' if fautes > 1 else ''} à corriger d'abord : rien n'est fait.")
    if not scenarios:
        raise Arret(f"« {chemin} » ne contient aucun scénario (.yml).")
    return scenarios


@groupe.command("exporter", cls=CommandeFrancaise)
def exporter(
    tableur: Annotated[Path, typer.Argument(metavar="FICHIER.xlsx|FICHIER.csv", help="Le tableur à écrire.")],
    dossier: Annotated[Path, typer.Option("--dossier", help="Les scénarios à y mettre (sinon tests/scenarios).", show_default=False)] = SCENARIOS,
) -> None:
    """Met les scénarios dans un tableur, une ligne par échange."""
    from bot.scenarios.feuilles import TableurInvalide
    from bot.scenarios.tableur import exporter as ecrire

    _extension(tableur)
    scenarios = lire(dossier)
    racine = Path(court(dossier.resolve()))
    try:
        ecrire([(s.chemin.relative_to(racine).as_posix() if s.chemin != racine else s.chemin.name, s) for s in scenarios], tableur)
    except TableurInvalide as erreur:
        raise Arret(str(erreur)) from erreur
    dire(f"{len(scenarios)} scénarios écrits dans {tableur}.")


@groupe.command("importer", cls=CommandeFrancaise)
def importer(
    tableur: Annotated[Path, typer.Argument(metavar="FICHIER.xlsx|FICHIER.csv", help="Le tableur à lire.")],
    dossier: Annotated[Path, typer.Option("--dossier", help="Où écrire les scénarios (sinon tests/scenarios).", show_default=False)] = SCENARIOS,
) -> None:
    """Écrit les scénarios d'un tableur. Une case fausse est nommée, et rien n'est écrit."""
    from bot.scenarios.ecriture import enregistrer_si_change
    from bot.scenarios.feuilles import TableurInvalide
    from bot.scenarios.tableur import importer as lire_tableur

    _extension(tableur)
    try:
        scenarios = lire_tableur(tableur, dossier)
    except TableurInvalide as erreur:
        raise Arret(f"{erreur}\nRien n'est écrit.") from erreur
    with _a_ecrire(dossier):
        changes = sum(enregistrer_si_change(scenario) for scenario in scenarios)
    dire(f"{len(scenarios)} scénarios lus : {changes} écrits, {len(scenarios) - changes} déjà pareils.")


@groupe.command("noms", cls=CommandeFrancaise)
def noms(mot: Annotated[str, typer.Argument(metavar="[MOT]", help="Seulement les noms où ce mot se lit.", show_default=False)] = "") -> None:
    """Donne les noms qu'un scénario peut écrire : sujets, réponses, souvenirs."""
    from bot.scenarios.noms import chapitres

    trouves = list(chapitres(mot))
    for titre, lignes in trouves:
        dire(f"{titre} :")
        for nom, sens in lignes:
            dire(f"  {nom:<28} {sens}")
    if not trouves:
        raise Arret(f"Aucun nom ne contient « {mot} » : essaie un mot plus court, ou « etabli scenarios noms » pour tout voir.")


@groupe.command("schema", cls=CommandeFrancaise)
def schema() -> None:
    """Refait docs/scenario.schema.json, qui aide les éditeurs à compléter et à vérifier."""
    from bot.scenarios.schema import ecrire_schema

    dire(f"Schéma écrit : {court(ecrire_schema())}")


def _du_projet(chemin: Path) -> Path:
    """« parcours » is enough for the project's own folder."""
    return SCENARIOS / chemin if (SCENARIOS / chemin).exists() else chemin


def _extension(tableur: Path) -> None:
    if tableur.suffix not in (".xlsx", ".csv"):
        raise Arret(f"« {tableur} » : donne un fichier .xlsx ou .csv.")


def _ecrire(joues: list[tuple[Scenario, Bilan]], rapport: Path | None, junit: Path | None) -> None:
    from datetime import datetime

    if rapport:
        from bot.scenarios.page import ecrire_page

        with _a_ecrire(rapport):
            ecrire_page(joues, rapport, datetime.now())
        dire(f"Page écrite : {rapport}")
    if junit:
        from bot.scenarios.junit import ecrire_junit

        with _a_ecrire(junit):
            ecrire_junit(joues, junit)
        dire(f"Résultat écrit : {junit}")


@contextmanager
def _a_ecrire(chemin: Path) -> Iterator[None]:
    try:
        yield
    except OSError as erreur:
        raise Arret(f"« {chemin} » ne peut pas être écrit : choisis un autre endroit.") from erreur


@contextmanager
def _progression(combien: int) -> Iterator[Callable[[Scenario, Bilan], None]]:
    """A bar on a terminal; one line at the start elsewhere."""
    if not sys.stdout.isatty():
        dire(f"{combien} scénario{'s' if combien > 1 else ''} à jouer…")
        yield lambda *_: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(TextColumn("Scénarios"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), transient=True) as progression:
        tache = progression.add_task("", total=combien)
        yield lambda *_: progression.advance(tache)
