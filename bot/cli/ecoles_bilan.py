"""What an import would do, or did, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.messages import dire
from bot.cli.tableaux import montrer

if TYPE_CHECKING:
    from bot.ecoles.importation.bilan import Bilan

MONTREES = 25


def raconter(bilan: Bilan) -> None:
    from bot.ecoles.importation.bilan import CHANGEE, FERMETURE, NOUVELLE, TRI

    _compter(bilan)
    nouvelles = bilan.details.get(NOUVELLE, [])
    lignes = [(str(une.ligne), une.fiche["id"], une.nom, une.fiche["commune"], une.fiche["statut"]) for une in nouvelles[:MONTREES]]
    montrer("Nouvelles écoles", ("ligne", "id", "nom", "commune", "statut"), lignes)
    changees = [une for genre in (CHANGEE, FERMETURE) for une in bilan.details.get(genre, [])]
    cellules = [
        (une.ecole_id, une.nom, champ, avant or "(vide)", apres or "(vide)")
        for une in changees
        for champ, (avant, apres) in une.changements.items()
        if champ not in ("source", "date_source")
    ]
    montrer("Ce qui change, case par case", ("id", "nom", "case", "avant", "après"), cellules[: 2 * MONTREES])
    conflits = [(une.ecole_id, une.nom, c.champ, c.gardee, c.du_fichier) for une in bilan.en_conflit for c in une.conflits]
    montrer("Corrections à la main gardées malgré le fichier", ("id", "nom", "case", "gardée", "dans le fichier"), conflits[:MONTREES])
    montrer("Écoles retirées", ("id",), [(cle,) for cle in bilan.retraits[:MONTREES]])
    a_trier = [(str(une.ligne), une.ecole_id, une.nom) for une in bilan.details.get(TRI, [])[:MONTREES]]
    montrer("À trier : privées et professionnelles, sans « école de production » dans le nom", ("ligne", "id", "nom"), a_trier)
    montrer("Lignes refusées", ("ligne", "raison"), [(str(rejet.ligne), rejet.raison) for rejet in bilan.rejets[:MONTREES]])
    montrer("Remarques", ("ligne", "remarque"), [(str(r.ligne), r.raison) for r in bilan.remarques[:MONTREES]])
    if bilan.rejetees > MONTREES or max(map(len, bilan.details.values()), default=0) > MONTREES or len(cellules) > 2 * MONTREES:
        dire("Je ne montre que le début de chaque liste ; « --json » en donne davantage.")


def _compter(bilan: Bilan) -> None:
    from bot.ecoles.importation.bilan import CHANGEE, CONFIRMEE, FERMETURE, IDENTIQUE, IGNOREE, NOUVELLE, RETRAIT, TRI

    genres = (
        ("nouvelles", bilan.genres[NOUVELLE]),
        ("changées", bilan.genres[CHANGEE]),
        ("fermées", bilan.genres[FERMETURE]),
        ("retirées", bilan.genres[RETRAIT]),
        ("confirmées (seule la date de la source avance)", bilan.genres[CONFIRMEE]),
        ("identiques", bilan.genres[IDENTIQUE]),
        ("à trier à la main", bilan.genres[TRI]),
        ("d'autres établissements, laissés de côté", bilan.genres[IGNOREE]),
        ("lignes refusées", bilan.rejetees),
        ("corrections à la main gardées", bilan.conflits),
    )
    dire(f"{bilan.lues} lignes lues dans {bilan.fichier}.")
    for quoi, combien in genres:
        if combien:
            dire(f"  {combien:>6} {quoi}")
