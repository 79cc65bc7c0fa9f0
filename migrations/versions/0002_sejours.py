"""Requests for a discovery stay.

Revision: 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "demandes_sejour",
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("cle", sa.String(length=64), nullable=False),
        sa.Column("ecole_id", sa.String(length=20), nullable=False),
        sa.Column("demandeur", sa.String(length=10), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("prenom", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("courriel", sa.Text(), nullable=False),
        sa.Column("consentement_le", sa.DateTime(), nullable=False),
        sa.Column("cree_le", sa.DateTime(), nullable=False),
        sa.Column("statut", sa.String(length=10), nullable=False),
        sa.Column("essai", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ecole_id"], ["ecoles.id"]),
        sa.PrimaryKeyConstraint("reference"),
        sa.UniqueConstraint("cle", name="uq_demandes_sejour_cle"),
    )
    op.create_index("ix_demandes_sejour_ecole_id", "demandes_sejour", ["ecole_id"])


def downgrade() -> None:
    op.drop_table("demandes_sejour")
