"""What rows of a table are to each other: headings, cells that hold further down, more lines."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as Collected
from itertools import pairwise

from bot.formats.grids.columns import Headed
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.words import normal, words_of
from bot.formats.names.footers import is_footer
from bot.formats.names.headings import heading_of
from bot.formats.names.seniority import is_level_name
from bot.formats.names.titles import looks_like_role

_MOSTLY = 0.5
_FEWEST_ROWS = 4
_ONE_OF_SEVERAL = words_of(
    "behaviour behavior indicator statement verhaltensindikator indicateur indicador 行为 行为指标"
) | {"behavioural indicator", "behavioral indicator", "behaviour statement", "行動指標"}
_FILLED = frozenset({Field.ROLE, Field.LEVEL, Field.SKILL, Field.FAMILY, Field.GROUP, Field.DOMAIN})
"""Fields that merged cells may hold."""


def filled_down(
    table: Headed, columns: Mapping[FieldSlot, int], values: Sequence[int], *, wide: bool
) -> frozenset[Field]:
    """Return the fields whose cells seem to hold for the rows below: merged cells, mostly.

    Of role, level and skill a row must have something of its own, unless it only adds a line.
    """
    found = {
        slot.field
        for slot, at in columns.items()
        if not slot.locale
        and slot.field in _FILLED
        and _falls(table, at, slot.field, values, wide=wide)
    }
    identity: dict[Field, int] = {
        slot.field: at
        for slot, at in columns.items()
        if slot.field in (Field.ROLE, Field.LEVEL, Field.SKILL) and not slot.locale
    }
    if wide:
        return frozenset(found)
    goes_on = _goes_on(table, identity, values, found)
    if goes_on:
        return frozenset(found | identity.keys())
    return frozenset(found - identity.keys() if identity.keys() <= found else found)


def _goes_on(
    table: Headed, identity: Mapping[Field, int], values: Sequence[int], filled: Collected[Field]
) -> bool:
    """Whether each row has a role, a level and a skill, or a text alone: then it adds a line.

    Of a row with some of them the others may be `filled` from above.
    """
    more: list[bool] = []
    for row in table.body:
        named = {
            field for field, at in identity.items() if row.cells[at : at + 1] not in ((), ("",))
        }
        alone = not named and sum(map(bool, row.cells)) == 1 and _beside(row.cells, values)
        if not alone and not (named and identity.keys() - named <= (filled if more else set())):
            return False
        more.append(alone)
    return any(more)


def _falls(table: Headed, at: int, field: Field, values: Sequence[int], *, wide: bool) -> bool:
    rows = [
        row for row in table.body if sum(map(bool, row.cells)) > 1 or _beside(row.cells, values)
    ]
    cells = [row.cells[at] if at < len(row.cells) else "" for row in rows]
    blank = sum(not cell for cell in cells)
    if not cells or not cells[0] or not blank:
        return False
    if field is Field.SKILL and wide:
        # What a row without a name says can only be more about the name above.
        return True
    if len(cells) >= _FEWEST_ROWS and blank >= _MOSTLY * len(cells):
        return True
    filled = [cell for cell in cells if cell]
    sections = field in (Field.GROUP, Field.DOMAIN)
    return sections and len(set(filled)) == len(filled) and len(filled) < len(cells)


def _beside(cells: Sequence[str], values: Sequence[int]) -> bool:
    return any(at < len(cells) and cells[at] for at in values)


def heading_rows(
    table: Headed, skill: int | None, values: Sequence[int], told: Iterable[Field]
) -> tuple[tuple[Field, ...], tuple[str, ...]]:
    """Return what rows with one cell alone name for those below them, and what they say.

    Nothing where no such row has a full one right below it.
    """
    known, beside = set(told), set(values)
    lone: list[int] = []
    for at, row in enumerate(table.body):
        text = heading_of(row.cells, beside)
        if text and not is_footer(text, ()):
            lone.append(at)
    heads = [at for at in lone if at + 1 < len(table.body) and at + 1 not in lone]
    if not heads:
        return (), ()
    names = tuple(heading_of(table.body[at].cells, ()) for at in lone if at <= heads[-1])
    doubled = [at for at in lone if at + 1 in lone]
    outer = [heading_of(table.body[at].cells, ()) for at in doubled]
    roles = bool(outer) and lone[0] in doubled and all(map(looks_like_role, outer))
    if roles and not known & {Field.ROLE, Field.GROUP}:
        return (Field.ROLE, Field.GROUP), names
    field = _headed_by(table, skill, heads, known)
    if field is None:
        return (), ()
    if field is Field.GROUP and doubled and lone[0] in doubled and Field.DOMAIN not in known:
        return (Field.DOMAIN, Field.GROUP), names
    return (field,), names


def levels_as_headings(table: Headed) -> bool:
    """Whether rows with one cell alone are levels, at least two, and others follow each."""
    names: list[str] = []
    for at, row in enumerate(table.body):
        filled = [cell for cell in row.cells if cell]
        if len(filled) == 1:
            below = table.body[at + 1 : at + 2]
            names.append(filled[0] if below and sum(map(bool, below[0].cells)) > 1 else "")
    return len(names) > 1 and all(map(is_level_name, names))


def _headed_by(
    table: Headed, skill: int | None, heads: Sequence[int], known: set[Field]
) -> Field | None:
    names = [heading_of(table.body[at].cells, ()) for at in heads]
    if Field.LEVEL not in known and all(map(is_level_name, names)):
        return Field.LEVEL
    if Field.ROLE not in known and (
        all(map(looks_like_role, names)) or _again(table, skill, heads)
    ):
        return Field.ROLE
    return Field.GROUP if Field.GROUP not in known else None


def _again(table: Headed, skill: int | None, heads: Sequence[int]) -> bool:
    """Whether the skills below one heading come again below another."""
    if skill is None or len(heads) < 2:
        return False
    parts: list[set[str]] = []
    for start, end in zip(heads, [*heads[1:], len(table.body)], strict=True):
        rows = table.body[start + 1 : end]
        parts.append({row.cells[skill] for row in rows if skill < len(row.cells)} - {""})
    shared = Counter(normal(name) for part in parts for name in part)
    return sum(count > 1 for count in shared.values()) >= _MOSTLY * len(shared)


def joins(
    keys: Sequence[tuple[str, ...]], texts: Sequence[tuple[str, ...]], *, called: str, wide: bool
) -> bool:
    """Whether several rows about one thing are the rule: each adds a line to it.

    `keys` are what each row is about, `texts` what it says, and `called` the header of the one
    column of texts: where that is the word for one of several, a row is one. In a `wide` table
    the name of a skill that comes again in the next row is that of a merged cell.
    """
    rows: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for key, text in zip(keys, texts, strict=True):
        if all(key):
            rows.setdefault(tuple(map(normal, key)), set()).add(text)
    several = sum(len(said) > 1 for said in rows.values())
    if (wide and _are_merged(keys, texts)) or normal(called) in _ONE_OF_SEVERAL:
        return several > 0
    return several > 1 and several >= _MOSTLY * len(rows)


def _are_merged(keys: Sequence[tuple[str, ...]], texts: Sequence[tuple[str, ...]]) -> bool:
    """Whether all that comes again stands right below, and says something else in each column."""
    again = [at for at, (one, other) in enumerate(pairwise(keys)) if one == other and all(one)]
    same = any(
        cell and cell == below
        for at in again
        for cell, below in zip(texts[at], texts[at + 1], strict=True)
    )
    whole = [key for key in keys if all(key)]
    return not same and len(again) == len(whole) - len(set(whole))
