"""Requests on a real SQLite file with the real schools: once each, refused without consent, erased for good."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import sessionmaker

from bot.base import fabrique_de_sessions, ouvrir
from bot.conservation import purger
from bot.ecoles.chargement import charger_base
from bot.reglages import RACINE
from bot.sejours.demandes import Demande, DemandeRefusee, enregistrer
from bot.sejours.effacement import effacer, lire_reference
from bot.sejours.modeles import DemandeSejour

YANIS = Demande("edp002", 16, False, "Yanis", "06 39 98 00 01", "", True)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    fichier = tmp_path_factory.mktemp("base") / "etabli.db"
    charger_base(f"sqlite:///{fichier}", RACINE / "data" / "ecoles")
    return fichier


@pytest.fixture
def fabrique(base: Path) -> Iterator[sessionmaker]:
    moteur = ouvrir(f"sqlite:///{base}")
    fabrique = fabrique_de_sessions(moteur)
    yield fabrique
    with fabrique() as session, session.begin():
        session.query(DemandeSejour).delete()
    moteur.dispose()


def test_la_meme_demande_n_est_qu_une_ligne(fabrique: sessionmaker) -> None:
    premiere = enregistrer(fabrique, YANIS)
    seconde = enregistrer(fabrique, replace(YANIS, prenom="YANIS"))
    assert (premiere.deja, seconde.deja) == (False, True)
    assert premiere.reference == seconde.reference
    with fabrique() as session:
        (ligne,) = session.scalars(select(DemandeSejour)).all()
    assert (ligne.prenom, ligne.age, ligne.telephone, ligne.statut) == ("Yanis", 16, "06 39 98 00 01", "notee")


def test_vingt_doubles_clics_en_meme_temps_font_une_demande(fabrique: sessionmaker) -> None:
    references: list[str] = []
    fils = [threading.Thread(target=lambda: references.append(enregistrer(fabrique, YANIS).reference)) for _ in range(20)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert len(references) == 20 and len(set(references)) == 1


@pytest.mark.parametrize(
    "demande",
    [replace(YANIS, consentement=False), replace(YANIS, telephone=""), replace(YANIS, age=14)],
    ids=["sans accord", "sans contact", "14 ans seul"],
)
def test_rien_n_est_enregistre_sans_ce_qu_il_faut(fabrique: sessionmaker, demande: Demande) -> None:
    with pytest.raises(DemandeRefusee):
        enregistrer(fabrique, demande)
    with fabrique() as session:
        assert session.scalars(select(DemandeSejour)).all() == []


def test_pour_un_enfant_de_14_ans_rien_n_est_garde_de_l_enfant(fabrique: sessionmaker) -> None:
    enregistrer(fabrique, replace(YANIS, age=14, par_un_parent=True, prenom="Nadia"))
    with fabrique() as session:
        ligne = session.scalars(select(DemandeSejour)).one()
    assert (ligne.demandeur, ligne.age, ligne.prenom) == ("parent", None, "Nadia")


def test_effacer_ne_laisse_aucune_trace_dans_le_fichier(fabrique: sessionmaker, base: Path) -> None:
    accuse = enregistrer(fabrique, replace(YANIS, prenom="Zéphyrin-Canari", telephone="06 39 98 77 66"))
    assert lire_reference(f"efface ma demande {accuse.reference.lower()} stp") == accuse.reference
    assert effacer(fabrique, accuse.reference) and not effacer(fabrique, accuse.reference)
    with fabrique() as session:
        session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    octets = b"".join(f.read_bytes() for f in base.parent.glob("etabli.db*"))
    assert "Zéphyrin-Canari".encode() not in octets and b"06 39 98 77 66" not in octets


def test_les_demandes_trop_vieilles_partent_seules(fabrique: sessionmaker, base: Path) -> None:
    enregistrer(fabrique, YANIS)
    vieille = enregistrer(fabrique, replace(YANIS, prenom="Inès"))
    with fabrique() as session, session.begin():
        session.get(DemandeSejour, vieille.reference).cree_le = datetime.utcnow() - timedelta(days=200)
    assert purger(f"sqlite:///{base}", datetime.utcnow()).demandes == 1
    with fabrique() as session:
        assert [d.prenom for d in session.scalars(select(DemandeSejour))] == ["Yanis"]
