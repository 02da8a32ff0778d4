"""Finds the header of a table that nobody has described, and what its headers name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.formats.mapping.fields import TRANSLATED, Field, FieldSlot, depth_key_of, slot_of
from bot.formats.mapping.headers import FIELD_BY_HEADER, field_of_header
from bot.formats.mapping.vocabulary import is_depth_name, is_held_name
from bot.formats.mapping.words import normal, plain_name
from bot.formats.names.languages import parted_language
from bot.formats.names.seniority import is_level_name
from bot.formats.names.titles import looks_like_role, title_of
from bot.formats.tables.letters import index_to_letters
from bot.formats.tables.source import TableRow
from bot.values import dataclass

LOOKED_AT = 30
_WEIGHT = 2
_LONGEST = 60
_MOST_HEADERS = 3
_FINER = frozenset(
    {
        *("sub competency", "subcompetency", "sub competence", "sub skill", "subskill"),
        *("sub capability", "skill element", "competency element", "teilkompetenz"),
        *("sous compétence", "subcompetencia", "子能力", "子技能", "二级能力"),
    }
)


@dataclass(frozen=True, slots=True)
class Headed:
    """A table with its header found.

    `slots` holds for each column the field that its header names, None where it names none.
    `names` are the headers as a mapping writes them: one that is repeated or blank goes by letters.
    `above` are rows of headers above the lowest one, top first, merged cells filled to the right;
    "" where a column has nothing there. `title` is the cell that stands alone above the headers.
    `last_row` ends the table where others follow on its sheet. One that was `turned` stood below
    `skipped` rows of its sheet.
    """

    header: TableRow
    slots: tuple[FieldSlot | None, ...]
    names: tuple[str, ...]
    body: tuple[TableRow, ...]
    above: tuple[tuple[str, ...], ...] = ()
    title: str = ""
    last_row: int | None = None
    several: bool = False
    """Whether other tables stand above or below it."""
    turned: bool = False
    skipped: int = 0
    passed: tuple[int, ...] = ()
    """The lines of a table or the like above the headers, which nothing reads."""

    @property
    def fields(self) -> frozenset[Field]:
        """The fields that have a column in the base language."""
        return frozenset(slot.field for slot in self.slots if slot and not slot.locale)

    @property
    def width(self) -> int:
        """How many columns the headers have."""
        return len(self.names)

    def column(self, at: int) -> list[str]:
        """Return the cells of a column below the header, "" for blank ones."""
        return [row.cells[at] if at < len(row.cells) else "" for row in self.body]

    def label(self, at: int) -> str:
        """Return the header of a column as a person reads it; "" where it has none."""
        parts = [row[at] for row in self.above] + [_cell(self.header, at)]
        return plain_name(next((part for part in reversed(parts) if part), ""))


def headed(rows: Sequence[TableRow], *, more: bool = False) -> Headed | None:
    """Return the table below its most likely header; None where no row reads like one.

    `more` also takes rows for a header that name roles or nothing known: a sheet may be told by
    its name.
    """
    first = rows[:LOOKED_AT]
    scores = [header_score(row.cells) for row in first]
    if not scores or max(scores) == 0:
        if not more:
            return None
        scores = [sum(map(looks_like_role, row.cells)) for row in first]
        if not scores or max(scores) < _WEIGHT:
            return None
    at = scores.index(max(scores))
    found = headed_at(rows, at)
    top = next(each for each, row in enumerate(rows) if row.line == found.header.line)
    before = rows[: top - len(found.above)]
    passed = [row.line for row in before if sum(map(bool, row.cells)) > 1]
    return replace(found, passed=tuple(passed)) if len(passed) > 1 else found


def headed_at(rows: Sequence[TableRow], at: int) -> Headed:
    """Return the table whose header is this row, with the rows of headers beside it."""
    top = bottom = at
    while bottom + 1 < len(rows) and bottom - top < _MOST_HEADERS - 1:
        if not _stacked(rows[bottom], rows[bottom + 1]):
            bottom += 2 if top == bottom and _over_two(rows[bottom : bottom + 3]) else 0
            break
        bottom += 1
    while top > 0 and bottom - top < _MOST_HEADERS - 1 and _stacked(rows[top - 1], rows[top]):
        top -= 1
    header = rows[bottom]
    body = tuple(rows[bottom + 1 :])
    width = max(len(row.cells) for row in (*rows[top : bottom + 1], *body[:LOOKED_AT]))
    cells = tuple(_cell(header, column) for column in range(width))
    uppers: list[tuple[str, ...]] = []
    below = cells
    for row in reversed(rows[top:bottom]):
        filled = filled_right(row, below)
        uppers.insert(0, filled)
        below = tuple(upper or lower for upper, lower in zip(filled, below, strict=True))
    above = tuple(uppers)
    return Headed(
        TableRow(header.line, cells),
        _slots(cells, above),
        _names(cells),
        body,
        above,
        _title_above(rows, top),
    )


def filled_right(upper: TableRow, lower: Sequence[str]) -> tuple[str, ...]:
    """Return a row of headers with merged cells filled: over what stands below them."""
    filled: list[str] = []
    last = ""
    for at, below in enumerate(lower):
        cell = _cell(upper, at)
        if cell and normal(cell) == normal(below):
            # Merged over both rows, as HTML has it: the header stands in the lower one alone.
            cell = last = ""
        elif cell:
            last = "" if _is_field(cell) else cell
        filled.append(cell or (last if below else ""))
    return tuple(filled)


def _stacked(upper: TableRow, lower: TableRow) -> bool:
    """Whether two rows are a header of two rows: names over levels, or levels over what is held."""
    if upper.line + 1 != lower.line or sum(map(bool, upper.cells)) < _WEIGHT:
        return False
    cells = [_cell(lower, at) for at in range(max(len(upper.cells), len(lower.cells)))]
    filled = filled_right(upper, cells)
    below: list[str] = []
    named_rows = False
    for at, cell in enumerate(cells):
        over = filled[at]
        is_key = not over or _is_field(over)
        if cell and over and is_key:
            return False
        named_rows = named_rows or bool(cell and is_key and normal(cell) not in FIELD_BY_HEADER)
        if cell and not is_key:
            below.append(normal(cell))
    if len(below) < _WEIGHT or any(len(cell) > _LONGEST for cell in below):
        return False
    # Only merged cells tell a second row of headers from a row of the table.
    merged = any(bool(cell) != bool(_cell(upper, at)) for at, cell in enumerate(filled))
    held = all(map(is_held_name, below))
    levels = are_levels(below)
    repeated = len(set(below)) < len(below)
    if named_rows and not merged:
        return False
    over_levels = [cell for cell in filled if cell and not _is_field(cell)]
    named = repeated and merged and all(map(is_level_name, over_levels))
    return (held and (repeated or merged)) or (levels and (repeated or merged)) or named


def _over_two(rows: Sequence[TableRow]) -> bool:
    """Whether the first of three rows stands over a header of two, such as families over roles."""
    if len(rows) < _MOST_HEADERS or rows[0].line + 1 != rows[1].line:
        return False
    over, below = (sum(map(bool, row.cells[1:])) for row in rows[:2])
    return 0 < over < below and not _cell(rows[1], 0) and _stacked(rows[1], rows[2])


def _is_field(cell: str) -> bool:
    """Whether a header names a column by itself, and says nothing of what stands below it."""
    return normal(cell) in FIELD_BY_HEADER and not is_held_name(cell)


def are_levels(names: Sequence[str]) -> bool:
    """Whether names are those of levels, some of them plain: PM beside Senior PM."""
    roles = {normal(title.role) for title in map(title_of, names) if title.level}
    known = [is_level_name(name) for name in names]
    return any(known) and all(
        level or normal(name) in roles for level, name in zip(known, names, strict=True)
    )


def _title_above(rows: Sequence[TableRow], top: int) -> str:
    """Return the cell that stands alone in a row above the headers, the nearest of them."""
    for row in reversed(rows[max(0, top - 4) : top]):
        cells = [cell for cell in row.cells if cell]
        if stands_above(row) and len(cells) > 1:
            return f"{cells[0].rstrip(':： ')}: {plain_name(cells[1])}"
        if len(cells) == 1 and len(cells[0]) <= _LONGEST * 2:
            return plain_name(cells[0])
    return ""


def stands_above(row: TableRow) -> bool:
    """Whether a row is the title of a table: one cell, or a name behind ``Role:``."""
    cells = [cell for cell in row.cells if cell]
    return len(cells) == 1 or (len(cells) == 2 and is_label_of_role(cells[0]))


def is_label_of_role(cell: str) -> bool:
    """Whether a cell says that a role's name follows."""
    return field_of_header(cell.rstrip(":： ")) is Field.ROLE


def _cell(row: TableRow, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def header_score(cells: Sequence[str]) -> int:
    """Return how much a row reads like a header: fields count more than names of levels.

    Figures are levels only beside a field: a row of them alone is one of the table.
    """
    words = {normal(plain_name(cell)) for cell in cells if cell and len(cell) <= _LONGEST}
    fields = sum(field_of_header(word) is not None for word in words)
    named = [word for word in words if is_level_name(word) or is_depth_name(word)]
    levels = sum(bool(fields) or not word.isdigit() for word in named)
    return fields * _WEIGHT + levels


def _slots(cells: Sequence[str], above: Sequence[Sequence[str]]) -> tuple[FieldSlot | None, ...]:
    """Return the field of each header; of two that name the same one, the first has it.

    Under a header of its own a column belongs to that, whatever it is called itself.
    """
    taken: set[FieldSlot] = set()
    slots: list[FieldSlot | None] = []
    for at, cell in enumerate(cells):
        over = next((row[at] for row in reversed(above) if row[at]), "")
        named = "" if cell and over else cell or over
        slot = _by_name(named.strip()) or _by_words(named)
        if slot in taken or depth_key_of(named):
            slot = None
        if slot is not None:
            taken.add(slot)
        slots.append(slot)
    return tuple(_with_base(_parts_of_skills(cells, slots)))


def _parts_of_skills(cells: Sequence[str], slots: list[FieldSlot | None]) -> list[FieldSlot | None]:
    """Return the fields with the finer of two columns of skills as the skill: sub-competencies."""
    finer = next((at for at, cell in enumerate(cells) if normal(cell) in _FINER), None)
    if finer is None or slots[finer] is not None or FieldSlot(Field.SKILL) not in slots:
        return slots
    known = {slot.field for slot in slots if slot}
    coarse = next((each for each in (Field.GROUP, Field.DOMAIN) if each not in known), None)
    at = slots.index(FieldSlot(Field.SKILL))
    slots[at], slots[finer] = FieldSlot(coarse) if coarse else None, FieldSlot(Field.SKILL)
    return slots


def _with_base(slots: list[FieldSlot | None]) -> list[FieldSlot | None]:
    """Return the fields with one language of the texts as their base, where each names its own."""
    texts = [slot for slot in slots if slot and slot.field is Field.TEXT]
    if not texts or FieldSlot(Field.TEXT) in texts:
        return slots
    base = next((slot for slot in texts if slot.locale == "en"), texts[0])
    return [FieldSlot(Field.TEXT) if slot == base else slot for slot in slots]


def _by_name(cell: str) -> FieldSlot | None:
    """Return the slot of a header that is a field's own name, as exports have it."""
    field, dot, locale = cell.partition(".")
    return slot_of(f"{field.casefold()}{dot}{locale}")


def _by_words(cell: str) -> FieldSlot | None:
    words, locale = parted_language(plain_name(cell))
    field = field_of_header(words)
    if field is None:
        return None
    return FieldSlot(field, locale if field in TRANSLATED else "")


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    counts = Counter(normal(cell) for cell in cells)
    return tuple(
        cell if cell and counts[normal(cell)] == 1 else f"column {index_to_letters(at)}"
        for at, cell in enumerate(cells)
    )
