"""Tables of the schools, their trades and the places of France. Codes are text: « 01 », « 2A »."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Computed, DateTime, Float, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.types import TypeDecorator

from bot.base import Base

OUVERTE, PROJET, INCERTAINE, FERMEE = STATUTS = ("ouverte", "projet", "incertaine", "fermee")
RETIREE = "retiree"  # given by the loader only, to a school that its file no longer lists
BANDES_PAR_DEGRE = 10


def _bande() -> Column:
    """A strip of 11 km along a parallel, numbered from the equator: an index on it and on the longitude reads a box and little else.

    The database computes it. Halfway between two, SQLite and PostgreSQL do not choose the same one.
    """
    return Column(Integer, Computed(f"CAST(round(latitude * {BANDES_PAR_DEGRE}) AS INTEGER)"))


class Liste(TypeDecorator):
    """A short tuple of texts, stored joined by « | » as in the CSV files; never searched in SQL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: object) -> str:
        return "|".join(value or ())

    def process_result_value(self, value: str | None, dialect: object) -> tuple[str, ...]:
        return tuple(value.split("|")) if value else ()


class Sourcee:
    """Every row says where it comes from. ``date_source`` is ISO text, sometimes a bare year: « 2023 »."""

    source = Column(Text, nullable=False)
    date_source = Column(String(10), nullable=False)


class Region(Sourcee, Base):
    __tablename__ = "regions"
    code = Column(String(3), primary_key=True)
    nom = Column(Text, nullable=False)
    chef_lieu = Column(String(5), nullable=False)
    article = Column(String(3), nullable=False, default="")


class Departement(Sourcee, Base):
    __tablename__ = "departements"
    code = Column(String(3), primary_key=True)
    nom = Column(Text, nullable=False)
    region = Column(String(3), ForeignKey("regions.code"), nullable=False)
    chef_lieu = Column(String(5), nullable=False)
    article = Column(String(3), nullable=False, default="")


class Commune(Sourcee, Base):
    """A commune, or an arrondissement of Paris, Lyon or Marseille. 102 of them have no coordinates (WGS 84 degrees)."""

    __tablename__ = "communes"
    code_insee = Column(String(5), primary_key=True)
    nom = Column(Text, nullable=False, index=True)
    departement = Column(String(3), ForeignKey("departements.code"), nullable=False, index=True)
    region = Column(String(3), ForeignKey("regions.code"), nullable=False)
    codes_postaux = Column(Liste, nullable=False)
    population = Column(Integer)
    latitude = Column(Float)
    longitude = Column(Float)
    type = Column(String(20), nullable=False)


class AncienneCommune(Sourcee, Base):
    """An old name still in use. 584 codes also stand in ``communes``, so the key is code and name."""

    __tablename__ = "anciennes_communes"
    code_insee = Column(String(5), primary_key=True)
    nom = Column(Text, primary_key=True)
    chef_lieu = Column(String(5), ForeignKey("communes.code_insee"), nullable=False, index=True)
    type = Column(String(20), nullable=False)


class Metier(Sourcee, Base):
    """A trade. ``enseigne`` is recomputed from the open schools; ``candidats`` is filled for an ambiguous word only."""

    __tablename__ = "metiers"
    cle = Column(String(60), primary_key=True)
    titre = Column(Text, nullable=False)
    famille = Column(Text, nullable=False)
    voisins = Column(Liste, nullable=False)
    diplomes = Column(Liste, nullable=False)
    candidats = Column(Liste, nullable=False)
    enseigne = Column(Boolean, nullable=False, default=False)


class Ecole(Sourcee, Base):
    """A school. ``latitude`` and ``longitude`` are the commune's when ``position_exacte`` is false."""

    __tablename__ = "ecoles"
    id = Column(String(20), primary_key=True)
    nom = Column(Text, nullable=False)
    autres_noms = Column(Liste, nullable=False)
    adresse = Column(Text, nullable=False)
    code_postal = Column(Text, nullable=False)
    code_insee = Column(String(5), ForeignKey("communes.code_insee"), index=True)
    commune = Column(Text, nullable=False)
    departement = Column(String(3), ForeignKey("departements.code"))
    region = Column(String(3), ForeignKey("regions.code"))
    latitude = Column(Float)
    longitude = Column(Float)
    bande = _bande()
    position_exacte = Column(Boolean, nullable=False)
    site = Column(Text, nullable=False)
    telephone = Column(Text, nullable=False, default="", server_default="")  # the school's own, as published
    courriel = Column(Text, nullable=False, default="", server_default="")
    uai = Column(Text, nullable=False)
    contrat = Column(Text, nullable=False)
    cout = Column(Text, nullable=False)
    cout_min = Column(Integer)  # euros a year, for the family
    cout_max = Column(Integer)
    cout_annee = Column(Integer)
    hebergement = Column(Text, nullable=False)
    statut = Column(String(12), nullable=False)
    ouverture = Column(Text, nullable=False)
    url_onisep = Column(Text, nullable=False)
    confiance = Column(Text, nullable=False)
    note = Column(Text, nullable=False)
    origine = Column(String(20), nullable=False, default="fichier")  # the loader retires only what it brought

    __table_args__ = (
        Index("ix_ecoles_bande", "statut", "bande", "longitude", "latitude", "id"),
        Index("ix_ecoles_departement", "departement", "statut", "id"),
        Index("ix_ecoles_region", "region", "statut", "id"),
        Index("ix_ecoles_uai", "uai"),
        Index("ix_ecoles_url_onisep", "url_onisep"),
    )


class Enseignement(Sourcee, Base):
    """A school teaches a trade. ``statut`` and the position are the school's, copied by the loader: one index answers a search."""

    __tablename__ = "enseignements"
    ecole_id = Column(String(20), ForeignKey("ecoles.id", ondelete="CASCADE"), primary_key=True)
    metier = Column(String(60), ForeignKey("metiers.cle"), primary_key=True)
    rang = Column(Integer, nullable=False)
    statut = Column(String(12), nullable=False)
    latitude = Column(Float)
    longitude = Column(Float)
    bande = _bande()
    departement = Column(String(3))
    region = Column(String(3))

    __table_args__ = (
        Index("ix_enseignements_bande", "metier", "statut", "bande", "longitude", "latitude", "ecole_id"),
        Index("ix_enseignements_metier", "metier", "statut", "ecole_id"),
        Index("ix_enseignements_departement", "metier", "departement", "statut", "ecole_id"),
        Index("ix_enseignements_region", "metier", "region", "statut", "ecole_id"),
    )


class Formation(Sourcee, Base):
    """A school prepares a diploma, for a trade when the school lists that trade. ``metier`` is empty otherwise."""

    __tablename__ = "formations"
    ecole_id = Column(String(20), ForeignKey("ecoles.id", ondelete="CASCADE"), primary_key=True)
    diplome = Column(Text, primary_key=True)
    rang = Column(Integer, nullable=False)
    metier = Column(String(60))

    __table_args__ = (ForeignKeyConstraint(["ecole_id", "metier"], ["enseignements.ecole_id", "enseignements.metier"], ondelete="CASCADE"),)


class NomEcole(Sourcee, Base):
    """A group of words that designates a school, glued and without accents: « passerelle », « yfab », « gorgeloup »."""

    __tablename__ = "noms_ecoles"
    cle = Column(Text, primary_key=True)
    ecole_id = Column(String(20), ForeignKey("ecoles.id", ondelete="CASCADE"), primary_key=True)
    debut = Column(String(3), nullable=False, index=True)  # first letters, to look for a misspelt name


class FichierCharge(Base):
    """What was loaded and when: an unchanged file is not read again."""

    __tablename__ = "fichiers_charges"
    nom = Column(String(60), primary_key=True)
    empreinte = Column(String(64), nullable=False)
    charge_le = Column(DateTime, nullable=False)  # UTC
