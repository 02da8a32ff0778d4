"""What rows of nudges come to, for one member and for several."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from bot.domain.framework import CellKey
from bot.domain.nudges.decision import Past
from bot.domain.nudges.history import Asked
from bot.store.nudges.past import pasts_in

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)
CELL, OTHER = CellKey("baker", "senior", "dough"), CellKey("baker", "senior", "oven")
NOTHING: dict[str, list[Any]] = {
    name: [] for name in ("asked", "put_off", "last_sent", "recent", "days")
}


def asked(
    weeks_ago: int,
    *,
    times: int = 1,
    prompt: str | None = None,
    quoted_at: datetime | None = None,
    cell: CellKey = CELL,
    member_id: int = 1,
) -> SimpleNamespace:
    return SimpleNamespace(
        member_id=member_id,
        role_key=cell.role,
        level_key=cell.level,
        skill_key=cell.skill,
        prompt=prompt,
        quoted_at=quoted_at,
        times=times,
        last=NOW - weeks_ago * WEEK,
    )


def past_of(*rows: SimpleNamespace, member_id: int = 1) -> Past:
    return pasts_in(NOTHING | {"asked": list(rows)}, [1, 2])[member_id]


def test_every_prompt_about_an_expectation_counts_and_the_newest_says_when() -> None:
    rows = [
        asked(5, times=2, prompt="Draw it."),
        asked(1, prompt="Tell it."),
        asked(3, quoted_at=NOW - 9 * WEEK),
        asked(4, times=7, cell=OTHER, prompt="Draw it."),
        asked(0, times=9, member_id=2),
    ]
    for each in (rows, rows[::-1]):
        history = past_of(*each).history
        assert history.asked == {CELL: Asked(4, NOW - WEEK), OTHER: Asked(7, NOW - 4 * WEEK)}
        assert history.prompts == {"Draw it.": NOW - 4 * WEEK, "Tell it.": NOW - WEEK}
        assert history.quoted == {(CELL, NOW - 9 * WEEK)}
    assert past_of(*rows, member_id=2).history.asked == {CELL: Asked(9, NOW)}


def test_who_was_sent_nothing_has_no_past() -> None:
    assert past_of() == Past()


def test_days_and_what_was_put_off_are_each_members_own() -> None:
    days = [date(2026, 11, 24), date(2026, 11, 17)]
    put_off = asked(0)
    put_off.until = NOW + WEEK
    rows = NOTHING | {
        "days": [SimpleNamespace(member_id=1, slot_day=day) for day in days],
        "put_off": [put_off],
        "last_sent": [SimpleNamespace(member_id=1, sent_at=NOW)],
    }
    found = pasts_in(rows, [1, 2])
    assert (found[1].days, found[1].last_sent) == (tuple(sorted(days)), NOW)
    assert found[1].history.later == {CELL: NOW + WEEK}
    assert found[2] == Past()
