"""``make evaluate``: our pipeline and stock Rasa on messages that neither has seen, side by side, and a page for counsellors."""

from __future__ import annotations

import argparse
from typing import Optional

from rich.console import Console
from rich.table import Table

from bench import page, projet, recherche, stock
from bench.messages import MOITIES, lire
from bench.mesures import Bilan, mesurer
from bot.reglages import RACINE

BARRES = {
    "dans le sujet, du premier coup": 0.90, "sms": 0.87, "story": 0.80, "hors sujet, rappel à 95 %": 0.80, "hors sujet, AUROC": 0.94,
    "détresse, rappel": 0.97, "détresse, fausses alertes": 0.01, "deux questions, les deux": 0.80,
}  # fmt: skip


def main() -> None:
    arguments = _arguments()
    console = Console(width=110)
    messages = lire(arguments.moitie)
    compris = projet.comprendre(messages)
    bilan = mesurer(messages, compris)
    reference = _reference(arguments, messages, console)
    console.print(f"Messages : moitié « {arguments.moitie} », {len(messages)} messages.")
    console.print(_tableau(bilan, reference))
    console.print(_tableau_des_styles(bilan, reference))
    console.print(recherche.tableau(arguments.moitie))
    faibles = sorted(bilan.par_sujet.items(), key=lambda x: x[1][0])[:12]
    console.print("Sujets les plus faibles : " + ", ".join(f"{nom} {taux:.0%} ({n})" for nom, (taux, n) in faibles))
    rapport = page.ecrire(RACINE / "rapports" / f"comprehension_{arguments.moitie}.html", messages, compris, bilan)
    console.print(f"Page à lire : {rapport.relative_to(RACINE)}")


def _arguments() -> argparse.Namespace:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--moitie", choices=MOITIES, default="test", help="developpement sert aux réglages, test ne sert qu'au compte rendu")
    lecteur.add_argument("--rapide", action="store_true", help="sans la chaîne d'usage de Rasa (une demi-heure si elle n'est pas déjà calculée)")
    return lecteur.parse_args()


def _reference(arguments: argparse.Namespace, messages: list, console: Console) -> Optional[Bilan]:
    gardees, a_jour = stock.reponses_conservees(messages)
    if gardees is not None and not a_jour:
        console.print("[yellow]La chaîne d'usage a été entraînée sur d'autres exemples que ceux d'aujourd'hui.[/]")
    if arguments.rapide:
        return mesurer(messages, gardees) if gardees else None
    if gardees is None or not a_jour:
        toutes = [m for moitie in MOITIES for m in lire(moitie)]
        console.print("Entraînement de la chaîne d'usage de Rasa (une demi-heure ou plus)…")
        stock.comprendre(toutes)
        gardees, _ = stock.reponses_conservees(messages)
    return mesurer(messages, gardees or [])


def _tableau(bilan: Bilan, reference: Optional[Bilan]) -> Table:
    tableau = Table("", "Établi", "Rasa d'usage", "barre")
    lignes = [
        ("dans le sujet, du premier coup", "justesse"), ("  (meilleure étiquette, sans seuil)", "premier_choix"),
        ("hors sujet, rappel à 95 %", "hors_sujet_rappel"), ("hors sujet, AUROC", "auroc"), ("détresse, rappel", "detresse_rappel"),
        ("détresse, fausses alertes", "fausses_alertes"), ("  (détresse, aide nommée au moins en une ligne)", "aide_nommee"),
        ("  (aide nommée sans détresse)", "aide_de_trop"), ("deux questions, les deux", "deux_questions"), ("erreur de calibration", "calibration"),
    ]  # fmt: skip
    for titre, champ in lignes:
        barre = f"{BARRES[titre]:.2f}" if titre in BARRES else ""
        tableau.add_row(titre, f"{getattr(bilan, champ):.3f}", f"{getattr(reference, champ):.3f}" if reference else "—", barre)
    return tableau


def _tableau_des_styles(bilan: Bilan, reference: Optional[Bilan]) -> Table:
    tableau = Table("style", "messages", "Établi", "Rasa d'usage", "barre")
    for style, (taux, combien) in bilan.par_style.items():
        autre = f"{reference.par_style[style][0]:.3f}" if reference else "—"
        tableau.add_row(style, str(combien), f"{taux:.3f}", autre, f"{BARRES[style]:.2f}" if style in BARRES else "")
    return tableau


if __name__ == "__main__":
    main()
