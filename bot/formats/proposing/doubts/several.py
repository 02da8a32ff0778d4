"""Cells that seem to name several roles or levels: their owner is asked, or told."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.domain.said import said
from bot.formats.grids.columns import Headed
from bot.formats.mapping.fields import FieldSlot
from bot.formats.mapping.words import normal
from bot.formats.problems import shortened
from bot.formats.proposing.questions import Choice, Deciding, Question
from bot.formats.proposing.slots import LEVEL, ROLE, SKILL

_LISTED = re.compile(
    r"\s*(?:[,;|\n、，；/&+–—]|\s-\s|\bto\b|\band\b|\bbis\b|\bund\b|\bet\b|至|到|和|及)\s*"
)
_EVERYBODY = re.compile(
    r"(?:all|every|any|each|alle|tous|toutes|todos|todas|wszystk[oi]e?|все|全部|所有|全体|共通|通用"
    r"|すべて|모두|전체|공통)(?:[ ]?(?:the )?(?:roles?|levels?|staff|employees|grades?|rollen"
    r"|stufen|les .*|los .*|las .*|岗位|职位|人员|级别|员工))?|every(?:body|one)",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(.+?)\s*(?:\+|(?:and|or|&|und|oder|et|y|o|ou)\s(?:above|up|upwards?|higher|below|lower|höher"
    r"|plus|más|superior|supérieur)|onwards?|及以上|以上|及以下|以下|以降|이상|이하)"
    r"|(?:from|since|up to|at least|min\.?|minimum|max\.?|ab|bis|mindestens|desde|hasta|dès|≥|>="
    r"|>|≤|<=)\s*(.+)",
    re.IGNORECASE,
)
"""A level and those above (or below) it."""


def ask_of_lists(table: Headed, columns: Mapping[FieldSlot, Sequence[str]], asks: Deciding) -> None:
    """Ask where a cell seems to name several roles or levels, each of which other cells name."""
    for slot, key in ((ROLE, "role-lists"), (LEVEL, "level-lists"), (SKILL, "skill-lists")):
        named = columns.get(slot, ())
        if len(named) != 1 or named[0] not in table.names:
            continue
        cells = list(dict.fromkeys(filter(None, table.column(table.names.index(named[0])))))
        known = {normal(cell) for cell in cells}
        known |= _parts(cells) if slot == SKILL else set()
        for cell in cells if len(known) > 1 else ():
            if slot == ROLE and _EVERYBODY.fullmatch(cell.strip()):
                _tell_everybody(named[0], cell, asks)
            elif _names_several(cell, known, all_of=slot == LEVEL):
                asks.ask(_of_list(key, named[0], cell))
                break


def _parts(cells: Sequence[str]) -> set[str]:
    """Return the names that stand in several lists of names."""
    lists = [{normal(part) for part in _LISTED.split(cell) if part} for cell in cells]
    found = Counter(part for parts in lists if len(parts) > 1 for part in parts)
    return {part for part, count in found.items() if count > 1}


def _tell_everybody(column: str, cell: str, deciding: Deciding) -> None:
    message = said(
        "{where}: '{cell}' in '{column}' is read as a role of its own; what everybody is asked for"
        " needs a row for each role",
        where=deciding.where,
        cell=shortened(cell),
        column=column,
    )
    deciding.remark(message)


def _names_several(cell: str, known: set[str], *, all_of: bool) -> bool:
    """Whether a cell lists names of others, or says all of them, or one and those above it."""
    parts = [normal(part) for part in _LISTED.split(cell) if part]
    if len(parts) > 1 and known.issuperset(parts):
        return True
    if not all_of:
        return False
    if _EVERYBODY.fullmatch(cell.strip()):
        return True
    least = _AT_LEAST.fullmatch(cell.strip())
    return least is not None and normal(least[1] or least[2]) in known


def _of_list(key: str, column: str, cell: str) -> Question:
    text = said(
        "A cell of '{column}' seems to name several things of which others name one ('{cell}'):"
        " give each a row of its own, or is it one name?",
        column=column,
        cell=shortened(cell),
    )
    line = f"columns: {{{key.partition('-')[0]}: {column}}}"
    return Question(key, text, (Choice("one", said("it is one name"), line),))
