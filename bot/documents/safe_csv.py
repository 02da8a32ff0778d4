"""CSV that a spreadsheet opens as text: never as a formula, never in the wrong alphabet."""

import csv
import io
from collections.abc import Iterable, Sequence

from bot.formats.tables.cells import guarded

# Excel reads UTF-8 only behind this mark.
_MARK = "\ufeff"


def csv_file(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file as UTF-8 with a byte order mark and CRLF line ends (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(each) for each in head])
    writer.writerows([guarded(each) for each in row] for row in rows)
    return (_MARK + text.getvalue()).encode("utf-8", "replace")
