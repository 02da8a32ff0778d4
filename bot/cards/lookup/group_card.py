"""The skill group card: every skill of a group at one level."""

from bot.cards.blocks import Block, actions, context, divider, header, section
from bot.cards.card import (
    STANDING,
    Card,
    Room,
    explanation,
    fit,
    level_select,
    listed,
    page_buttons,
    page_of,
    share_button,
    show_button,
    standing,
    try_next,
    wording,
)
from bot.cards.links import encode
from bot.cards.lookup.figures import group_figures, updated
from bot.cards.mrkdwn import bold, safe
from bot.domain.answers import Answer
from bot.domain.framework import Skill
from bot.domain.lookup.profiles import Cell, GroupOverview
from bot.domain.lookup.requests import ShowGroup, ShowSkill
from bot.text.translator import Translator

PAGE = 6


def group_card(answer: Answer, group: GroupOverview, tr: Translator, *, shared: bool) -> Card:
    """Build a page of a group's skills, for one role or for all."""
    asked = answer.request.page if isinstance(answer.request, ShowGroup) else 0
    page, pages = page_of(len(group.rows), asked, PAGE)
    rows = group.rows[page * PAGE : (page + 1) * PAGE]

    def build(room: Room) -> Card:
        blocks: list[Block] = [*explanation(answer, tr), *_head(group, tr, room)]
        if group.ladder and not shared:
            chooser = level_select(group.ladder.levels, group.level, tr)
            blocks.append(actions([chooser], encode(_request(answer, group, levels=()))))
        blocks.append(divider())
        for number, (skill, cells) in enumerate(rows):
            blocks.append(_row(group, skill, cells, number, tr, room, shared=shared))
        if pages > 1:
            blocks.append(context(tr("Page {page} of {pages}", page=page + 1, pages=pages)))
        if not shared:
            blocks += _foot(answer, group, page, pages, tr)
        return Card(text=_fallback(group, tr), blocks=blocks)

    return fit(build)


def _request(
    answer: Answer, group: GroupOverview, *, levels: tuple[str, ...], page: int = 0
) -> ShowGroup:
    role = answer.request.role if isinstance(answer.request, ShowGroup) else None
    return ShowGroup(group.group.key, levels, role, page)


def _head(group: GroupOverview, tr: Translator, room: Room) -> list[Block]:
    crumbs = [
        tr("Skill group"),
        safe(tr.of(group.group.domain.name), room.name),
        *updated(group.updated_on, tr),
    ]
    blocks: list[Block] = [header(tr.of(group.group.name)), context(" · ".join(crumbs))]
    if group.group.summary:
        blocks.append(section(safe(tr.of(group.group.summary), room.text)))
    blocks.append(context(group_figures(group.figures, tr)))
    if group.level is None:
        return [*blocks, section(tr("No role asks for a skill of this group yet."))]
    level = bold(tr.of(group.level.name), room.name)
    if group.role is None:
        line = tr("What each role expects at {level}", level=level)
    else:
        role = bold(tr.of(group.role.name), room.name)
        line = tr("What {role} expects at {level}", role=role, level=level)
        if group.own:
            line += " · " + tr("your role")
    return [*blocks, section(line)]


def _row(
    group: GroupOverview,
    skill: Skill,
    cells: tuple[Cell, ...],
    number: int,
    tr: Translator,
    room: Room,
    *,
    shared: bool,
) -> Block:
    lines = [bold(tr.of(skill.name), room.name)]
    if group.role is not None:
        cell = cells[0]
        lines[0] += " · " + safe(standing(cell.expectation, tr), STANDING)
        if cell.expectation:
            lines.append(wording(cell.expectation, tr, room.text))
    else:
        if skill.summary:
            lines.append(safe(tr.of(skill.summary), room.text // 2))
        lines += [_role_line(cell, tr, room) for cell in cells[: room.rows]]
        if len(cells) > room.rows:
            rest = len(cells) - room.rows
            lines.append(tr.plural("and {count} more role", "and {count} more roles", rest))
    text = "\n".join(lines)
    if shared:  # a button that redraws would redraw the channel's message for everyone
        return section(text)
    levels = (group.level.key,) if group.level else ()
    request = ShowSkill(skill.key, levels, group.role.key if group.role and not group.own else None)
    return section(text, show_button(tr("Open"), request, number))


def _role_line(cell: Cell, tr: Translator, room: Room) -> str:
    name = safe(tr.of(cell.role.name), room.name)
    stands = tr("No such level") if cell.level is None else standing(cell.expectation, tr)
    return tr("• {role}: {standing}", role=name, standing=safe(stands, STANDING))


def _foot(
    answer: Answer, group: GroupOverview, page: int, pages: int, tr: Translator
) -> list[Block]:
    levels = (group.level.key,) if group.level else ()

    def at(number: int) -> ShowGroup:
        return _request(answer, group, levels=levels, page=number)

    buttons = [*page_buttons(page, pages, at, tr), share_button(at(page), tr)]
    commands = [f"/skill {skill.key}" for skill, _ in group.rows[:1]]
    if group.ladder:
        commands.append(f"/skill {group.group.key} {group.ladder.levels[-1].key}")
    return [actions(buttons), *([try_next(commands, tr)] if commands else [])]


def _fallback(group: GroupOverview, tr: Translator) -> str:
    names = listed([tr.of(skill.name) for skill, _ in group.rows[:10]], tr)
    text = tr(
        "{group} ({domain}): {names}",
        group=tr.of(group.group.name),
        domain=tr.of(group.group.domain.name),
        names=names,
    )
    return safe(text, 600)
