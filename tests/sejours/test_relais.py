"""The outbox and its relay, against real SMTP servers: at least once, one Message-ID, never forgotten, never sent by two at once."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import sessionmaker

from bot.sejours.boite import PAUSES
from bot.sejours.demandes import enregistrer
from bot.sejours.effacement import effacer
from bot.sejours.gestion import relancer
from bot.sejours.modeles import DemandeSejour, Pli
from bot.sejours.relais import Bilan, Relais, genres_envoyables
from bot.sejours.reponses_ecole import repondre, sceau
from tests.sejours.conftest import YANIS, Serveur


def derouler(jeu: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: the browser tests leave an event loop running in this one."""
    with ThreadPoolExecutor(1) as fil:
        return fil.submit(asyncio.run, jeu).result()


def envoyer(fabrique: sessionmaker, base: Path, serveur: Serveur, **courrier: object) -> Bilan:
    return derouler(Relais(fabrique, serveur.reglages(f"sqlite:///{base}", **courrier)).une_fois())


def plis(fabrique: sessionmaker) -> list[Pli]:
    with fabrique() as session:
        return list(session.scalars(select(Pli).order_by(Pli.id)))


def avancer(fabrique: sessionmaker, duree: timedelta) -> None:
    """As if this much time had passed for the outbox."""
    with fabrique() as session, session.begin():
        for pli in session.scalars(select(Pli)):
            pli.prochain_le -= duree
            if pli.bail_jusqu_a:
                pli.bail_jusqu_a -= duree


def test_la_demande_part_au_relais_et_la_confirmation_a_la_personne(fabrique: sessionmaker, base: Path, serveur: Serveur) -> None:
    accuse = enregistrer(fabrique, replace(YANIS, courriel="yanis@example.org", periode="la semaine du 12 janvier", motif="j'aime le bois"))
    assert envoyer(fabrique, base, serveur) == Bilan(envoyes=2)
    ecole, personne = sorted(serveur.messages, key=lambda m: m["To"] != "relais@example.org")
    assert (ecole["To"], ecole["Reply-To"], personne["To"], personne["Reply-To"]) == ("relais@example.org", "yanis@example.org", "yanis@example.org", None)
    for partie in ("plain", "html"):
        texte = ecole.get_body((partie,)).get_content()
        for attendu in ("Yanis", "16 ans", "06 39 98 00 01", "la semaine du 12 janvier", accuse.reference, "http://etabli.test/ecole/"):
            assert attendu in texte.replace("&#39;", "'"), (partie, attendu)
    assert "06 39 98 00 01" not in personne.as_string() and accuse.reference in personne.get_body(("plain",)).get_content()
    with fabrique() as session:
        assert session.get(DemandeSejour, accuse.reference).statut == "transmise"
    assert envoyer(fabrique, base, serveur) == Bilan()


@pytest.mark.parametrize("humeur", ["refuse", "pend", "coupe"])
def test_un_serveur_en_panne_est_reessaye_jusqu_a_ce_que_ca_passe(fabrique: sessionmaker, base: Path, serveur: Serveur, humeur: str) -> None:
    accuse = enregistrer(fabrique, YANIS)
    serveur.humeur = humeur
    assert envoyer(fabrique, base, serveur) == Bilan(remis=1)
    (pli,) = plis(fabrique)
    assert pli.etat == "a_envoyer" and pli.erreur and pli.prochain_le > datetime.utcnow() + timedelta(seconds=50)
    serveur.humeur = "accepte"
    assert envoyer(fabrique, base, serveur) == Bilan()  # not before its time
    avancer(fabrique, timedelta(minutes=1))
    assert envoyer(fabrique, base, serveur) == Bilan(envoyes=1)
    assert {m["Message-ID"] for m in serveur.messages} == {f"<demande.{accuse.reference.lower()}@sejours.etabli>"}


def test_les_pauses_grandissent_puis_le_courriel_est_abandonne_et_relance(fabrique: sessionmaker, base: Path, serveur: Serveur) -> None:
    accuse = enregistrer(fabrique, YANIS)
    serveur.humeur = "refuse"
    attentes = []
    for pause in PAUSES:
        assert envoyer(fabrique, base, serveur) == Bilan(remis=1)
        attentes.append(round((plis(fabrique)[0].prochain_le - datetime.utcnow()).total_seconds() / 60))
        avancer(fabrique, timedelta(minutes=pause))
    assert attentes == list(PAUSES)
    assert envoyer(fabrique, base, serveur) == Bilan(abandonnes=1)
    assert (plis(fabrique)[0].etat, plis(fabrique)[0].erreur) == ("abandonne", "le serveur a dit 451")
    serveur.humeur = "accepte"
    assert relancer(fabrique, accuse.reference) == 1
    assert envoyer(fabrique, base, serveur) == Bilan(envoyes=1)


def test_un_refus_definitif_est_abandonne_tout_de_suite(fabrique: sessionmaker, base: Path, serveur: Serveur) -> None:
    enregistrer(fabrique, YANIS)
    serveur.humeur = "rejette"
    assert envoyer(fabrique, base, serveur) == Bilan(abandonnes=1)


def test_deux_relais_ensemble_n_envoient_chaque_courriel_qu_une_fois(fabrique: sessionmaker, base: Path, serveur: Serveur) -> None:
    for numero in range(30):
        enregistrer(fabrique, replace(YANIS, prenom=f"Yanis {numero}"))
    reglages = serveur.reglages(f"sqlite:///{base}")

    async def ensemble() -> list[Bilan]:
        return await asyncio.gather(*(Relais(fabrique, reglages).une_fois() for _ in range(3)))

    bilans = derouler(ensemble())
    assert sum(b.envoyes for b in bilans) == 30 and len({m["Message-ID"] for m in serveur.messages}) == len(serveur.messages) == 30


def test_un_relais_mort_en_chemin_est_remplace_apres_son_bail(fabrique: sessionmaker, base: Path, serveur: Serveur) -> None:
    enregistrer(fabrique, YANIS)
    with fabrique() as session, session.begin():
        session.execute(update(Pli).values(bail_porteur="mort", bail_jusqu_a=datetime.utcnow() + timedelta(seconds=30)))
    assert envoyer(fabrique, base, serveur) == Bilan()
    avancer(fabrique, timedelta(seconds=31))
    assert envoyer(fabrique, base, serveur) == Bilan(envoyes=1)


def test_sans_relais_ni_serveur_les_demandes_attendent(fabrique: sessionmaker, base: Path, serveur: Serveur) -> None:
    enregistrer(fabrique, replace(YANIS, courriel="yanis@example.org"))
    assert envoyer(fabrique, base, serveur, relais="") == Bilan(envoyes=1)  # the confirmation only
    assert envoyer(fabrique, base, serveur, hote="") == Bilan()
    assert genres_envoyables(serveur.reglages("sqlite://", expediteur="").courrier) == ()
    assert [(p.genre, p.etat) for p in plis(fabrique)] == [("demande", "a_envoyer"), ("confirmation", "envoye")]


def test_effacer_une_demande_deja_partie_envoie_un_retrait_sans_rien_de_la_personne(fabrique: sessionmaker, base: Path, serveur: Serveur) -> None:
    accuse = enregistrer(fabrique, replace(YANIS, prenom="Zéphyrin"))
    envoyer(fabrique, base, serveur)
    assert effacer(fabrique, accuse.reference).deja_partie
    assert envoyer(fabrique, base, serveur) == Bilan(envoyes=1)
    retrait = serveur.messages[-1]
    entier = retrait.as_string() + "".join(retrait.get_body((p,)).get_content() for p in ("plain", "html"))
    assert accuse.reference in retrait["Subject"] and not {"Zéphyrin", "06 39 98 00 01"} & set(entier.split()) and "Zéphyrin" not in entier
    assert retrait["References"] == serveur.messages[0]["Message-ID"] != retrait["Message-ID"]


def test_effacer_une_demande_pas_partie_ne_laisse_aucun_courriel(fabrique: sessionmaker) -> None:
    accuse = enregistrer(fabrique, YANIS)
    assert not effacer(fabrique, accuse.reference).deja_partie
    assert plis(fabrique) == []


def test_la_reponse_de_l_ecole_est_ecrite_a_la_personne_et_le_rappel_a_l_ecole(fabrique: sessionmaker, base: Path, serveur: Serveur) -> None:
    accuse = enregistrer(fabrique, replace(YANIS, courriel="yanis@example.org"))
    envoyer(fabrique, base, serveur)
    assert relancer(fabrique, accuse.reference) == 0
    envoyer(fabrique, base, serveur)
    assert "attend" in serveur.messages[-1]["Subject"]
    repondre(fabrique, "s", accuse.reference, sceau("s", accuse.reference), "complet", datetime.utcnow())
    envoyer(fabrique, base, serveur)
    assert serveur.messages[-1]["To"] == "yanis@example.org"
    assert "plus de place" in serveur.messages[-1].get_body(("plain",)).get_content()
    assert relancer(fabrique, accuse.reference) is None
