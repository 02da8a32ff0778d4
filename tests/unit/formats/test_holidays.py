"""Holidays from files: calendars and lists, and every fault told."""

from datetime import date
from pathlib import Path

import pytest

from bot.formats.holidays import MOST, BadHolidays, read_holidays

TODAY = date(2026, 11, 24)


def calendar(*events: str) -> str:
    named = (
        event if event.startswith("UID:") else f"UID:{number}\r\n{event}"
        for number, event in enumerate(events)
    )
    body = "\r\n".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT" for event in named)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:sample\r\n{body}\r\nEND:VCALENDAR\r\n"


def read(folder: Path, text: str | bytes, name: str = "holidays.ics") -> list[date]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return sorted(read_holidays(path, today=TODAY))


def test_days_of_a_calendar(tmp_path: Path) -> None:
    text = calendar(
        "SUMMARY:Christmas\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227",
        "SUMMARY:New Year\r\nDTSTART;VALUE=DATE:20270101",
        "SUMMARY:Long weekend\r\nDTSTART;VALUE=DATE:20270501\r\nDURATION:P2D",
        "SUMMARY:Company day\r\nDTSTART:20270610T090000Z\r\nDTEND:20270610T170000Z",
        "SUMMARY:Off\r\nDTSTART;VALUE=DATE:20270701\r\nSTATUS:CANCELLED",
    )
    assert read(tmp_path, text) == [
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2027, 1, 1),
        date(2027, 5, 1),
        date(2027, 5, 2),
        date(2027, 6, 10),
    ]


def test_repeated_days_come_for_ten_years(tmp_path: Path) -> None:
    yearly = "DTSTART;VALUE=DATE:20200501\r\nRRULE:FREQ=YEARLY"
    until = "DTSTART;VALUE=DATE:20250103\r\nRRULE:FREQ=YEARLY;UNTIL=20270103T000000Z"
    found = read(tmp_path, calendar(yearly, until))
    assert [day for day in found if day.month == 5] == [
        date(year, 5, 1) for year in range(2020, 2037)
    ]
    assert [day.year for day in found if day.month == 1] == [2025, 2026, 2027]


def test_an_endless_repetition_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadHolidays, match="is the most"):
        read(tmp_path, calendar("DTSTART;VALUE=DATE:20200501\r\nRRULE:FREQ=DAILY"))
    with pytest.raises(BadHolidays, match="more than once a day"):
        read(tmp_path, calendar("DTSTART:20200501T000000Z\r\nRRULE:FREQ=SECONDLY"))


MEETING = "DTSTART;TZID=Asia/Shanghai:20261201T090000\r\nRRULE:FREQ=WEEKLY;COUNT=3"
MOVED = "UID:week\r\nRECURRENCE-ID;VALUE=DATE:20261218\r\nDTSTART;VALUE=DATE"
WEEKLY = "UID:week\r\nDTSTART;VALUE=DATE:20261204\r\nRRULE:FREQ=WEEKLY;COUNT=4"


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ([f"{WEEKLY}\r\nEXDATE;VALUE=DATE:20261211"], ["12-04", "12-18", "12-25"]),
        ([f"{WEEKLY}\r\nRDATE;VALUE=DATE:20261231"], ["12-04", "12-11", "12-18", "12-25", "12-31"]),
        (
            [
                WEEKLY,
                f"{MOVED}:20261221",
            ],
            ["12-04", "12-11", "12-21", "12-25"],
        ),
        (
            [
                WEEKLY,
                f"{MOVED}:20261218\r\nSTATUS:CANCELLED",
            ],
            ["12-04", "12-11", "12-25"],
        ),
        (["DTSTART;VALUE=DATE:20261208\r\nRDATE;VALUE=DATE:20261209"], ["12-08", "12-09"]),
        (
            [
                f"{MEETING}\r\nEXDATE:20261208T010000Z",
            ],
            ["12-01", "12-15"],
        ),
        (
            ["UID:x\r\nDTSTART;VALUE=DATE:20261201", "UID:x\r\nDTSTART;VALUE=DATE:20261202"],
            ["12-01", "12-02"],
        ),
    ],
    ids=["exdate", "rdate", "moved", "one cancelled", "rdate alone", "at a time", "one uid"],
)
def test_exceptions_and_additions_count(tmp_path: Path, events: list[str], days: list[str]) -> None:
    assert [f"{day:%m-%d}" for day in read(tmp_path, calendar(*events))] == days


def test_a_list_of_dates(tmp_path: Path) -> None:
    text = "\ufeff# 2026\n2026-12-25, 2026-12-26  # Christmas\n\n2027-01-01\n2027-01-01\n"
    assert read(tmp_path, text, "holidays.txt") == [
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2027, 1, 1),
    ]
    assert read(tmp_path, "", "none.txt") == []


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("2026-12-25\n25.12.2026\nsoon", "days.txt", "days.txt:2"),
        ("2026-02-30", "days.txt", "2026-02-30"),
        (b"\xff\xfe2\x000\x00", "days.txt", "UTF-8"),
        ("no calendar at all", "days.ics", "no calendar"),
        (calendar("SUMMARY:No start"), "days.ics", "No start"),
        (calendar("SUMMARY:Odd\r\nDTSTART;VALUE=DATE:20261399"), "days.ics", "Odd"),
        (
            calendar("DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:29990101"),
            "days.ics",
            "too long",
        ),
        ("\n".join(str(date.fromordinal(730_000 + day)) for day in range(MOST + 1)), "d", "most"),
    ],
)
def test_faults_are_told(tmp_path: Path, text: str | bytes, name: str, told: str) -> None:
    with pytest.raises(BadHolidays) as refused:
        read(tmp_path, text, name)
    assert told in str(refused.value.params["remedy"])


def test_every_fault_of_a_list_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadHolidays) as refused:
        read(tmp_path, "a\nb\n2026-01-01\nc", "days.txt")
    remedy = str(refused.value.params["remedy"])
    assert [f"days.txt:{line}:" in remedy for line in (1, 2, 3, 4)] == [True, True, False, True]
