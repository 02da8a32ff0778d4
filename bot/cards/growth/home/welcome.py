"""Home for someone new: the question it answers, and role and level in two presses."""

from bot.cards.blocks import Block, actions, context, divider, header, section
from bot.cards.excerpt import behaviour
from bot.cards.growth.home.items import ROOM
from bot.cards.lookup.steps import today_lines
from bot.cards.mrkdwn import bold, named
from bot.cards.role_select import level_buttons, role_finder
from bot.domain.answers import GapReport
from bot.domain.framework import Role
from bot.domain.home_page import HomePage
from bot.text.translator import Translator


def welcome(page: HomePage, tr: Translator, *, choosing: str | None) -> list[Block]:
    """Teach in one screen; `choosing` is the key of the role whose level is still open."""
    role = next((each for each in page.roles if each.key == choosing), None)
    blocks: list[Block] = [header(tr("What does the next level ask of you?"))]
    if page.lost:
        blocks.append(section(_lost(tr)))
    blocks += [
        section(_purpose(tr)),
        section(tr("*1. Choose your role*")),
        actions([role_finder(page.roles, role, tr)]),
        *_levels(role, tr),
        divider(),
        *(_example(page.example, tr) if page.example else []),
        section(_private(tr)),
        context(_typed(role or next(iter(page.roles), None), tr)),
    ]
    return blocks


def _purpose(tr: Translator) -> str:
    return tr(
        "Choose your role, then your level. You will see the three things between you and the next "
        "level, in the words of the framework."
    )


def _lost(tr: Translator) -> str:
    return tr(
        "The catalogue no longer has the role or level you had chosen. Please choose again: "
        "everything you marked is still there."
    )


def _levels(role: Role | None, tr: Translator) -> list[Block]:
    if role is None:
        return [context(tr("2. Your level: its buttons appear here once the role is chosen."))]
    return [section(tr("*2. Choose your level*")), actions(level_buttons(role, tr))]


def _example(report: GapReport, tr: Translator) -> list[Block]:
    """Show one real expectation in the form that all cards have."""
    gap, item = report.gap, report.gap.gaps[0]
    levels = [gap.origin.level, gap.target.level] if gap.origin else [gap.target.level]
    steps = " → ".join(named(tr.of(each.name), ROOM.name) for each in levels)
    role = named(tr.of(gap.target.role.name), ROOM.name)
    name = bold(tr.of(item.target.skill.name), ROOM.name)
    today = today_lines(item, None, gap.origin, tr, ROOM, today=False)
    return [
        context(tr("*An example:* {role}, {levels}", role=role, levels=steps)),
        section(f"{name}\n{behaviour(item.target, ROOM.text, tr)}"),
        *([context("\n".join(today))] if today else []),
        divider(),
    ]


def _private(tr: Translator) -> str:
    return tr(
        "*Only you see this page.* Nobody else sees your role, marks or evidence, not even "
        "admins. `/growth forget-me` deletes everything at any time."
    )


def _typed(role: Role | None, tr: Translator) -> str:
    """Name what can be typed instead; `role` is an example."""
    gap = f"/promote-gap {role.key}" if role else "/promote-gap"
    commands = " · ".join(f"`{tr.command(each)}`" for each in ("/skill", gap, "/growth help"))
    return tr("Or type: {commands}", commands=commands)
