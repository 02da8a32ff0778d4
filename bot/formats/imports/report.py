"""What an import found: problems in groups, and what became of every row."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum
from types import MappingProxyType

from bot.domain.framework import CatalogueContent
from bot.domain.said import Said, said
from bot.formats.problems import FileProblem, shortened
from bot.formats.proposing.questions import Question
from bot.values import dataclass

THE_MAPPING = said("the mapping")
"""The place of what stands in no file but in the mapping."""

QUESTION = "question"
"""The code of a problem that says what `ImportResult.questions` asks."""

MOST_PLACES = 50
"""Places that are kept of one finding; the rest is only counted."""

RowAt = tuple[str, str, int]
"""Where a row is: file, table and line."""


class ImportSeverity(StrEnum):
    """An error stops the import, a warning asks for a look, a note tells what was done."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ImportPlace:
    """Where something is. `line` and `column` are as a person counts; None for a whole file."""

    file: str
    table: str = ""
    line: int | None = None
    column: str = ""
    value: str = ""

    def of(self, value: str) -> "ImportPlace":
        """Return this place with the value that is meant."""
        return replace(self, value=value)

    def __str__(self) -> str:
        shown = self.file if self.line is None else f"{self.file}:{self.line}"
        if self.table:
            shown += f" [{shortened(self.table)}]"
        if self.column:
            shown += f" column '{shortened(self.column)}'"
        return f"{shown}: '{shortened(self.value)}'" if self.value else shown


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One kind of problem with what to do about it, however often it is there.

    `places` are the first of `count`.
    """

    severity: ImportSeverity
    code: str
    message: Said
    count: int
    places: tuple[ImportPlace, ...]

    def __str__(self) -> str:
        places = "; ".join(str(place) for place in self.places[:3])
        more = f" and {self.count - 3} more" if self.count > 3 else ""
        return f"{self.message} ({places}{more})" if places else self.message


@dataclass(slots=True)
class _Group:
    count: int = 0
    places: list[ImportPlace] = field(default_factory=list)


class ImportProblems:
    """Collects findings while rows are read; the same one in 300 rows is one group."""

    def __init__(self, of_rows: ImportSeverity = ImportSeverity.ERROR) -> None:
        """Start empty. `of_rows` is how much it matters that a row cannot be read."""
        self._of_rows = of_rows
        self.row_faults = 0
        """How many faults of rows have been counted."""
        self._groups: dict[tuple[ImportSeverity, str, Said], _Group] = {}

    def add(
        self, severity: ImportSeverity, code: str, message: Said, place: ImportPlace | None = None
    ) -> None:
        """Count a finding. Findings of one code and message are one group."""
        group = self._groups.setdefault((severity, code, message), _Group())
        group.count += 1
        if place is not None and len(group.places) < MOST_PLACES:
            group.places.append(place)

    def error(self, code: str, message: Said, place: ImportPlace | None = None) -> None:
        self.add(ImportSeverity.ERROR, code, message, place)

    def row(self, code: str, message: Said, place: ImportPlace) -> None:
        """Count a fault that keeps one row from being read."""
        self.row_faults += 1
        self.add(self._of_rows, code, message, place)

    def warning(self, code: str, message: Said, place: ImportPlace | None = None) -> None:
        self.add(ImportSeverity.WARNING, code, message, place)

    def note(self, code: str, message: Said, place: ImportPlace | None = None) -> None:
        self.add(ImportSeverity.NOTE, code, message, place)

    def file_problems(self, problems: Iterable[FileProblem], severity: ImportSeverity) -> None:
        """Take over problems of a file that could not be read, or not wholly."""
        for problem in problems:
            place = ImportPlace(problem.file, line=problem.line, column=problem.path)
            self.add(severity, "file", problem.message, place)

    @property
    def failed(self) -> bool:
        """Whether an error stands."""
        return any(key[0] is ImportSeverity.ERROR for key in self._groups)

    @property
    def failures(self) -> int:
        """How many errors have been counted."""
        return sum(
            group.count for key, group in self._groups.items() if key[0] is ImportSeverity.ERROR
        )

    def of(self, severity: ImportSeverity) -> tuple[ImportProblem, ...]:
        """Return the groups of one severity in the order in which they were first met."""
        return tuple(
            ImportProblem(*key, group.count, tuple(group.places))
            for key, group in self._groups.items()
            if key[0] is severity
        )

    def result(
        self,
        content: CatalogueContent | None = None,
        *,
        accounting: "Accounting | None" = None,
        questions: tuple[Question, ...] = (),
    ) -> "ImportResult":
        """Return the outcome: these findings, and `content` unless an error stands."""
        return ImportResult(
            content=None if self.failed else content,
            problems=self.of(ImportSeverity.ERROR),
            warnings=self.of(ImportSeverity.WARNING),
            notes=self.of(ImportSeverity.NOTE),
            accounting=accounting or Accounting(),
            questions=questions,
        )


@dataclass(slots=True)
class TableAccount:
    """What became of every row of one table: each is counted exactly once.

    `merged`, `ignored` and `rejected` count by reason. `rows` is the sum of all.
    """

    file: str
    table: str
    imported: int = 0
    merged: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        return self.imported + self.merged.total() + self.ignored.total() + self.rejected.total()


@dataclass(frozen=True, slots=True)
class Accounting:
    """What became of every row of every table."""

    tables: tuple[TableAccount, ...] = ()

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def imported(self) -> int:
        return sum(table.imported for table in self.tables)

    @property
    def merged(self) -> Mapping[str, int]:
        return _total(table.merged for table in self.tables)

    @property
    def ignored(self) -> Mapping[str, int]:
        return _total(table.ignored for table in self.tables)

    @property
    def rejected(self) -> Mapping[str, int]:
        return _total(table.rejected for table in self.tables)


def _total(counts: Iterable[Counter[str]]) -> Counter[str]:
    total = Counter[str]()
    for each in counts:
        if each:  # most tables of a folder have none
            total.update(each)
    return total


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a file as it stands there: the header and the text of each cell, in their order.

    `letters` has a column's letters by its header. `exact` tells that the line is the number which
    a spreadsheet program shows.
    """

    line: int
    cells: tuple[tuple[str, str], ...]
    letters: Mapping[str, str]
    exact: bool


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The outcome of an import: `content` is None while an error stands."""

    content: CatalogueContent | None
    problems: tuple[ImportProblem, ...]
    warnings: tuple[ImportProblem, ...]
    notes: tuple[ImportProblem, ...]
    accounting: Accounting
    questions: tuple[Question, ...] = ()
    """What only the file's owner knows. Each is also an error, until it is answered."""
    readings: tuple[Said, ...] = ()
    """How each table was read, where no mapping said it."""
    rows: Mapping[RowAt, ShownRow] = field(default_factory=lambda: _NO_ROWS, hash=False)
    """Rows that problems and warnings name, where they were looked for."""
    supposed: CatalogueContent | None = None
    """What comes of the first choice of each question, where that was tried."""


_NO_ROWS: Mapping[RowAt, ShownRow] = MappingProxyType({})
