"""Canaries: details typed in a whole conversation stand in the request and nowhere else; after erasure, nowhere at all.

The real bot and the real pages' process, as two processes on one SQLite file, with a real SMTP server behind them.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from bot.cli.servir import services
from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE, SUR_PLACE
from tests.conftest import _en_marche, _ports_libres
from tests.sejours.conftest import Serveur, attendre

PRENOM, TELEPHONE, COURRIEL = "Zéphyrin", "06 39 98 71 53", "zeph.canari@example.org"
TRACES = (PRENOM, PRENOM.lower(), "zephyrin", TELEPHONE, "0639987153", "06.39.98.71.53", COURRIEL, "zeph.canari")


@dataclass(frozen=True)
class Service:
    """The whole service as its owner sees it: an address, a folder with its database and logs, the mails that left."""

    adresse: str
    pages: str
    dossier: Path
    serveur: Serveur

    def dire(self, expediteur: str, *messages: str) -> str:
        """Say these one after the other; the texts of the last answer. « [Envoyer] » presses the button of that title."""
        textes = ""
        for message in messages:
            texte = message.strip("[]") if message.startswith("[") else message
            reponse = httpx.post(f"{self.adresse}/webhooks/rest/webhook", json={"sender": expediteur, "message": texte}, timeout=60)
            textes = "\n".join(m.get("text", "") + " " + " ".join(b["title"] for b in m.get("buttons") or []) for m in reponse.json())
        return textes

    def tables(self) -> dict[str, str]:
        connexion = sqlite3.connect(self.dossier / "etabli.db")
        connexion.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        noms = [nom for (nom,) in connexion.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        contenus = {nom: json.dumps(connexion.execute(f"SELECT * FROM {nom}").fetchall(), ensure_ascii=False) for nom in noms}
        # Events are JSON inside a column, where accents are escaped.
        contenus["events"] += "".join(json.dumps(json.loads(d), ensure_ascii=False) for (d,) in connexion.execute("SELECT data FROM events"))
        connexion.close()
        return contenus

    def octets(self) -> str:
        """The raw bytes of the database and of the logs, as both text and escaped JSON would show a name."""
        brut = b"".join(f.read_bytes() for f in sorted(self.dossier.iterdir()) if f.is_file())
        return brut.decode("utf-8", "replace") + brut.replace(b"\\\\u", b"\\u").decode("unicode_escape", "replace")


def ou(texte: str) -> list[str]:
    return [trace for trace in TRACES if trace in texte]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, modele_a_jour: None) -> Iterator[Service]:
    dossier = tmp_path_factory.mktemp("canari")
    charger_base(f"sqlite:///{dossier / 'etabli.db'}", RACINE / "data" / "ecoles")
    port, port_pages = _ports_libres(2)
    with Serveur() as serveur:
        reglages = replace(
            serveur.reglages(f"sqlite:///{dossier / 'etabli.db'}"), port=port, port_pages=port_pages, actions=SUR_PLACE,
            adresse_publique=f"http://127.0.0.1:{port_pages}",
        )  # fmt: skip
        moteur, pages = services(reglages)
        with _en_marche(moteur, dossier), _en_marche(pages, dossier):
            yield Service(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port_pages}", dossier, serveur)


def demander(service: Service, expediteur: str, contact: str = TELEPHONE) -> str:
    """A whole request, hesitations included; the reference."""
    service.dire(expediteur, f"slt moi c'est {PRENOM} et je cherche de l'usinage vers besançon", "je veux y aller", "16 ans", PRENOM.lower())
    textes = service.dire(expediteur, "c'est payant ?", contact)
    for _ in range(6):  # the form may ask optional questions: skipped
        if "Envoyer" in textes or "Relis" in textes:
            break
        textes = service.dire(expediteur, "[Passer]" if "Passer" in textes else "oui je suis d'accord")
    assert PRENOM in textes, textes
    textes = service.dire(expediteur, "[Envoyer]")
    assert "ET-" in textes, textes
    return "ET-" + textes.split("ET-")[1][:6]


@pytest.mark.parametrize("contact", ["0639987153", COURRIEL], ids=["téléphone", "courriel"])
def test_le_canari_n_est_que_dans_la_demande_puis_nulle_part(service: Service, contact: str) -> None:
    expediteur = uuid.uuid4().hex
    reference = demander(service, expediteur, contact)
    # Only the request holds the details: not the outbox, not the conversation, not what is alive in memory, not the logs.
    tables = service.tables()
    assert PRENOM in tables.pop("demandes_sejour")
    assert {nom: ou(contenu) for nom, contenu in tables.items() if ou(contenu)} == {}
    assert expediteur not in json.dumps([c for nom, c in tables.items() if nom != "events"])
    vivant = httpx.get(f"{service.adresse}/webhooks/rest/dernier_tour/{expediteur}").text
    assert ou(vivant) == [] and reference in vivant
    journaux = "".join(f.read_text(errors="replace") for f in service.dossier.glob("*.log"))
    assert ou(journaux) == [] and expediteur not in journaux
    # The school gets them, once.
    assert attendre(lambda: any(reference in m["Subject"] and m["To"] == "relais@example.org" for m in service.serveur.messages), 20)
    # Erased: the conversation asks first, then nothing is left, in tables or in free bytes.
    assert "définitif" in service.dire(expediteur, "efface mes données")
    assert PRENOM in service.tables()["demandes_sejour"]
    assert "déjà partie" in service.dire(expediteur, "oui")
    assert {nom: ou(contenu) for nom, contenu in service.tables().items() if ou(contenu)} == {}
    assert ou(service.octets()) == [] and expediteur not in service.octets()
    assert attendre(lambda: any("retirée" in m["Subject"] and reference in m["Subject"] for m in service.serveur.messages), 20)
    assert "Je n'ai pas de demande" in service.dire(uuid.uuid4().hex, f"des nouvelles {reference} ?")


@pytest.mark.parametrize("fin", [["annule"], ["efface mes données", "oui"], ["efface mes données", "annule"], ["on recommence tout"]], ids=" puis ".join)
def test_une_demande_abandonnee_ne_laisse_rien_non_plus(service: Service, fin: list[str]) -> None:
    expediteur = uuid.uuid4().hex
    service.dire(expediteur, "usinage a besancon", "je veux y aller", "16 ans", PRENOM, TELEPHONE)
    assert PRENOM in service.tables()["events"] and TELEPHONE in service.octets()  # while it is being asked, and so the test can fail
    service.dire(expediteur, *fin)
    assert {nom: ou(contenu) for nom, contenu in service.tables().items() if ou(contenu)} == {}
    assert ou(httpx.get(f"{service.adresse}/webhooks/rest/dernier_tour/{expediteur}").text) == []
    assert ou(service.octets()) == []


def test_la_personne_lit_la_reponse_de_l_ecole(service: Service) -> None:
    expediteur = uuid.uuid4().hex
    reference = demander(service, expediteur)
    assert attendre(lambda: any(reference in m["Subject"] for m in service.serveur.messages), 20)
    assert "partie" in service.dire(expediteur, "des nouvelles ?")
    message = next(m for m in service.serveur.messages if reference in m["Subject"])
    lien = next(mot for mot in message.get_body(("plain",)).get_content().split() if mot.startswith(service.pages))
    page = httpx.get(lien)
    assert page.status_code == 200 and ou(page.text) == []
    sceau = page.text.split('name="sceau" value="')[1].split('"')[0]
    assert "partie" in service.dire(expediteur, "des nouvelles ?")  # looking at the page answers nothing
    assert "Réponse enregistrée" in httpx.post(lien, data={"sceau": sceau, "reponse": "acceptee"}).text
    assert "Bonne nouvelle" in service.dire(uuid.uuid4().hex, f"des nouvelles de ma demande {reference.lower()}")


def test_un_oui_ailleurs_n_efface_rien(service: Service) -> None:
    expediteur = uuid.uuid4().hex
    service.dire(expediteur, "efface mes données", "c'est quoi une école de production", "oui", "/confirmer_effacement")
    assert expediteur in service.tables()["events"]
    assert "touche à rien" in service.dire(expediteur, "efface mes données", "non")
