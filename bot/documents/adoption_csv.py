"""Adoption as a table: a row for each month and role, and one for all."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bot.documents.names import file_name
from bot.documents.safe_csv import csv_file
from bot.domain.document import Document
from bot.domain.teams.helping.adoption import AdoptionFigure, MonthFigures

ALL = "*"
"""In place of a role: everybody, which is the sum of the rows below."""
COLUMNS = ("month", "role", "role_name", *(figure.value for figure in AdoptionFigure))


def adoption_document(
    months: Sequence[MonthFigures], role_name: Callable[[str], str], *, on: date
) -> Document:
    """Return the file. Numbers are the least that there are, in steps of five; 0 tells nothing."""
    rows = [row for month in months for row in _rows(month, role_name)]
    name = file_name("nextrung-adoption", on=on, ending="csv")
    return Document(name, csv_file(COLUMNS, rows))


def _rows(month: MonthFigures, role_name: Callable[[str], str]) -> Iterator[list[str]]:
    first = month.month.strftime("%Y-%m")
    yield [first, ALL, "", *(str(month.totals.get(each, 0)) for each in AdoptionFigure)]
    for role, counts in month.roles.items():
        yield [first, role, role_name(role), *(str(counts.get(each, 0)) for each in AdoptionFigure)]
