"""The skill group card: what one role at one level asks of a group, in words."""

from dataclasses import replace

from bot.cards.blocks import Block, actions, context, divider, header, section
from bot.cards.card import (
    Card,
    Room,
    explanation,
    fit,
    listed,
    page_buttons,
    page_of,
    share_button,
    show_button,
    try_next,
    typed,
)
from bot.cards.choosers import role_and_level
from bot.cards.elements import button, labelled
from bot.cards.excerpt import behaviour, excerpt
from bot.cards.ids import Action
from bot.cards.lookup.figures import group_figures, updated
from bot.cards.mrkdwn import bold, named, safe
from bot.domain.answers import Answer
from bot.domain.framework import Expectation
from bot.domain.lookup.profiles import GroupOverview, Why
from bot.domain.lookup.requests import ShowGroup, ShowSkill
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator
from bot.text.words import depth_name

PAGE = 5
NAMED = 10


def group_card(answer: Answer, group: GroupOverview, tr: Translator, *, shared: bool) -> Card:
    """Build a page of what the shown role asks: required first, then optional."""
    asked = answer.request.page if isinstance(answer.request, ShowGroup) else 0
    page, pages = page_of(len(group.asked), asked, PAGE)
    shown = group.asked[page * PAGE : (page + 1) * PAGE]
    last = page == pages - 1
    explained = explanation(answer, tr)
    menus = [] if shared or group.rung is None else _menus(answer, group, group.rung, page, tr)
    foot = [] if shared else _foot(group, page, pages, tr)

    def build(room: Room) -> Card:
        blocks: list[Block] = [*explained, *_head(group, tr, room)]
        if group.rung is not None:
            blocks += [_why(answer, group, group.rung, tr, room, shared=shared), *menus, divider()]
        blocks += _items(group, shown, tr, room, shared=shared)
        blocks += _undefined(group, tr, room) if last else []
        if pages > 1:
            blocks.append(context(tr("Page {page} of {pages}", page=page + 1, pages=pages)))
        return Card(text=_fallback(group, tr), blocks=[*blocks, *foot])

    return fit(build)


def _request(group: GroupOverview, page: int = 0) -> ShowGroup:
    rung = group.rung
    if rung is None:
        return ShowGroup(group.group.key)
    return ShowGroup(group.group.key, (rung.level.key,), rung.role.key, page)


def _head(group: GroupOverview, tr: Translator, room: Room) -> list[Block]:
    crumbs = [
        tr("Skill group"),
        named(tr.of(group.group.domain.name), room.name),
        *updated(group.updated_on, tr),
        group_figures(group.figures, tr),
    ]
    blocks: list[Block] = [header(tr.of(group.group.name)), context(" · ".join(crumbs))]
    if group.group.summary:
        blocks.append(section(excerpt(tr.of(group.group.summary), room.text, tr)))
    if group.rung is None:
        blocks.append(section(tr("No role asks for a skill of this group yet.")))
    return blocks


def _why(
    answer: Answer,
    group: GroupOverview,
    rung: Rung,
    tr: Translator,
    room: Room,
    *,
    shared: bool,
) -> Block:
    """Name the role and level, how much of the group they ask for, and why just this role."""
    count = tr.plural(
        "*{role} at {level} asks for {asked} of {count} skill*",
        "*{role} at {level} asks for {asked} of {count} skills*",
        len(group.asked) + len(group.undefined),
        role=named(tr.of(rung.role.name), room.name),
        level=named(tr.of(rung.level.name), room.name),
        asked=tr.number(len(group.asked)),
    )
    reason = "" if shared else _reason(group, tr, room)
    text = "\n".join(each for each in (count, reason) if each)
    if group.why is not Why.ASKS_MOST or shared or answer.viewer.role:
        return section(text)
    return section(text, button(Action.CHANGE_ROLE, tr("Choose My Role"), "role"))


def _reason(group: GroupOverview, tr: Translator, room: Room) -> str:
    name = named(tr.of(group.group.name), room.name)
    if group.why is Why.OWN:
        return tr("This is your role.")
    if group.why is Why.ASKS_MOST:
        return tr(
            "You have not chosen a role yet, so this is the role that asks most of {group}.",
            group=name,
        )
    if group.why is Why.OWN_ASKS_NOTHING:
        return tr(
            "Your role asks for nothing of this group, so this is the role that asks most of "
            "{group}.",
            group=name,
        )
    return ""


def _menus(
    answer: Answer, group: GroupOverview, rung: Rung, page: int, tr: Translator
) -> list[Block]:
    return [
        *role_and_level(
            _request(group, page),
            rung,
            tr,
            roles=group.roles,
            own_role=answer.viewer.role,
            here=group.here,
        )
    ]


def _items(
    group: GroupOverview,
    shown: tuple[Expectation, ...],
    tr: Translator,
    room: Room,
    *,
    shared: bool,
) -> list[Block]:
    blocks: list[Block] = []
    before: Expectation | None = None
    for number, each in enumerate(shown):
        if before is None or before.requirement is not each.requirement:
            blocks.append(context(tr("*Required*") if each.required else tr("*Optional*")))
        blocks.append(_item(group, each, number, tr, room, shared=shared))
        before = each
    return blocks


def _item(
    group: GroupOverview,
    asked: Expectation,
    number: int,
    tr: Translator,
    room: Room,
    *,
    shared: bool,
) -> Block:
    title = bold(tr.of(asked.skill.name), room.name)
    depth = depth_name(asked, tr)
    if depth:
        title += f" · {named(depth, room.name)}"
    text = f"{title}\n{behaviour(asked, room.text, tr)}"
    if shared:  # a button that redraws would redraw the channel's message for everyone
        return section(text)
    role = None if group.own else asked.role.key
    request = ShowSkill(asked.skill.key, (asked.level.key,), role)
    spoken = tr("Open {name}", name=tr.of(asked.skill.name))
    return section(text, labelled(show_button(tr("Open"), request, number), spoken))


def _undefined(group: GroupOverview, tr: Translator, room: Room) -> list[Block]:
    """Name what the framework leaves open, so that nobody takes it for *not required*."""
    if group.rung is None or not group.undefined:
        return []
    names = [named(tr.of(each.name), room.name) for each in group.undefined[:NAMED]]
    rest = len(group.undefined) - len(names)
    if rest:
        names.append(tr.plural("{count} more", "{count} more", rest))
    return [
        context(
            tr(
                "Not defined here: {names}. The framework says nothing about that at this level; "
                "that is not the same as “not required”.",
                names=listed(names, tr),
            )
        )
    ]


def _foot(group: GroupOverview, page: int, pages: int, tr: Translator) -> list[Block]:
    def at(number: int) -> ShowGroup:
        return replace(_request(group), page=number)

    buttons = [*page_buttons(page, pages, at, tr), share_button(at(page), tr)]
    commands = _commands(group)
    return [actions(buttons), *([try_next(commands, tr)] if commands else [])]


def _commands(group: GroupOverview) -> list[str]:
    """Name a skill of the group, and the next level of it all."""
    rung = group.rung
    skills = [*(each.skill for each in group.asked[:1]), *group.undefined[:1]][:1]
    commands = [typed(ShowSkill(each.key, (rung.level.key,) if rung else ())) for each in skills]
    if rung is None:
        return commands
    above = rung.role.ladder.above(rung.level)
    role = None if group.own else rung.role.key
    if above:
        commands.append(typed(ShowGroup(group.group.key, (above[0].key,), role)))
    return commands


def _fallback(group: GroupOverview, tr: Translator) -> str:
    name = tr.of(group.group.name)
    skills = [each.skill for each in group.asked] or list(group.undefined)
    names = listed([tr.of(each.name) for each in skills[:10]], tr)
    domain = tr.of(group.group.domain.name)
    if group.rung is None:
        return safe(tr("{group} ({domain}): {names}", group=name, domain=domain, names=names), 600)
    text = tr(
        "{group}, {role}, {level}: {names}",
        group=name,
        role=tr.of(group.rung.role.name),
        level=tr.of(group.rung.level.name),
        names=names,
    )
    return safe(text, 600)
