"""The history of entries."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "entries",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("client", sa.String(64), nullable=False, index=True),
        sa.Column("content", sa.Text),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("bond", sa.String(64), nullable=False),
    )
