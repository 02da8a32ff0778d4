"""Columns that stand beside those of levels and may be levels: their owner is asked.

Left out without a question, three levels of four would be lost where one alone has a known name.
"""

import re
from collections.abc import Iterator, Sequence

from bot.domain.said import said
from bot.formats.grids.columns import Headed
from bot.formats.mapping.fields import Field
from bot.formats.mapping.model import DepthColumn, Holds, Shape
from bot.formats.mapping.words import normal
from bot.formats.names.asides import speaks_of_row
from bot.formats.names.figures import is_depth
from bot.formats.names.seniority import bare_name
from bot.formats.names.titles import looks_like_role
from bot.formats.problems import shortened
from bot.formats.proposing.axes import Axes, columns_named, free_columns
from bot.formats.proposing.ladder.listed import lists_levels
from bot.formats.proposing.ladder.two_rows import RATINGS, Placed
from bot.formats.proposing.questions import Choice, Deciding, Question
from bot.formats.proposing.slots import LEVEL

_DATE = re.compile(r"\d{1,4}[-./年]\s?\d{1,2}[-./月]\s?\d{1,4}日?(?:[ T].*)?")
_MOST_WORDS = 4
_MOST_LEVELS = 12
_DIFFER = 0.6
_FEW = 3
_SEVERAL = 2
_ABOUT_SKILLS = frozenset(
    {Field.SKILL_SUMMARY, Field.TEXT, Field.PROFICIENCY, Field.SKILL_KEY, Field.SKILL_ALIASES}
)
_ABOUT_LEVELS = frozenset(
    {
        *(Field.TEXT, Field.LEVEL_SUMMARY, Field.LEVEL_ALIASES, Field.LEVEL_KEY, Field.LEVEL_RANK),
        *(Field.TITLE, Field.LEVEL_TRACK, Field.SKILL_SUMMARY),
    }
)
"""What tells of a level, and is no skill by itself."""


def with_more_levels(
    table: Headed, placed: Sequence[Placed], skill: int | None, deciding: Deciding
) -> Sequence[Placed]:
    """Return the columns of levels, with those beside them that their owner says are levels."""
    plain = all(
        column.holds is Holds.TEXT and column.name and not (column.role or column.skill)
        for column, _ in placed
    )
    if table.above or not plain:
        return placed
    beside = sorted(_beside(table, [at for _, at in placed], skill))
    if not beside or len(beside) + len(placed) > _MOST_LEVELS:
        return placed
    names = [table.names[at] for at in beside]
    question = Question(
        "levels",
        said(
            "The columns {columns} stand beside the levels {levels}: are they levels, too?",
            columns=", ".join(f"'{shortened(name)}'" for name in names),
            levels=", ".join(f"'{shortened(column.name)}'" for column, _ in placed),
        ),
        (
            Choice(
                "yes",
                said("they are levels"),
                f"level_columns: [{{column: {names[0]}, level: {names[0]}}}, …]",
            ),
            Choice("no", said("they are not read"), "level_columns: […] without them"),
        ),
    )
    if deciding.ask(question) != "yes":
        return placed
    found = [*placed, *columns_named(table, beside, "level")]
    return sorted(found, key=lambda each: each[1])


def axes_of_levels(
    table: Headed, depths: tuple[DepthColumn, ...], deciding: Deciding
) -> Axes | None:
    """Return a table with a level in each row whose columns its owner says are skills.

    A column called Scope or Description may be one, or be about the level. None where nothing
    beside the level may be a skill.
    """
    if not lists_levels(table):
        return None
    beside = [at for at in range(table.width) if table.slots[at] != LEVEL and any(table.column(at))]
    fields = [slot.field if (slot := table.slots[at]) else None for at in beside]
    if len(beside) < _SEVERAL or all(field in _ABOUT_LEVELS for field in fields):
        return None
    if any(looks_like_role(table.header.cells[at]) for at in beside):
        return None
    names = [table.names[at] for at in beside]
    question = Question(
        "beside-levels",
        said(
            "Each row is a level, and no column is called a skill: what are the columns {columns}?",
            columns=", ".join(f"'{shortened(name)}'" for name in names),
        ),
        (
            Choice(
                "skills",
                said("each is a skill"),
                f"level_columns: [{{column: {names[0]}, skill: {names[0]}}}, …]",
            ),
        ),
    )
    deciding.ask(question)
    return Axes(Shape.WIDE, columns_named(table, beside, "skill"), depths)


def may_expect(table: Headed, free: Sequence[int], deciding: Deciding) -> bool:
    """Whether columns beside a skill and its group may be levels of unknown names.

    They are where nothing else in the file says what is expected.
    """
    if not deciding.is_alone or table.fields & _ABOUT_SKILLS:
        return False
    return len(free) >= _SEVERAL and not any(is_aside(table, at) for at in free)


def _beside(table: Headed, levels: Sequence[int], skill: int | None) -> Iterator[int]:
    """Yield the columns next to those of levels that hold what those hold."""
    free = {at for at in free_columns(table) if at != skill and at not in levels}
    graded = all(is_depth(cell) for at in levels for cell in table.column(at) if cell)
    # What stands before the skill parts the skills into groups.
    left = range(min(levels) - 1, -1 if skill is None or skill > min(levels) else skill, -1)
    for run in (left, range(max(levels) + 1, table.width)):
        for at in run:
            if at not in free or not _is_alike(table, at, graded=graded):
                break
            yield at


def is_aside(table: Headed, at: int) -> bool:
    """Whether a column is about the row: who owns it, where it comes from, remarks."""
    return speaks_of_row(table.header.cells[at])


def _is_alike(table: Headed, at: int, *, graded: bool) -> bool:
    words = normal(bare_name(table.header.cells[at])).split()
    if len(words) > _MOST_WORDS or is_aside(table, at) or RATINGS & set(words[-1:]):
        return False
    rows = [row.cells for row in table.body if sum(map(bool, row.cells)) > 1]
    filled = [cells[at] for cells in rows if at < len(cells) and cells[at]]
    if not filled or len(filled) * 2 < len(rows):
        return False
    if all(map(_DATE.fullmatch, filled)):
        return False
    if graded:
        return all(map(is_depth, filled))
    several = len(filled) < _FEW or len(set(filled)) >= _DIFFER * len(filled)
    return several and not all(map(is_depth, filled))
