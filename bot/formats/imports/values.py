"""What one cell says: checked against the limits of a catalogue, words taken for what they mean."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bot.domain.framework import Requirement
from bot.domain.guidance import Scope
from bot.domain.said import Said, said
from bot.formats.imports.dates import read_date
from bot.formats.imports.report import ImportPlace, ImportProblems
from bot.formats.mapping.fields import (
    LISTS,
    NAMES,
    PROMPTS,
    RESOURCES,
    TEXTS,
    Field,
    FieldSlot,
)
from bot.formats.mapping.model import ColumnMapping, DateOrder
from bot.formats.mapping.vocabulary import requirement_words
from bot.formats.mapping.words import normal, one_line, plain_name
from bot.formats.resource_lines import resource_of

MAX_NAME = 100
MAX_TEXT = 2_000
MAX_ALIAS = 60
MOST_ALIASES = 150
MOST_PROMPTS = 20
MOST_RESOURCES = 20
MAX_RANK = 99
MAX_ORDER = 1_000_000

_A_TEXT, _A_NAME = said("a text"), said("a name")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_DITTO = frozenset(
    {
        '"',
        "''",
        "″",
        "〃",
        ",,",
        "„",
        "”",
        "ditto",
        "dito",
        "dto.",
        "同上",
        "同左",
        "↑",
        "←",
        "⬆",
        "⬅",
        "⇧",
    }
)
_ABOVE = frozenset(
    {
        *("as above", "same as above", "see above", "same", "same as previous", "as previous"),
        *("same as left", "as left", "see left", "see previous", "as before", "unchanged"),
        *("wie oben", "siehe oben", "s. o", "s.o", "wie links", "wie zuvor", "wie vorher"),
        *("idem", "ibid", "comme ci-dessus", "voir ci-dessus", "igual que arriba"),
        *("como arriba", "igual ao anterior", "как выше", "то же", "jak wyżej", "j.w"),
        *("如上", "同前", "见上", "上同", "上に同じ", "위와 같음", "상동"),
    }
)
"""Words that stand for the text of another cell."""
_LONGEST_ABOVE = 30
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2})?")
_RANKS = frozenset({Field.LEVEL_RANK, Field.PROFICIENCY_RANK})
_NUMBERS = _RANKS | {Field.ROLE_ORDER, Field.SKILL_ORDER}


class Words:
    """The words of one mapping that stand for something else than themselves."""

    def __init__(self, mapping: ColumnMapping, empty: Iterable[str] = ()) -> None:
        """Take the words of a mapping, and those that are `empty` in one of its tables."""
        self._known_empty = frozenset(map(normal, mapping.ignore))
        self._dates = mapping.dates
        # What we have written ourselves comes back exactly.
        self._marked = not mapping.fold_texts
        self._empty = frozenset(map(normal, (*mapping.empty_words, *empty)))
        silent = self._known_empty | self._empty
        self._longest = max((len(word) for word in silent), default=0) * 2 + 4
        self._separators = mapping.separators
        self._requirements = requirement_words(mapping.required_words, mapping.optional_words)

    def blank(self, cell: str) -> bool:
        """Whether a cell says nothing: it is empty, or holds a word that stands for that."""
        return not cell or (
            len(cell) <= self._longest
            and (normal(cell) in self._known_empty or normal(cell) in self._empty)
        )

    def said(self, cell: str) -> bool:
        """Whether somebody wrote something, if only that there is nothing to say."""
        return bool(cell) and (
            len(cell) > self._longest
            or normal(cell) not in self._empty
            or normal(cell) in self._known_empty
        )

    def requirement(self, cell: str) -> Requirement | None:
        """Return what a cell says about a requirement, None where it is no word for one."""
        word = normal(cell)
        if len(word) == 1 and cell[0] in "(（":
            return None  # (X) beside X is said to be less
        return self._requirements.get(word)

    def checked(
        self, slot: FieldSlot, value: str, place: ImportPlace, findings: ImportProblems
    ) -> str:
        """Return a value as it is kept: a name on one line, aliases one on each line.

        What passes a limit of a catalogue is reported.
        """
        field = slot.field
        if field in NAMES:
            value = self._name(value, place, findings)
        elif field in TEXTS:
            if _is_ditto(value):
                message = said("a sign stands here for the text of another cell; write it out")
                findings.row("ditto", message, place.of(value))
            _limit(value, MAX_TEXT, _A_TEXT, place, findings)
        elif field in PROMPTS:
            _limit_items(list(lines_of(value)), MOST_PROMPTS, MAX_TEXT, place, findings)
        elif field in RESOURCES:
            _resources(value, place, findings)
        elif field is Field.LEVEL_SCOPE:
            value = _scope(value, place, findings)
        elif field in LISTS:
            aliases = list(aliases_of(value, self._separators))
            _limit_items(aliases, MOST_ALIASES, MAX_ALIAS, place, findings)
            value = "\n".join(aliases)
        elif field in _NUMBERS:
            value = _number(slot, value, place, findings)
        elif field is Field.SKILL_UPDATED:
            value = self._date(value, place, findings)
        return value

    def _name(self, value: str, place: ImportPlace, findings: ImportProblems) -> str:
        name = one_line(value)
        if self._marked:
            name = plain_name(name)
        _limit(name, MAX_NAME, _A_NAME, place, findings)
        if _DATE.fullmatch(name):
            message = said(
                "a name is a date; a spreadsheet makes one of 1-2 or Mar-1: write the name as text"
            )
            findings.warning("date-as-name", message, place.of(name))
        return name

    def _date(self, value: str, place: ImportPlace, findings: ImportProblems) -> str:
        """Return a date as ISO 8601 has it, "" (and a warning) where it is none."""
        found = read_date(value, self._dates)
        if found is None:
            message = said(
                "the cell is not a date and is left out; write year-month-day, such as 2026-02-22"
            )
            findings.warning("not-a-date", message, place.of(value))
            return ""
        if found.ambiguous:
            month_first = self._dates is DateOrder.MONTH_FIRST
            order = said("month and day") if month_first else said("day and month")
            message = said(
                "the date may mean two days, and is read as {order}; write year-month-day, or"
                " set 'dates' to day-first or month-first in a mapping",
                order=order,
            )
            findings.warning("ambiguous-date", message, place.of(value))
        return found.day.isoformat()


def _is_ditto(value: str) -> bool:
    return value in _DITTO or (
        len(value) <= _LONGEST_ABOVE and value.strip(" .。").casefold() in _ABOVE
    )


def lines_of(value: str) -> Iterator[str]:
    """Yield the items of a cell that has one on each line, without their bullets.

    In a list with dashes an item may go on in lines that are indented by two spaces.
    """
    if not value.startswith("- "):
        lines = [line for line in value.split("\n") if line.strip()]
        yield from (_BULLET.sub("", line).strip() for line in lines) if lines[1:] else lines
        return
    for item in re.split(r"\n(?=- |\S)", value):
        text = item.removeprefix("- ").replace("\n  ", "\n")
        if text:
            yield text


def aliases_of(value: str, separators: Iterable[str] = ()) -> Iterable[str]:
    """Return the aliases of a cell: one on each line, or divided by one of these signs."""
    items: Iterable[str] = lines_of(value)
    if "\n" not in value and not value.startswith("- "):
        for separator in separators:
            value = value.replace(separator, "\n")
        items = (item.strip() for item in value.split("\n"))
    return dict.fromkeys(filter(None, items))


def aliases_in(kept: str) -> list[str]:
    """Return the aliases that `Words.checked` has put on one line each."""
    return kept.split("\n") if kept else []


def parsed_date(value: str) -> date | None:
    """Return the date that `Words.checked` has kept, None for ""."""
    return date.fromisoformat(value) if value else None


def _scope(value: str, place: ImportPlace, findings: ImportProblems) -> str:
    """Return the word of a scope; what is none is reported."""
    word = normal(value)
    if word not in {each.value for each in Scope}:
        message = said(
            "the scope of a level is one of {scopes}; write one of these",
            scopes=", ".join(each.value for each in Scope),
        )
        findings.row("not-a-scope", message, place.of(value))
        return Scope.SELF.value
    return word


def _resources(value: str, place: ImportPlace, findings: ImportProblems) -> None:
    lines = list(lines_of(value))
    if len(lines) > MOST_RESOURCES:
        message = said("one cell has at most {most} items; remove some", most=MOST_RESOURCES)
        findings.row("too-many", message, place.of(said("{count} items", count=len(lines))))
    for line in lines:
        if resource_of(line) is None:
            message = said(
                "the line is no resource; write title | https://address, with | language and"
                " | kind behind it if you like"
            )
            findings.row("not-a-resource", message, place.of(line[:80]))


def _number(slot: FieldSlot, value: str, place: ImportPlace, findings: ImportProblems) -> str:
    number = int(value) if value.isascii() and value.isdecimal() and len(value) < 8 else -1
    lowest, highest = (1, MAX_RANK) if slot.field in _RANKS else (0, MAX_ORDER)
    if not lowest <= number <= highest:
        message = said(
            "'{slot}' takes a whole number from {lowest} to {highest}",
            slot=slot,
            lowest=lowest,
            highest=highest,
        )
        findings.row("not-a-number", message, place.of(value))
        return str(lowest)
    return str(number)


def _limit_items(
    items: list[str], most: int, longest: int, place: ImportPlace, findings: ImportProblems
) -> None:
    if len(items) > most:
        message = said("one cell has at most {most} items; remove some", most=most)
        findings.row("too-many", message, place.of(said("{count} items", count=len(items))))
    for item in items:
        _limit(item, longest, said("an item of a list"), place, findings)


def _limit(text: str, most: int, kind: Said, place: ImportPlace, findings: ImportProblems) -> None:
    if len(text) > most:
        message = said("{kind} has at most {most} characters; shorten it", kind=kind, most=most)
        shown = place.of(
            said("{beginning}… ({count} characters)", beginning=text[:40], count=len(text))
        )
        findings.row("too-long", message, shown)
