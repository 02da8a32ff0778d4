"""A team in a modal: each who shares, with what they meet and what is open."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, divider, section
from bot.cards.elements import Element, Option, button, option, plain, select
from bot.cards.ids import Action, Callback, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import clip
from bot.cards.teams.team_view.lines import (
    failure_blocks,
    how_counted,
    person_text,
    skill_blocks,
)
from bot.domain.teams.requests import OfShare
from bot.domain.teams.team_view import PAGE, TeamPage
from bot.text.team_words import level_name, shown_text
from bot.text.translator import Translator

ALL = "all"
_LABEL = 60


def team_view(page: TeamPage, tr: Translator) -> View:
    """Build a page of the modal."""
    return {
        "type": "modal",
        "callback_id": Callback.TEAM,
        "title": plain(tr("Your team"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": encode(page.asked),
        "blocks": _blocks(page, tr),
    }


def _blocks(page: TeamPage, tr: Translator) -> list[Block]:
    menus = _menus(page, tr)
    if not page.people:
        told = tr("Nobody shares anything with you just now.")
        if page.everybody:
            told = tr("Nobody shares such a goal with you just now.")
        return [section(told), *menus, *_unknown(page, tr)]
    blocks: list[Block] = [section(_head(page, tr)), *menus]
    blocks += [
        section(
            person_text(each, tr),
            button(
                numbered(Action.SHARE_OPEN, number),
                tr("Open"),
                encode(OfShare(each.goal.share.id)),
            ),
        )
        for number, each in enumerate(page.people)
    ]
    blocks += [*_unknown(page, tr), *_pages(page, tr), divider(), *failure_blocks(page, tr)]
    blocks += [*skill_blocks(page, tr), divider(), actions(_sends(page, tr))]
    kept = tr(
        "What I send you is deleted as soon as one of them stops sharing, but not a file that you "
        "saved."
    )
    return [*blocks, context(f"{how_counted(tr)}\n{kept}")]


def _head(page: TeamPage, tr: Translator) -> str:
    seen = tr("Each of them sees that you looked.")
    if page.total <= PAGE:
        return f"{shown_text(page, tr)}\n{seen}"
    first = page.asked.page * PAGE
    told = tr(
        "{first} to {last} of {total} people who share a growth goal with you",
        first=tr.number(first + 1),
        last=tr.number(min(first + PAGE, page.total)),
        total=tr.number(page.total),
    )
    return f"{told}\n{seen}"


def _menus(page: TeamPage, tr: Translator) -> list[Block]:
    """Build the menus of level and role, each where there is something to choose."""
    levels = [(level_name(each, page, tr), each.key, count) for each, count in page.levels]
    roles = [(tr.of(name), key, count) for key, name, count in page.roles]
    asked, elements = page.asked, list[Element]()
    if len(levels) > 1 or asked.level:
        options = _options(tr("All levels"), levels, tr)
        chosen = asked.level or ALL
        elements.append(select(Action.TEAM_LEVEL, tr("Level of the goal"), options, chosen))
    if len(roles) > 1 or asked.role:
        options = _options(tr("All roles"), roles, tr)
        chosen = asked.role or ALL
        elements.append(select(Action.TEAM_ROLE, tr("Role of the goal"), options, chosen))
    return [actions(elements, encode(replace(asked, page=0)))] if elements else []


def _options(first: str, listed: Sequence[tuple[str, str, int]], tr: Translator) -> list[Option]:
    found = [option(first, ALL)]
    for name, key, count in listed[: limits.SELECT_OPTIONS - 1]:
        label = tr("{name} ({count})", name=clip(name, _LABEL), count=tr.number(count))
        found.append(option(label, key))
    return found


def _unknown(page: TeamPage, tr: Translator) -> list[Block]:
    if not page.unknown:
        return []
    told = tr.plural(
        "{count} person is not shown: Slack does not say who they are just now.",
        "{count} people are not shown: Slack does not say who they are just now.",
        page.unknown,
    )
    return [context(told)]


def _pages(page: TeamPage, tr: Translator) -> list[Block]:
    asked, elements = page.asked, list[Element]()
    if asked.page:
        back = encode(replace(asked, page=asked.page - 1))
        label = tr.plural("Previous {count}", "Previous {count}", PAGE)
        elements.append(button(numbered(Action.TEAM_PAGE, 0), label, back))
    coming = min(PAGE, page.total - (asked.page + 1) * PAGE)
    if coming > 0:
        on = encode(replace(asked, page=asked.page + 1))
        label = tr.plural("Next {count}", "Next {count}", coming)
        elements.append(button(numbered(Action.TEAM_PAGE, 1), label, on))
    return [actions(elements)] if elements else []


def _sends(page: TeamPage, tr: Translator) -> list[Element]:
    value = encode(page.asked)
    file = tr("Send All as CSV") if page.total > PAGE else tr("Send as CSV")
    return [
        button(Action.TEAM_TABLE, tr("Send as Table"), value),
        button(Action.TEAM_PICTURE, tr("Send as Picture"), value),
        button(Action.TEAM_FILE, file, value),
    ]
