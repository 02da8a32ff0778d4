"""Work beside the answers: waited for, logged when it fails, one after another where it must be."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.slack.door.underway import Underway


@pytest.fixture
def underway() -> Underway:
    return Underway()


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


async def test_draining_waits_for_it(underway: Underway) -> None:
    work = Work()
    underway.later(work.piece("one"))
    assert not await underway.drained(0.01)
    work.let.set()
    assert await underway.drained(1)
    assert work.begun == ["one"]


async def test_what_goes_wrong_is_logged_and_harms_nothing_else(underway: Underway) -> None:
    async def broken() -> None:
        raise ValueError("a sample fault")

    work = Work()
    work.let.set()
    with capture_logs() as logs:
        underway.later(broken(), turn="a")
        underway.later(work.piece("one"))
        assert await underway.drained(1)
        underway.later(work.piece("two"), turn="a")
        assert await underway.drained(1)

    assert [each["event"] for each in logs] == ["later_failed"]
    assert work.begun == ["one", "two"]


async def test_of_one_turn_one_runs_and_one_waits_for_all_that_come_meanwhile(
    underway: Underway,
) -> None:
    work = Work()
    underway.later(work.piece("first"), turn="home")
    await turned()
    for number in range(5):
        underway.later(work.piece(f"later {number}"), turn="home")
    await turned()
    assert work.begun == ["first"]
    work.let.set()
    assert await underway.drained(1)

    assert work.begun == ["first", "later 0"]
    assert work.most_at_once == 1


async def test_turns_do_not_wait_for_each_other(underway: Underway) -> None:
    work = Work()
    for turn in ("a", "b", None, None):
        underway.later(work.piece(str(turn)), turn=turn)
    await turned()

    assert sorted(work.begun) == ["None", "None", "a", "b"]
    work.let.set()
    assert await underway.drained(1)


async def test_a_turn_is_free_again_and_nothing_is_kept(underway: Underway) -> None:
    work = Work()
    work.let.set()
    for name in ("one", "two", "three"):
        underway.later(work.piece(name), turn="home")
        assert await underway.drained(1)

    assert work.begun == ["one", "two", "three"]
    assert not underway._next
    assert not underway._turns
