"""Schools, trades and places.

Revision: 0001, the first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fichiers_charges",
        sa.Column("nom", sa.String(length=60), nullable=False),
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("charge_le", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("nom"),
    )
    op.create_table(
        "metiers",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date_source", sa.String(length=10), nullable=False),
        sa.Column("cle", sa.String(length=60), nullable=False),
        sa.Column("titre", sa.Text(), nullable=False),
        sa.Column("famille", sa.Text(), nullable=False),
        sa.Column("voisins", sa.Text(), nullable=False),
        sa.Column("diplomes", sa.Text(), nullable=False),
        sa.Column("candidats", sa.Text(), nullable=False),
        sa.Column("enseigne", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("cle"),
    )
    op.create_table(
        "regions",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date_source", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("chef_lieu", sa.String(length=5), nullable=False),
        sa.Column("article", sa.String(length=3), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "departements",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date_source", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("region", sa.String(length=3), nullable=False),
        sa.Column("chef_lieu", sa.String(length=5), nullable=False),
        sa.Column("article", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(["region"], ["regions.code"]),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "communes",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date_source", sa.String(length=10), nullable=False),
        sa.Column("code_insee", sa.String(length=5), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("departement", sa.String(length=3), nullable=False),
        sa.Column("region", sa.String(length=3), nullable=False),
        sa.Column("codes_postaux", sa.Text(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["departement"], ["departements.code"]),
        sa.ForeignKeyConstraint(["region"], ["regions.code"]),
        sa.PrimaryKeyConstraint("code_insee"),
    )
    op.create_index("ix_communes_departement", "communes", ["departement"])
    op.create_index("ix_communes_nom", "communes", ["nom"])

    op.create_table(
        "anciennes_communes",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date_source", sa.String(length=10), nullable=False),
        sa.Column("code_insee", sa.String(length=5), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("chef_lieu", sa.String(length=5), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["chef_lieu"], ["communes.code_insee"]),
        sa.PrimaryKeyConstraint("code_insee", "nom"),
    )
    op.create_index("ix_anciennes_communes_chef_lieu", "anciennes_communes", ["chef_lieu"])

    op.create_table(
        "ecoles",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date_source", sa.String(length=10), nullable=False),
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("autres_noms", sa.Text(), nullable=False),
        sa.Column("adresse", sa.Text(), nullable=False),
        sa.Column("code_postal", sa.Text(), nullable=False),
        sa.Column("code_insee", sa.String(length=5), nullable=True),
        sa.Column("commune", sa.Text(), nullable=False),
        sa.Column("departement", sa.String(length=3), nullable=True),
        sa.Column("region", sa.String(length=3), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("position_exacte", sa.Boolean(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("uai", sa.Text(), nullable=False),
        sa.Column("contrat", sa.Text(), nullable=False),
        sa.Column("cout", sa.Text(), nullable=False),
        sa.Column("cout_min", sa.Integer(), nullable=True),
        sa.Column("cout_max", sa.Integer(), nullable=True),
        sa.Column("cout_annee", sa.Integer(), nullable=True),
        sa.Column("hebergement", sa.Text(), nullable=False),
        sa.Column("statut", sa.String(length=12), nullable=False),
        sa.Column("ouverture", sa.Text(), nullable=False),
        sa.Column("url_onisep", sa.Text(), nullable=False),
        sa.Column("confiance", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("origine", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["code_insee"], ["communes.code_insee"]),
        sa.ForeignKeyConstraint(["departement"], ["departements.code"]),
        sa.ForeignKeyConstraint(["region"], ["regions.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_ecoles_boite", "ecoles", ["statut", "latitude", "longitude", "id"])
    op.create_index("ix_ecoles_code_insee", "ecoles", ["code_insee"])
    op.create_index("ix_ecoles_departement", "ecoles", ["departement", "statut", "id"])
    op.create_index("ix_ecoles_region", "ecoles", ["region", "statut", "id"])

    op.create_table(
        "enseignements",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date_source", sa.String(length=10), nullable=False),
        sa.Column("ecole_id", sa.String(length=20), nullable=False),
        sa.Column("metier", sa.String(length=60), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("statut", sa.String(length=12), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("departement", sa.String(length=3), nullable=True),
        sa.Column("region", sa.String(length=3), nullable=True),
        sa.ForeignKeyConstraint(["ecole_id"], ["ecoles.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["metier"], ["metiers.cle"]),
        sa.PrimaryKeyConstraint("ecole_id", "metier"),
    )
    op.create_index("ix_enseignements_boite", "enseignements", ["metier", "statut", "latitude", "longitude", "ecole_id"])
    op.create_index("ix_enseignements_departement", "enseignements", ["metier", "departement", "statut", "ecole_id"])
    op.create_index("ix_enseignements_metier", "enseignements", ["metier", "statut", "ecole_id"])
    op.create_index("ix_enseignements_region", "enseignements", ["metier", "region", "statut", "ecole_id"])

    op.create_table(
        "noms_ecoles",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date_source", sa.String(length=10), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("ecole_id", sa.String(length=20), nullable=False),
        sa.Column("debut", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(["ecole_id"], ["ecoles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cle", "ecole_id"),
    )
    op.create_index("ix_noms_ecoles_debut", "noms_ecoles", ["debut"])

    op.create_table(
        "formations",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("date_source", sa.String(length=10), nullable=False),
        sa.Column("ecole_id", sa.String(length=20), nullable=False),
        sa.Column("diplome", sa.Text(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("metier", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["ecole_id", "metier"], ["enseignements.ecole_id", "enseignements.metier"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ecole_id"], ["ecoles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ecole_id", "diplome"),
    )


def downgrade() -> None:
    op.drop_table("formations")
    op.drop_table("noms_ecoles")
    op.drop_table("enseignements")
    op.drop_table("ecoles")
    op.drop_table("anciennes_communes")
    op.drop_table("communes")
    op.drop_table("departements")
    op.drop_table("regions")
    op.drop_table("metiers")
    op.drop_table("fichiers_charges")
