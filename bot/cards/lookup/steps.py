"""What a level adds, and what is asked where one comes from: in words that cards share."""

from bot.cards.card import Room, standing_line
from bot.cards.excerpt import excerpt, missing
from bot.cards.mrkdwn import clip, named, safe
from bot.cards.standing_lines import beside_lines, day
from bot.domain.framework import Expectation, key_of
from bot.domain.growth.standing import Standing
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.profiles import Cell
from bot.domain.lookup.rung import Rung
from bot.domain.text import LocalText
from bot.text.translator import Translator
from bot.text.words import rung_name

# In as little room as this what holds today is left to Details.
_TIGHT = 24


def step_text(step: Gap | Cell, tr: Translator, room: Room) -> str:
    """Say what the next level adds beside the words that the table of levels has.

    That is a change of requirement or depth, and a first step; or that it adds nothing, or is not
    defined.
    """
    level = step.target.level if isinstance(step, Gap) else step.level
    name = named(tr.of(level.name), room.name) if level else ""
    lines = [tr("*To reach {level}*", level=name)]
    if isinstance(step, Gap):
        told = changes(step.before, step.target, tr)
        lines += [told] if told else []
        lines += [_first_step(prompt, tr, room) for prompt in step.target.growth_prompts[:1]]
        if len(lines) == 1:
            lines.append(tr("The behaviour changes: see {level} below.", level=name))
    elif step.expectation is None:
        lines.append(missing(tr))
    else:
        lines.append(tr("Nothing new: what this level asks is enough."))
    return "\n".join(lines)


def _first_step(prompt: LocalText, tr: Translator, room: Room) -> str:
    return tr("A first step: {prompt}", prompt=excerpt(tr.of(prompt), room.text, tr))


def changes(before: Expectation | None, target: Expectation, tr: Translator) -> str:
    """Say how requirement and depth change; nothing where they do not. Safe mrkdwn."""
    if before is None:
        return tr("New: {standing}", standing=standing_line(target, tr))
    parts = []
    if before.requirement is not target.requirement:
        parts.append(_requirement_change(before, target, tr))
    depth = _depth_change(before, target, tr)
    if "→" in depth:
        parts.append(depth)
    return " · ".join(parts)


def _requirement_change(before: Expectation, target: Expectation, tr: Translator) -> str:
    if before.requirement is target.requirement:
        return tr("Required") if target.required else tr("Optional")
    return tr("Optional → Required") if target.required else tr("Required → Optional")


def _depth_change(before: Expectation, target: Expectation, tr: Translator) -> str:
    if target.proficiency is None:
        return ""
    after = clip(tr.of(target.proficiency.name), 40)
    if before.proficiency is None or before.proficiency.rank == target.proficiency.rank:
        return safe(after, 60)
    return safe(f"{clip(tr.of(before.proficiency.name), 40)} → {after}", 100)


def today_lines(
    gap: Gap,
    standing: Standing | None,
    origin: Rung | None,
    tr: Translator,
    room: Room,
    *,
    today: bool,
) -> list[str]:
    """Say what is asked where one comes from, and what was met below. Lines of mrkdwn.

    `today` tells that this is where the member said that they stand.
    """
    before = gap.before
    same = origin is not None and origin.role.key == gap.target.role.key
    if origin is None or room.name <= _TIGHT or (before is None and not same):
        return _beside(gap, standing, tr, room)
    level = tr.of(origin.level.name) if same else rung_name(origin, tr)
    where, text = named(level, room.name), _today(before, tr, room)
    below = standing.below if standing else None
    if below is not None and before is not None and below.mark.cell == key_of(before):
        return [_met_line(where, day(below.mark.at, tr), text, tr, today=today)]
    return [level_line(where, text, tr, today=today), *_beside(gap, standing, tr, room)]


def level_line(level: str, text: str, tr: Translator, *, today: bool) -> str:
    """Say what a level asks, as mrkdwn; `today` where the member said that it is theirs."""
    if today:
        return tr("*Today, at {level}:* {text}", level=level, text=text)
    return tr("*At {level}:* {text}", level=level, text=text)


def _met_line(level: str, date: str, text: str, tr: Translator, *, today: bool) -> str:
    if today:
        return tr("*Today, at {level}, met {date}:* {text}", level=level, date=date, text=text)
    return tr("*At {level}, met {date}:* {text}", level=level, date=date, text=text)


def _beside(gap: Gap, standing: Standing | None, tr: Translator, room: Room) -> list[str]:
    if standing is None or not (room.today or room.name > _TIGHT):
        return []
    return beside_lines(standing, gap.target.role, tr, room=room.today)


def _today(before: Expectation | None, tr: Translator, room: Room) -> str:
    if before is None:
        return tr("not defined there")
    if before.wording is None:
        return tr("no description written yet")
    if not room.today:
        return tr("see Details")
    return excerpt(tr.of(before.wording), room.today, tr).replace("\n", " ")
