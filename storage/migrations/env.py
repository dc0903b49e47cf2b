"""Run by Alembic for every command; the connection and its transaction come from `storage.migrate`."""

from alembic import context

from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite can change little of a table: it is copied instead
    compare_type=True,
)

with context.begin_transaction():
    context.run_migrations()
