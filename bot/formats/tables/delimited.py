"""CSV and its relatives, read line by line."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from bot.domain.said import said
from bot.formats.tables.encodings import TextEncoding
from bot.formats.tables.model import TableFault, TableRow
from bot.formats.tables.reading import Reading

DELIMITERS = ",;\t|"
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLE = 1 << 18
_SAMPLE_ROWS = 60
_LONGEST_LINE = 1 << 22


@dataclass(frozen=True, slots=True)
class DelimitedTable:
    """The one table of a CSV file."""

    path: Path
    reading: Reading
    encoding: TextEncoding
    delimiter: str
    skipped: int
    """Lines before the table: Excel's ``sep=;``."""
    name: str = ""

    def rows(self) -> Iterator[TableRow]:
        return self.reading.rows(self.name, self._records(), guards=True)

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        with self.path.open(encoding=self.encoding.name, newline="") as file:
            lines = self._lines(file)
            for _ in islice(lines, self.skipped):
                pass
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            start = self.skipped + 1
            while True:
                try:
                    record = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    self._note(error, start, self.skipped + reader.line_num)
                else:
                    yield start, record
                start = self.skipped + reader.line_num + 1

    def _lines(self, file: TextIO) -> Iterator[str]:
        """Yield physical lines; none so long that it would fill the memory."""
        number = 0
        while line := file.readline(_LONGEST_LINE):
            number += 1
            if len(line) == _LONGEST_LINE and line[-1] not in "\r\n":
                message = said("the line does not end; save the table as CSV (UTF-8) or XLSX again")
                self.reading.fail(TableFault.SYNTAX, message, line=number)
            yield line

    def _note(self, error: csv.Error, start: int, end: int) -> None:
        reason = str(error)
        if "unexpected end" in reason or "field larger" in reason:
            message = said(
                "a quotation mark opens a cell in the record that starts here and is not"
                ' closed; close it, and write a quotation mark inside a cell twice ("")'
            )
            self.reading.fail(TableFault.SYNTAX, message, line=start)
        where = "" if start == end else said(" (up to line {line})", line=str(end))
        message = said(
            "text stands after a closing quotation mark{where}; write a quotation mark"
            ' inside a quoted cell twice ("")',
            where=where,
        )
        self.reading.note(TableFault.SYNTAX, message, line=start)


def open_delimited(
    path: Path, reading: Reading, encoding: TextEncoding, delimiter: str | None
) -> DelimitedTable:
    """Find the delimiter of a CSV file, and whether it holds anything.

    Raises:
        TableFileError: it holds nothing but spaces, or the wanted delimiter cannot be one.
        OSError: the file cannot be read from the disk.
    """
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n \x00'):
        message = said(
            "'{delimiter}' cannot part cells; name one character, such as ; or |",
            delimiter=delimiter[:10],
        )
        reading.fail(TableFault.SYNTAX, message)
    with path.open(encoding=encoding.name, newline="") as file:
        sample = file.read(_SAMPLE)
        whole = len(sample) < _SAMPLE
    if not sample.strip("\ufeff \t\r\n\x00;,|") and whole:
        message = said("the file holds no text; save it again with its table")
        reading.fail(TableFault.EMPTY, message)
    first = sample.split("\n", 1)[0].strip("\r")
    named = first[4:] if first.lower().startswith("sep=") and len(first) == 5 else None
    skipped = 0 if named is None else 1
    chosen = delimiter or named or _sniffed(sample, whole=whole, preferred=_hint(path))
    if chosen == '"':
        message = said("a quotation mark cannot part cells; name another character after sep=")
        reading.fail(TableFault.SYNTAX, message, line=1)
    return DelimitedTable(path, reading, encoding, chosen, skipped)


def _hint(path: Path) -> str:
    return "\t" if path.suffix.lower() in {".tsv", ".tab"} else ","


def _sniffed(sample: str, *, whole: bool, preferred: str) -> str:
    """Return the delimiter that gives the most rows as many cells as the header has.

    With equal shares the one that gives more cells; a table of one column has none, and takes the
    preferred one.
    """
    best, best_score = preferred, (0.0, 0)
    for delimiter in sorted(DELIMITERS, key=lambda each: each != preferred):
        widths = _widths(sample, delimiter, whole=whole)
        if not widths:
            continue
        width, _ = Counter(each for each in widths if each > 1).most_common(1)[0]
        share = sum(each == width for each in widths) / len(widths)
        score = (round(share, 2), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _widths(sample: str, delimiter: str, *, whole: bool) -> list[int]:
    """Return the number of cells of the first records; nothing where no record has two."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths: list[int] = []
    # A cell that is never closed is told later, when the table is read.
    with suppress(csv.Error):
        for record in islice(reader, _SAMPLE_ROWS):
            widths += [len(record)] if any(cell.strip() for cell in record) else []
    if not whole and len(widths) < _SAMPLE_ROWS:
        # The sample ends inside its last record.
        widths = widths[:-1]
    return widths if any(width > 1 for width in widths) else []
