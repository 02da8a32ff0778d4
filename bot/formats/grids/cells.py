"""What columns are by their cells, where their headers say nothing or something else."""

from dataclasses import replace

from bot.formats.grids.columns import Headed
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.headers import field_of_header
from bot.formats.mapping.vocabulary import is_depth_name, requirement_words
from bot.formats.mapping.words import normal, words_of
from bot.formats.names.figures import is_depth, is_number
from bot.formats.names.seniority import is_level_name
from bot.formats.names.titles import Titles, kind_of_titles

_SKILLS = frozenset({Field.SKILL, Field.SKILL_KEY})
_ROLES = frozenset({Field.ROLE, Field.ROLE_KEY, Field.TITLE})
_DEPTHS = frozenset({Field.PROFICIENCY, Field.PROFICIENCY_KEY})
_REQUIREMENTS = requirement_words()
_ANSWERS = words_of(
    "yes no true false ja nein oui non sí sim não да нет はい いいえ 예 아니요 是 否"
)
_LEVELS = words_of("from level levels grade band seniority stufe niveau nivel nível livello poziom")
_SEVERAL = 2
_BINARY = frozenset({"0", "1"})


def with_slots_by_cells(table: Headed) -> Headed:
    """Return a table with the fields that the cells of its columns tell.

    In a row with a skill, cells that all name levels (or titles) are the level (or the title), and
    the one column of figures beside a role is how deep the skill is wanted.
    """
    if table.above or not table.fields & _SKILLS:
        return table
    slots = list(table.slots)
    wide = sum(map(is_level_name, table.header.cells)) >= _SEVERAL
    several = sum(map(_name_levels, (table.column(at) for at in _free(table)))) > 1
    for at, slot in enumerate(slots):
        cells = [cell for cell in table.column(at) if cell]
        if not cells or not table.header.cells[at] or is_level_name(table.header.cells[at]):
            continue
        known = {each.field for each in slots if each}
        field = _by_cells(table.header.cells[at], cells, slot, known)
        if several and field is Field.LEVEL and not _speaks_of_levels(table.header.cells[at]):
            continue  # roles as columns, with a level in each cell
        if field is not None and not (wide and field in (Field.LEVEL, Field.TITLE)):
            slots[at] = FieldSlot(field)
    return replace(table, slots=tuple(_with_one_depth(table, slots)))


def _free(table: Headed) -> list[int]:
    return [at for at, slot in enumerate(table.slots) if slot is None and table.header.cells[at]]


def _name_levels(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(is_level_name(cell) and not is_number(cell) for cell in filled)


def _speaks_of_levels(header: str) -> bool:
    return not _LEVELS.isdisjoint(normal(header).split())


def _by_cells(
    header: str, cells: list[str], slot: FieldSlot | None, known: set[Field]
) -> Field | None:
    if slot == FieldSlot(Field.REQUIREMENT) and _are_texts(cells, known):
        return Field.TEXT
    if slot == FieldSlot(Field.REQUIREMENT) and not known & _DEPTHS:
        return Field.PROFICIENCY if all(map(is_number, cells)) and set(cells) - _BINARY else None
    if slot is not None:
        return None
    if Field.REQUIREMENT not in known and field_of_header(header) is Field.REQUIREMENT:
        return Field.REQUIREMENT  # another column was called so, and holds the texts
    if len(set(cells)) < 2:
        return None
    if Field.LEVEL in known and Field.REQUIREMENT not in known and _require(cells):
        return Field.REQUIREMENT
    if not known & _ROLES and kind_of_titles(cells) is Titles.PARTED:
        return Field.TITLE
    plain = all(is_level_name(cell) and not is_number(cell) for cell in cells)
    if plain and Field.LEVEL not in known and not all(map(is_depth_name, cells)):
        return Field.LEVEL
    return None


def _are_texts(cells: list[str], known: set[Field]) -> bool:
    """Whether what is called a requirement are the texts: no word in it says yes or no."""
    words = set(map(normal, cells))
    many = len(words) > 1 and len(words) * 2 > len(cells) and not any(map(is_depth, cells))
    return many and not known & {Field.TEXT, *_DEPTHS} and not words & _REQUIREMENTS.keys()


def _require(cells: list[str]) -> bool:
    """Whether cells say by words of their own what is required; yes and no may mean anything."""
    words = set(map(normal, cells))
    return words <= _REQUIREMENTS.keys() and any(len(word) > 1 for word in words - _ANSWERS)


def _with_one_depth(table: Headed, slots: list[FieldSlot | None]) -> list[FieldSlot | None]:
    """Return the fields with the one free column of figures as the proficiency, beside a role."""
    known = {slot.field for slot in slots if slot}
    if not known & _ROLES or known & (_DEPTHS | {Field.TEXT}):
        return slots
    free = [
        at
        for at, slot in enumerate(slots)
        if slot is None and table.header.cells[at] and any(table.column(at))
    ]
    if len(free) != 1 or is_level_name(table.header.cells[free[0]]):
        return slots
    cells = [cell for cell in table.column(free[0]) if cell]
    if all(map(is_depth, cells)):
        slots[free[0]] = FieldSlot(Field.PROFICIENCY)
    return slots
