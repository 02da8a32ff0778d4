"""Tables that lie on their side: headers stand in the first column, skills in the first row."""

from collections.abc import Sequence
from dataclasses import replace

from bot.formats.grids.columns import Headed, headed_at
from bot.formats.grids.lying import turned
from bot.formats.mapping.fields import Field
from bot.formats.mapping.headers import is_heading
from bot.formats.mapping.vocabulary import is_depth_name
from bot.formats.mapping.words import normal
from bot.formats.names.seniority import is_level_name
from bot.formats.names.titles import looks_like_role
from bot.formats.tables.source import TableRow

_MOST_ROWS = 120


def on_its_side(rows: Sequence[TableRow]) -> Headed | None:
    """Return the table turned, where its headers stand in its first column; else None.

    All of the first column names levels or fields, each once, and nothing in the first row does.
    """
    start = next((at for at, row in enumerate(rows) if sum(map(bool, row.cells)) > 1), None)
    if start is None or not 1 < len(rows) - start <= _MOST_ROWS:
        return None
    block = rows[start:]
    at = next(place for place, cell in enumerate(block[1].cells) if cell)
    labels = [row.cells[at] if at < len(row.cells) else "" for row in block[1:]]
    top = [cell for place, cell in enumerate(block[0].cells) if cell and place != at]
    levels = [label for label in labels if is_level_name(label) and not label.isdigit()]
    # Expert above Advanced is a level, too.
    known = all(
        label and (label in levels or is_heading(label) or is_depth_name(label)) for label in labels
    )
    if not known or len(set(map(normal, labels))) < len(labels) or len(levels) < 2:
        return None
    if not top or any(is_heading(cell) or is_level_name(cell) for cell in top):
        return None
    if all(map(looks_like_role, top)):
        return None
    table = headed_at(list(turned(iter(block))), 0)
    corner = table.slots[0]
    # Whatever stands in the corner is about the labels below it, not about the skills beside it.
    named = corner if corner is not None and corner.field is Field.SKILL else None
    slots = (named, *table.slots[1:])
    return replace(table, slots=slots, turned=True, skipped=block[0].line - 1)
