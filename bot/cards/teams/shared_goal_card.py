"""A goal that somebody shares, as a modal for the one they share it with, who marks beside it."""

from dataclasses import replace

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, divider, header, section
from bot.cards.card import Card, Room, fit, page_of
from bot.cards.elements import Element, button, plain
from bot.cards.evidence_lines import pieces_within
from bot.cards.excerpt import behaviour
from bot.cards.ids import Action, Callback, numbered
from bot.cards.links import encode
from bot.cards.lookup.gap_card import GAP_ROOMS
from bot.cards.lookup.gap_head import gap_title
from bot.cards.lookup.item import change_parts
from bot.cards.modals import page_buttons
from bot.cards.mrkdwn import bold, named
from bot.cards.progress_lines import progress_counts
from bot.cards.standing_lines import day
from bot.cards.teams.home_lines import their_lines
from bot.cards.teams.manager_column import column_lines, markable, of_item, sending_line
from bot.cards.teams.share_letters import leave_button
from bot.cards.teams.share_words import never_text, person
from bot.cards.teams.talk_links import Of, encode_of
from bot.domain.growth.assessment import Status
from bot.domain.teams.home import SharedPage
from bot.domain.teams.requests import OfItem, OfShare
from bot.domain.teams.shared_goal import SharedGoal, SharedItem
from bot.text.translator import Translator
from bot.text.words import rung_name, status_name

PAGE = 6
_PIECE, _PIECES, _ROOM = 160, 5, 2800


def shared_view(goal: SharedGoal, page: int, tr: Translator) -> View:
    """Build a page of the modal."""
    request = OfShare(goal.share.id, page)
    card = shared_goal_card(goal, page, tr)
    return {
        "type": "modal",
        "callback_id": Callback.SHARED_GOAL,
        "title": plain(tr("Shared goal"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": encode(request),
        "blocks": card.blocks,
    }


def shared_goal_card(goal: SharedGoal, page: int, tr: Translator) -> Card:
    """Build a page of what is shared: the way, how far it is, each expectation and its status."""
    page, pages = page_of(len(goal.items), page, PAGE)
    return fit(lambda room: _card(goal, page, pages, room, tr), rooms=GAP_ROOMS)


def _card(goal: SharedGoal, page: int, pages: int, room: Room, tr: Translator) -> Card:
    head = _head(goal, tr)
    items = goal.items[page * PAGE : (page + 1) * PAGE]
    blocks: list[Block] = [*head, divider()]
    if goal.items:
        blocks.append(context(_line(goal, page, len(items), tr)))
    if line := sending_line(goal, tr):
        blocks.append(context(line))
    for number, each in enumerate(items):
        blocks += _item(goal, each, of_item(goal, each, page), number, room, tr)
    return Card(_title(goal, tr), [*blocks, divider(), *_foot(goal, page, pages, tr)])


def _title(goal: SharedGoal, tr: Translator) -> str:
    if goal.gap is None:
        return tr("{role}, {level}", role=goal.role, level=goal.level)
    # Where the owner did not say that they stand there, nobody is told that they do.
    return gap_title(goal.gap, tr) if goal.today else rung_name(goal.gap.target, tr)


def _head(goal: SharedGoal, tr: Translator) -> list[Block]:
    owner = person(goal.share.owner)
    told = tr("A goal of {person}, in their own words", person=owner)
    blocks: list[Block] = [header(_title(goal, tr)), context(f"{told} · {_scope(goal, tr)}")]
    if goal.gap is None or goal.progress is None:
        return [*blocks, section(tr("The framework has no way to this goal any more."))]
    return [*blocks, section(progress_counts(goal.progress, tr))]


def _scope(goal: SharedGoal, tr: Translator) -> str:
    since = goal.share.shows_from
    if since is None:
        return tr("all that they said of it")
    return tr("what they said since {date}: anything before reads as open", date=day(since, tr))


def _line(goal: SharedGoal, page: int, shown: int, tr: Translator) -> str:
    figures = {
        "first": tr.number(page * PAGE + 1),
        "last": tr.number(page * PAGE + shown),
        "total": tr.number(len(goal.items)),
    }
    if goal.first:
        return tr.plural(
            "*{first} to {last} of {total}* · {count} to talk about first, then what you have not "
            "marked",
            "*{first} to {last} of {total}* · {count} to talk about first, then what you have not "
            "marked",
            goal.first,
            **figures,
        )
    if any(each.marked.sent for each in goal.items):
        return tr("*{first} to {last} of {total}* · what you have not marked first", **figures)
    return tr(
        "*{first} to {last} of {total}* · open ones first, required before optional", **figures
    )


def _item(
    goal: SharedGoal, item: SharedItem, request: OfItem, number: int, room: Room, tr: Translator
) -> list[Block]:
    target = item.gap.target
    parts = [
        named(tr.of(target.skill.group.name), room.name),
        *change_parts(item.gap, tr, min(40, room.name)),
    ]
    name = bold(tr.of(target.skill.name), room.name)
    says = _said(goal, item, tr)
    line = markable("\n".join([name, says, *_apart(item, tr)]), item, request, number, tr)
    blocks: list[Block] = [line, context(" · ".join(parts))]
    blocks.append(section(behaviour(target, room.text, tr)))
    blocks += column_lines(item, goal.share.owner, tr)
    if item.evidence:
        lines = pieces_within(item.evidence[:_PIECES], _ROOM, tr, note=_PIECE)
        rest = len(item.evidence) - len(lines)
        if rest > 0:
            lines.append(tr.plural("and {count} more", "and {count} more", rest))
        blocks.append(context("\n".join(lines)))
    return blocks


def _apart(item: SharedItem, tr: Translator) -> list[str]:
    """Say why it comes first; of what the member said nothing, only that the reader did."""
    if item.differs:
        return [tr("*You see it differently.*")]
    return [tr("*Only you say something of it here.*")] if item.comes_first else []


def _said(goal: SharedGoal, item: SharedItem, tr: Translator) -> str:
    """Say the member's status; what they said nothing of is open, and they did not say that."""
    if item.status is None:
        since = goal.share.shows_from
        if since is None:
            return tr("*Open*: nothing said of it yet")
        return tr("*Open*: nothing said of it since {date}", date=day(since, tr))
    aside = item.status is Status.NOT_RELEVANT and item.gap.target.required
    status = tr("*Put aside*") if aside else f"*{status_name(item.status, tr)}*"
    return tr("They say: {status}", status=status)


def _foot(goal: SharedGoal, page: int, pages: int, tr: Translator) -> list[Block]:
    request = OfShare(goal.share.id)
    elements: list[Element] = []
    if goal.unsent:
        label = tr.plural("Send {count} Mark", "Send {count} Marks", goal.unsent)
        here = encode(replace(request, page=page))
        elements.append(button(Action.MARKS_SEND, label, here, primary=True))
    if page:
        back = encode(replace(request, page=page - 1))
        label = tr.plural("Previous {count}", "Previous {count}", PAGE)
        elements.append(button(numbered(Action.SHARE_PAGE, 0), label, back))
    if page < pages - 1:
        on = encode(replace(request, page=page + 1))
        coming = min(PAGE, len(goal.items) - (page + 1) * PAGE)
        label = tr.plural("Next {count}", "Next {count}", coming)
        elements.append(button(numbered(Action.SHARE_PAGE, 1), label, on))
    talks = encode_of(Of.SHARE, goal.share.id)
    elements.append(button(Action.TALKS, tr("Agreed and Talks"), talks))
    elements.append(leave_button(goal.share, tr))
    seen = tr("{person} sees when you look.", person=person(goal.share.owner))
    return [actions(elements), context(f"{seen}\n{never_text(tr)}")]


def people_view(page: SharedPage, size: int, tr: Translator) -> View:
    """Build a page of all who share with a member."""
    blocks: list[Block] = [*their_lines(page.shares, tr)]
    if not blocks:
        blocks = [section(tr("Nobody shares anything with you just now."))]
    turning = page_buttons(Action.SHARE_LIST, page.page, page.total, size, tr)
    return {
        "type": "modal",
        "callback_id": Callback.SHARED_LIST,
        "title": plain(tr("Shared with you"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": str(page.page),
        "blocks": [*blocks, *([actions(turning)] if turning else [])],
    }
