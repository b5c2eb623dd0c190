"""The register's one table: a history that only grows. Changes to it are made by `migrations/`."""

from sqlalchemy import BigInteger, Column, MetaData, String, Table, Text

# The migration that this version of the program needs.
REVISION = "0001"

metadata = MetaData()

entries = Table(
    "entries",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("by", String(200), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("client", String(64), nullable=False, index=True),
    Column("content", Text),
    Column("seal", String(64), nullable=False),
    Column("bond", String(64), nullable=False),
)
