"""Two workspaces with the same ids and names: whatever happens, neither ever sees the other's.

Random histories over signed requests, with each one's own word in every free text and in its
framework; buttons and forms of each are sent in the other as well.
"""

import io
import zipfile
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.store.isolation.policies import RULES
from bot.store.models import metadata
from tests.fakes.all_rows import all_rows
from tests.fakes.asgi import handed
from tests.integration.store.copies.contents import Rows
from tests.integration.store.isolation.two_tenants import locked_tables, owner_of
from tests.properties import sampled
from tests.scenario.desk import running_desk
from tests.scenario.strangers import watched
from tests.scenario.twins import PEOPLE, Twin, Walk, kept_by_tenant

STEPS = 100


@sampled("seed", range(8))
async def test_neither_ever_sees_the_others(
    seed: int, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    dialect = ("postgresql", "sqlite")[seed // 4]
    url: str = request.getfixturevalue(f"{dialect}_bot_url")
    async with running_desk(url, caplog) as desk:
        desk.faults_expected = True  # who is in both workspaces is in one of the local Slack's only
        await desk.nextrung.clockwork.stop()
        with watched(desk.nextrung.app) as (every, called):
            walk = Walk(desk, seed, caplog)
            await walk.begin()
            for _ in range(STEPS):
                await walk.step()
            walk.counts["listeners"] = len(called & every)
        await _files_are_apart(walk)
        _caches_are_apart(walk)
        await _rows_are_apart(walk)
        await _one_goes(walk)
    print(dialect, seed, dict(walk.counts))
    _saw_enough(walk)


async def _files_are_apart(walk: Walk) -> None:
    """Everybody exports what is held about them, and gets their own."""
    for twin in walk.twins:
        for slack_id in PEOPLE:
            await walk.command(twin, slack_id, ("/growth", "export"))
    for file in walk.desk.slack.world.files.values():
        (owner,) = [each for each in walk.twins if each.team_id == file.workspace_id]
        for content in _contents(file.name, file.content or b""):
            assert walk.other(owner).word not in content, file.name
            walk.counts["files with the own word"] += owner.word in content
            walk.counts["files"] += 1


def _contents(name: str, content: bytes) -> Iterator[str]:
    if not name.endswith(".zip"):
        yield content.decode(errors="replace")
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from (archive.read(each).decode() for each in archive.namelist())


def _caches_are_apart(walk: Walk) -> None:
    """Whatever is remembered under a tenant is that tenant's."""
    by_tenant = {each.tenant: each for each in walk.twins}
    nextrung = walk.desk.nextrung
    for tenant, kept in kept_by_tenant((nextrung.services, nextrung.app, nextrung.nudging)):
        owner = by_tenant[tenant]
        assert walk.other(owner).word not in kept
        assert walk.other(owner).team_id not in kept
        walk.counts[f"remembered of {tenant.team_id}"] += 1


async def _rows_are_apart(walk: Walk) -> None:
    """No row of a workspace has the other's word, and no row is nobody's."""
    rows = await _rows(walk)
    for table in locked_tables():
        for row in rows[table.name]:
            if table.name in ("audit", "effect") and row["tenant_key"] is None:
                continue
            key = owner_of(table, row, rows)
            (owner,) = [each for each in walk.twins if f"/{each.team_id}" == key]
            assert walk.other(owner).word not in str(row), table.name
            walk.counts["rows"] += 1
            walk.counts["rows with the own word"] += owner.word in str(row)


async def _rows(walk: Walk) -> Rows:
    async with all_rows(walk.desk.nextrung.database._reader) as connection:
        return {
            table.name: [*map(dict, (await connection.execute(select(table))).mappings())]
            for table in metadata.sorted_tables
            if table.name in RULES
        }


async def _one_goes(walk: Walk) -> None:
    """One workspace removes the app: nothing of it is left, and all of the other's."""
    gone, stays = walk.twins
    before = _of(stays, await _rows(walk))
    await walk.desk.nextrung.database.forget_workspace(gone.tenant, now=walk.desk.slack.clock.now)
    rows = await _rows(walk)
    left = _of(gone, rows)
    assert {name for name, _ in left} <= {"audit"}
    assert gone.word not in str(left)
    assert _of(stays, rows) == before
    page = await _metrics(walk)
    for twin in walk.twins:
        assert twin.word not in page
        assert not any(slack_id in page for slack_id in PEOPLE)


def _of(twin: Twin, rows: Rows) -> list[tuple[str, str]]:
    """Return a workspace's rows of all tables, but that of changes, as texts in order."""
    return sorted(
        (table.name, str(row))
        for table in locked_tables()
        for row in rows[table.name]
        if owner_of(table, row, rows) == f"/{twin.team_id}"
    )


async def _metrics(walk: Walk) -> str:
    status, page = await handed(
        walk.desk.nextrung.operator, "/metrics", headers={}, body=b"", method="GET"
    )
    assert status == 200
    assert b"nextrung_" in page
    return page.decode()


def _saw_enough(walk: Walk) -> None:
    """Hold that the walk could have found something."""
    counts = walk.counts
    assert counts["answers"] > STEPS
    for each in ("forged", "time", "answers with the own word", "calls with the own word"):
        assert counts[each] > 0, counts
    for each in ("files with the own word", "rows with the own word", "log lines"):
        assert counts[each] > 0, counts
    for twin in walk.twins:
        assert counts[f"remembered of {twin.team_id}"] > 0, counts
