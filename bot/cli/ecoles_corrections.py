"""``etabli ecoles corriger`` and ``historique``: what people changed by hand, and everything that ever changed."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from bot.cli.ecoles_fichiers import phrases
from bot.cli.messages import Arret, dire
from bot.cli.tableaux import en_json, montrer
from bot.reglages import lire_reglages


def corriger(
    ecole: Annotated[str, typer.Argument(metavar="ID", help="L'identifiant de l'école, comme edp002.")],
    champ: Annotated[str, typer.Argument(metavar="CASE", help="La case à corriger, comme site_web ou telephone.")],
    valeur: Annotated[str, typer.Argument(metavar="VALEUR", help="Ce qu'il faut y lire ; '' pour la vider.")] = "",
    raison: Annotated[str, typer.Option("--raison", metavar="TEXTE", help="Pourquoi, en une phrase : qui l'a dit, quand.")] = "",
    lever: Annotated[bool, typer.Option("--lever", help="Oublie la correction : les fichiers décident de nouveau.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Le résultat en JSON.")] = False,
    qui: Annotated[str, typer.Option("--qui", metavar="NOM", help="Qui corrige ; d'habitude, ton nom sur la machine.")] = "",
) -> None:
    """Corrige une case à la main.

    Aucun fichier ne la changera plus, jusqu'à ce que la correction soit levée.
    """
    from bot.base import fabrique_de_sessions, ouvrir
    from bot.ecoles.importation import corrections
    from bot.migrations import migrer, prendre_la_main

    if not lever and not raison.strip():
        raise Arret("Dis pourquoi avec --raison, par exemple : --raison « l'école, au téléphone, le 26 novembre ».")
    auteur = qui or getpass.getuser()
    with phrases():
        migrer(lire_reglages().base)
        with fabrique_de_sessions(ouvrir(lire_reglages().base))() as session, session.begin():
            prendre_la_main(session.connection())
            changements: dict[str, tuple[str, str]] = {}
            if lever:
                corrections.lever(session, ecole, champ, auteur)
            else:
                changements = corrections.corriger(session, ecole, champ, valeur, auteur, raison)
    if json_:
        en_json({"id": ecole, "levee": lever, "changements": {nom: {"avant": a, "apres": b} for nom, (a, b) in changements.items()}})
        return
    for nom, (avant, apres) in changements.items():
        dire(f"  {nom} : « {avant} » devient « {apres} »")
    dire("La correction est levée." if lever else "C'est corrigé : les prochains fichiers ne changeront plus cette case.")


def historique(
    ecole: Annotated[str, typer.Argument(metavar="ID", help="L'identifiant de l'école, comme edp002.")],
    json_: Annotated[bool, typer.Option("--json", help="L'histoire en JSON.")] = False,
) -> None:
    """Dit ce qui a changé dans une école.

    Quand, par qui, d'après quoi.
    """
    from dataclasses import asdict

    from bot.base import fabrique_de_sessions, ouvrir
    from bot.ecoles.importation.corrections import histoire
    from bot.migrations import migrer

    with phrases():
        migrer(lire_reglages().base)
        with fabrique_de_sessions(ouvrir(lire_reglages().base))() as session:
            evenements = histoire(session, ecole)
    if json_:
        en_json([asdict(un) for un in evenements])
    elif evenements:
        lignes = [(f"{un.le:%d/%m/%Y %H:%M}", un.qui, un.action, un.champ or "(ajout)", un.avant, un.apres, un.origine) for un in evenements]
        montrer(f"Histoire de {ecole} (heure UTC)", ("quand", "qui", "comment", "case", "avant", "après", "d'après"), lignes)
    else:
        dire(f"Rien n'a changé dans « {ecole} » depuis que la base tient son journal.")
