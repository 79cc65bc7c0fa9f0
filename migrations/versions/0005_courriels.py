"""The outbox, the school's answer, and the counts that remain of old requests.

Revision: 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("demandes_sejour") as table:
        table.alter_column("demandeur", type_=sa.String(length=13), existing_type=sa.String(length=10), existing_nullable=False)
        table.add_column(sa.Column("periode", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("motif", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("reponse", sa.String(length=12), nullable=False, server_default=""))
        table.add_column(sa.Column("repondu_le", sa.DateTime(), nullable=True))
    op.create_table(
        "plis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("genre", sa.String(length=12), nullable=False),
        sa.Column("message_id", sa.String(length=80), nullable=False),
        sa.Column("etat", sa.String(length=10), nullable=False),
        sa.Column("essais", sa.Integer(), nullable=False),
        sa.Column("prochain_le", sa.DateTime(), nullable=False),
        sa.Column("bail_porteur", sa.String(length=40), nullable=False),
        sa.Column("bail_jusqu_a", sa.DateTime(), nullable=True),
        sa.Column("cree_le", sa.DateTime(), nullable=False),
        sa.Column("envoye_le", sa.DateTime(), nullable=True),
        sa.Column("erreur", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("message_id", name="uq_plis_message_id"),
    )
    op.create_index("ix_plis_reference", "plis", ["reference"])
    op.create_index("ix_plis_a_envoyer", "plis", ["etat", "prochain_le"])
    op.create_table(
        "comptes_sejour",
        sa.Column("mois", sa.String(length=7), nullable=False),
        sa.Column("ecole_id", sa.String(length=20), nullable=False),
        sa.Column("demandeur", sa.String(length=13), nullable=False),
        sa.Column("reponse", sa.String(length=12), nullable=False),
        sa.Column("nombre", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mois", "ecole_id", "demandeur", "reponse"),
    )


def downgrade() -> None:
    op.drop_table("comptes_sejour")
    op.drop_table("plis")
    with op.batch_alter_table("demandes_sejour") as table:
        for colonne in ("repondu_le", "reponse", "motif", "periode"):
            table.drop_column(colonne)
