"""Imports, corrections by hand and history of the schools; their telephone and e-mail.

Revision: 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ecoles", sa.Column("telephone", sa.Text(), nullable=False, server_default=""))
    op.add_column("ecoles", sa.Column("courriel", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_ecoles_uai", "ecoles", ["uai"])
    op.create_index("ix_ecoles_url_onisep", "ecoles", ["url_onisep"])
    op.create_table(
        "importations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("le", sa.DateTime(), nullable=False),
        sa.Column("qui", sa.Text(), nullable=False),
        sa.Column("fichier", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        *(
            sa.Column(nom, sa.Integer(), nullable=False)
            for nom in ("lues", "nouvelles", "changees", "confirmees", "fermees", "rejetees", "conflits")
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "corrections_ecoles",
        sa.Column("ecole_id", sa.String(length=20), nullable=False),
        sa.Column("champ", sa.String(length=20), nullable=False),
        sa.Column("valeur", sa.Text(), nullable=False),
        sa.Column("raison", sa.Text(), nullable=False),
        sa.Column("qui", sa.Text(), nullable=False),
        sa.Column("le", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["ecole_id"], ["ecoles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ecole_id", "champ"),
    )
    op.create_table(
        "historique_ecoles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ecole_id", sa.String(length=20), nullable=False),
        sa.Column("le", sa.DateTime(), nullable=False),
        sa.Column("qui", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=12), nullable=False),
        sa.Column("importation", sa.Integer(), nullable=True),
        sa.Column("champ", sa.String(length=20), nullable=False),
        sa.Column("avant", sa.Text(), nullable=False),
        sa.Column("apres", sa.Text(), nullable=False),
        sa.Column("raison", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["importation"], ["importations.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_historique_ecoles_ecole_id", "historique_ecoles", ["ecole_id", "id"])


def downgrade() -> None:
    op.drop_table("historique_ecoles")
    op.drop_table("corrections_ecoles")
    op.drop_table("importations")
    op.drop_index("ix_ecoles_url_onisep", "ecoles")
    op.drop_index("ix_ecoles_uai", "ecoles")
    with op.batch_alter_table("ecoles") as table:
        table.drop_column("courriel")
        table.drop_column("telephone")
