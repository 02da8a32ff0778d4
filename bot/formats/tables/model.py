"""What every table file gives, whatever its format: tables of rows of clean cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from enum import StrEnum
from typing import Protocol, overload

from bot.formats.problems import FileProblem
from bot.values import dataclass

MIB = 1024 * 1024


class TableFault(StrEnum):
    """What may be wrong with a table file. Problems of one fault are one group in a report."""

    MISSING = "missing"
    FOLDER = "folder"
    EMPTY = "empty"
    NO_TABLE = "no-table"
    OLD_EXCEL = "old-excel"
    OPEN_DOCUMENT = "open-document"
    PROTECTED = "protected"
    OTHER_DOCUMENT = "other-document"
    IMAGE = "image"
    ARCHIVE = "archive"
    BINARY = "binary"
    DAMAGED = "damaged"
    UNSAFE = "unsafe"
    TOO_LARGE = "too-large"
    ENCODING = "encoding"
    SYNTAX = "syntax"
    LONG_CELL = "long-cell"
    FORMULA = "formula"
    CELL_ERROR = "cell-error"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class TableProblem(FileProblem):
    """A fault of a table file. `path` is the sheet or heading, and the cell where one is at fault.

    `table` and `column` (1 for the first) say the same for machines; `column` is None where a
    whole row, table or file is at fault.
    """

    fault: TableFault = TableFault.DAMAGED
    table: str = ""
    column: int | None = None


class TableFileError(Exception):
    """A file cannot be read as tables, or not to its end. Carries what to do about it."""

    def __init__(
        self, problems: Iterable[TableProblem], warnings: Iterable[TableProblem] = ()
    ) -> None:
        """Take what is wrong, and what had been decided before that came to light."""
        self.problems = tuple(problems)
        self.warnings = tuple(warnings)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class TableLimits:
    """How much is read. A file beyond a limit is refused whole; nothing is ever cut."""

    file_bytes: int = 256 * MIB
    """Size of the file on the disk."""
    whole_bytes: int = 64 * MIB
    """Size of a Markdown or JSON file: these are held in memory while they are read."""
    rows: int = 1_000_000
    """Rows of one table, blank ones left out."""
    columns: int = 1_000
    cell_characters: int = 32_767
    """As in Excel."""
    tables: int = 300
    archive_entries: int = 2_000
    expanded_bytes: int = 768 * MIB
    """Total of an XLSX file's parts, unpacked."""
    shared_bytes: int = 192 * MIB
    """One part that is held in memory (all but the sheets), unpacked."""
    expansion: int = 250
    """Unpacked size of one part of an XLSX file over its packed size."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row that has a cell in it.

    `line` counts from 1: the physical line on which the record starts (CSV, Markdown), the row of
    the sheet (XLSX), the record with the header as 1 (JSON). Blank rows are left out but counted.
    `cells` are clean (see `clean_cell`; do not clean them again), blank ones are ``""``, and blank
    cells at the end are left out, so rows differ in length. `width` counts those, too; 0 where
    that is not known.
    """

    line: int
    cells: tuple[str, ...]
    width: int = field(default=0, compare=False)


class Table(Protocol):
    """One table of a file."""

    @property
    def name(self) -> str:
        """The sheet, the Markdown heading above the table, the dotted JSON path; "" in CSV."""
        ...

    @property
    def hidden(self) -> bool:
        """Whether the program that made the file does not show the table: a hidden sheet."""
        ...

    def rows(self) -> Iterator[TableRow]:
        """Read from the first row on, each time it is called. The header is a row like others.

        Raises:
            TableFileError: the rest cannot be read, or a limit is passed.
        """
        ...


@dataclass(frozen=True, slots=True)
class TableFile(Sequence[Table]):
    """The tables of one open file, in its order (at least one).

    `problems` are errors that left the rest of the file readable (a formula without a value, a
    cell that is too long) and `warnings` what the reader had to decide for itself (an encoding).
    Both grow while rows are read: look at them afterwards. Reading again adds nothing twice.
    """

    tables: tuple[Table, ...]
    problems: list[TableProblem] = field(default_factory=list)
    warnings: list[TableProblem] = field(default_factory=list)

    @overload
    def __getitem__(self, index: int) -> Table: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Table, ...]: ...
    def __getitem__(self, index: int | slice) -> Table | tuple[Table, ...]:
        return self.tables[index]

    def __len__(self) -> int:
        return len(self.tables)
