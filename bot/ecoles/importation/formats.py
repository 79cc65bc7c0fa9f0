"""The tables that may be imported, recognised by their columns, and what each of their columns means for us.

Some names were read in public code that reads these files, the others are deduced from their JSON. Every name is compared
by ``cle_colonne``, so the CSV and the JSON of the same data set read alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.ecoles.importation.fichier import Apparence, FichierIllisible, cle_colonne

COLONNES = (  # of our own table, in the order of an export
    "id nom autres_noms adresse code_postal code_insee commune departement region latitude longitude site_web telephone courriel uai "
    "contrat metiers diplomes cout cout_min_an cout_max_an cout_annee hebergement statut ouverture url_onisep source date_source "
    "confiance note"
).split()
DERIVEES = ("departement", "region")  # the commune decides


@dataclass(frozen=True)
class Format:
    """A kind of table. ``colonnes`` gives, for each cell that we read, the names it may have; ``exige`` must be there.

    ``discrets`` are the cells that fill a gap but never replace what we have. ``source`` is how the bot names the file.
    """

    cle: str
    titre: str
    source: str
    exige: tuple[str, ...]
    colonnes: dict[str, tuple[str, ...]]
    discrets: frozenset[str] = frozenset()

    @property
    def officiel(self) -> bool:
        return self.cle != "etabli"


ETABLI = Format("etabli", "table d'Établi", "", ("id",), {nom: (nom,) for nom in COLONNES})
STRUCTURES = Format(
    "structures",
    "Onisep, structures d'enseignement secondaire",
    "données ouvertes Onisep",
    ("uai", "nom", "commune"),
    {
        "uai": ("code UAI", "STRUCT UAI"),
        "nom": ("nom",),
        "sigle": ("sigle",),
        "type": ("type d'établissement", "type_detablissement"),
        "contrat": ("statut",),
        "adresse": ("adresse",),
        "code_postal": ("CP", "code postal"),
        "commune": ("commune",),
        "code_insee": ("commune (COG)",),
        "longitude": ("longitude (X)",),
        "latitude": ("latitude (Y)",),
        "telephone": ("téléphone",),
        "url_onisep": ("URL et ID Onisep",),
    },
    frozenset({"autres_noms"}),
)
ACTIONS = Format(
    "actions",
    "Onisep, actions de formation initiale",
    "données ouvertes Onisep",
    ("diplome", "nom", "uai"),
    {
        "diplome": ("Formation (FOR) libellé",),
        "type": ("FOR type",),
        "cout": ("AF coût scolarité",),
        "nom": ("Lieu d'enseignement (ENS) libellé", "lieu_denseignement_ens_libelle"),
        "uai": ("ENS code UAI",),
        "contrat": ("ENS statut",),
        "adresse": ("ENS adresse",),
        "code_postal": ("ENS code postal",),
        "commune": ("ENS commune",),
        "latitude": ("ENS latitude",),
        "longitude": ("ENS longitude",),
        "telephone": ("ENS n° téléphone", "ENS téléphone"),
        "site_web": ("ENS site web",),
        "hebergement": ("ENS hébergement",),
        "url_onisep": ("ENS URL et ID Onisep",),
    },
)
ANNUAIRE = Format(
    "annuaire",
    "Annuaire de l'éducation",
    "Annuaire de l’éducation",
    ("uai", "nom"),
    {
        "uai": ("Identifiant_de_l_etablissement",),
        "nom": ("Nom_etablissement",),
        "type": ("libelle_nature", "Type_etablissement"),
        "voie": ("Voie_professionnelle",),
        "contrat": ("Type_contrat_prive",),
        "adresse": ("Adresse_1",),
        "code_postal": ("Code_postal", "Code postal"),
        "commune": ("Nom_commune",),
        "code_insee": ("Code_commune",),
        "latitude": ("latitude",),
        "longitude": ("longitude",),
        "telephone": ("Telephone",),
        "courriel": ("Mail",),
        "site_web": ("Web",),
        "etat": ("etat",),
    },
    # Its names are in capitals and its contracts say less than the Onisep's.
    frozenset({"nom", "contrat", "site_web", "adresse"}),
)
FORMATS = (ANNUAIRE, ACTIONS, STRUCTURES, ETABLI)  # the most particular first


@dataclass(frozen=True)
class Reconnu:
    """A format and, for each of its cells that the file has, the name of the column in this file."""

    format: Format
    colonnes: dict[str, str]


def reconnaitre(apparence: Apparence) -> Reconnu:
    """Say what a file is from its columns, whatever their order, case and accents. Raises ``FichierIllisible``."""
    presentes = {cle_colonne(nom): nom for nom in reversed(apparence.colonnes)}
    for format_ in FORMATS:
        trouvees = {
            cellule: presentes[cle]
            for cellule, noms in format_.colonnes.items()
            if (cle := next((c for c in map(cle_colonne, noms) if c in presentes), None))
        }
        if all(cellule in trouvees for cellule in format_.exige) and len(trouvees) > 1:
            return Reconnu(format_, trouvees)
    vues = ", ".join(f"« {nom} »" for nom in apparence.colonnes[:8]) or "aucune"
    attendus = " ; ".join(f"{f.titre} ({', '.join(f.colonnes[cellule][0] for cellule in f.exige)})" for f in reversed(FORMATS))
    raison = f"Je ne reconnais pas « {apparence.chemin.name} ». Colonnes lues : {vues}. J'attends l'un de ces tableaux : {attendus}."
    raise FichierIllisible(raison)
