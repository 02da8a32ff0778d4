"""A mapping: what each column of somebody's own spreadsheet means. Immutable values."""

from collections.abc import Mapping as ReadOnly
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType

from bot.domain.framework import Requirement
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.vocabulary import NOTHING_WORDS
from bot.values import dataclass

SEPARATORS = (",", ";", "|", "、", "，", "；")
DEFAULT_GROUP = "Skills"
DEFAULT_DOMAIN = "Skills"
DEFAULT_FAMILY = "Roles"


class Shape(StrEnum):
    """What one row of a table is."""

    LONG = "long"
    """One expectation: a role, a level and a skill."""
    WIDE = "wide"
    """One skill of a role, with a column (or several) for each level."""
    SKILLS = "skills"
    """One skill, or one depth of a skill: summary, group, a text for each proficiency."""
    ROLES = "roles"
    """One role, or one level of a role."""


class Holds(StrEnum):
    """What the cells of a level's column hold."""

    TEXT = "text"
    PROFICIENCY = "proficiency"
    REQUIREMENT = "requirement"
    PROMPTS = "prompts"


class Duplicates(StrEnum):
    """What to do when two rows say different things about one role, level and skill."""

    STOP = "stop"
    FIRST = "first"
    LAST = "last"
    JOIN = "join"
    """Their texts are lines of one; where they differ in anything else, it is an error."""


class LevelOrder(StrEnum):
    """What tells the order of levels where the mapping lists none."""

    NAMES = "names"
    """The words of their names (Junior, Senior), else the file, which is then reported."""
    FILE = "file"
    """The order in which they appear in the file."""


class BadRows(StrEnum):
    """What to do with a row that cannot be read."""

    STOP = "stop"
    SKIP = "skip"


class DateOrder(StrEnum):
    """How a date such as 03/04/2026 is read."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class Hidden(StrEnum):
    """What to do with sheets, rows and columns that a workbook hides."""

    SKIP = "skip"
    READ = "read"


class Orientation(StrEnum):
    """Which way a table lies."""

    ROWS = "rows"
    """Headers stand above their columns."""
    COLUMNS = "columns"
    """Headers stand in the first column: the table is turned before it is read."""


@dataclass(frozen=True, slots=True)
class LevelSpec:
    """A level that a mapping lists. Levels of one `rank` stand side by side on different tracks."""

    name: str
    rank: int
    key: str | None = None
    track: str | None = None
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    names: ReadOnly[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class DepthSpec:
    """A proficiency that a mapping lists; `words` are what cells say for it."""

    name: str
    key: str | None = None
    words: tuple[str, ...] = ()
    names: ReadOnly[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """What a mapping says about one role: None where it says nothing."""

    name: str
    key: str | None = None
    family: str | None = None
    aliases: tuple[str, ...] = ()
    levels: tuple[LevelSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelColumn:
    """A column of a wide table that belongs to one level, to one role, or to one skill.

    `name` is the level. What is "" here is told by the rows.
    """

    column: str
    name: str
    holds: Holds = Holds.TEXT
    locale: str = ""
    key: str = ""
    role: str = ""
    skill: str = ""


@dataclass(frozen=True, slots=True)
class TitleSpec:
    """The role and the level that a title such as ``Senior Backend Engineer`` stands for."""

    title: str
    role: str
    level: str


@dataclass(frozen=True, slots=True)
class DepthColumn:
    """A column about one proficiency, known by name or by key.

    It holds the skill's own text for it; or what it means, where `field` is PROFICIENCY_SUMMARY.
    """

    column: str
    name: str = ""
    key: str = ""
    locale: str = ""
    field: Field = Field.TEXT


@dataclass(frozen=True, slots=True)
class Split:
    """Cuts one column into fields: ``core/communication/2`` by ``/`` into three."""

    column: str
    by: str
    into: tuple[FieldSlot | None, ...]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """How the rows of some tables are read.

    `files` and `sheets` are patterns (``*.csv``), empty for all. A column is named by its header,
    or by its letters (``column B``). Several columns of one field are joined. `values` gives a
    field the same value in every row; it may hold ``{sheet}`` and ``{file}``. `records` is the path
    of the records in a JSON document, None for a table.

    `last_row` ends a table that others follow on its sheet. A row with one cell alone is a heading:
    it fills the field in `heading_rows` for the rows below it, and where there are two fields, a
    heading right above another one fills the first. `empty_words` are cells that are as if nothing
    stood there, such as 0.
    """

    shape: Shape
    columns: ReadOnly[FieldSlot, tuple[str, ...]]
    files: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    skip_rows: int | None = None
    level_columns: tuple[LevelColumn, ...] = ()
    depth_columns: tuple[DepthColumn, ...] = ()
    fill_down: frozenset[Field] = frozenset()
    values: ReadOnly[FieldSlot, str] = field(default_factory=lambda: MappingProxyType({}))
    ignore_rows: ReadOnly[Field, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    records: str | None = None
    pages: bool = False
    """Whether the files are pages of headings and texts: see `bot.formats.pages.table`."""
    split: tuple[Split, ...] = ()
    orientation: Orientation = Orientation.ROWS
    last_row: int | None = None
    heading_rows: tuple[Field, ...] = ()
    empty_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Defaults:
    """What fields hold where no row says it; may hold ``{role}`` and ``{sheet}``."""

    requirement: Requirement = Requirement.REQUIRED
    level: str | None = None
    family: str = DEFAULT_FAMILY
    group: str = DEFAULT_GROUP
    domain: str = DEFAULT_DOMAIN
    shared_group: str | None = None
    """Where a skill goes that rows put into several groups; None keeps the first group."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A whole mapping. `tables` that match nothing are reported; unlisted sheets are left alone."""

    tables: tuple[TableSpec, ...]
    name: str | None = None
    base_locale: str = "en"
    levels: tuple[LevelSpec, ...] = ()
    roles: tuple[RoleSpec, ...] = ()
    proficiencies: tuple[DepthSpec, ...] = ()
    ignore: tuple[str, ...] = ()
    """Cells that are known to be empty, such as ``NOT IN USE``."""
    empty_words: tuple[str, ...] = NOTHING_WORDS
    """Cells that are as if nothing stood there."""
    separators: tuple[str, ...] = SEPARATORS
    """What divides the aliases of one cell, besides line breaks."""
    required_words: tuple[str, ...] = ()
    optional_words: tuple[str, ...] = ()
    defaults: Defaults = Defaults()
    duplicates: Duplicates = Duplicates.STOP
    level_order: LevelOrder = LevelOrder.NAMES
    bad_rows: BadRows = BadRows.STOP
    titles: tuple[TitleSpec, ...] = ()
    """Titles that are not read as their words say."""
    dates: DateOrder = DateOrder.DAY_FIRST
    hidden: Hidden = Hidden.SKIP
    fold_texts: bool = False
    """Keep no copy of a text that is the skill's own text for that proficiency."""
