"""CSV and its relatives, read line by line."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from bot.domain.said import said
from bot.formats.tables.cells import SHEET_ERRORS
from bot.formats.tables.encodings import TextEncoding
from bot.formats.tables.model import TableFault, TableRow
from bot.formats.tables.reading import Reading
from bot.values import dataclass

DELIMITERS = ",;\t|"
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLE = 1 << 18
_SAMPLE_ROWS = 60
_LONGEST_LINE = 1 << 22
# A sign that cannot be typed, as our own exports write it: its semicolon parts no cells.
_ESCAPE = re.compile(r"&#(?:x[0-9a-f]{1,6}|[0-9]{1,7});", re.IGNORECASE)
# So many known headings in the first row are no chance.
_SURE = 2


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
    hidden: bool = False

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
                    if any(map(SHEET_ERRORS.__contains__, record)):
                        self._note_errors(start, record)
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

    def _note_errors(self, line: int, record: list[str]) -> None:
        for column, text in enumerate(record, 1):
            if text in SHEET_ERRORS:
                message = said(
                    "the cell shows {text}; repair its formula, or clear the cell", text=text
                )
                self.reading.note(TableFault.CELL_ERROR, message, line=line, column=column)

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
    path: Path,
    reading: Reading,
    encoding: TextEncoding,
    delimiter: str | None,
    is_heading: Callable[[str], bool],
) -> DelimitedTable:
    """Find the delimiter of a CSV file, and whether it holds anything.

    `is_heading` tells whether a cell is a known name of a column.

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
    chosen = delimiter or named or _sniffed(sample, _hint(path), is_heading, whole=whole)
    if chosen == '"':
        message = said("a quotation mark cannot part cells; name another character after sep=")
        reading.fail(TableFault.SYNTAX, message, line=1)
    return DelimitedTable(path, reading, encoding, chosen, skipped)


def _hint(path: Path) -> str:
    return "\t" if path.suffix.lower() in {".tsv", ".tab"} else ","


def _sniffed(sample: str, preferred: str, is_heading: Callable[[str], bool], *, whole: bool) -> str:
    """Return the delimiter by which the sample is a table.

    It is one that gives a header of known names, if any does; then the one that gives the most rows
    as many cells as the others, without stray quotation marks and spaces before them; then the one
    that gives more cells. A table of one column has none of them, and takes the preferred one.
    """
    best, best_score = preferred, (False, 0.0, 0)
    # A doubled quotation mark stands within a quoted cell; what is left opens or closes one.
    plain = _ESCAPE.sub("", sample).replace('""', "")
    for delimiter in sorted(DELIMITERS, key=lambda each: each != preferred):
        records = _records(plain, delimiter, whole=whole)
        widths = [len(each) for each in records]
        if not any(width > 1 for width in widths):
            continue
        width, _ = Counter(each for each in widths if each > 1).most_common(1)[0]
        share = sum(each == width for each in widths) / len(widths)
        unbroken = sum(map(_unbroken, records)) / sum(widths)
        sure = sum(map(is_heading, records[0])) >= _SURE
        score = (sure, round(share * unbroken, 2), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _unbroken(record: list[str]) -> float:
    """Return how many cells look as cells do: one that begins with a space is half a sentence."""
    halves = sum(cell.startswith(" ") for cell in record[1:]) / 2
    return sum('"' not in cell for cell in record) - halves


def _records(sample: str, delimiter: str, *, whole: bool) -> list[list[str]]:
    """Return the cells of the first records that hold any; of a faulty one a quotation mark."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    while len(records) < _SAMPLE_ROWS:
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            if "expected after" not in str(error):
                # A cell that is never closed is told later, when the table is read.
                break
            record = ['"']
        records += [record] if any(cell.strip() for cell in record) else []
    if not whole and len(records) < _SAMPLE_ROWS:
        # The sample ends inside its last record.
        records = records[:-1]
    return records
