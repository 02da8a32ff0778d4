"""Make a database with very many workspaces, some of them with a catalogue of their own.

A process of its own: `python -m tests.benchmarks.workspaces.fill URL VOCABULARIES PLAN`, on a
database without any table. Catalogues are of a few kinds, copied by the database itself.
"""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Table, bindparam, insert, select, text

from bot.bootstrap.built_in import ensure_built_in
from bot.services.clock import SystemClock
from bot.store import migrate
from bot.store.database import Database
from bot.store.models import catalogue, metadata, revision
from bot.store.types import UtcMoment
from tests.benchmarks.prepare import SEED
from tests.benchmarks.vocabulary import Vocabulary, vocabulary_of
from tests.benchmarks.workspaces.plan import WorkspacesPlan
from tests.factories import big_catalogue
from tests.fakes.all_rows import filling

KINDS = 8
# Long ago, so that no process takes anything for freshly changed.
_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_CLONE = Table(
    "clone",
    MetaData(),
    Column("source", Integer, nullable=False),
    Column("target", Integer, primary_key=True),
    prefixes=["TEMPORARY"],
)
# Of workspace and member n: both databases take these as they are.
_WORKSPACES = """
    INSERT INTO workspace (tenant_key, team_id, created_at, catalogue_id)
    WITH RECURSIVE numbers (n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT '/T' || n, 'T' || n, :at, catalogue.id
    FROM numbers LEFT JOIN catalogue ON catalogue.key = 'own-' || n ORDER BY n
"""
_MEMBERS = """
    INSERT INTO member
        (workspace_id, slack_id, locale, time_zone, role_key, level_key, growth_version, changed_at)
    WITH RECURSIVE numbers (n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :count)
    SELECT workspace.id, 'U' || n, 'en-US', 'Europe/Berlin', :role, 'senior', 0, :at
    FROM numbers JOIN workspace ON workspace.tenant_key = '/T' || (n % :workspaces)
    ORDER BY n
"""


async def fill(database: Database, plan: WorkspacesPlan) -> list[Vocabulary]:
    """Fill a new database; return what members of each kind of catalogue may type."""
    contents = [
        big_catalogue(
            skills=plan.skills,
            roles=plan.roles,
            expectations=plan.expectations,
            seed=SEED + number,
        )
        for number in range(min(KINDS, plan.own))
    ]
    for number, content in enumerate(contents):
        await database.catalogues.publish(
            content, catalogue_key=f"own-{number}", author="Benchmark", note="", at=_AT
        )
    async with filling(database) as connection:
        await _copy_catalogues(connection, len(contents), plan.own)
        values: dict[str, Any] = {"count": plan.workspaces, "at": _AT}
        await connection.execute(_typed(_WORKSPACES, values), values)
        values = {
            "count": plan.members,
            "workspaces": plan.workspaces,
            "role": contents[0].roles[0].key,
            "at": _AT,
        }
        await connection.execute(_typed(_MEMBERS, values), values)
        # As the database does by itself some time after so many rows.
        await connection.execute(text("ANALYZE"))
    return [vocabulary_of(each, seed=SEED) for each in contents]


def _typed(statement: str, values: dict[str, Any]) -> Any:
    moments = [bindparam("at", type_=UtcMoment())] if "at" in values else []
    counts = [
        bindparam(name, type_=Integer()) for name, value in values.items() if type(value) is int
    ]
    return text(statement).bindparams(*moments, *counts)


async def _copy_catalogues(connection: Any, kinds: int, count: int) -> None:
    """Let there be `count` catalogues, the further ones like the first `kinds` in turn."""
    further = range(kinds, count)
    if not further:
        return
    rows = [{"key": f"own-{number}", "created_at": _AT} for number in further]
    await connection.execute(insert(catalogue), rows)
    ids = {
        key: id_
        for id_, key in (await connection.execute(select(catalogue.c.id, catalogue.c.key))).all()
    }
    there = select(revision).join(catalogue, catalogue.c.id == revision.c.catalogue_id)
    first = {
        number: (await connection.execute(there.where(catalogue.c.key == f"own-{number}"))).one()
        for number in range(kinds)
    }
    made = [
        {**first[number % kinds]._mapping, "catalogue_id": ids[f"own-{number}"]}
        for number in further
    ]
    for each in made:
        del each["id"]
    await connection.execute(insert(revision), made)
    found = (await connection.execute(select(revision.c.id, revision.c.catalogue_id))).all()
    by_catalogue = {catalogue_id: id_ for id_, catalogue_id in found}
    await connection.run_sync(_CLONE.create)
    await connection.execute(
        insert(_CLONE),
        [
            {"source": first[number % kinds].id, "target": by_catalogue[ids[f"own-{number}"]]}
            for number in further
        ],
    )
    for table in metadata.sorted_tables:
        if "revision_id" in table.primary_key.columns and "id" in table.primary_key.columns:
            columns = [each for each in table.columns if each.name != "revision_id"]
            copied = select(_CLONE.c.target, *columns).join(
                _CLONE, _CLONE.c.source == table.c.revision_id
            )
            names = ["revision_id", *(each.name for each in columns)]
            copied = copied.order_by(_CLONE.c.target, table.c.id)
            await connection.execute(insert(table).from_select(names, copied))


async def _fill_new(url: str, vocabularies: Path, plan: WorkspacesPlan) -> None:
    await migrate.upgrade(url)
    database = Database(url)
    try:
        await ensure_built_in(database, SystemClock())
        for number, each in enumerate(await fill(database, plan)):
            each.write(vocabularies / f"{number}.json")
    finally:
        await database.dispose()


def main(arguments: list[str]) -> None:
    """Fill one database."""
    url, vocabularies, plan = arguments
    asyncio.run(_fill_new(url, Path(vocabularies), WorkspacesPlan(**json.loads(plan))))


if __name__ == "__main__":
    main(sys.argv[1:])
