"""The staff's day, with the commands as they are typed."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

from bot.base import fabrique_de_sessions, ouvrir
from bot.sejours.demandes import enregistrer
from bot.sejours.modeles import ABANDONNE, Pli
from tests.cli.test_commandes import etabli
from tests.sejours.conftest import YANIS, Serveur


def test_la_journee_de_l_equipe(base_chargee: str, tmp_path: Path) -> None:
    moteur = ouvrir(base_chargee)
    fabrique = fabrique_de_sessions(moteur)
    reference = enregistrer(fabrique, replace(YANIS, prenom="=Lou", telephone="06 39 98 30 30")).reference
    enregistrer(fabrique, replace(YANIS, prenom="Test", essai=True))

    def dire(*commande: str, **env: str) -> str:
        return etabli(*commande, ETABLI_BASE=base_chargee, **env).stdout

    liste = dire("sejours", "lister")
    assert reference in liste and "pas encore partie" in liste and "[demande a_envoyer]" in liste and "06 39" not in liste
    assert "ETABLI_SMTP_HOTE" in dire("courriels", "envoyer", "--une-fois")
    with Serveur() as serveur:
        env = {
            "ETABLI_SMTP_HOTE": "127.0.0.1", "ETABLI_SMTP_PORT": str(serveur.port), "ETABLI_SMTP_SECURITE": "aucune",
            "ETABLI_EXPEDITEUR": "etabli@example.org", "ETABLI_RELAIS": "relais@example.org",
        }  # fmt: skip
        with fabrique() as session, session.begin():
            session.query(Pli).update({"etat": ABANDONNE})
        assert "relancer RÉFÉRENCE" in dire("sejours", "lister")
        assert "remis dans la boîte" in dire("sejours", "relancer", reference.lower())
        assert dire("courriels", "envoyer", "--une-fois", **env).startswith("Envoyés : 1. ")
        assert reference in serveur.messages[0]["Subject"]
    assert "partie, sans réponse" in dire("sejours", "lister") and "06 39 98 30 30" in dire("sejours", "voir", reference)
    assert json.loads(dire("donnees", "exporter", reference))["demande"]["prenom"] == "=Lou"
    assert "est close" in dire("sejours", "cloturer", reference, "--issue", "complet") and "plus de place" in dire("sejours", "lister")
    tableau = tmp_path / "demandes.csv"
    assert "mineurs" in dire("sejours", "exporter", str(tableau))
    with tableau.open(encoding="utf-8-sig", newline="") as lu:
        lignes = [ligne for ligne in csv.DictReader(lu, delimiter=";") if ligne["reference"] == reference]
    assert lignes[0]["prenom"] == "'=Lou" and oct(tableau.stat().st_mode & 0o777) == "0o600"
    assert "message de retrait" in dire("donnees", "effacer", reference) and "Il n'y a pas" in dire("donnees", "effacer", reference)
    moteur.dispose()


def test_la_production_exige_de_quoi_transmettre(base_chargee: str) -> None:
    sortie = etabli("verifier", ETABLI_BASE=base_chargee, ETABLI_MODE="production").stdout
    assert "NON  Courrier : donne ETABLI_SMTP_HOTE, ETABLI_EXPEDITEUR, ETABLI_RELAIS, ETABLI_RESPONSABLE" in sortie
    regle = {"ETABLI_SMTP_HOTE": "mail.example.org", "ETABLI_EXPEDITEUR": "a@example.org", "ETABLI_RELAIS": "b@example.org", "ETABLI_RESPONSABLE": "X"}
    assert "oui  Courrier" in etabli("verifier", ETABLI_BASE=base_chargee, ETABLI_MODE="production", **regle).stdout
