"""What the other marked, for the member: disagreements first, each with a way to answer."""

from dataclasses import replace

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, divider, section
from bot.cards.card import NAME, Card, page_of
from bot.cards.elements import Element, button, plain
from bot.cards.forms import input_block, text_input
from bot.cards.ids import Action, Callback, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import named, safe
from bot.cards.standing_lines import day
from bot.cards.teams.manager_column import MOST, noted
from bot.cards.teams.share_words import person
from bot.domain.growth.evidence import MAX_NOTE
from bot.domain.teams.manager_marks import ManagerMark
from bot.domain.teams.requests import OfMark, OfShare
from bot.domain.teams.shared_goal import SharedGoal, SharedItem
from bot.text.translator import Translator
from bot.text.words import status_name

PAGE = 8
REPLY = "mark.reply"


def own_column_view(goal: SharedGoal, page: int, tr: Translator) -> View:
    """Build a page of the modal; `goal` has what was sent alone."""
    page, pages = page_of(len(goal.items), page, PAGE)
    blocks: list[Block] = [section(_head(goal, tr)), context(_beside(tr)), divider()]
    for number, item in enumerate(goal.items[page * PAGE : (page + 1) * PAGE]):
        blocks += _item(goal, item, page, number, tr)
    if controls := _controls(goal, page, pages, tr):
        blocks.append(actions(controls))
    return {
        "type": "modal",
        "callback_id": Callback.MANAGER_MARKS,
        "title": plain(tr("Marks on my goal"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": encode(OfShare(goal.share.id, page)),
        "blocks": blocks,
    }


def _head(goal: SharedGoal, tr: Translator) -> str:
    who = person(goal.share.other)
    if not goal.items:
        return tr("{person} has no marks on your goal now.", person=who)
    beside = tr("{person} marked them beside what you say.", person=who)
    return f"{how_many(goal, tr)}\n{beside}"


def how_many(goal: SharedGoal, tr: Translator) -> str:
    """Say how many of the marks differ from what the member says, and of how many they said
    nothing: those are neither seen differently nor alike."""
    silent = sum(each.status is None for each in goal.items)
    apart = sum(each.differs for each in goal.items)
    alike = len(goal.items) - silent - apart
    parts = []
    if apart:
        parts.append(
            tr.plural("*{count} you see differently*", "*{count} you see differently*", apart)
        )
    if alike:
        parts.append(tr.plural("{count} you see alike", "{count} you see alike", alike))
    if silent:
        told = tr.plural(
            "{count} you have not assessed yet", "{count} you have not assessed yet", silent
        )
        parts.append(told)
    return " · ".join(parts)


def _beside(tr: Translator) -> str:
    return tr("Your own marks and your progress stay as they are: only you change them.")


def _item(
    goal: SharedGoal, item: SharedItem, page: int, number: int, tr: Translator
) -> list[Block]:
    mark = item.marked.sent
    if mark is None:
        return []
    target = item.gap.target
    mine = status_name(item.status, tr) if item.status else tr("Not assessed yet")
    theirs = status_name(mark.status, tr) if mark.status else ""
    told = tr(
        "*{skill}*\nYou: *{mine}* · {person}: *{theirs}*, {date}",
        skill=named(tr.of(target.skill.name), NAME),
        mine=mine,
        person=person(goal.share.other),
        theirs=theirs,
        date=day(mark.sent_at or mark.at, tr),
    )
    request = OfMark(goal.share.id, mark.id, page)
    answer = button(numbered(Action.MARK_REPLY, number), tr("Reply…"), encode(request))
    said = [tr("You answered: “{note}”", note=safe(each.note, MOST)) for each in mark.replies[-2:]]
    rest = "\n".join(said)
    return [
        section(f"{told}{noted(mark.note)}", answer),
        *([context(rest)] if rest else []),
    ]


def _controls(goal: SharedGoal, page: int, pages: int, tr: Translator) -> list[Element]:
    request, found = OfShare(goal.share.id), list[Element]()
    if page:
        back = encode(replace(request, page=page - 1))
        found.append(button(numbered(Action.MARKS_PAGE, 0), tr("Previous Page"), back))
    if page < pages - 1:
        on = encode(replace(request, page=page + 1))
        found.append(button(numbered(Action.MARKS_PAGE, 1), tr("Next Page"), on))
    return found


def reply_view(mark: ManagerMark, item: SharedItem, request: OfMark, tr: Translator) -> View:
    """Build the form in which the member answers a mark."""
    told = tr(
        "*{skill}*\n{person} marked it *{status}*.",
        skill=named(tr.of(item.gap.target.skill.name), NAME),
        person=person(mark.author),
        status=status_name(mark.status, tr) if mark.status else "",
    )
    field = input_block(
        REPLY,
        tr("What do you want to say to it?"),
        text_input(
            Action.MARK_REPLIED, multiline=True, most=min(MAX_NOTE, limits.TEXT_INPUT), focus=True
        ),
        hint=tr("They get it as a direct message. It changes neither your mark nor theirs."),
    )
    return {
        "type": "modal",
        "callback_id": Callback.MARK_REPLY,
        "title": plain(tr("Reply"), limits.VIEW_TITLE),
        "submit": plain(tr("Send"), limits.VIEW_TITLE),
        "close": plain(tr("Cancel"), limits.VIEW_TITLE),
        "private_metadata": encode(request),
        "blocks": [section(f"{told}{noted(mark.note)}"), field],
    }


def marks_letter(goal: SharedGoal, tr: Translator) -> Card:
    """Tell the member that marks came, and how many differ; what they are, a press shows."""
    told = tr("{person} sent you marks on your goal.", person=person(goal.share.other))
    show = button(Action.MARKS_SHOW, tr("Show"), encode(OfShare(goal.share.id)), primary=True)
    return Card(
        told, [section(f"{told}\n{how_many(goal, tr)}"), context(_beside(tr)), actions([show])]
    )


def reply_letter(goal: SharedGoal, item: SharedItem, mark: ManagerMark, tr: Translator) -> Card:
    """Tell the other what the member answered to a mark of theirs."""
    told = tr(
        "*{skill}*\n{person} answers your mark:",
        person=person(goal.share.owner),
        skill=named(tr.of(item.gap.target.skill.name), NAME),
    )
    said = noted(mark.replies[-1].note) if mark.replies else ""
    show = button(Action.SHARE_OPEN, tr("Open"), encode(OfShare(goal.share.id)))
    return Card(told, [section(f"{told}{said}"), actions([show])])
