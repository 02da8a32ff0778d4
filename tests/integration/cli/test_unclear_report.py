"""`nextrung catalogue lint` tells what members said about texts, beside its findings."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.domain.catalogue.unclear import digest_of
from bot.domain.framework import key_of
from bot.domain.tenancy import Tenant
from bot.store.database import Database
from tests.integration.cli.catalogues import content, data, done, folder

TENANT = Tenant("T0123ABCD")


@pytest.fixture(autouse=True)
def store(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return sqlite_url


async def reported(url: str, mark: str, sentence: str, *, words: str | None = None) -> bool:
    cell = next(each for each in content().expectations if each.wording)
    database = Database(url)
    try:
        async with database.write(TENANT) as work:
            await work.workspaces.ensure(at=datetime(2026, 3, 1, tzinfo=UTC))
            return await work.unclear.report(
                key_of(cell),
                words=words or digest_of(cell),
                revision_id=1,
                marker=lambda _: mark,
                sentence=sentence,
                today=date(2026, 3, 1),
            )
    finally:
        await database.dispose()


def test_lint_tells_it_of_a_published_catalogue_alone(store: str, tmp_path: Path) -> None:
    first = folder(tmp_path / "first")
    done("publish", first, "--note", "x", "--workspace", "T0123ABCD")
    assert data("lint", "company", "--format", "json")["unclear"] == []
    hostile = "\x1b[31mWhose [bold]saw[/bold]?"
    assert asyncio.run(reported(store, "one", hostile))
    assert asyncio.run(reported(store, "two", ""))
    assert not asyncio.run(reported(store, "two", "again"))
    (told,) = data("lint", "company", "--format", "json")["unclear"]
    assert (told["times"], told["sentences"]) == (2, [hostile])
    shown = done("lint", "company")
    assert "members (1): Said to be unclear" in shown
    assert "[bold]saw[/bold]?”" in shown
    assert "\x1b" not in shown
    assert data("lint", first, "--format", "json")["unclear"] == []
    assert asyncio.run(reported(store, "one", "", words="other words"))
    assert data("lint", "company", "--format", "json")["unclear"] == []
