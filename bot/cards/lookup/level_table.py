"""All levels of a skill with their texts, for one role: a table, and the same in words."""

from functools import lru_cache

from bot.cards.blocks import (
    Block,
    RichText,
    TableCell,
    context,
    section,
    table,
    text_cell,
    titled_cell,
)
from bot.cards.card import STANDING, Room, standing, standing_line
from bot.cards.excerpt import MISSING, excerpt, missing, plain_excerpt, unwritten
from bot.cards.mrkdwn import bold, clip, unmarked
from bot.domain.lookup.profiles import Cell, SkillProfile
from bot.text.translator import Translator

# A longer name may break, so that it does not push the text off a narrow screen.
UNBROKEN = 24

# What is said of a level, by its key.
Marks = dict[str, list[str]]


def level_table(profile: SkillProfile, tr: Translator, room: Room) -> list[Block]:
    """Build the table of the shown role; where all levels do not fit, those around the shown one.

    `room.rows` is how many levels on each side of it.
    """
    if profile.rung is None:
        return []
    role = clip(unmarked(tr.of(profile.rung.role.name)), room.name)
    head = [text_cell(tr("Level")), text_cell(tr("What is expected of {role}", role=role))]
    shown = around(profile, room.rows)
    marks = _marks(profile, tr)
    rows = [head, *(_row(cell, marks, tr, room) for cell in shown)]
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
    marks = _marks(profile, tr)
    for cell in profile.ladder:
        name = bold(tr.of(cell.level.name), room.name) if cell.level else ""
        parts = [name, standing_line(cell.expectation, tr), *_marks_at(cell, marks)]
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


def _row(cell: Cell, marks: Marks, tr: Translator, room: Room) -> list[TableCell]:
    name = tr.of(cell.level.name) if cell.level else ""
    told = " · ".join(_marks_at(cell, marks))
    level = _level_cell(name, standing(cell.expectation, tr), told, room.name)
    return [level, text_cell(_text(cell, tr, room))]


# A ladder has a few levels, which the cards of all skills name in a few ways.
@lru_cache(maxsize=512)
def _level_cell(name: str, stands: str, told: str, room: int) -> RichText:
    lines = ["", clip(stands, STANDING), *([told] if told else [])]
    return titled_cell(clip(unmarked(name), room), "\n".join(lines))


def _text(cell: Cell, tr: Translator, room: Room) -> str:
    if cell.expectation is None:
        return missing(tr).strip("_") if room.text >= MISSING else "–"
    wording = cell.expectation.wording
    return plain_excerpt(tr.of(wording), room.text, tr) if wording else unwritten(tr).strip("_")


def _marks(profile: SkillProfile, tr: Translator) -> Marks:
    """Say which level is the member's own, which the next, and which is shown above the table."""
    rung, here = profile.rung, profile.here
    marks: Marks = {}
    if rung is None:
        return marks
    start = here or rung.level
    if here:
        marks[here.key] = [tr("you are here")]
    for level in rung.role.ladder.above(start):
        marks[level.key] = [tr("next")]
    if start.key != rung.level.key:
        marks.setdefault(rung.level.key, []).append(tr("shown above"))
    return marks


def _marks_at(cell: Cell, marks: Marks) -> list[str]:
    return marks.get(cell.level.key, []) if cell.level else []
