"""The fields of a link, and what they say when they come back.

Keys are text, several of them a list with commas, numbers are decimal; what is empty is left out.
"""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote_plus, unquote_plus

from bot.domain.framework import CellKey

# A gap whose fields have no names, only places.
SHORT = "g"
_MAX_ID = 2**63 - 1
# Keys are almost always slugs, which stand as they are.
_UNQUOTED = re.compile(r"[a-z0-9_.,~-]*", re.IGNORECASE | re.ASCII)
_COMMA = ","
_QUOTES = {code: quote_plus(chr(code), safe=_COMMA) for code in range(128)}


# A card carries about a hundred links, so they are put together from plain pieces: each field is
# "&name=value", or nothing where there is no value.
def link(kind: str, *fields: str) -> str:
    """Return the link of a request from its kind and its fields."""
    return f"{kind}?{''.join(fields)[1:]}"


def text(name: str, value: str | None) -> str:
    """Return a field with a text; nothing for none."""
    return f"&{name}={quoted(value)}" if value else ""


def count(name: str, value: int) -> str:
    """Return a field with a number; nothing for 0."""
    return f"&{name}={value:d}" if value else ""


def many(name: str, keys: tuple[str, ...]) -> str:
    """Return a field with several keys; nothing for none."""
    return f"&{name}={quoted(','.join(keys))}" if keys else ""


@lru_cache(maxsize=16_384)
def quoted(value: str) -> str:
    """Return a value as it stands in a link."""
    if _UNQUOTED.fullmatch(value):
        return value
    # Most are links of ours within others: ASCII, for which a table does the same.
    if value.isascii():
        return value.translate(_QUOTES)
    return quote_plus(value, safe=_COMMA, errors="replace")


def of_cell(cell: CellKey | None) -> str:
    """Return the fields of an expectation; nothing for none."""
    if cell is None:
        return ""
    return f"&k={quoted(cell.skill)}&r={quoted(cell.role)}&l={quoted(cell.level)}"


def parts_of(written: str) -> tuple[str, dict[str, str]]:
    """Return the kind of a link and its fields by name."""
    kind, _, query = written.partition("?")
    if kind != SHORT:
        return kind, dict(parse_qsl(query))
    fields = zip("klrfpy", query.partition("&")[0].split(";"), strict=False)
    return "gap", {name: unquote_plus(value) for name, value in fields if value}


def keys_in(values: dict[str, str], name: str) -> tuple[str, ...]:
    """Return what `many` wrote."""
    return tuple(each for each in values.get(name, "").split(",") if each)


def number_in(values: dict[str, str], name: str, *, least: int = 0) -> int:
    """Return what `count` wrote.

    Raises:
        ValueError: it is no number, below `least`, or too large for an id.
    """
    number = int(values.get(name, "0"))
    if not least <= number <= _MAX_ID:
        raise ValueError(f"{name} is out of range")
    return number


def cell_in(values: dict[str, str]) -> CellKey:
    """Return what `of_cell` wrote.

    Raises:
        KeyError: a part of it is missing.
    """
    return CellKey(role=values["r"], level=values["l"], skill=values["k"])


def cell_if_named(values: dict[str, str]) -> CellKey | None:
    """Return what `of_cell` wrote; None where it wrote nothing."""
    return None if values.keys().isdisjoint("krl") else cell_in(values)
