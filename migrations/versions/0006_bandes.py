"""A band of latitude computed by the database, and the index that reads a box with it, in the place of the one on latitudes.

Revision: 0006, after 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLES = {"ecoles": (["statut"], ["id"]), "enseignements": (["metier", "statut"], ["ecole_id"])}


def upgrade() -> None:
    for table, (debut, fin) in _TABLES.items():
        op.add_column(table, sa.Column("bande", sa.Integer(), sa.Computed("CAST(round(latitude * 10) AS INTEGER)")))
        op.drop_index(f"ix_{table}_boite", table)
        op.create_index(f"ix_{table}_bande", table, [*debut, "bande", "longitude", "latitude", *fin])
        op.execute(f"ANALYZE {table}")  # without figures SQLite may scan instead of using the index


def downgrade() -> None:
    for table, (debut, fin) in _TABLES.items():
        op.drop_index(f"ix_{table}_bande", table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN bande")  # in batch mode, SQLite would copy the table
        op.create_index(f"ix_{table}_boite", table, [*debut, "latitude", "longitude", *fin])
