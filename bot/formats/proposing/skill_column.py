"""Which column of a wide table names the skill: the one that is no level, whatever it is called."""

from collections.abc import Iterable, Sequence

from bot.formats.grids.columns import Headed
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.names.figures import are_numbers
from bot.formats.names.titles import looks_like_role
from bot.formats.proposing.slots import SKILL

_SKILLS = (SKILL, FieldSlot(Field.SKILL_KEY))
# What such columns may be called where none is called a skill.
_CALLED = frozenset(
    {
        *(Field.GROUP, Field.DOMAIN, Field.TEXT, Field.SKILL_SUMMARY, Field.TITLE),
        *(
            Field.REQUIREMENT,
            Field.PROFICIENCY,
            Field.LEVEL,
            Field.SKILL_ALIASES,
            Field.LEVEL_SUMMARY,
        ),
    }
)
_LONG = 60


def skill_column(table: Headed, values: Iterable[int]) -> int | None:
    """Return the column that names the skill, None where none can.

    `values` are the columns of levels (or roles). Of several others, the one whose cells differ
    most is the skill: what repeats is a group, what is long is a text, and what stands behind the
    levels is about the row.
    """
    beside = set(values)
    for slot in _SKILLS:
        if slot in table.slots:
            return table.slots.index(slot)
    found = [at for at in range(table.width) if at not in beside and _may_name(table, at)]
    if not found:
        return None
    found = [at for at in found if not _counts(table, at)] or found
    names = [at for at in found if _mean_length(table.column(at)) <= _LONG] or found
    texts = {Field.TEXT, Field.SKILL_SUMMARY}
    short = [at for at in names if _field(table, at) not in texts] or names
    first = min(beside, default=table.width)
    return max(short, key=lambda at: _fitness(table, at, before=at < first))


def _fitness(table: Headed, at: int, *, before: bool) -> tuple[bool, int, bool, int]:
    """Return how well a column names skills. Of equals a title may be that of one more level."""
    role = looks_like_role(table.header.cells[at])
    return before, _distinct(table.column(at)), not role, at


def _may_name(table: Headed, at: int) -> bool:
    field = _field(table, at)
    if field is not None and field not in _CALLED:
        return False
    return not table.body or any(table.column(at))


def _counts(table: Headed, at: int) -> bool:
    """Whether a column has numbers of rows, or figures such as weights."""
    cells = [*filter(None, table.column(at))]
    return _numbered(cells) or are_numbers(cells)


def _field(table: Headed, at: int) -> Field | None:
    slot = table.slots[at] if at < len(table.slots) else None
    return slot.field if slot else None


def _distinct(cells: Sequence[str]) -> int:
    return len({cell for cell in cells if cell})


def _mean_length(cells: Sequence[str]) -> float:
    filled = [len(cell) for cell in cells if cell]
    return sum(filled) / len(filled) if filled else 0.0


def section_columns(table: Headed, skill: int, values: Iterable[int]) -> dict[FieldSlot, int]:
    """Return the columns without a name of their own that part the skills into groups.

    They stand before the skill, and say the same for several of them.
    """
    beside = {*values, skill}
    full = [row for row in table.body if sum(map(bool, row.cells)) > 1]
    free = [
        at
        for at in range(skill)
        if at not in beside
        and table.slots[at] is None
        and any(row.cells[at : at + 1] not in ((), ("",)) for row in full)
    ]
    wanted = [field for field in (Field.GROUP, Field.DOMAIN) if field not in table.fields]
    found: dict[FieldSlot, int] = {}
    for at in reversed(free):
        cells = [cell for cell in table.column(at) if cell]
        repeats = len(set(cells)) < len(table.body)
        if wanted and repeats and _mean_length(cells) <= _LONG and not _numbered(cells):
            found[FieldSlot(wanted.pop(0))] = at
    return found


def _numbered(cells: Sequence[str]) -> bool:
    return all(cell.rstrip(".").replace(".", "").isdigit() for cell in cells)
