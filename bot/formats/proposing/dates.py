"""Whether a file's dates have the month before the day."""

import re
from collections.abc import Iterable

from bot.formats.grids.columns import Headed
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.model import DateOrder

_FIGURES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\b.*")
_MONTHS = 12


def date_order(tables: Iterable[Headed]) -> DateOrder:
    """Return month-first where a date of the file can only be read so, and none the other way."""
    found = [
        (int(match[1]), int(match[2]))
        for table in tables
        if FieldSlot(Field.SKILL_UPDATED) in table.slots
        for cell in table.column(table.slots.index(FieldSlot(Field.SKILL_UPDATED)))
        if (match := _FIGURES.fullmatch(cell))
    ]
    month_first = any(second > _MONTHS for _, second in found)
    day_first = any(first > _MONTHS for first, _ in found)
    return DateOrder.MONTH_FIRST if month_first and not day_first else DateOrder.DAY_FIRST
