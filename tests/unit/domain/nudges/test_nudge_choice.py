"""Which expectation a nudge is about: the right one, for reasons that hold, each in its turn."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.answers import GapReport
from bot.domain.framework import CellKey, key_of
from bot.domain.growth.assessment import Status
from bot.domain.growth.own_gap import OwnState
from bot.domain.growth.planned.agreement import Agreement
from bot.domain.lookup.gap import Gap
from bot.domain.nudges.choice import ENOUGH, Choice, NothingNow, Reason, after, choose
from bot.domain.nudges.history import RECENT, Asked, NudgeHistory, RecentNudge
from bot.domain.revision import Catalogue
from tests.properties import examples
from tests.strategies import Shape, catalogue_of, catalogues
from tests.unit.cards.holders import NOW, reports

WEEK = timedelta(weeks=1)


def own_of(report: GapReport) -> OwnState:
    assert report.own is not None
    return report.own


def candidates(report: GapReport) -> list[Gap]:
    own = own_of(report)
    return [*report.gap.gaps, *own.likely, *own.due]


@st.composite
def cases(draw: st.DrawFn, *, agreeing: float = 0.0) -> tuple[GapReport, NudgeHistory]:
    """Draw a way to a level, and any history of nudges on it.

    `agreeing` is how likely an expectation is one that was agreed to count now.
    """
    catalogue: Catalogue = draw(catalogues())
    rng = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - repeatable
    found = list(reports(catalogue, rng))
    assume(found)
    report = rng.choice(found)
    cells = [key_of(each.target) for each in candidates(report)]
    until = NOW.date() + WEEK
    counts = [cell for cell in cells if agreeing and rng.random() < agreeing]
    agreed = {cell: Agreement(cell, "U0MANAGER", until) for cell in counts}
    report = replace(report, own=replace(own_of(report), agreed=agreed))
    asked = {
        cell: Asked(rng.randrange(1, 4), NOW - rng.randrange(1, 60) * WEEK)
        for cell in cells
        if rng.random() < 0.6
    }
    later = {cell: NOW + rng.randrange(-2, 3) * WEEK for cell in cells if rng.random() < 0.3}
    optional = {key_of(each.target) for each in candidates(report) if not each.target.required}
    in_order = sorted(asked, key=lambda cell: asked[cell].last, reverse=True)
    recent = [RecentNudge(cell, cell in optional) for cell in in_order[:RECENT]]
    return report, NudgeHistory(asked, later, tuple(recent))


def optional_now(report: GapReport, history: NudgeHistory) -> bool:
    """Tell whether the last seven nudges were required ones, and none of those is left out."""
    required = {key_of(each.target) for each in candidates(report) if each.target.required}
    seven = len(history.recent) == RECENT and not any(each.optional for each in history.recent)
    return seven and required <= set(history.asked)


def put_off(history: NudgeHistory, cell: CellKey) -> datetime | None:
    """Return until when a cell is put off; what was asked at that time or later has come."""
    until = history.later.get(cell)
    if until is not None and cell in history.asked and history.asked[cell].last >= until:
        return None
    return until


def decided(report: GapReport, history: NudgeHistory) -> Choice | NothingNow:
    return choose(report.gap, own_of(report), history, now=NOW)


@given(cases())
@examples(120)
def test_a_choice_is_open_to_be_asked_and_the_same_each_time(
    case: tuple[GapReport, NudgeHistory],
) -> None:
    report, history = case
    found = decided(report, history)
    assert found == decided(report, history)
    assert (found is NothingNow.ALL_DONE) == (not candidates(report))
    if not isinstance(found, Choice):
        return
    later = put_off(history, found.cell)
    assert later is None or later <= NOW
    assert found.cell != history.latest or later is not None
    standing = own_of(report).standings[found.cell.skill]
    assert standing.status is not Status.NOT_RELEVANT
    assert standing.status is not Status.MET or standing.due is not None


@given(st.sampled_from((0.0, 0.3)).flatmap(lambda agreeing: cases(agreeing=agreeing)))
@examples(120)
def test_every_reason_holds_and_none_is_kept_back(case: tuple[GapReport, NudgeHistory]) -> None:
    report, history = case
    found = decided(report, history)
    if not isinstance(found, Choice):
        return
    chosen = next(each for each in candidates(report) if key_of(each.target) == found.cell)
    largest = max((each.jump for each in report.gap.gaps), default=0)
    holds = {
        Reason.LATER_IS_NOW: put_off(history, found.cell) is not None,
        Reason.AGREED: found.cell in own_of(report).agreed,
        Reason.FRESH_LOOK: chosen in own_of(report).due,
        Reason.REQUIRED: chosen.target.required,
        Reason.OPTIONAL: not chosen.target.required,
        Reason.LARGEST_STEP: len(report.gap.gaps) > 1 and chosen.jump == largest > 0,
        Reason.NEVER_ASKED: found.cell not in history.asked,
        Reason.ASKED_LONG_AGO: found.cell in history.asked and found.cell not in history.later,
    }
    assert {each: each in found.reasons for each in Reason} == holds


@given(cases())
@examples(120)
def test_nothing_comes_before_what_has_to(case: tuple[GapReport, NudgeHistory]) -> None:
    report, history = case
    found = decided(report, history)
    untils = {
        key_of(each.target): put_off(history, key_of(each.target)) for each in candidates(report)
    }
    ready = [
        each
        for each in candidates(report)
        if (
            key_of(each.target) != history.latest
            if (until := untils[key_of(each.target)]) is None
            else until <= NOW
        )
    ]
    if not isinstance(found, Choice):
        assert ready == []
        return
    if untils[found.cell] is not None:
        return
    assert not any(untils[key_of(each.target)] is not None for each in ready)
    if any(each.target.required for each in ready) and not any_worn(ready, history):
        others = any(not each.target.required for each in ready)
        assert found.gap.target.required is not (optional_now(report, history) and others)
    times = found.asked.times if found.asked else 0
    for each in () if any_worn(ready, history) else ready:
        if each.target.required == found.gap.target.required:
            other = history.asked.get(key_of(each.target))
            assert times <= (other.times if other else 0)


def any_worn(ready: list[Gap], history: NudgeHistory) -> bool:
    """Tell whether something was asked so often that it may wait for others."""
    return any(history.times(key_of(each.target)) >= ENOUGH for each in ready)


@given(cases())
@examples(120)
def test_every_reason_holds(case: tuple[GapReport, NudgeHistory]) -> None:
    report, history = case
    found = decided(report, history)
    if not isinstance(found, Choice):
        return
    reasons = set(found.reasons)
    assert len(reasons) == len(found.reasons)
    assert (Reason.REQUIRED in reasons) == found.gap.target.required
    assert (Reason.OPTIONAL in reasons) != found.gap.target.required
    assert (Reason.LATER_IS_NOW in reasons) == (put_off(history, found.cell) is not None)
    due = {key_of(each.target) for each in own_of(report).due}
    assert (Reason.FRESH_LOOK in reasons) == (found.cell in due)
    assert (Reason.NEVER_ASKED in reasons) == (found.asked is None)
    # What was put off was asked a moment ago.
    long_ago = found.asked is not None and found.cell not in history.later
    assert (Reason.ASKED_LONG_AGO in reasons) == long_ago
    if Reason.LARGEST_STEP in reasons:
        assert found.gap.jump == max(each.jump for each in report.gap.gaps) > 0


@given(cases(), st.data())
@examples(60)
def test_what_was_offered_in_this_nudge_is_not_offered_again(
    case: tuple[GapReport, NudgeHistory], data: st.DataObject
) -> None:
    report, history = case
    cells = [key_of(each.target) for each in candidates(report)]
    assume(cells)
    without = data.draw(st.sets(st.sampled_from(cells)))
    found = choose(report.gap, own_of(report), history, now=NOW, without=without)
    assert not isinstance(found, Choice) or found.cell not in without
    if without == set(cells):
        assert found is NothingNow.WAITING


@given(cases(agreeing=0.3))
@examples(60)
def test_what_was_agreed_comes_before_what_was_not(case: tuple[GapReport, NudgeHistory]) -> None:
    report, history = case
    found = decided(report, history)
    agreed = own_of(report).agreed
    if not isinstance(found, Choice):
        return
    assert found.agreed == agreed.get(found.cell)
    if found.cell in agreed or put_off(history, found.cell) is not None:
        return
    # Only what was asked a moment ago, was put off, or was asked so often waits nevertheless.
    for each in candidates(report):
        cell = key_of(each.target)
        waits = cell == history.latest or put_off(history, cell) is not None
        assert cell not in agreed or waits or history.times(cell) >= ENOUGH


def rounds(report: GapReport, count: int) -> Iterator[CellKey]:
    """Yield what is asked, week by week, while the member answers nothing."""
    history = NudgeHistory()
    for week in range(count):
        now = NOW + week * WEEK
        found = choose(report.gap, own_of(report), history, now=now)
        if not isinstance(found, Choice):
            return
        prompts = found.gap.target.growth_prompts
        assert (found.prompt in prompts) != (found.wrote is not None or not prompts)
        history = after(history, found, at=now)
        yield found.cell


@given(catalogues(), st.integers(0, 2**32))
@examples(40)
def test_each_has_its_turn(catalogue: Catalogue, seed: int) -> None:
    for report in reports(catalogue, random.Random(seed)):  # noqa: S311 - repeatable
        required = {key_of(each.target) for each in candidates(report) if each.target.required}
        if len(required) < 2:
            continue
        everything = list(rounds(report, 4 * len(required)))
        assert all(one != other for one, other in pairwise(everything))
        asked = [each for each in everything if each in required][: 3 * len(required)]
        assert set(asked) == required
        assert set(Counter(asked).values()) == {3}


def test_the_largest_step_comes_first_and_what_was_met_long_ago_last() -> None:
    shape = Shape(12, 1, 1, 1, 1, 4, False, 5, True, False, 3)
    catalogue = catalogue_of(shape, ("Sawing",))
    seen = 0
    for seed in range(20):
        for report in reports(catalogue, random.Random(seed)):  # noqa: S311 - repeatable
            found = [each for each in candidates(report) if each.target.required]
            asked = list(rounds(report, len(found)))
            by_cell = {key_of(each.target): each for each in found}
            due = [each in own_of(report).due for each in (by_cell[cell] for cell in asked)]
            assert due == sorted(due)
            still = [by_cell[cell].jump for cell in asked[: due.count(False)]]
            assert still == sorted(still, reverse=True)
            seen += len(still) > 1 and any(due)
    assert seen
