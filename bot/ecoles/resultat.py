"""What a search gives back: plain values, free of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bot.ecoles.cout import Cout, lire_cout
from bot.ecoles.hebergement import Hebergement, lire_hebergement
from bot.ecoles.modeles import OUVERTE


class Trouves(NamedTuple):
    """The first ids, in order, and how many there are in all; ``davantage``: at least that many, nobody counted to the end.

    ``annoncees``: projects there, the nearest first, when they were asked for.
    """

    ids: tuple[str, ...]
    total: int
    davantage: bool = False
    annoncees: tuple[str, ...] = ()


AUCUN = Trouves((), 0)


@dataclass(frozen=True)
class EcoleTrouvee:
    """A school as it may be shown. ``distance_km`` is straight and rounded to 0.1; None when no origin was given.

    ``position_exacte`` is false when the distance is that of the commune's centre. Fees are euros a year.
    """

    id: str
    nom: str
    commune: str
    code_insee: str
    departement: str
    region: str
    distance_km: float | None
    metiers: tuple[str, ...]
    diplomes: tuple[str, ...]
    cout_min: int | None
    cout_max: int | None
    cout_annee: int | None
    cout_texte: str
    hebergement: str
    contrat: str
    site: str
    adresse: str
    code_postal: str
    latitude: float | None
    longitude: float | None
    position_exacte: bool
    ouverture: str
    statut: str
    source: str
    date_source: str
    confiance: str
    note: str
    autres_noms: tuple[str, ...]

    @property
    def ouverte(self) -> bool:
        return self.statut == OUVERTE

    @property
    def cout(self) -> Cout:
        return lire_cout(self.cout_min, self.cout_max, self.cout_annee)

    @property
    def logement(self) -> Hebergement:
        return lire_hebergement(self.hebergement)


@dataclass(frozen=True)
class Resultat:
    """Schools that answer, the nearest first.

    ``ecoles``: at most ``maximum`` within ``rayon_km`` (never over 200 km) or in the place asked for; ``total``: how many
    there are there, those shown included, excluded ones not; ``davantage``: more than that, it was not counted to the end. ``rayon_km``: None when the search was by place or over
    all France. ``elargi``: the radius had to grow. Only when ``ecoles`` is empty: ``ailleurs``, the nearest school of the
    trade however far (distances from the main town when a département or région was asked for), and ``voisines``,
    schools of neighbouring trades within 200 km or in the place. ``annoncees``: projects within 100 km or in the place. ``sans_reponse``: schools there of which the
    data do not say whether they meet the criteria.
    """

    ecoles: tuple[EcoleTrouvee, ...]
    total: int
    rayon_km: int | None
    elargi: bool = False
    ailleurs: tuple[EcoleTrouvee, ...] = ()
    voisines: tuple[EcoleTrouvee, ...] = ()
    annoncees: tuple[EcoleTrouvee, ...] = ()
    sans_reponse: int = 0
    davantage: bool = False

    @property
    def reste(self) -> int:
        return self.total - len(self.ecoles)
