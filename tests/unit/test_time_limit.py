"""A limit that holds for work with a polite way to end, and says whose call it was."""

import asyncio

import pytest

from bot import time_left
from bot.time_left import TimeLimit

# Far longer than anything here: what hangs must not hang the test.
PATIENCE_SECONDS = 10.0


@pytest.fixture(autouse=True)
def _called_off_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_left, "AGAIN_SECONDS", 0.001)


async def polite(times: int) -> None:
    """Wait for ever, and after each of so many calls to end once more."""
    for _ in range(times):
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            continue
    await asyncio.Event().wait()


async def ended(task: "asyncio.Task[None]") -> BaseException | None:
    done, _ = await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
    assert done, "it goes on"
    return asyncio.CancelledError() if task.cancelled() else task.exception()


@pytest.mark.parametrize("times", [0, 1, 2, 5])
async def test_work_that_ends_politely_ends_all_the_same(times: int) -> None:
    async def work() -> None:
        async with TimeLimit(0):
            await polite(times)

    assert isinstance(await ended(asyncio.create_task(work())), TimeoutError)


async def test_a_busy_moment_makes_one_call_of_none() -> None:
    """All that was due meanwhile comes at once, and then once more."""
    now = asyncio.get_running_loop().time

    async def work() -> None:
        async with TimeLimit(0.001):
            ends = now() + 0.01
            while now() < ends:
                pass
            await polite(1)

    assert isinstance(await ended(asyncio.create_task(work())), TimeoutError)


async def test_work_in_time_is_left_alone() -> None:
    task = asyncio.current_task()
    assert task is not None
    async with TimeLimit(0.001) as limit:
        pass
    assert not limit.passed
    # Its call would come by now.
    async with TimeLimit(0.01) as later:
        with pytest.raises(asyncio.CancelledError):
            await asyncio.Event().wait()
    assert later.passed
    assert task.cancelling() == 0


async def test_an_error_of_the_work_itself_stays() -> None:
    with pytest.raises(LookupError):
        async with TimeLimit(PATIENCE_SECONDS):
            raise LookupError
    with pytest.raises(TimeoutError, match="of something else"):
        async with TimeLimit(PATIENCE_SECONDS) as limit:
            raise TimeoutError("of something else")
    assert not limit.passed


async def test_who_is_called_off_by_somebody_else_is_not_late() -> None:
    began = asyncio.Event()

    async def work() -> None:
        async with TimeLimit(PATIENCE_SECONDS):
            began.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await began.wait()
    task.cancel()
    assert isinstance(await ended(task), asyncio.CancelledError)


@pytest.mark.parametrize("times", [0, 1, 4])
async def test_of_two_limits_that_are_both_past_the_outer_one_says_so(times: int) -> None:
    said = []

    async def work() -> None:
        try:
            async with TimeLimit(0) as outer:
                try:
                    async with TimeLimit(0):
                        await polite(times)
                except TimeoutError:
                    said.append("inner")
        except TimeoutError:
            said.append("outer")
        assert outer.passed
        task = asyncio.current_task()
        assert task is not None
        assert task.cancelling() == 0

    assert await ended(asyncio.create_task(work())) is None
    assert said == ["outer"]


async def test_an_inner_limit_lets_the_work_around_it_go_on() -> None:
    async with TimeLimit(PATIENCE_SECONDS) as outer:
        with pytest.raises(TimeoutError):
            async with TimeLimit(0):
                await polite(1)
    assert not outer.passed


async def test_an_asyncio_timeout_around_it_says_so_too() -> None:
    async def work() -> None:
        async with asyncio.timeout(0), TimeLimit(0):
            await polite(3)

    assert isinstance(await ended(asyncio.create_task(work())), TimeoutError)
