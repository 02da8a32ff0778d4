"""Home for someone new: what there is here, and role and level in two presses."""

from bot.cards.blocks import Block, actions, context, divider, header, section
from bot.cards.role_select import level_buttons, role_finder
from bot.domain.framework import Role
from bot.domain.home_page import HomePage
from bot.text.translator import Translator


def welcome(page: HomePage, tr: Translator, *, choosing: str | None) -> list[Block]:
    """Teach in one screen; `choosing` is the key of the role whose level is still open."""
    role = next((each for each in page.roles if each.key == choosing), None)
    blocks: list[Block] = [header(tr("Welcome to Nextrung")), section(_purpose(tr))]
    if page.lost:
        blocks.append(section(_lost(tr)))
    blocks += [
        divider(),
        section(tr("*1. Choose your role*")),
        actions([role_finder(page.roles, role, tr)]),
        section(tr("*2. Choose your level*")),
        _levels(role, tr),
        divider(),
        section(_then(role or next(iter(page.roles), None), tr)),
    ]
    return blocks


def _purpose(tr: Translator) -> str:
    return tr(
        "See what each level expects and what you still miss for the next one, and collect what "
        "shows your growth. *Only you see this page.*"
    )


def _lost(tr: Translator) -> str:
    return tr(
        "The catalogue no longer has the role or level you had chosen. Please choose again: "
        "everything you marked is still there."
    )


def _levels(role: Role | None, tr: Translator) -> Block:
    if role is None:
        return context(tr("The levels of your role appear here."))
    return actions(level_buttons(role, tr))


def _then(role: Role | None, tr: Translator) -> str:
    """Name what to do next, each with what to type; `role` is an example."""
    gap = f"/promote-gap {role.key}" if role else "/promote-gap"
    lines = [
        tr("*Then*"),
        tr("• Look up what a skill means at each level: {command}", command="`/skill`"),
        tr("• See what changes on the way up: {command}", command=f"`{gap}`"),
        tr("• Your role, goal and progress: {command}", command="`/growth`"),
    ]
    return "\n".join(lines)
