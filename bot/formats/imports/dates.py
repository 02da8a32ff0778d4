"""Dates as people write them: in figures of any order, with names of months, as Excel counts."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from babel.dates import get_month_names

from bot.formats.mapping.model import DateOrder
from bot.values import dataclass

_TIME = (
    r"(?:(?:T|,?\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?"
    r"\s*(?:Z|UTC|[+-]\d\d:?\d\d)?)?"
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.IGNORECASE)
_YEAR_LAST = re.compile(
    rf"(\d{{1,2}})\s?([-/.])\s?(\d{{1,2}})\s?\2\s?(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE
)
_HAN = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(?:(\d{1,2})\s*[日号])?.*")
_COMPACT = re.compile(r"(20\d{2}|19\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_MONTH_ONLY = re.compile(r"(?:(\d{4})[-/.](\d{1,2})|(\d{1,2})[/.](\d{4}))")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_LOCALES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "cs")
_EXCEL = date(1899, 12, 30)
# Excel's count of the years 1982 to 2064: other numbers are no dates of a last update.
_SERIALS = range(30_000, 60_400)
_CENTURY = 2000
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date, and whether its figures could also mean another one."""

    day: date
    ambiguous: bool = False


def read_date(text: str, order: DateOrder = DateOrder.DAY_FIRST) -> ReadDate | None:
    """Return the date that a text holds, None where it holds none.

    `order` decides 03/04/2026. Where only a month is given, it is its first day.
    """
    text = " ".join(text.split())
    if found := _YEAR_FIRST.fullmatch(text):
        return _dated(found[1], found[3], found[4])
    if found := _YEAR_LAST.fullmatch(text):
        return _figures(int(found[1]), int(found[3]), found[4], found[2], order)
    if found := _HAN.fullmatch(text):
        return _dated(found[1], found[2], found[3] or "1")
    if found := _COMPACT.fullmatch(text):
        return _dated(found[1], found[2], found[3])
    if (found := _SERIAL.fullmatch(text)) and int(found[1]) in _SERIALS:
        return ReadDate(_EXCEL + timedelta(days=int(found[1])))
    if found := _MONTH_ONLY.fullmatch(text):
        return _dated(found[1] or found[4], found[2] or found[3], "1")
    return _named(text)


def _dated(year: str | int, month: str | int, day: str | int) -> ReadDate | None:
    try:
        return ReadDate(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _figures(first: int, second: int, year: str, sign: str, order: DateOrder) -> ReadDate | None:
    whole = int(year) if len(year) > 2 else _CENTURY + int(year)
    # Only days stand before a dot; and only one of both figures can be a month above 12.
    either = sign != "." and first <= _MONTHS and second <= _MONTHS and first != second
    month_first = order is DateOrder.MONTH_FIRST if either else second > _MONTHS
    day, month = (second, first) if month_first else (first, second)
    found = _dated(whole, month, day)
    return found and ReadDate(found.day, ambiguous=either)


def _named(text: str) -> ReadDate | None:
    """Return a date with the name of its month: ``2nd March 2026``, ``1. März 2026``."""
    words = _WORDS.findall(text.casefold())
    months = [number for word in words if (number := _month_names().get(word))]
    figures = [word for word in words if word.isdigit()]
    if len(months) != 1 or not 1 <= len(figures) <= 5:
        return None
    if len(figures) == 1:
        return _dated(figures[0], months[0], 1) if len(figures[0]) == 4 else None
    first, second = figures[:2]
    year, day = (first, second) if len(first) == 4 else (second, first)
    return _dated(int(year) + (_CENTURY if len(year) < 3 else 0), months[0], day)


@cache
def _month_names() -> Mapping[str, int]:
    names: dict[str, int] = {}
    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    names.setdefault(name.casefold().strip("."), number)
    return MappingProxyType(names | {"sept": 9})
