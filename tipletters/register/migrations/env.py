"""Runs the register's migrations on the connection that `engine.py` hands over."""

from alembic import context

from tipletters.register.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
