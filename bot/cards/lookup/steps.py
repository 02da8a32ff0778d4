"""What a level adds: in words that a skill card and a promotion gap share."""

from bot.cards.card import Room, standing_line
from bot.cards.excerpt import excerpt, missing
from bot.cards.mrkdwn import clip, named, safe
from bot.domain.framework import Expectation
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.profiles import Cell
from bot.domain.text import LocalText
from bot.text.translator import Translator


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
        lines.append(tr("Nothing new: what holds today is enough."))
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
