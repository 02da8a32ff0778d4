"""Which axis of a table holds roles, which levels and which skills: decided for the whole of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.said import said
from bot.formats.grids.columns import Headed
from bot.formats.mapping.fields import Field, FieldSlot, depth_key_of
from bot.formats.mapping.model import DepthColumn, Shape
from bot.formats.mapping.vocabulary import is_depth_name, requirement_words
from bot.formats.mapping.words import normal
from bot.formats.names.figures import are_numbers, is_number
from bot.formats.names.seniority import is_level_name
from bot.formats.names.titles import looks_like_role, title_of
from bot.formats.proposing.asked import (
    axes_of_others,
    axes_of_roles,
    axes_of_titles,
    stands_once,
    titles_of_levels,
)
from bot.formats.proposing.axes import (
    Axes,
    columns_named,
    free_columns,
    level_columns_of,
    numbered_texts,
)
from bot.formats.proposing.beside_levels import (
    axes_of_levels,
    is_aside,
    may_expect,
    with_more_levels,
)
from bot.formats.proposing.held import tell_joined
from bot.formats.proposing.ladder.two_rows import Placed
from bot.formats.proposing.questions import Deciding
from bot.formats.proposing.skill_column import skill_column
from bot.formats.proposing.slots import DEPTH, LEVEL, ROLE, SKILL, TEXT, TITLE

SAYS = frozenset({Field.TEXT, Field.PROFICIENCY, Field.REQUIREMENT, Field.PROMPTS})
"""Fields that say what is expected."""
_ABOUT = frozenset(
    {Field.GROUP, Field.DOMAIN, Field.SKILL_SUMMARY, Field.TEXT, Field.PROFICIENCY, Field.SKILL_KEY}
)
_REQUIREMENTS = requirement_words()
_SEVERAL = 2


def axes_of(
    table: Headed, told: Mapping[FieldSlot, str], deciding: Deciding, only: Shape | None = None
) -> Axes | None:
    """Return the axes of a table, None where it is not about roles or skills.

    `told` is what the name of its sheet says of every row.
    """
    fields = table.fields
    depths = depth_columns(table)
    named = tuple(depth for depth in depths if depth.key)
    if only is Shape.LONG or only is Shape.WIDE:
        return _as_wanted(table, only, named, deciding)
    if _is_depth_table(table):
        return Axes(Shape.SKILLS, depths=depths)
    has_skill = bool(fields & {Field.SKILL, Field.SKILL_KEY})
    if has_skill and (Field.LEVEL in fields or LEVEL in told or TITLE in told):
        return _rows_or_roles(table, named, told, deciding)
    placed = level_columns_of(table, deciding)
    called = {depth.name for depth in depths if depth.name}
    # Junior to Senior in Chinese are depths, too: they are levels where nothing else has roles.
    levels = not deciding.has_roles and called <= {column.name for column, _ in placed}
    several = len(called) >= _SEVERAL and not levels
    # Figures alone, or a single word, may be anything where no column is called a skill.
    words = {column.name for column, _ in placed if not column.name.isdigit()}
    sure = has_skill or table.above or len(words) >= _SEVERAL
    if placed and sure and not (several and has_skill):
        # Levels without a skill beside them expect something of nobody knows what.
        return _wide(table, placed, named, told, deciding)
    if has_skill:
        return _of_skills(table, depths, told, deciding)
    if placed and not deciding.has_roles and deciding.is_alone:
        more = with_more_levels(table, placed, skill_column(table, _places(placed)), deciding)
        if deciding.questions or len(more) > len(placed):
            return _wide(table, more, named, told)
    return _without_skill(table, named, told, deciding)


def _places(placed: Sequence[Placed]) -> list[int]:
    return [at for _, at in placed]


def _as_wanted(
    table: Headed, only: Shape, depths: tuple[DepthColumn, ...], deciding: Deciding
) -> Axes | None:
    """Return a table as the shape that its owner says it has."""
    if only is Shape.LONG:
        return Axes(only, depths=depths)
    placed = level_columns_of(table, deciding) or _guessed(table, deciding)
    return _wide(table, placed, depths, {}) if placed else None


def _is_depth_table(table: Headed) -> bool:
    """Whether a table has no role, and what it calls levels are depths of a skill."""
    fields = table.fields
    if fields & {Field.ROLE, Field.ROLE_KEY, Field.PROFICIENCY}:
        return False
    if not {Field.SKILL, Field.LEVEL, Field.TEXT} <= fields:
        return False
    cells = {cell for cell in table.column(table.slots.index(LEVEL)) if cell}
    return all(map(is_depth_name, cells)) and not all(map(is_level_name, cells))


def depth_columns(table: Headed) -> tuple[DepthColumn, ...]:
    """Return the columns that hold a skill's text for a proficiency."""
    columns: list[DepthColumn] = []
    for at, cell in enumerate(table.header.cells):
        own = depth_key_of(cell.strip())
        if own is not None:
            columns.append(DepthColumn(table.names[at], "", *own))
        elif table.slots[at] is None and is_depth_name(cell) and not table.above:
            columns.append(DepthColumn(table.names[at], name=cell.strip()))
    return tuple(columns)


def _rows_or_roles(
    table: Headed,
    depths: tuple[DepthColumn, ...],
    told: Mapping[FieldSlot, str],
    deciding: Deciding,
) -> Axes:
    """Return a table with a level in each row or on each sheet: long, or with roles as columns."""
    fields = table.fields
    free = [at for at in free_columns(table) if any(table.column(at))]
    texts = numbered_texts(table, free)
    if len(texts) >= _SEVERAL and TEXT not in table.slots:
        tell_joined([", ".join(table.names[at] for at in texts)], deciding)
        others = [at for at in free if at not in texts]
        found = _rows(table, depths, others, {TEXT: texts[0]}, deciding)
        return replace(found, more_texts=texts[1:])
    plain = not fields & SAYS and not fields & {Field.ROLE, Field.ROLE_KEY, Field.TITLE}
    if plain and free and ROLE not in told and TITLE not in told:
        several = len(free) > 1 and _may_be_roles(table, free)
        if several or (len(free) == 1 and looks_like_role(table.header.cells[free[0]])):
            return Axes(Shape.WIDE, columns_named(table, free, "role"), depths)
        return axes_of_others(table, free, depths, deciding)
    return _rows(table, depths, free, {}, deciding)


def _rows(
    table: Headed,
    depths: tuple[DepthColumn, ...],
    free: Sequence[int],
    told: Mapping[FieldSlot, int],
    deciding: Deciding,
) -> Axes:
    """Return a table with a level and a skill in each row; of `told` fields the place is known."""
    fields = table.fields | {slot.field for slot in told}
    renamed: dict[FieldSlot, int] = {}
    names = _slot(table, ROLE, TITLE)
    if names is not None and LEVEL in table.slots and DEPTH not in table.slots:
        level = table.slots.index(LEVEL)
        parted = all(title_of(cell).level for cell in table.column(names) if cell)
        if parted and are_numbers(table.column(level)) and stands_once(table, names):
            renamed = {TITLE: names, DEPTH: level}
    if names is not None and not renamed and ROLE not in table.slots:
        renamed = {ROLE: names}
    unknown = [at for at in free if at not in renamed.values() and not is_aside(table, at)]
    if not fields & SAYS and DEPTH not in renamed and unknown:
        found = axes_of_others(table, unknown, depths, deciding, roles=False)
        return replace(found, renamed={**renamed, **found.renamed})
    return Axes(Shape.LONG, (), depths, {**renamed, **told})


def _may_be_roles(table: Headed, free: Sequence[int]) -> bool:
    """Whether columns are roles: by the name of one, or because all grade alike."""
    names = [table.header.cells[at] for at in free]
    return any(map(looks_like_role, names)) or _hold_marks(table, free)


def _wide(
    table: Headed,
    placed: Sequence[Placed],
    depths: tuple[DepthColumn, ...],
    told: Mapping[FieldSlot, str],
    deciding: Deciding | None = None,
) -> Axes | None:
    """Return a table with a skill in each row; None where no column can name the skill."""
    at = skill_column(table, _places(placed))
    if deciding is not None and (at is not None or SKILL in told):
        placed = with_more_levels(table, placed, at, deciding)
    if at is None:
        return Axes(Shape.WIDE, placed, depths) if SKILL in told else None
    renamed = {} if table.slots[at] in (SKILL, FieldSlot(Field.SKILL_KEY)) else {SKILL: at}
    return Axes(Shape.WIDE, placed, depths, renamed)


def _of_skills(
    table: Headed,
    depths: tuple[DepthColumn, ...],
    told: Mapping[FieldSlot, str],
    deciding: Deciding,
) -> Axes | None:
    """Return a table that has a column for the skill, and none that is known to be a level."""
    fields = table.fields
    named = tuple(depth for depth in depths if depth.key)
    roles = _slot(table, ROLE, TITLE)
    free = [at for at in free_columns(table) if any(table.column(at))]
    if roles is not None:
        strong = fields & {Field.PROFICIENCY, Field.REQUIREMENT}
        if strong or (fields & SAYS and len(free) < _SEVERAL):
            return axes_of_titles(table, roles, named, deciding)
    elif sum(not depth.key for depth in depths) >= _SEVERAL or (
        fields & _ABOUT and not _hold_marks(table, free) and not may_expect(table, free, deciding)
    ):
        return Axes(Shape.SKILLS, depths=depths)
    names = [table.header.cells[at] for at in free]
    if roles is None and len(free) >= _SEVERAL and all(map(looks_like_role, names)):
        return axes_of_roles(table, free, named, deciding)
    # One column is no ladder.
    placed = _guessed(table, deciding) if len(free) >= _SEVERAL else []
    return _wide(table, placed, named, told) if placed else None


def _without_skill(
    table: Headed,
    depths: tuple[DepthColumn, ...],
    told: Mapping[FieldSlot, str],
    deciding: Deciding,
) -> Axes | None:
    """Return a table in which no column is called a skill: it may have skills as columns."""
    fields = table.fields
    free = [at for at in free_columns(table) if any(table.column(at))]
    names = [table.header.cells[at] for at in free]
    roles = _slot(table, ROLE, TITLE)
    if Field.LEVEL in fields and fields & SAYS and not (SKILL in told or deciding.has_roles):
        at = _of_rows(table, roles)
        if at is not None:
            named = {ROLE: roles} if roles is not None and ROLE not in table.slots else {}
            return Axes(Shape.LONG, (), depths, {SKILL: at} | named)
    if SKILL in told and Field.LEVEL in fields:
        if fields & SAYS:
            return Axes(Shape.LONG, (), depths, {ROLE: roles} if roles is not None else {})
        return Axes(Shape.WIDE, columns_named(table, free, "role"), depths)
    if (LEVEL in told or TITLE in told) and free and all(map(looks_like_role, names)):
        return _wide(table, columns_named(table, free, "role"), depths, told)
    if roles is not None and free and not fields & (SAYS | {Field.ROLE_SUMMARY}):
        if Field.LEVEL in fields or LEVEL in told:
            titled = ROLE not in table.slots and titles_of_levels(table, roles, deciding)
            called = FieldSlot(Field.LEVEL_ALIASES) if titled else ROLE
            renamed = {called: roles} if ROLE not in table.slots else {}
            return Axes(Shape.WIDE, columns_named(table, free, "skill"), depths, renamed)
        if len(free) >= _SEVERAL and _hold_marks(table, free):
            found = axes_of_titles(table, roles, depths, deciding)
            placed = columns_named(table, free, "skill")
            return Axes(Shape.WIDE, placed, depths, found.renamed)
    if fields & {Field.ROLE, Field.ROLE_KEY}:
        return Axes(Shape.ROLES, depths=depths)
    return None if deciding.has_roles or told else axes_of_levels(table, depths, deciding)


def _of_rows(table: Headed, roles: int | None) -> int | None:
    """Return the column of the skill in a table with a level and a text in each row.

    Without roles it may be a list of levels: there names and levels come again in a matrix alone.
    """
    level = table.slots.index(LEVEL)
    at = skill_column(table, [level] if roles is None else [level, roles])
    if at is None or table.slots[at] in (TEXT, LEVEL, DEPTH):
        return None
    again = all(len(set(cells)) < len(cells) for cells in map(table.column, (level, at)))
    return at if again or roles is not None else None


def _guessed(table: Headed, deciding: Deciding) -> list[Placed]:
    """Return every column that names no field, as a level; and say so."""
    placed = columns_named(table, free_columns(table), "level")
    if placed:
        names = ", ".join(dict.fromkeys(column.name for column, _ in placed))
        deciding.remark(
            said(
                "{where}: these columns are taken for levels: {names}",
                where=deciding.where,
                names=names,
            )
        )
    return placed


def _slot(table: Headed, *slots: FieldSlot) -> int | None:
    return next((table.slots.index(slot) for slot in slots if slot in table.slots), None)


def _hold_marks(table: Headed, at: Sequence[int]) -> bool:
    """Whether columns hold figures, depths or marks: what an expectation is made of."""
    cells = [cell for each in at for cell in table.column(each) if cell]
    marks = [
        cell
        for cell in cells
        if is_number(cell) or is_depth_name(cell) or normal(cell) in _REQUIREMENTS
    ]
    return bool(cells) and len(marks) == len(cells)
