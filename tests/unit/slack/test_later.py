"""Work beside the answers: waited for, logged when it fails, one after another where it must be."""

import asyncio
from types import SimpleNamespace
from typing import cast

import pytest
from structlog.testing import capture_logs

from bot.services.bundle import Services
from bot.slack.app import NextrungApp, build_app
from bot.slack.auth import Workspaces
from bot.text.translator import load_translators


@pytest.fixture
def app() -> NextrungApp:
    services = cast("Services", SimpleNamespace(translators=load_translators()))
    return build_app(
        services, workspaces=Workspaces([]), api_url="http://127.0.0.1:9/api/", signing_secret="x"
    )


class Work:
    """Pieces of work that note when they begin, and end when they are let."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.most_at_once = 0
        self.let = asyncio.Event()
        self._running = 0

    async def piece(self, name: str) -> None:
        self.begun.append(name)
        self._running += 1
        self.most_at_once = max(self.most_at_once, self._running)
        await self.let.wait()
        self._running -= 1


async def turned(times: int = 10) -> None:
    """Let everything that can go on do so."""
    for _ in range(times):
        await asyncio.sleep(0)


async def test_draining_waits_for_it(app: NextrungApp) -> None:
    work = Work()
    app.later(work.piece("one"))
    assert not await app.drained(0.01)
    work.let.set()
    assert await app.drained(1)
    assert work.begun == ["one"]


async def test_what_goes_wrong_is_logged_and_harms_nothing_else(app: NextrungApp) -> None:
    async def broken() -> None:
        raise ValueError("a sample fault")

    work = Work()
    work.let.set()
    with capture_logs() as logs:
        app.later(broken(), turn="a")
        app.later(work.piece("one"))
        assert await app.drained(1)
        app.later(work.piece("two"), turn="a")
        assert await app.drained(1)

    assert [each["event"] for each in logs] == ["later_failed"]
    assert work.begun == ["one", "two"]


async def test_of_one_turn_one_runs_and_one_waits_for_all_that_come_meanwhile(
    app: NextrungApp,
) -> None:
    work = Work()
    app.later(work.piece("first"), turn="home")
    await turned()
    for number in range(5):
        app.later(work.piece(f"later {number}"), turn="home")
    await turned()
    assert work.begun == ["first"]
    work.let.set()
    assert await app.drained(1)

    assert work.begun == ["first", "later 0"]
    assert work.most_at_once == 1


async def test_turns_do_not_wait_for_each_other(app: NextrungApp) -> None:
    work = Work()
    for turn in ("a", "b", None, None):
        app.later(work.piece(str(turn)), turn=turn)
    await turned()

    assert sorted(work.begun) == ["None", "None", "a", "b"]
    work.let.set()
    assert await app.drained(1)


async def test_a_turn_is_free_again_and_nothing_is_kept(app: NextrungApp) -> None:
    work = Work()
    work.let.set()
    for name in ("one", "two", "three"):
        app.later(work.piece(name), turn="home")
        assert await app.drained(1)

    assert work.begun == ["one", "two", "three"]
    assert not app._next
    assert not app._turns
