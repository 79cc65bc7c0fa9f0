"""The fast search gives exactly what measuring every school one by one gives."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles import candidats
from bot.ecoles.candidats import AUCUN, Criteres, Trouves, au_plus_pres, autour, dans_le_lieu
from bot.ecoles.distance import distance_km
from bot.ecoles.modeles import OUVERTE, Ecole, Enseignement, Metier
from bot.ecoles.presentation import montrer
from bot.migrations import migrer

ORIGINES = [(48.85, 2.35), (43.3, 5.4), (-21.1, 55.5), (51.0, 2.4), (42.5, 3.0)]
SOURCE = {"source": "école inventée", "date_source": "2026-11-26"}
VIDES = dict.fromkeys("adresse code_postal commune site uai contrat cout hebergement ouverture url_onisep confiance note".split(), "")


@pytest.fixture(scope="module")
def dense(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """4,000 schools around five places, so many that the database has to count."""
    url = f"sqlite:///{tmp_path_factory.mktemp('dense') / 'dense.db'}"
    migrer(url)
    hasard = random.Random(3)
    with fabrique_de_sessions(ouvrir(url))() as session:
        metiers = ("usinage", "soudure")
        listes = {"titre": "t", "famille": "f", "voisins": (), "diplomes": (), "candidats": (), "enseigne": True}
        session.execute(insert(Metier.__table__), [SOURCE | listes | {"cle": cle} for cle in metiers])
        ecoles, enseignements = [], []
        for rang in range(4000):
            latitude, longitude = (coordonnee + hasard.gauss(0, 0.6) for coordonnee in ORIGINES[rang % 5])
            place = {"latitude": latitude, "longitude": longitude, "statut": OUVERTE}
            cle = f"e{rang:04d}"
            ecoles.append(SOURCE | VIDES | place | {"id": cle, "nom": "École", "autres_noms": (), "position_exacte": True})
            for metier in metiers[: 1 + rang % 2]:
                enseignements.append(SOURCE | place | {"ecole_id": cle, "metier": metier, "rang": 0})
        session.execute(insert(Ecole.__table__), ecoles)
        session.execute(insert(Enseignement.__table__), enseignements)
        session.commit()
        yield session


@pytest.mark.parametrize("metiers", [None, ("usinage",), ("usinage", "soudure")])
@pytest.mark.parametrize("rayon", [10, 30, 60, 100, 200])
def test_le_compte_et_les_plus_proches_sont_exacts(dense: Session, metiers: tuple[str, ...] | None, rayon: float) -> None:
    toutes = dense.execute(select(Ecole.id, Ecole.latitude, Ecole.longitude)).all()
    exclue = "e0000"
    for origine in ORIGINES:
        vraies = sorted((distance_km(*origine, lat, lon), cle) for cle, lat, lon in toutes if cle != exclue)
        dedans = [cle for km, cle in vraies if km <= rayon]
        trouves = autour(dense, Criteres(metiers, exclure=frozenset({exclue})), origine, rayon, 3)
        assert (list(trouves.ids), trouves.total) == (dedans[:3], min(len(dedans), candidats.PLAFOND))


def test_les_deux_chemins_donnent_la_meme_chose(dense: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    rapide = [autour(dense, Criteres(("soudure",)), origine, 60, 5) for origine in ORIGINES]
    monkeypatch.setattr(candidats, "DENSE", 10_000)
    assert rapide == [autour(dense, Criteres(("soudure",)), origine, 60, 5) for origine in ORIGINES]


def test_en_france_les_plus_proches_d_abord(dense: Session) -> None:
    trouves = dans_le_lieu(dense, Criteres(("soudure",)), ORIGINES[1], 2)
    partout = autour(dense, Criteres(("soudure",)), ORIGINES[1], 200, 2)
    assert trouves.ids == partout.ids and trouves.total == 2000


def test_un_compte_trop_grand_s_arrete_et_le_dit(dense: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = autour(dense, Criteres(), ORIGINES[0], 100, 3)
    monkeypatch.setattr(candidats, "PLAFOND", 350)
    arrete = autour(dense, Criteres(), ORIGINES[0], 100, 3)
    assert exact.total > 350 and not exact.davantage
    assert arrete == Trouves(exact.ids, 350, True)


RAYONS = (30, 60, 100, 200)


def _de_proche_en_proche(session: Session, criteres: Criteres, origine: tuple[float, float]) -> tuple[Trouves, float | None]:
    for rayon in RAYONS:
        if (trouves := autour(session, criteres, origine, rayon, 3)).total:
            return trouves, rayon
    return AUCUN, None


@pytest.mark.parametrize("dense_a_partir_de", [1, 50, 10_000])
def test_le_plus_petit_cercle_qui_a_une_ecole(dense: Session, monkeypatch: pytest.MonkeyPatch, dense_a_partir_de: int) -> None:
    monkeypatch.setattr(candidats, "DENSE", dense_a_partir_de)
    rayons_vus = set()
    for origine in [*ORIGINES, (47.0, 2.4), (46.6, 2.4), (44.3, 3.0), (45.5, -1.0), (40.0, -10.0)]:
        trouves = au_plus_pres(dense, Criteres(("soudure",)), origine, RAYONS, 3)
        assert trouves == _de_proche_en_proche(dense, Criteres(("soudure",)), origine)
        rayons_vus.add(trouves[1])
    assert {30, None} < rayons_vus and rayons_vus & {60, 100, 200}


@pytest.mark.parametrize("metiers", [None, ("usinage",), ("usinage", "soudure")])
@pytest.mark.parametrize("lieu", [{"commune": ORIGINES[0]}, {"region": "84"}])
def test_aucune_table_n_est_lue_en_entier(dense: Session, metiers: tuple[str, ...] | None, lieu: dict[str, object]) -> None:
    lues: list[tuple[str, object]] = []

    def noter(_connexion: object, _curseur: object, texte: str, valeurs: object, *_: object) -> None:
        lues.append((texte, valeurs))

    moteur = dense.get_bind()
    event.listen(moteur, "before_cursor_execute", noter)
    try:
        criteres = Criteres(metiers, region=lieu.get("region"))
        if "commune" in lieu:
            au_plus_pres(dense, criteres, lieu["commune"], RAYONS, 3, 100)
        else:
            dans_le_lieu(dense, criteres, None, 3, annonces=True)
        montrer(dense, ["e0001", "e0002"])
    finally:
        event.remove(moteur, "before_cursor_execute", noter)
    assert len(lues) >= 2
    for texte, valeurs in lues:
        etapes = [ligne[-1] for ligne in dense.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {texte}", valeurs)]
        assert not [etape for etape in etapes if re.match(r"SCAN (ecoles|enseignements|formations)", etape)], (texte, etapes)
