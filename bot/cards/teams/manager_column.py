"""What the other marks, beside what the member says: lines, the menu to mark with, and the form."""

from bot.cards import limits
from bot.cards.blocks import Block, Section, View, context, section
from bot.cards.card import NAME, Card
from bot.cards.elements import StaticSelect, option, plain, select
from bot.cards.forms import input_block, radio, text_input
from bot.cards.ids import Action, Callback, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import named, safe
from bot.cards.standing_lines import day
from bot.cards.teams.share_words import person
from bot.domain.growth.evidence import MAX_NOTE
from bot.domain.teams.manager_marks import STATUSES, ManagerMark, item_key
from bot.domain.teams.requests import OfItem
from bot.domain.teams.shared_goal import SharedGoal, SharedItem
from bot.text.translator import Translator
from bot.text.words import status_name

STATUS, NOTE = "manager.status", "manager.note"
NOTED, TAKEN_BACK = "note", "none"
MOST = 300
"""Characters of a note or an answer that a card shows."""


def markable(text: str, item: SharedItem, request: OfItem, number: int, tr: Translator) -> Section:
    """Build the line of an expectation with the menu in which the reader marks it."""
    return {**section(text, _menu(item, number, tr)), "block_id": encode(request)}


def _menu(item: SharedItem, number: int, tr: Translator) -> StaticSelect:
    shown = item.marked.shown
    options = [option(status_name(each, tr), each.value) for each in STATUSES]
    options.append(option(tr("With a note…"), NOTED))
    if shown:
        options.append(option(tr("Take back"), TAKEN_BACK))
    chosen = shown.status.value if shown and shown.status else None
    return select(numbered(Action.MANAGER_MARK, number), tr("Your mark"), options, chosen)


def column_lines(item: SharedItem, owner: str, tr: Translator) -> list[Block]:
    """Say what the reader marked, what of it is sent, and what the member answered."""
    marked, lines = item.marked, []
    if marked.draft is not None:
        lines.append(_draft(marked.draft, tr))
    if marked.sent is not None:
        told = tr("You marked it *{status}*, sent {date}", **_told(marked.sent, tr))
        lines.append(f"{told}{noted(marked.sent.note)}")
        lines += [_answer(owner, each.note, tr) for each in marked.sent.replies[-2:]]
    return [context("\n".join(lines))] if lines else []


def _draft(draft: ManagerMark, tr: Translator) -> str:
    if draft.status is None:
        return tr("Taken back, not sent yet")
    told = tr("You mark it *{status}*, not sent yet", status=status_name(draft.status, tr))
    return f"{told}{noted(draft.note)}"


def _told(mark: ManagerMark, tr: Translator) -> dict[str, str]:
    status = status_name(mark.status, tr) if mark.status else ""
    return {"status": status, "date": day(mark.sent_at or mark.at, tr)}


def noted(note: str) -> str:
    """Return a note as it goes on after a line; nothing where there is none."""
    return f"\n“{safe(note, MOST)}”" if note else ""


def _answer(owner: str, note: str, tr: Translator) -> str:
    return tr("{person} answers: {note}", person=person(owner), note=f"“{safe(note, MOST)}”")


def sending_line(goal: SharedGoal, tr: Translator) -> str:
    """Say who sees the marks, as long as any waits."""
    if goal.unsent:
        return tr("Nobody but you sees what you mark before you send it.")
    return ""


def mark_view(goal: SharedGoal, item: SharedItem, request: OfItem, tr: Translator) -> View:
    """Build the form for a mark with a note."""
    shown = item.marked.shown
    chosen = shown.status.value if shown and shown.status else None
    options = [option(status_name(each, tr), each.value) for each in STATUSES]
    told = tr(
        "*{skill}*\nHow do you see it? It stands beside what {person} says, and counts in no "
        "figure.",
        skill=named(tr.of(item.gap.target.skill.name), NAME),
        person=person(goal.share.owner),
    )
    note = input_block(
        NOTE,
        tr("Note"),
        text_input(
            Action.MANAGER_NOTE,
            value=shown.note if shown else "",
            multiline=True,
            most=min(MAX_NOTE, limits.TEXT_INPUT),
        ),
        hint=tr(
            "They read it once you send your marks, may answer, and have it in their packet with "
            "your name."
        ),
        optional=True,
    )
    return {
        "type": "modal",
        "callback_id": Callback.MANAGER_MARK,
        "title": plain(tr("Your mark"), limits.VIEW_TITLE),
        "submit": plain(tr("Keep"), limits.VIEW_TITLE),
        "close": plain(tr("Cancel"), limits.VIEW_TITLE),
        "private_metadata": encode(request),
        "blocks": [
            section(told),
            input_block(STATUS, tr("Mark"), radio(Action.MANAGER_STATUS, options, chosen)),
            note,
        ],
    }


def of_item(goal: SharedGoal, item: SharedItem, page: int) -> OfItem:
    """Return what a control about an expectation carries."""
    return OfItem(goal.share.id, item_key(item.cell), page)


def sent_card(goal: SharedGoal, sent: int, tr: Translator) -> Card:
    """Say that marks were sent."""
    told = tr.plural(
        "Sent {count} mark to {person}.",
        "Sent {count} marks to {person}.",
        sent,
        person=person(goal.share.owner),
    )
    return Card(told, [section(told)])
