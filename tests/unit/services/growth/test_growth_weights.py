"""What members hold is at hand within so many bytes, and its estimated weight is about right."""

import gc
import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.growth.holdings import Growth, growth_of
from bot.domain.growth.planned.action import DatedAction
from bot.domain.growth.planned.agreement import Agreement
from bot.domain.lookup.skill_offer import HelpSide, SkillOffer
from bot.domain.tenancy import Member, Tenant
from bot.services.growth.cache import GrowthCache
from bot.services.growth.weights import weight_of_growth
from bot.store.database import Database

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def fresh(text: str) -> str:
    """Return a text of its own, as each row that is read brings it along."""
    return "".join([*text])


def cell(number: int) -> CellKey:
    return CellKey(fresh("llm-engineer"), fresh("senior"), fresh(f"skill-number-{number}"))


def marks(count: int, cells: int, note: int) -> Growth:
    return growth_of(
        Assessment(
            cell(each % cells),
            Status.WORKING,
            BEGAN + timedelta(hours=each),
            fresh("working"),
            "n" * note,
            1_000 + each,
        )
        for each in range(count)
    )


def pieces(count: int, supported: int, note: str) -> Growth:
    return growth_of(
        (),
        tuple(
            Evidence(
                1_000 + each,
                EvidenceKind.LINK,
                fresh(note),
                fresh(f"https://example.com/a/page/{each}"),
                BEGAN + timedelta(hours=each),
                frozenset(map(cell, range(supported))),
            )
            for each in range(count)
        ),
    )


def planned(count: int) -> Growth:
    return growth_of(
        (),
        actions=[
            DatedAction(
                1_000 + each,
                cell(each),
                fresh("read two chapters of it"),
                date(2026, 3, 1) + timedelta(days=each),
                date(2026, 3, 1) + timedelta(days=each),
                BEGAN + timedelta(hours=each),
            )
            for each in range(count)
        ],
        agreed=tuple(
            Agreement(cell(each), fresh("U0COLLEAGUE"), date(2026, 9, 1) + timedelta(days=each))
            for each in range(count)
        ),
        offers=tuple(
            SkillOffer(fresh(f"skill-number-{each}"), HelpSide.HELP, BEGAN + timedelta(hours=each))
            for each in range(count)
        ),
    )


@pytest.mark.parametrize(
    "make",
    [
        lambda: marks(400, 400, 0),
        lambda: marks(400, 20, 300),
        lambda: pieces(200, 1, "x" * 280),
        lambda: pieces(100, 5, "技" * 3000),
        lambda: planned(50),
    ],
    ids=["marks", "a long history", "evidence", "long evidence", "plans and offers"],
)
def test_growth_weighs_about_what_is_estimated(make: Callable[[], Growth]) -> None:
    make()
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        growth = make()
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert weight_of_growth(growth) == pytest.approx(after - before, rel=0.2)


async def test_members_at_hand_weigh_no_more_than_they_may_and_the_newest_stays() -> None:
    each = marks(200, 20, 50)
    cache = GrowthCache(cast("Database", None), heaviest=3 * weight_of_growth(each))
    members = [Member(Tenant("T1"), f"U{number}") for number in range(5)]
    for member in members:
        cache.put(member, each)
    for member in members[2:]:
        assert (await cache.of(member)).growth is each
    for member in members[:2]:
        with pytest.raises(AttributeError):  # it asks the database again
            await cache.of(member)
    # What one member holds alone may be more.
    much = marks(2_000, 20, 50)
    cache.put(members[0], much)
    assert (await cache.of(members[0])).growth is much
    with pytest.raises(AttributeError):
        await cache.of(members[4])
