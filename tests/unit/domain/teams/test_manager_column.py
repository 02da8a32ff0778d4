"""What counts in the other's own column, whatever was drafted, sent and taken back before."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.teams.manager_marks import (
    STATUSES,
    ManagerMark,
    column_of,
    differ,
    item_key,
    sent_marks,
)

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
CELLS = tuple(CellKey("role", "lead", skill) for skill in "abc")


def _mark(number: int, cell: CellKey, status: Status | None, *, sent: bool) -> ManagerMark:
    at = NOON + timedelta(minutes=number)
    return ManagerMark(number, 1, "U0MANAGER", cell, status, "", at, at if sent else None)


@given(
    st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from((*STATUSES, None)))),
    st.dictionaries(st.sampled_from(CELLS), st.sampled_from((*STATUSES, None))),
)
def test_the_newest_that_was_sent_counts_and_a_draft_is_its_authors(
    sent: list[tuple[CellKey, Status | None]], drafts: dict[CellKey, Status | None]
) -> None:
    history = [_mark(number, *each, sent=True) for number, each in enumerate(sent)]
    history += [_mark(1000, *each, sent=False) for each in drafts.items()]
    column = column_of(history)
    for cell in CELLS:
        last = [status for each, status in sent if each == cell][-1:]
        marked = column.get(cell)
        found = marked.sent.status if marked and marked.sent else None
        assert [found] == (last or [None])
        shown = marked.shown.status if marked and marked.shown else None
        assert shown == drafts.get(cell, found)
    assert all(each.sent for each in sent_marks(history)), "the member sees no draft"


def test_what_nobody_said_reads_as_not_yet() -> None:
    marks = {each: _mark(1, CELLS[0], each, sent=True) for each in STATUSES}
    told = {
        (status, each)
        for status in (None, *Status)
        for each, mark in marks.items()
        if differ(status, mark)
    }
    same = {(status, status) for status in STATUSES} | {(None, Status.NOT_YET)}
    assert told == {(status, each) for status in (None, *Status) for each in STATUSES} - same
    assert not differ(Status.MET, None)


def test_keys_of_expectations_are_short_and_apart() -> None:
    cells = [CellKey("a\n", "b", "c"), CellKey("a", "b", "c"), CellKey("a", "b\nc", "")]
    assert len({item_key(each) for each in cells}) == 3
    assert all(len(item_key(each)) == 18 for each in cells)
