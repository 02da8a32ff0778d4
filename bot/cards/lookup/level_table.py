"""All levels of a skill with their texts, for one role: a table, and the same in words."""

from bot.cards.blocks import (
    Block,
    TableCell,
    context,
    section,
    table,
    text_cell,
    titled_cell,
)
from bot.cards.card import STANDING, Room, standing
from bot.cards.excerpt import excerpt, plain_excerpt
from bot.cards.lookup.behaviour import MISSING, missing, unwritten
from bot.cards.mrkdwn import bold, clip, safe, unmarked
from bot.domain.framework import Level
from bot.domain.lookup.profiles import Cell, SkillProfile
from bot.text.translator import Translator

# A longer name may break, so that it does not push the text off a narrow screen.
UNBROKEN = 24


def level_table(profile: SkillProfile, tr: Translator, room: Room) -> list[Block]:
    """Build the table of the shown role; where all levels do not fit, those around the shown one.

    `room.rows` is how many levels on each side of it.
    """
    if profile.rung is None:
        return []
    role = clip(unmarked(tr.of(profile.rung.role.name)), room.name)
    head = [text_cell(tr("Level")), text_cell(tr("What is expected of {role}", role=role))]
    shown = around(profile, room.rows)
    rows = [head, *(_row(profile, cell, tr, room) for cell in shown)]
    longest = max(len(tr.of(cell.level.name)) for cell in shown if cell.level)
    blocks: list[Block] = [table(rows, wrapped=(longest > UNBROKEN, True))]
    rest = len(profile.ladder) - len(shown)
    if rest:
        blocks.append(
            context(
                tr.plural(
                    "{count} more level: choose it in the menu.",
                    "{count} more levels: choose one in the menu.",
                    rest,
                )
            )
        )
    return blocks


def levels_in_words(profile: SkillProfile, tr: Translator, room: Room) -> list[Block]:
    """Say the same in a modal, which takes no tables."""
    blocks: list[Block] = []
    for cell in profile.ladder:
        name = bold(tr.of(cell.level.name), room.name) if cell.level else ""
        parts = [name, safe(standing(cell.expectation, tr), STANDING), *_marks(profile, cell, tr)]
        text = cell.expectation.wording if cell.expectation else None
        words = excerpt(tr.of(text), room.text, tr) if text else ""
        blocks.append(context("\n".join(each for each in (" · ".join(parts), words) if each)))
    return [section(tr("*At each level*")), *blocks]


def around(profile: SkillProfile, reach: int) -> tuple[Cell, ...]:
    """Return the cells of at most `reach` levels below and above the shown one."""
    shown = profile.rung.level.key if profile.rung else ""
    places = [n for n, cell in enumerate(profile.ladder) if cell.level and cell.level.key == shown]
    at = places[0] if places else 0
    return profile.ladder[max(0, at - reach) : at + reach + 1]


def _row(profile: SkillProfile, cell: Cell, tr: Translator, room: Room) -> list[TableCell]:
    name = clip(unmarked(tr.of(cell.level.name)), room.name) if cell.level else ""
    told = clip(standing(cell.expectation, tr), STANDING)
    below = "\n".join(
        ["", told, *([" · ".join(marks)] if (marks := _marks(profile, cell, tr)) else [])]
    )
    return [titled_cell(name, below), text_cell(_text(cell, tr, room))]


def _text(cell: Cell, tr: Translator, room: Room) -> str:
    if cell.expectation is None:
        return missing(tr).strip("_") if room.text >= MISSING else "–"
    wording = cell.expectation.wording
    return plain_excerpt(tr.of(wording), room.text, tr) if wording else unwritten(tr).strip("_")


def _marks(profile: SkillProfile, cell: Cell, tr: Translator) -> list[str]:
    """Say of a level that it is the member's own, the next one, the one that was asked for."""
    rung = profile.rung
    if rung is None or cell.level is None:
        return []
    start = profile.here or rung.level
    marks = []
    if profile.here and profile.here.key == cell.level.key:
        marks.append(tr("you are here"))
    if _is_next(rung.role.ladder.above(start), cell.level):
        marks.append(tr("next"))
    if cell.level.key == rung.level.key and start.key != rung.level.key:
        marks.append(tr("shown above"))
    return marks


def _is_next(above: tuple[Level, ...], level: Level) -> bool:
    return any(each.key == level.key for each in above)
