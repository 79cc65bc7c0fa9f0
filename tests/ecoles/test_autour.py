"""The fast search gives exactly what measuring every school one by one gives, on both engines."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from bot.base import fabrique_de_sessions, ouvrir
from bot.ecoles import autour, cercle
from bot.ecoles.autour import au_plus_pres
from bot.ecoles.conditions import Criteres
from bot.ecoles.distance import distance_km
from bot.ecoles.lieux import Point
from bot.ecoles.modeles import FERMEE, OUVERTE, PROJET, Ecole, Enseignement, Metier
from bot.ecoles.presentation import montrer
from bot.ecoles.resultat import Trouves
from bot.ecoles.zones import dans_le_lieu, les_plus_proches
from bot.migrations import migrer
from tests.ecoles.conftest import base_postgres

VILLES = [(48.85, 2.35), (43.3, 5.4), (-21.1, 55.5), (51.0, 2.4), (4.9, -52.3)]
RAYONS = (30, 60, 100, 200)
METIERS = ("usinage", "soudure", "bijouterie")
SOURCE = {"source": "école inventée", "date_source": "2026-11-26"}
VIDES = dict.fromkeys("adresse code_postal commune site uai contrat cout hebergement ouverture url_onisep confiance note".split(), "")


@dataclass(frozen=True)
class Inventee:
    id: str
    position: Point | None
    statut: str
    metiers: tuple[str, ...]
    region: str


def inventer(hasard: random.Random) -> list[Inventee]:
    """Crowds and deserts, 300 schools at one place, pairs at the same distance, schools of unknown place, projects."""
    inventees = []
    for rang in range(3000):
        ville = VILLES[rang % 5]
        etendue = hasard.choice((0.02, 0.2, 0.6))
        position: Point | None = (ville[0] + hasard.gauss(0, etendue), ville[1] + hasard.gauss(0, etendue))
        if rang % 10 == 0:
            position = VILLES[rang % 2]
        elif rang % 97 == 0:
            position = None
        elif rang % 10 == 1:
            position = (round(position[0], 1) + 0.05, round(position[1], 1))  # halfway between two bands
        metiers = tuple(hasard.sample(METIERS[:2], hasard.choice((1, 2)))) + METIERS[2:] * (rang % 150 == 4)
        statut = hasard.choices((OUVERTE, PROJET, FERMEE), (90, 5, 5))[0]
        inventees.append(Inventee(f"e{hasard.randrange(10**8):08d}", position, statut, metiers, hasard.choice(("84", "93"))))
    return inventees


TOUTES = inventer(random.Random(3))


def remplir(session: Session) -> None:
    listes = {"titre": "t", "famille": "f", "voisins": (), "diplomes": (), "candidats": (), "enseigne": True}
    session.execute(insert(Metier.__table__), [SOURCE | listes | {"cle": cle} for cle in METIERS])
    ecoles, enseignements = [], []
    for e in TOUTES:
        latitude, longitude = e.position or (None, None)
        place = {"latitude": latitude, "longitude": longitude, "statut": e.statut}
        ecoles.append(SOURCE | VIDES | place | {"id": e.id, "nom": "École", "autres_noms": (), "position_exacte": True})
        enseignements += [SOURCE | place | {"ecole_id": e.id, "metier": metier, "rang": rang} for rang, metier in enumerate(e.metiers)]
    session.execute(insert(Ecole.__table__), ecoles)
    session.execute(insert(Enseignement.__table__), enseignements)
    session.commit()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def dense(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    if request.param == "postgresql":
        with base_postgres() as url:
            yield from _remplie(url)
    else:
        yield from _remplie(f"sqlite:///{tmp_path_factory.mktemp('dense') / 'dense.db'}")


def _remplie(url: str) -> Iterator[Session]:
    migrer(url)
    moteur = ouvrir(url)
    with fabrique_de_sessions(moteur)() as session:
        remplir(session)
        yield session
    moteur.dispose()


def mesurees(criteres: Criteres, origine: Point, rayon: float = 30_000) -> list[str]:
    voulus = set(METIERS if criteres.metiers is None else criteres.metiers)
    bonnes = [e for e in TOUTES if e.position and e.statut == criteres.statut and voulus & set(e.metiers) and e.id not in criteres.exclure]
    eloignements = sorted((distance_km(*origine, *e.position), e.id) for e in bonnes if e.position)
    return [cle for km, cle in eloignements if km <= rayon]


def naivement(criteres: Criteres, origine: Point, rayons: tuple[float, ...], maximum: int, annonces_km: float) -> tuple[Trouves, float | None]:
    projets = mesurees(replace(criteres, statut=PROJET), origine, annonces_km)[:maximum]
    for rayon in rayons:
        if dedans := mesurees(criteres, origine, rayon):
            total = min(len(dedans), cercle.PLAFOND)
            return Trouves(tuple(dedans[:maximum]), total, total == cercle.PLAFOND, tuple(projets)), rayon
    return Trouves((), 0, annoncees=tuple(projets)), None


def _demande(hasard: random.Random) -> tuple[Criteres, Point, tuple[float, ...], int, float]:
    ville = hasard.choice(VILLES)
    etendue = hasard.choice((0.0, 0.1, 1.0, 2.5))
    origine = (ville[0] + hasard.gauss(0, etendue), ville[1] + hasard.gauss(0, etendue))
    metiers = hasard.choice((None, ("usinage",), ("bijouterie",), ("usinage", "soudure"), METIERS))
    exclure = frozenset(mesurees(Criteres(metiers), origine)[: hasard.choice((0, 0, 2))])
    rayons = hasard.choice((RAYONS, RAYONS, (10,), (45, 60, 100, 200), (100, 200)))
    return Criteres(metiers, exclure=exclure), origine, rayons, hasard.choice((1, 3, 3, 5)), hasard.choice((100, 100, 20))


@pytest.mark.parametrize(("plafond", "foule", "marge"), [(1000, 600, 10), (150, 100, 10), (40, 8, 2), (10**6, 600, 0)])
def test_comme_en_mesurant_toutes_les_ecoles(dense: Session, monkeypatch: pytest.MonkeyPatch, plafond: int, foule: int, marge: int) -> None:
    monkeypatch.setattr(cercle, "PLAFOND", plafond)
    monkeypatch.setattr(autour, "PLAFOND", plafond)
    monkeypatch.setattr(cercle, "FOULE", foule)
    monkeypatch.setattr(cercle, "_MARGE", marge)
    hasard = random.Random(plafond)
    rayons_vus = set()
    for demande in (_demande(hasard) for _ in range(120)):
        trouves = au_plus_pres(dense, *demande)
        assert trouves == naivement(*demande), demande
        rayons_vus.add(trouves[1])
    assert {30, 100, 200, None} <= rayons_vus


def test_en_france_les_plus_proches_d_abord(dense: Session) -> None:
    for ville in (VILLES[0], VILLES[1], VILLES[3]):
        origine = (ville[0] + 0.3, ville[1] + 0.1)
        attendues = mesurees(Criteres(("soudure",)), origine)
        trouves = dans_le_lieu(dense, Criteres(("soudure",)), origine, 2)
        ouvertes = [e for e in TOUTES if e.statut == OUVERTE and "soudure" in e.metiers]
        assert (list(trouves.ids), trouves.total) == (attendues[:2], len(ouvertes))
        assert list(les_plus_proches(dense, Criteres(("soudure",)), origine, 1)) == attendues[:1]


@pytest.mark.parametrize("dense", ["sqlite"], indirect=True)  # PostgreSQL reads a small table whole, and is right
@pytest.mark.parametrize("metiers", [None, ("usinage",), ("usinage", "soudure")])
@pytest.mark.parametrize("lieu", [{"commune": VILLES[0]}, {"commune": (46.0, 2.0)}, {"region": "84"}])
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
        montrer(dense, [TOUTES[0].id, TOUTES[1].id])
    finally:
        event.remove(moteur, "before_cursor_execute", noter)
    assert len(lues) >= 2
    for texte, valeurs in lues:
        etapes = [ligne[-1] for ligne in dense.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {texte}", valeurs)]
        assert not [etape for etape in etapes if re.match(r"SCAN (ecoles|enseignements|formations)", etape)], (texte, etapes)
        assert not [etape for etape in etapes if "_bande" in etape and "bande" not in etape.split("(")[1]], (texte, etapes)
