"""Reads the rows of one table into an assembler and accounts for each of them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Self

from bot.domain.said import said
from bot.formats.imports.beside_things import (
    FOOTER,
    HEADING,
    UNREAD,
    BesideThings,
    Footer,
    Rejected,
    divided,
)
from bot.formats.imports.building.assembler import Assembler
from bot.formats.imports.plan import ImportPlan
from bot.formats.imports.report import TableAccount
from bot.formats.imports.things import ThingReader
from bot.formats.imports.values import Words
from bot.formats.mapping.model import TableSpec
from bot.formats.names.footers import is_footer
from bot.formats.tables.source import TableRow

MISSING = "a role, level or skill is missing or unknown"


class RowReader(ThingReader, ABC):
    """Reads the rows of one table. Each row is counted exactly once in `account`."""

    strict = False
    """Whether cells beyond the headers mean that a row was cut wrongly, as in CSV."""

    def __init__(
        self,
        assembler: Assembler,
        spec: TableSpec,
        plan: ImportPlan,
        words: Words,
        account: TableAccount,
    ) -> None:
        super().__init__(assembler, plan, words, account)
        self.spec = spec
        self.beside_things = BesideThings(spec, plan, words, account, assembler.findings)
        self.told: set[tuple[str, ...]] = set()
        """The skills that this table had a row about."""

    def go_on(self, plan: ImportPlan, account: TableAccount) -> Self:
        """Read another table with just these columns from now on, as page after page.

        What is known of roles, levels and skills stays known.
        """
        if plan is self.plan:
            self.beside_things.go_on(account)
        else:
            findings = self.findings
            self.beside_things = BesideThings(self.spec, plan, self.words, account, findings)
        self.plan, self.account = plan, account
        self.told = set()
        return self

    def read(self, row: TableRow) -> None:
        """Read one row and count it."""
        cells = self.plan.extended(row.cells)
        if self.beside_things.passes(row, cells):
            return
        filled = self.plan.filled_by_hand(row.cells)
        if filled == 0:
            self.account.ignored[UNREAD] += 1
            return
        if self._overflows(row):
            return
        lone = filled == 1 and self.needs_several and not self.plan.continued
        if lone and not divided(row.cells):
            text = next(filter(None, row.cells))
            footer = is_footer(text, ())
            reason, code = (FOOTER, "footer") if footer else (HEADING, "heading")
            self.beside_things.leave_out(row.line, reason, code)
            return
        try:
            self.read_cells(row.line, cells)
        except Rejected as reason:
            self.account.rejected[str(reason)] += 1
        except Footer:
            self.beside_things.leave_out(row.line, FOOTER, "footer")

    def _overflows(self, row: TableRow) -> bool:
        """Report a row that goes on where no header stands; return whether it was rejected."""
        outside = next(filter(None, row.cells[self.plan.width :]), None)
        if outside is None:
            return False
        place = self.place(row.line).of(outside)
        # A line with as many cells as that of the headers has no sign too many.
        if self.strict and not 0 < row.width == self.plan.columns.width:
            message = said(
                "a row has more cells than there are headers; put a text that holds the sign"
                " between the cells in quotation marks"
            )
            self.findings.row("too-many-cells", message, place)
            self.account.rejected["more cells than headers"] += 1
            return True
        message = said("a cell stands in a column without a header, and is not read")
        self.findings.note("outside", message, place)
        return False

    def levels_said(self) -> Iterator[tuple[str, bool]]:
        """Yield each level that a column is about, and whether a cell of it is filled."""
        yield from ()

    needs_several = False
    """Whether a row with one cell in it can only be a heading."""

    @abstractmethod
    def read_cells(self, line: int, cells: list[str]) -> None:
        """Read an extended row and count it.

        Raises:
            Rejected: it cannot be read, and is not counted.
        """
