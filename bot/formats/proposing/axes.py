"""Which columns hold what is expected, and what each belongs to: a level, a role, a skill."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field

from bot.domain.said import said
from bot.formats.grids.columns import Headed
from bot.formats.mapping.fields import Field, FieldSlot, depth_key_of
from bot.formats.mapping.headers import field_of_header
from bot.formats.mapping.model import DepthColumn, Holds, LevelColumn, Shape
from bot.formats.mapping.vocabulary import is_depth_name
from bot.formats.mapping.words import normal, plain_name
from bot.formats.names.asides import is_of_row
from bot.formats.names.known_ladders import share_a_ladder
from bot.formats.names.languages import parted_language
from bot.formats.names.seniority import bare_name, is_level_name
from bot.formats.names.titles import Titles, kind_of_titles, title_of
from bot.formats.proposing.ladder.two_rows import RATINGS, WANTED, Placed, of_two_rows
from bot.formats.proposing.questions import Choice, Deciding, Question
from bot.values import dataclass

_SUFFIXES = {
    "requirement": Holds.REQUIREMENT,
    "required": Holds.REQUIREMENT,
    "mandatory": Holds.REQUIREMENT,
    "proficiency": Holds.PROFICIENCY,
    "depth": Holds.PROFICIENCY,
    "skill level": Holds.PROFICIENCY,
    "prompts": Holds.PROMPTS,
    "growth prompts": Holds.PROMPTS,
    "text": Holds.TEXT,
    "description": Holds.TEXT,
    "expectation": Holds.TEXT,
    "expectations": Holds.TEXT,
    "example": Holds.TEXT,
    "examples": Holds.TEXT,
    "evidence": Holds.TEXT,
    "behaviours": Holds.TEXT,
    "behaviors": Holds.TEXT,
    "indicators": Holds.TEXT,
}
_DEPTHS = frozenset({"level", "rating", "score", "target", "grade"})
_NUMBERED = re.compile(r"(.*[^\W\d])[\s#_.-]*\d{1,2}")
_SUFFIXED = re.compile(
    rf"(?P<level>.+?)[\s:(\[/|–-]+(?P<suffix>{'|'.join(sorted(_SUFFIXES, key=len, reverse=True))})"
    r"[\])?]*",
    re.IGNORECASE,
)
_SEVERAL = 2
_KEYED = re.compile(r"(?P<name>.*) \[(?P<key>[a-z0-9]+(?:-[a-z0-9]+)*)\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Axes:
    """What one row of a table is, and what its columns belong to.

    `placed` are the columns that hold what is expected; `renamed` the columns that are another
    field than their header seems to say.
    """

    shape: Shape
    placed: Sequence[Placed] = ()
    depths: tuple[DepthColumn, ...] = ()
    renamed: Mapping[FieldSlot, int] = field(default_factory=dict)
    more_texts: Sequence[int] = ()
    """Columns whose texts follow those of the column of the text."""


def level_columns_of(table: Headed, deciding: Deciding, *, own: bool = False) -> list[Placed]:
    """Return the columns that belong to levels, in the order of the table.

    Their headers name a level, alone or with what the column holds (``Senior required``), or a
    level with its role, or stand in two rows. `own` is a table that we have written.
    """
    if table.above:
        return of_two_rows(table)
    headers = {
        at: (table.header.cells[at], "") if own else parted_language(table.label(at))
        for at in free_columns(table)
    }
    titles = {at: _parted(header) for at, (header, _) in headers.items()}
    titles |= _with_depths(titles)
    titles = {at: told for at, told in titles.items() if own or not _rates(*told)}
    titles |= {} if own else _wanted(titles)
    plain = {title for title, holds in titles.values() if holds is None}
    levels = {
        title
        for title, holds in titles.values()
        if is_level_name(title) or (holds is not None and title in plain)
    }
    levels |= _plain_levels(titles, levels)
    named = [title for title, _ in titles.values()]
    if share_a_ladder(named):
        levels = set(named)
    if not levels and kind_of_titles(named) is Titles.PARTED:
        levels = set(named)
    parted = None if own else _roles_in(list(dict.fromkeys(levels)), titles, deciding)
    return [
        (_column(table.names[at], title, holds, headers[at][1], parted=bool(parted)), at)
        for at, (title, holds) in titles.items()
        if title in levels
    ]


def _rates(title: str, holds: Holds | None) -> bool:
    """Whether a header is of marks or weights, and no level: ``Manager rating``."""
    words = normal(title).split()
    return holds is None and len(words) > 1 and words[-1] in RATINGS


def _wanted(titles: Mapping[int, tuple[str, Holds | None]]) -> dict[int, tuple[str, Holds]]:
    """Return the columns such as ``Senior target``: what is expected at that level."""
    parts = {at: title.rpartition(" ") for at, (title, holds) in titles.items() if holds is None}
    return {
        at: (level.strip(" :–-("), Holds.TEXT)
        for at, (level, _, last) in parts.items()
        if normal(last) in WANTED and is_level_name(level)
    }


def _with_depths(titles: Mapping[int, tuple[str, Holds | None]]) -> dict[int, tuple[str, Holds]]:
    """Return the columns such as ``Senior level`` that tell more of the level beside them."""
    known = {normal(title) for title, _ in titles.values()}
    found: dict[int, tuple[str, Holds]] = {}
    for at, (title, holds) in titles.items():
        level, _, last = title.rpartition(" ")
        if holds is None and normal(level) in known and normal(last) in _DEPTHS:
            found[at] = (level.strip(" :–-"), Holds.PROFICIENCY)
    return found


def _plain_levels(titles: Mapping[int, tuple[str, Holds | None]], levels: set[str]) -> set[str]:
    """Return the titles that are levels because of their place, or of those beside them.

    ``Engineer`` is the plain level beside Senior Engineer, ``Expert`` one above Advanced; and what
    stands between two levels is one.
    """
    at = [place for place, (title, _) in titles.items() if title in levels]
    depths = [title for title, _ in titles.values() if _may_be_depth(title)]
    graded = all(map(_may_be_depth, levels)) or (len(at) > 1 and len({*depths} - levels) == 1)
    roles = {normal(title_of(title).role) for title in levels if title_of(title).level}
    return {
        title
        for place, (title, _) in titles.items()
        if len(at) > 1
        and not is_of_row(title)
        and (at[0] < place < at[-1] or normal(title) in roles or (graded and _may_be_depth(title)))
    }


def _may_be_depth(title: str) -> bool:
    """Whether a title is a depth, with the time that it takes or without."""
    return is_depth_name(bare_name(title))


def free_columns(table: Headed) -> list[int]:
    """Return the columns whose headers say something that is no field."""
    cells = table.header.cells
    return [
        at
        for at, slot in enumerate(table.slots)
        if slot is None and cells[at] and depth_key_of(cells[at]) is None
    ]


def numbered_texts(table: Headed, at: Sequence[int]) -> list[int]:
    """Return those of these columns that are called as a text with a number: ``Behaviour 2``."""
    names = {each: _NUMBERED.fullmatch(table.header.cells[each]) for each in at}
    return [each for each, name in names.items() if name and field_of_header(name[1]) is Field.TEXT]


def columns_named(table: Headed, at: Sequence[int], belongs: str) -> list[Placed]:
    """Return columns each of which belongs to the level, role or skill that its header names."""
    found: list[Placed] = []
    for each in at:
        name = plain_name(table.header.cells[each])
        column = LevelColumn(table.names[each], name if belongs == "level" else "")
        if belongs == "role":
            column = LevelColumn(table.names[each], "", role=name)
        elif belongs == "skill":
            column = LevelColumn(table.names[each], "", skill=name)
        found.append((column, each))
    return found


def _roles_in(
    levels: Sequence[str], titles: dict[int, tuple[str, Holds | None]], deciding: Deciding
) -> bool:
    """Whether the headers are titles: each a level and a role."""
    ordered = [title for title, _ in titles.values() if title in set(levels)]
    kind = kind_of_titles(ordered)
    if kind is not Titles.UNCLEAR:
        return kind is Titles.PARTED
    example = next(title for title in map(title_of, ordered) if title.level)
    question = Question(
        "columns",
        said(
            "The columns {columns} may be one ladder, or roles with levels: which?",
            columns=", ".join(f"'{each}'" for each in dict.fromkeys(ordered)),
        ),
        (
            Choice(
                "ladder",
                said("each is a level of one role"),
                f"level_columns: [{{column: {example.text}, level: {example.text}}}, …]",
            ),
            Choice(
                "roles",
                said("each is a role at a level"),
                f"level_columns: [{{column: {example.text}, role: {example.role},"
                f" level: {example.level}}}, …]",
            ),
        ),
    )
    return deciding.ask(question) == "roles"


def _parted(header: str) -> tuple[str, Holds | None]:
    found = _SUFFIXED.fullmatch(header.strip())
    if found is None:
        return header.strip(), None
    return found["level"].strip(), _SUFFIXES[found["suffix"].lower()]


def _column(
    column: str, title: str, holds: Holds | None, locale: str, *, parted: bool
) -> LevelColumn:
    held = holds or Holds.TEXT
    if parted:
        words = title_of(title)
        return LevelColumn(column, words.level or words.role, held, locale, role=words.role)
    keyed = _KEYED.fullmatch(title)
    name, key = (keyed["name"], keyed["key"]) if keyed else (title, "")
    return LevelColumn(column, name, held, locale, key)


def names_of(
    table: Headed, axes: Axes, places: Mapping[FieldSlot, int]
) -> dict[FieldSlot, tuple[str, ...]]:
    """Return the headers that a mapping gives each field: of the text all that are joined."""
    names: dict[FieldSlot, tuple[str, ...]] = {
        slot: (table.names[at],) for slot, at in places.items()
    }
    if axes.more_texts:
        names[FieldSlot(Field.TEXT)] += tuple(table.names[at] for at in axes.more_texts)
    return names
