"""Rows beside the things of a table: headings, headers again, totals, what a mapping ignores."""

import re

from bot.domain.said import Said, said
from bot.formats.imports.building.assembler import RowOutcome
from bot.formats.imports.plan import ImportPlan
from bot.formats.imports.report import ImportPlace, ImportProblems, TableAccount
from bot.formats.imports.values import Words
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import TableSpec
from bot.formats.mapping.words import normal
from bot.formats.names.footers import is_footer, is_total
from bot.formats.names.headings import heading_of
from bot.formats.tables.source import TableRow

HEADING = said("only one cell is filled: a heading or a remark")
UNREAD = "nothing stands in the columns that are read"
HEADED = said("a heading: it names what the rows below it belong to")
AGAIN = said("the headers stand there again")
FOOTER = said("a total, or a remark about the table")
CHOSEN = "left out by 'ignore_rows' of the mapping"
UNDEFINED = "no requirement, proficiency or text: not defined"
MERGED = {
    RowOutcome.SAME: said("says the same as an earlier row"),
    RowOutcome.ADDED: said("completes an earlier row"),
    RowOutcome.KEPT: said("contradicts an earlier row; that one is kept, as 'duplicates' says"),
    RowOutcome.REPLACED: said("contradicts an earlier row and replaces it, as 'duplicates' says"),
}

_NEAR = 2
_SUMS = frozenset("0123456789+-")
_SAYS = frozenset({Field.TEXT, Field.PROFICIENCY, Field.REQUIREMENT, Field.PROMPTS})
_DIVIDERS = re.compile(r"[,;|\t]")


class Rejected(Exception):
    """A row cannot be read; the reason has been reported."""


class Footer(Exception):
    """A row is about the table itself, and is left out."""


class BesideThings:
    """Passes over such rows of one table, and counts each of them once."""

    def __init__(
        self,
        spec: TableSpec,
        plan: ImportPlan,
        words: Words,
        account: TableAccount,
        findings: ImportProblems,
    ) -> None:
        self._plan = plan
        self._words = words
        self._account = account
        self._findings = findings
        self._fields = spec.heading_rows
        self._heading = ""
        self._header = plan.columns.names
        self._lone = 0
        self._before: list[str] = []
        says = [at for slot, at in plan.places.items() if slot.field in _SAYS]
        self._says = frozenset([*says, *(at for _, at in plan.level_columns)])
        self._ignored = [
            (plan.places[slot], frozenset(map(normal, values)))
            for slot, values in (
                (FieldSlot(field), words) for field, words in spec.ignore_rows.items()
            )
            if slot in plan.places
        ]

    def go_on(self, account: TableAccount) -> None:
        """Count the rows of another table with this plan from now on."""
        self._account = account
        self._heading, self._lone = "", 0

    def passes(self, row: TableRow, cells: list[str]) -> bool:
        """Whether a row was passed over: the mapping ignores it, or it is a header or a heading."""
        # Most rows end with words, and are no sums: to look at that alone costs next to nothing.
        if row.cells[-1][:1] in _SUMS and self._is_total(row.cells):
            self.leave_out(row.line, FOOTER, "footer")
            return True
        self._before = cells
        if any(normal(cells[at]) in values for at, values in self._ignored):
            self._account.ignored[CHOSEN] += 1
            return True
        if row.cells == self._header:
            self._begin_again(row)
            return True
        return bool(self._fields) and self._read_heading(row)

    def _is_total(self, row: tuple[str, ...]) -> bool:
        first, *others = filter(None, row)
        return is_total(first, others, self._before)

    def leave_out(self, line: int, reason: Said, code: str) -> None:
        """Count a row that is left out, and say why."""
        self._account.ignored[reason] += 1
        if reason is HEADING:
            self._lone = line
        message = said("a row was left out: {reason}", reason=reason)
        self._findings.note(code, message, self._place(line))

    def _begin_again(self, row: TableRow) -> None:
        """Pass over headers that stand there again, as on each page of a print.

        Below a title of their own they begin another table, which is not for a reader to guess at.
        """
        if not (self._lone and row.line - self._lone <= _NEAR):
            self.leave_out(row.line, AGAIN, "header-again")
            return
        self._account.ignored[AGAIN] += 1
        message = said(
            "the headers stand there again below a title, so another table begins; give each"
            " table an entry of its own in the mapping, with 'skip_rows' and 'last_row'"
        )
        self._findings.error("another-table", message, self._place(row.line))

    def _read_heading(self, row: TableRow) -> bool:
        """Take a row with one text alone for what the rows below it belong to."""
        text = heading_of(row.cells, self._says, self._words.blank)
        if not text or divided((text,)):
            self._heading = ""
            return False
        if is_footer(text, ()):
            return False
        outer, inner = self._fields[0], self._fields[-1]
        if self._heading and outer is not inner:
            self._plan.head(outer, self._heading)
        self._plan.head(inner, text)
        self._heading = text
        self._account.ignored[HEADED] += 1
        return True

    def _place(self, line: int) -> ImportPlace:
        return ImportPlace(self._account.file, self._account.table, line)


def divided(cells: tuple[str, ...]) -> bool:
    """Whether the one cell of a row looks like several that were not cut apart."""
    return len(_DIVIDERS.findall("".join(cells))) >= 2
