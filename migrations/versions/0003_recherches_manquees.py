"""Searches that found nothing, counted.

Revision: 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recherches_manquees",
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("metier", sa.String(length=60), nullable=False),
        sa.Column("departement", sa.String(length=3), nullable=False),
        sa.Column("nombre", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("jour", "metier", "departement"),
    )


def downgrade() -> None:
    op.drop_table("recherches_manquees")
