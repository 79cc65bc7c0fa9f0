"""Requests on a real SQLite file with the real schools: once each, refused without consent, erased for good."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import sessionmaker

from bot.conservation import purger
from bot.francais.references import lire_reference
from bot.reglages import lire_reglages
from bot.sejours.demandes import Demande, DemandeRefusee, enregistrer
from bot.sejours.effacement import effacer
from bot.sejours.modeles import CompteSejour, DemandeSejour, Pli
from tests.sejours.conftest import YANIS


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
    assert effacer(fabrique, accuse.reference).trouvee and not effacer(fabrique, accuse.reference).trouvee
    with fabrique() as session:
        session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    octets = b"".join(f.read_bytes() for f in base.parent.glob("etabli.db*"))
    assert "Zéphyrin-Canari".encode() not in octets and b"06 39 98 77 66" not in octets


def test_une_demande_et_ses_courriels_sont_ecrits_ensemble(fabrique: sessionmaker) -> None:
    avec_mail = enregistrer(fabrique, replace(YANIS, courriel="yanis@example.org"))
    essai = enregistrer(fabrique, replace(YANIS, essai=True))
    with fabrique() as session:
        plis = session.execute(select(Pli.reference, Pli.genre, Pli.message_id).order_by(Pli.id)).all()
    ref = avec_mail.reference
    assert plis == [
        (ref, "demande", f"<demande.{ref.lower()}@sejours.etabli>"),
        (ref, "confirmation", f"<confirmation.{ref.lower()}@sejours.etabli>"),
    ]
    assert not essai.deja and essai.reference != ref


def test_si_le_courriel_ne_s_ecrit_pas_la_demande_non_plus(fabrique: sessionmaker) -> None:
    with fabrique() as session, session.begin():
        session.execute(text("CREATE TRIGGER plein BEFORE INSERT ON plis BEGIN SELECT RAISE(ABORT, 'plein'); END"))
    try:
        with pytest.raises(Exception, match="plein"):
            enregistrer(fabrique, YANIS)
    finally:
        with fabrique() as session, session.begin():
            session.execute(text("DROP TRIGGER plein"))
    with fabrique() as session:
        assert session.scalars(select(DemandeSejour)).all() == []


def test_les_demandes_trop_vieilles_ne_sont_plus_qu_un_compte(fabrique: sessionmaker, base: Path) -> None:
    enregistrer(fabrique, YANIS)
    vieilles = [enregistrer(fabrique, replace(YANIS, prenom=prenom)) for prenom in ("Inès", "Lou")]
    essai = enregistrer(fabrique, replace(YANIS, prenom="Test", essai=True))
    il_y_a_longtemps = datetime.utcnow() - timedelta(days=200)
    with fabrique() as session, session.begin():
        for accuse in (*vieilles, essai):
            session.get(DemandeSejour, accuse.reference).cree_le = il_y_a_longtemps
    assert purger(replace(lire_reglages(), base=f"sqlite:///{base}"), datetime.utcnow()).demandes == 3
    with fabrique() as session:
        assert [d.prenom for d in session.scalars(select(DemandeSejour))] == ["Yanis"]
        assert len(session.scalars(select(Pli)).all()) == 1
        compte = session.scalars(select(CompteSejour)).one()
    assert (compte.mois, compte.ecole_id, compte.demandeur, compte.nombre) == (il_y_a_longtemps.strftime("%Y-%m"), "edp002", "jeune", 2)
    assert "Inès".encode() not in b"".join(f.read_bytes() for f in base.parent.glob("etabli.db*"))


@pytest.mark.parametrize(
    "texte, lue",
    [
        ("efface ET-ABC234", "ET-ABC234"), ("et abc234 svp", "ET-ABC234"), ("ETABCDEF", "ET-ABCDEF"), ("des nouvelles et-abcdef", "ET-ABCDEF"),
        ("et demain ?", None), ("et stages", None), ("ET-ABC10O", None), ("", None),
    ],
)  # fmt: skip
def test_une_reference_se_lit_comme_on_l_ecrit(texte: str, lue: str | None) -> None:
    assert lire_reference(texte) == lue
