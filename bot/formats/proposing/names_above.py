"""What the names of sheets, and the titles above tables, say: a role, a level, both, a group."""

import re
from collections.abc import Sequence
from itertools import combinations
from pathlib import PurePath

from bot.domain.said import said
from bot.formats.grids.columns import Headed, is_label_of_role
from bot.formats.grids.samples import ColumnSample
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.headers import field_of_header
from bot.formats.mapping.words import normal
from bot.formats.names.seniority import is_level_name
from bot.formats.names.themes import looks_like_theme
from bot.formats.names.titles import (
    Titles,
    all_levels,
    kind_of_titles,
    looks_like_role,
    title_of,
)
from bot.formats.problems import shortened
from bot.formats.proposing.questions import Choice, Deciding, Question
from bot.formats.proposing.skill_column import skill_column
from bot.formats.proposing.slots import LEVEL, ROLE, SKILL, TITLE

_FILES = "\n"
_WORDS = 4
_SHOWN = 8
_PARTS = re.compile(r"\s*[:：|]\s*|\s[–—-]\s")


def told_by_sheets(
    found: Sequence[tuple[ColumnSample, Headed]],
) -> dict[int, dict[FieldSlot, str]]:
    """Return what the names of sheets with one and the same header say of their rows.

    So do those of files that hold one table each, where something else names the roles.
    """
    alike: dict[tuple[str, ...], list[ColumnSample]] = {}
    for sample, table in found:
        head = tuple(map(normal, table.header.cells))
        if sample.is_named:
            alike.setdefault(head, []).append(sample)
        elif not sample.table and (ROLE in table.slots or _tells_no_level(table)):
            alike.setdefault((_FILES, *head), []).append(sample)
    told: dict[int, dict[FieldSlot, str]] = {}
    for (first, *_), group in alike.items():
        by_file = first == _FILES
        names = [PurePath(each.file).stem if by_file else each.table for each in group]
        if len(set(names)) < 2:
            continue
        parted = kind_of_titles(names) is Titles.PARTED
        slot = TITLE if parted else LEVEL if all_levels(names) else None
        themes = all(map(looks_like_theme, names)) and not any(map(looks_like_role, names))
        if slot is None and not by_file and themes:
            slot = FieldSlot(Field.GROUP)
        if slot is not None:
            value = "{file}" if by_file else "{sheet}"
            told |= {id(sample): {slot: value} for sample in group}
    return told


def _tells_no_level(table: Headed) -> bool:
    """Whether a table has roles as columns, or skills for which nothing in it says a level."""
    head = [normal(cell) for cell in table.header.cells]
    if any(map(looks_like_role, head)):
        return True
    return SKILL in table.slots and LEVEL not in table.slots and not any(map(is_level_name, head))


def told_above(
    found: Sequence[tuple[ColumnSample, Headed]], deciding: Deciding
) -> dict[int, dict[FieldSlot, str]]:
    """Return what the title above each table says of it."""
    told: dict[int, dict[FieldSlot, str]] = {}
    for sample in {id(sample): sample for sample, _ in found}.values():
        tables = [table for each, table in found if each is sample]
        titles = _told_by_titles(tables, deciding, named=sample.is_named)
        told |= {id(table): title for table, title in zip(tables, titles, strict=True)}
    return told


def _told_by_titles(
    tables: Sequence[Headed], deciding: Deciding, *, named: bool
) -> list[dict[FieldSlot, str]]:
    """Return what the title of each table of a sheet says of all its rows.

    A single table takes its title for its role only where the sheet is not `named` itself.
    """
    titles = [_title(table) for table in tables]
    corners = [_corner(table) for table in tables]
    if not any(titles) and all(corners) and len(set(map(normal, corners))) > 1:
        titles = corners
    several = [title for title, table in zip(titles, tables, strict=True) if table.several]
    kind = _kind([title for title in several if title], tables, deciding)
    found: list[dict[FieldSlot, str]] = []
    for title, table in zip(titles, tables, strict=True):
        role = not named and looks_like_role(title) and len(title.split()) <= _WORDS
        role = role or (bool(title) and is_label_of_role(table.title.partition(":")[0]))
        if title and (table.several or role):
            field = kind if table.several else Field.ROLE
            found.append({FieldSlot(field): title})
        else:
            found.append({})
    return found


def _title(table: Headed) -> str:
    """Return the name in a title: ``Role: Backend``, ``Backend: what we expect`` are Backend."""
    name, *rest = (part.strip() for part in _PARTS.split(table.title))
    named = rest and field_of_header(name) in (Field.ROLE, Field.TITLE, Field.LEVEL, Field.GROUP)
    return rest[0] if named else name


def _corner(table: Headed) -> str:
    """Return what stands above the names of skills, "" where it is a mere header."""
    corner = table.label(0)
    return "" if table.slots[0] is not None or not table.several else corner


def _kind(titles: Sequence[str], tables: Sequence[Headed], deciding: Deciding) -> Field:
    """Return what the titles of several tables are; names that may be either are asked about."""
    if titles and all(is_level_name(each) and not title_of(each).level for each in titles):
        return Field.LEVEL
    if kind_of_titles(titles) is Titles.PARTED:
        return Field.TITLE
    if any(map(looks_like_role, titles)) or len(titles) < 2 or _share_skills(tables):
        return Field.ROLE
    heads = {tuple(map(normal, table.header.cells[1:])) for table in tables}
    if len(heads) > 1:
        return Field.ROLE
    if any(map(looks_like_theme, titles)):
        return Field.GROUP
    return Field.GROUP if deciding.ask(_question(titles)) == "groups" else Field.ROLE


def _question(titles: Sequence[str]) -> Question:
    """Return what is asked about titles that are no known roles, over skills that differ."""
    return Question(
        "tables",
        said(
            "Nothing says what the names above the tables are, {names}: roles, or groups of"
            " skills?",
            names=", ".join(f"'{shortened(title)}'" for title in titles[:_SHOWN]),
        ),
        (
            Choice("roles", said("each names a role"), f"values: {{role: {titles[0]}}}"),
            Choice(
                "groups",
                said("each names a group of skills, of one role"),
                f"values: {{group: {titles[0]}}}",
            ),
        ),
    )


def _share_skills(tables: Sequence[Headed]) -> bool:
    """Whether a skill stands in two of the tables: they are about different roles then."""
    named: list[set[str]] = []
    for table in tables:
        places = [at for at, cell in enumerate(table.header.cells) if is_level_name(cell)]
        at = skill_column(table, places)
        if at is not None:
            named.append({normal(cell) for cell in table.column(at) if cell})
    return any(one & other for one, other in combinations(named, 2))
