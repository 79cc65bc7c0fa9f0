"""Find open schools by trade and place, the nearest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.ecoles.autour import au_plus_pres, autour
from bot.ecoles.conditions import Criteres
from bot.ecoles.lieux import Point, codes_equivalents, position_chef_lieu
from bot.ecoles.modeles import OUVERTE, PROJET, Ecole, Metier
from bot.ecoles.presentation import montrer
from bot.ecoles.resultat import AUCUN, EcoleTrouvee, Resultat, Trouves
from bot.ecoles.zones import dans_le_lieu, les_plus_proches

RAYONS_KM = (30, 60, 100, 200)
RAYON_ANNONCES_KM = 100
_renvois = select(Metier.__table__.c.candidats, Metier.__table__.c.voisins).where(Metier.__table__.c.cle == bindparam("cle"))


@dataclass(frozen=True)
class _Demande:
    """What is looked for. ``metiers`` None means any trade; an empty one means a trade that nobody teaches."""

    metiers: tuple[str, ...] | None
    origine: Point | None
    departement: str | None
    region: str | None
    exclure: frozenset[str]
    maximum: int
    statut: str = OUVERTE
    exige: tuple[str, ...] = ()
    inconnues: bool = False  # schools of which the data do not say whether they have it count too

    @property
    def dans_un_lieu(self) -> bool:
        return bool(self.departement or self.region)

    @property
    def criteres(self) -> Criteres:
        return Criteres(self.metiers, self.departement, self.region, self.exclure, self.statut, self.exige, self.inconnues)


def chercher(
    session: Session,
    metier: str | None = None,
    commune: Point | None = None,
    departement: str | None = None,
    region: str | None = None,
    maximum: int = 3,
    rayon_km: float | None = None,
    exclure: Collection[str] = (),
    criteres: Collection[str] = (),
    jusqu_a_km: float | None = None,
) -> Resultat:
    """Search within 30, 60, 100, then 200 km of ``commune`` (latitude, longitude), stopping at the first that gives a school.

    ``rayon_km`` is where to begin. A département or région bounds the search instead, and ``commune`` then only sorts.
    An ambiguous trade (« mecanique ») covers its candidates. ``exclure`` holds ids already shown.
    ``criteres`` (see ``criteres.py``) must all be met; ``jusqu_a_km`` is where widening stops, 200 km otherwise.
    """
    demande = _Demande((metier,) if metier else None, commune, departement, region, frozenset(exclure), maximum, exige=tuple(criteres))
    trouves, rayon, elargi = _elargir(session, demande, rayon_km, jusqu_a_km)
    voisins: tuple[str, ...] = ()
    if metier and not trouves.total:  # no school teaches an ambiguous word itself: most searches need not ask what it covers
        voulus, voisins = _metiers(session, metier)
        if voulus != demande.metiers:
            demande = replace(demande, metiers=voulus)
            trouves, rayon, elargi = _elargir(session, demande, rayon_km, jusqu_a_km)
    montrees = montrer(session, (*trouves.ids, *trouves.annoncees), commune)
    resultat = Resultat(
        ecoles=tuple(e for e in montrees if e.ouverte),
        total=trouves.total,
        davantage=trouves.davantage,
        rayon_km=rayon,
        elargi=elargi,
        annoncees=tuple(e for e in montrees if not e.ouverte),
        sans_reponse=_sans_reponse(session, demande, rayon, trouves.total) if criteres else 0,
    )
    return resultat if trouves.total else _au_dela(session, resultat, demande, voisins)


def trouver_ecole(session: Session, ecole_id: str) -> EcoleTrouvee | None:
    """Return a school that may be shown (open or announced), else None."""
    return next(iter(montrer(session, [ecole_id], None)), None)


def ecoles_de_commune(session: Session, code_insee: str) -> tuple[EcoleTrouvee, ...]:
    """Return the open schools of a commune; an arrondissement stands for its whole town, and the reverse."""
    requete = select(Ecole.id).where(Ecole.code_insee.in_(codes_equivalents(code_insee)), Ecole.statut == OUVERTE)
    return montrer(session, session.scalars(requete.order_by(Ecole.nom)).all(), None)


def _metiers(session: Session, cle: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The trades that a key covers, and their neighbours."""
    metier = session.connection().execute(_renvois, {"cle": cle}).first()
    return (metier.candidats or (cle,), metier.voisins) if metier else ((), ())


def _sans_reponse(session: Session, demande: _Demande, rayon: int | None, remplis: int) -> int:
    """How many more schools there are, in the same place or radius, of which the data do not say whether they answer."""
    large = replace(demande, inconnues=True)
    if demande.origine and rayon and not demande.dans_un_lieu:
        return _autour(session, large, demande.origine, rayon).total - remplis
    return _dans_le_lieu(session, large).total - remplis if demande.dans_un_lieu else 0


def _elargir(
    session: Session, demande: _Demande, depart: float | None, dernier: float | None = None
) -> tuple[Trouves, int | None, bool]:
    if demande.origine is None or demande.dans_un_lieu:
        return _dans_le_lieu(session, demande, annonces=True), None, False
    rayons: list[float] = [depart] if depart is not None else []
    rayons += [rayon for rayon in RAYONS_KM if (depart is None or rayon > depart) and (dernier is None or rayon <= dernier)]
    if not rayons:
        projets = replace(demande, statut=PROJET, exige=())
        annoncees = _autour(session, projets, demande.origine, RAYON_ANNONCES_KM).ids
        return AUCUN._replace(annoncees=annoncees), None, True
    trouves, rayon = au_plus_pres(session, demande.criteres, demande.origine, rayons, demande.maximum, RAYON_ANNONCES_KM)
    return trouves, None if rayon is None else round(rayon), rayon is None or rayon != rayons[0]


def _au_dela(session: Session, vide: Resultat, demande: _Demande, voisins: tuple[str, ...]) -> Resultat:
    """Nothing where it was asked: give the nearest school of the trade, and neighbouring trades within reach."""
    origine = demande.origine or position_chef_lieu(session, demande.departement, demande.region)
    partout = replace(demande, departement=None, region=None)
    if origine:
        ailleurs = les_plus_proches(session, partout.criteres, origine, 1)
    else:
        ailleurs = _dans_le_lieu(session, replace(partout, maximum=1)).ids
    proches, _, _ = _elargir(session, replace(demande, metiers=voisins, exige=()), None)
    if origine != demande.origine:
        return replace(vide, ailleurs=montrer(session, ailleurs, origine), voisines=montrer(session, proches.ids, demande.origine))
    montrees = {e.id: e for e in montrer(session, (*ailleurs, *proches.ids), origine)}
    ailleurs_montrees, voisines = (tuple(montrees[cle] for cle in ids if cle in montrees) for ids in (ailleurs, proches.ids))
    return replace(vide, ailleurs=ailleurs_montrees, voisines=voisines)


def _autour(session: Session, demande: _Demande, origine: Point, rayon: float) -> Trouves:
    return autour(session, demande.criteres, origine, rayon, demande.maximum)


def _dans_le_lieu(session: Session, demande: _Demande, annonces: bool = False) -> Trouves:
    return dans_le_lieu(session, demande.criteres, demande.origine, demande.maximum, annonces)
