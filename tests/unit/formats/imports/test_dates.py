"""Dates in the notations that people and spreadsheets use."""

from pathlib import Path

import pytest

from bot.formats.imports.dates import ReadDate, read_date
from bot.formats.mapping.model import DateOrder
from tests.unit.formats.imports.importing import codes, content_of, imported


@pytest.mark.parametrize(
    "text",
    [
        *("2026-03-02", "2026-03-02 00:00:00", "2026-03-02T10:00:00Z", "2026/3/2", "2026.03.02"),
        *("2 March 2026", "2nd Mar 2026", "March 2, 2026", "Mon, 2 Mar 2026", "02-Mar-26"),
        *("2. März 2026", "2 mars 2026", "2 de marzo de 2026", "2026年3月2日", "2026 年 3 月 2 日"),
        *("02.03.2026", "2.3.26", "20260302", "46083", "46083.5"),
    ],
)
def test_a_date_is_read(text: str) -> None:
    found = read_date(text)
    assert found is not None
    assert (found.day.isoformat(), found.ambiguous) == ("2026-03-02", False)


@pytest.mark.parametrize(
    ("text", "day_first", "month_first"),
    [
        ("02/03/2026", "2026-03-02", "2026-02-03"),
        ("2-3-26", "2026-03-02", "2026-02-03"),
        ("2/3/2026 12:00 AM", "2026-03-02", "2026-02-03"),
    ],
)
def test_a_date_that_may_be_two_says_so(text: str, day_first: str, month_first: str) -> None:
    for order, day in ((DateOrder.DAY_FIRST, day_first), (DateOrder.MONTH_FIRST, month_first)):
        found = read_date(text, order)
        assert found is not None
        assert (found.day.isoformat(), found.ambiguous) == (day, True)


@pytest.mark.parametrize("order", list(DateOrder))
@pytest.mark.parametrize(
    ("text", "day"), [("13/03/2026", "2026-03-13"), ("03/13/2026", "2026-03-13")]
)
def test_figures_above_twelve_are_days(order: DateOrder, text: str, day: str) -> None:
    found = read_date(text, order)
    assert found is not None
    assert (found.day.isoformat(), found.ambiguous) == (day, False)


@pytest.mark.parametrize("text", ["2026-03", "03/2026", "March 2026", "2026年3月"])
def test_a_month_is_its_first_day(text: str) -> None:
    found = read_date(text)
    assert isinstance(found, ReadDate)
    assert found.day.isoformat() == "2026-03-01"


@pytest.mark.parametrize("text", ["last spring", "2026-02-30", "Q1 2026", "5", "12345678", ""])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


def updated(tmp_path: Path, *cells: str) -> tuple[list[str], set[str]]:
    rows = [(f"Skill {at}", "a", "b", cell) for at, cell in enumerate(cells)]
    result = imported(tmp_path, ("Skill", "Junior", "Senior", "Last updated"), *rows)
    days = {str(skill.updated_on) for skill in content_of(result).skills}
    return [code for code in codes(result) if code != "decided"], days


def test_a_doubtful_date_warns_and_never_stops(tmp_path: Path) -> None:
    found = updated(tmp_path, "03/04/2026", "last spring")
    assert found == (["ambiguous-date", "not-a-date"], {"2026-04-03", "None"})


def test_a_file_that_has_months_first_is_read_so(tmp_path: Path) -> None:
    found = updated(tmp_path, "03/04/2026", "03/25/2026")
    assert found == (["ambiguous-date"], {"2026-03-04", "2026-03-25"})


def test_of_several_days_of_updates_the_last_is_kept_without_a_word(tmp_path: Path) -> None:
    rows = (("Dev", level, "Plan", level, day) for level, day in (("L1", "2026-03-02"), ("L2", "")))
    later = (("Dev", "L3", "Plan", "c", "2026-04-01"), ("Dev", "L4", "Plan", "d", "2025-01-01"))
    head = ("Role", "Level", "Skill", "Text", "Last updated")
    result = imported(tmp_path, head, *rows, *later)
    assert str(content_of(result).skills[0].updated_on) == "2026-04-01"
    assert codes(result) == []
