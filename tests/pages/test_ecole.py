"""The page where a school answers: GET only shows, one POST counts, nothing forged passes, a reader of screens can use it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from sqlalchemy.orm import sessionmaker
from starlette.testclient import TestClient

from bot.base import fabrique_de_sessions, ouvrir
from bot.pages import ecole, ressources
from bot.pages.application import application
from bot.reglages import lire_reglages
from bot.sejours.demandes import Demande, enregistrer
from bot.sejours.effacement import effacer
from bot.sejours.modeles import DemandeSejour
from bot.sejours.reponses_ecole import LienRefuse, lien_de_reponse, reference_du_lien
from tests.sejours.test_hostiles import MECHANTES, mille_valeurs

SECRET = "secret-des-essais"
YANIS = Demande("edp002", 16, False, "<i>Yanis</i>", "06 39 98 00 01", "", True)


@pytest.fixture
def fabrique(base_chargee: str) -> Iterator[sessionmaker]:
    moteur = ouvrir(base_chargee)
    yield fabrique_de_sessions(moteur)
    moteur.dispose()


@pytest.fixture
def client(base_chargee: str, fabrique: sessionmaker, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Settings are read once per process: these stand in for the environment, the rest is the real application."""
    reglages = replace(lire_reglages(), base=base_chargee, secret=SECRET)
    for module in (ecole, ressources):
        monkeypatch.setattr(module, "reglages", lambda: reglages)
    monkeypatch.setattr(ecole, "sessions", lambda: fabrique)
    return TestClient(application())


@pytest.fixture
def reference(fabrique: sessionmaker) -> str:
    return enregistrer(fabrique, replace(YANIS, prenom=f"Yanis {random.random()}")).reference


def chemin(reference: str, secret: str = SECRET) -> str:
    return lien_de_reponse(secret, "", reference)


def sceau_de(page: str) -> str:
    trouve = re.search(r'name="sceau" value="([^"]+)"', page)
    assert trouve
    return trouve[1]


def reponse_gardee(fabrique: sessionmaker, reference: str) -> str:
    with fabrique() as session:
        return session.get(DemandeSejour, reference).reponse


def test_regarder_ne_repond_pas_et_la_premiere_reponse_reste(client: TestClient, fabrique: sessionmaker, reference: str) -> None:
    for _ in range(3):  # mail scanners
        page = client.get(chemin(reference))
    assert page.status_code == 200 and reponse_gardee(fabrique, reference) == ""
    assert "Yanis" not in page.text and "06 39" not in page.text
    assert page.headers["referrer-policy"] == "no-referrer" and "frame-ancestors 'none'" in page.headers["content-security-policy"]
    corps = {"sceau": sceau_de(page.text), "reponse": "complet"}
    assert "plus de place" in client.post(chemin(reference), data=corps).text
    assert "plus de place" in client.post(chemin(reference), data={**corps, "reponse": "acceptee"}).text
    assert reponse_gardee(fabrique, reference) == "complet" and "plus de place" in client.get(chemin(reference)).text


def test_ce_qui_est_force_est_refuse_en_francais(client: TestClient, fabrique: sessionmaker, reference: str) -> None:
    autre = enregistrer(fabrique, replace(YANIS, prenom="Lina")).reference
    bon, sceau_d_autre = sceau_de(client.get(chemin(reference)).text), sceau_de(client.get(chemin(autre)).text)
    assert client.get(chemin(reference, "autre-secret")).status_code == 404
    for corps in ({}, {"reponse": "complet"}, {"sceau": sceau_d_autre, "reponse": "complet"}, {"sceau": bon, "reponse": "<b>"}, {"sceau": reference}):
        refus = client.post(chemin(reference), data=corps)
        assert refus.status_code in (400, 413) and "pas valable" in refus.text
    assert client.post(chemin(reference), data={"sceau": bon, "reponse": "x" * 10_000}).status_code == 413
    assert reponse_gardee(fabrique, reference) == ""


def test_une_demande_effacee_le_dit(client: TestClient, fabrique: sessionmaker, reference: str) -> None:
    sceau = sceau_de(client.get(chemin(reference)).text)
    effacer(fabrique, reference)
    assert client.get(chemin(reference)).status_code == 410
    refus = client.post(chemin(reference), data={"sceau": sceau, "reponse": "complet"})
    assert refus.status_code == 410 and "n'existe plus" in refus.text.replace("&#39;", "'")


def test_mille_liens_hostiles(client: TestClient) -> None:
    for valeur in mille_valeurs():
        with pytest.raises(LienRefuse):
            reference_du_lien(SECRET, valeur)
    for valeur in MECHANTES:
        page = client.get("/ecole/" + quote(valeur[:500].encode("utf-8", "replace"), safe="") + "x")
        assert page.status_code == 404 and "<script>" not in page.text and "onerror" not in page.text
