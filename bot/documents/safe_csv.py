"""CSV that a spreadsheet opens as text: never as a formula, never in the wrong alphabet."""

import csv
import io
from collections.abc import Iterable, Sequence

# What makes a spreadsheet calculate, the wide forms of East Asian keyboards included.
_STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Excel reads UTF-8 only behind this mark.
_MARK = "\ufeff"


def csv_file(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file as UTF-8 with a byte order mark and CRLF line ends (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([inert(each) for each in head])
    writer.writerows([inert(each) for each in row] for row in rows)
    return (_MARK + text.getvalue()).encode("utf-8", "replace")


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe before it, if need be.

    Leading space does not hide a formula, for some programs trim it.
    """
    unsafe = cell.startswith(_STARTERS) or cell.lstrip().startswith(_STARTERS)
    return f"'{cell}" if unsafe else cell
