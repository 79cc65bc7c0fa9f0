"""``make evaluate``: our pipeline and stock Rasa on messages that neither has seen, side by side, and a page for counsellors."""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.table import Table

from bench import chaine, page, projet, recherche, stock
from bench.apprentissage import apprendre, exemples
from bench.messages import MOITIES, MessageEvalue, lire
from bench.mesures import Bilan, mesurer
from bot.reglages import RACINE

BARRES = {
    "dans le sujet, du premier coup": 0.90, "sms": 0.87, "story": 0.80, "hors sujet, rappel à 95 %": 0.80, "hors sujet, AUROC": 0.94,
    "détresse, rappel": 0.97, "détresse, fausses alertes": 0.01, "deux questions, les deux": 0.80,
}  # fmt: skip
_TOUS = 1_000_000
_PASSAGES, _PASSAGES_MAXIMUM = 8, 40
_MESSAGES_VUS = 120_000  # passes times examples: a small draw is gone over more often


def main() -> None:
    arguments = _arguments()
    console = Console(width=110)
    messages = lire(arguments.moitie)
    compris = projet.comprendre(messages)
    bilans = {"Établi": mesurer(messages, compris), **_sur_le_tirage(arguments, messages, console)}
    console.print(f"Messages : moitié « {arguments.moitie} », {len(messages)} messages.")
    console.print(_tableau(bilans))
    console.print(_tableau_des_styles(bilans))
    console.print(recherche.tableau(arguments.moitie))
    bilan = bilans["Établi"]
    faibles = sorted(bilan.par_sujet.items(), key=lambda x: x[1][0])[:12]
    console.print("Sujets les plus faibles : " + ", ".join(f"{nom} {taux:.0%} ({n})" for nom, (taux, n) in faibles))
    rapport = page.ecrire(RACINE / "rapports" / f"comprehension_{arguments.moitie}.html", messages, compris, bilan)
    console.print(f"Page à lire : {rapport.relative_to(RACINE)}")


def _arguments() -> argparse.Namespace:
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("--moitie", choices=MOITIES, default="test", help="developpement sert aux réglages, test ne sert qu'au compte rendu")
    lecteur.add_argument("--rapide", action="store_true", help="n'entraîne rien : la chaîne d'usage de Rasa n'est montrée que si ses réponses sont gardées")
    lecteur.add_argument("--complet", action="store_true", help="la chaîne d'usage apprend tous les exemples : des heures, pour une nuit")
    return lecteur.parse_args()


def _sur_le_tirage(arguments: argparse.Namespace, messages: list[MessageEvalue], console: Console) -> dict[str, Bilan]:
    """Stock Rasa and ours, both on the draw that stock Rasa has learned. Empty when that is not known and must not be learned now."""
    garde = stock.lire_garde()
    if not arguments.rapide and (arguments.complet or garde is None or not garde.a_jour() or garde.repondre(messages) is None):
        console.print("Entraînement de la chaîne d'usage de Rasa (une demi-heure ou plus)…")
        toutes = [m for moitie in MOITIES for m in lire(moitie)]
        garde = stock.apprendre_et_garder(toutes, _TOUS if arguments.complet else stock.PAR_ETIQUETTE)
    reponses = garde.repondre(messages) if garde else None
    if garde is None or reponses is None:
        return {}
    if not garde.a_jour():
        console.print("[yellow]La chaîne d'usage a été entraînée avec d'autres réglages que ceux de bench/stock.yml.[/]")
    vus = garde.appris(exemples())
    passages = min(_PASSAGES_MAXIMUM, max(_PASSAGES, _MESSAGES_VUS // len(vus)))
    notre = mesurer(messages, chaine.comprendre(messages, apprendre(vus, passages)))
    return {f"Établi, tirage ({len(vus)})": notre, f"Rasa d'usage, tirage ({len(garde.tirage)})": mesurer(messages, reponses)}


def _tableau(bilans: dict[str, Bilan]) -> Table:
    tableau = Table("", *bilans, "barre")
    lignes = [
        ("dans le sujet, du premier coup", "justesse"), ("  (meilleure étiquette, sans seuil)", "premier_choix"),
        ("hors sujet, rappel à 95 %", "hors_sujet_rappel"), ("hors sujet, AUROC", "auroc"), ("détresse, rappel", "detresse_rappel"),
        ("détresse, fausses alertes", "fausses_alertes"), ("  (détresse, numéros d'aide en réponse)", "detresse_secourue"),
        ("  (numéros d'aide en réponse sans détresse)", "secours_de_trop"), ("  (détresse, aide nommée au moins en une ligne)", "aide_nommee"),
        ("  (aide nommée sans détresse)", "aide_de_trop"), ("deux questions, les deux", "deux_questions"), ("erreur de calibration", "calibration"),
    ]  # fmt: skip
    for titre, champ in lignes:
        barre = f"{BARRES[titre]:.2f}" if titre in BARRES else ""
        tableau.add_row(titre, *(f"{getattr(bilan, champ):.3f}" for bilan in bilans.values()), barre)
    return tableau


def _tableau_des_styles(bilans: dict[str, Bilan]) -> Table:
    tableau = Table("style", "messages", *bilans, "barre")
    premier = next(iter(bilans.values()))
    for style, (_, combien) in premier.par_style.items():
        tableau.add_row(style, str(combien), *(f"{bilan.par_style[style][0]:.3f}" for bilan in bilans.values()), f"{BARRES[style]:.2f}" if style in BARRES else "")
    return tableau


if __name__ == "__main__":
    main()
