"""A clock beside the database's: where they part nothing is due, and it is told once."""

from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.services.clock import always_steady
from bot.services.two_clocks import APART_S, TwoClocks, no_other
from bot.store.errors import StoreUnavailable
from tests.fakes.clock import FrozenClock

TWO_YEARS = timedelta(days=730)


class Machines:
    """A machine with its clock, one that only counts, and the database's machine beside it."""

    def __init__(self) -> None:
        self.mine, self.theirs, self.counted = FrozenClock(), FrozenClock(), 50.0
        self.asked = 0
        self.away = False
        self.evenly = float("inf")
        self.clocks = TwoClocks(self.mine, self.tell, self.is_steady, lambda: self.counted)

    async def tell(self) -> datetime:
        self.asked += 1
        if self.away:
            raise StoreUnavailable(reason="away")
        return self.theirs.now()

    def is_steady(self, seconds: float) -> bool:
        return self.evenly >= seconds

    def pass_by(self, seconds: float) -> None:
        self.mine.advance(timedelta(seconds=seconds))
        self.theirs.advance(timedelta(seconds=seconds))
        self.counted += seconds

    def sleep(self, seconds: float) -> None:
        """Let the machine sleep: what only counts stands still meanwhile."""
        self.pass_by(seconds)
        self.counted -= seconds


@pytest.mark.parametrize("apart", [APART_S + 1, -APART_S - 1, TWO_YEARS.total_seconds()])
async def test_a_clock_that_is_off_is_told_once_and_once_that_it_is_right_again(
    apart: float,
) -> None:
    machines = Machines()
    machines.mine.advance(timedelta(seconds=apart))
    with capture_logs() as logged:
        assert not await machines.clocks.right()
        machines.pass_by(1)
        assert not await machines.clocks.right()
        assert machines.clocks.fault() == "clock_wrong"
        machines.mine.advance(-timedelta(seconds=apart))
        assert await machines.clocks.right()
        assert await machines.clocks.right()
    assert [(each["event"], each.get("seconds")) for each in logged] == [
        ("clock_wrong", round(apart)),
        ("clock_right_again", None),
    ]
    assert machines.clocks.fault() is None


@pytest.mark.parametrize("apart", [APART_S, -APART_S, 0.0])
async def test_clocks_that_differ_by_little_agree(apart: float) -> None:
    machines = Machines()
    machines.mine.advance(timedelta(seconds=apart))
    assert await machines.clocks.right()
    assert machines.clocks.ahead() == pytest.approx(apart)


async def test_a_jump_is_seen_at_once_though_the_database_is_asked_now_and_then() -> None:
    machines = Machines()
    for _ in range(30):
        assert await machines.clocks.right()
        machines.pass_by(1)
    assert machines.asked == 3
    machines.mine.advance(TWO_YEARS)
    assert not machines.clocks(0)
    assert not await machines.clocks.right()


async def test_a_machine_that_slept_is_not_wrong() -> None:
    machines = Machines()
    assert await machines.clocks.right()
    machines.sleep(3600)
    assert not machines.clocks.seem_to_agree()
    assert await machines.clocks.right()
    assert machines.clocks.ahead() == pytest.approx(0)


async def test_while_the_database_is_away_what_it_told_before_holds() -> None:
    machines = Machines()
    assert await machines.clocks.right()
    machines.away = True
    machines.pass_by(600)
    assert await machines.clocks.right()
    machines.mine.advance(TWO_YEARS)
    assert not await machines.clocks.right()


async def test_a_database_that_was_never_heard_says_nothing() -> None:
    machines = Machines()
    machines.away = True
    with pytest.raises(StoreUnavailable):
        await machines.clocks.right()


async def test_by_a_clock_that_has_jumped_nothing_is_done_and_old_things_are_kept_for_longer() -> (
    None
):
    machines, done = Machines(), list[str]()

    async def due() -> None:
        done.append("due")

    async def old() -> None:
        done.append("old")

    async def both(evenly: float) -> list[str]:
        machines.evenly = evenly
        done.clear()
        await machines.clocks.by_time(due)()
        await machines.clocks.by_age(old)()
        return [*done]

    assert await both(59) == []
    assert await both(60) == ["due"]
    assert await both(600) == ["due", "old"]
    machines.mine.advance(TWO_YEARS)
    assert await both(600) == []


async def test_a_clock_without_another_one_is_right_wherever_it_is_moved() -> None:
    clock = FrozenClock()
    clocks = TwoClocks(clock, no_other, always_steady)
    assert await clocks.right()
    clock.advance(TWO_YEARS)
    assert await clocks.right()
    assert (clocks.ahead(), clocks.fault()) == (0, None)
