"""Alembic's environment. `bot.store.migrate` opens the connection, its transaction and its lock."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

# Imported for their tables, which belong to the metadata too.
import bot.store.audit.models
import bot.store.catalogue.models
import bot.store.catalogue.revision_models
import bot.store.growth.models
import bot.store.installs.oauth.models
import bot.store.moving.models
import bot.store.nudges.models
import bot.store.teams.helping.adoption_models
import bot.store.teams.helping.offer_models
import bot.store.teams.models
import bot.store.tokens.models  # noqa: F401
from bot.store.dialect import complete_indexes
from bot.store.models import metadata


def render_item(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Draft our own column types as the plain ones below them: migrations outlive our code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run(connection: Connection) -> None:
    complete_indexes(metadata)
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,  # SQLite changes a table by copying it
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
