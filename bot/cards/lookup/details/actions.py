"""Dated actions in short: on Home, in Details, in the list of all of them, and in a reminder."""

from collections.abc import Sequence
from datetime import date

from bot.cards import limits
from bot.cards.blocks import Block, Section, View, actions, context, divider, section
from bot.cards.card import NAME, Card, page_of
from bot.cards.elements import Button, Element, button, labelled, plain
from bot.cards.ids import Action, Callback, numbered
from bot.cards.links import encode
from bot.cards.more_menu import more_menu
from bot.cards.mrkdwn import named, safe
from bot.domain.framework import CellKey
from bot.domain.growth.planned.action import MAX_TEXT, ActionState, DatedAction, NamedAction
from bot.domain.growth.requests import AddEvidence, HandleAction, PlanAction, ShowActions
from bot.domain.lookup.requests import ShowCard
from bot.text.translator import Translator

NEXT = 3
PAGE = 10
_FIRST_MENU = 20  # numbers of menus; below are those of other controls of Home


def home_actions(found: Sequence[NamedAction], today: date | None, tr: Translator) -> list[Block]:
    """Show the next few, with what can be done with each, and the way to all; nothing of none."""
    if not found:
        return []
    blocks: list[Block] = [divider(), section(tr("*Your actions*"))]
    blocks += [action_item(each, today, number, tr) for number, each in enumerate(found[:NEXT])]
    if len(found) > NEXT:
        label = tr("All Actions ({count})", count=tr.number(len(found)))
        blocks.append(actions([button(Action.ACTION_LIST, label, encode(ShowActions()))]))
    return blocks


def action_item(found: NamedAction, today: date | None, number: int, tr: Translator) -> Section:
    """Build one as a section whose menu has all that can be done with it."""
    offered: dict[Action | ShowCard, str] = {
        Action.ACTION_DID: tr("Did It, Add Evidence…"),
        Action.ACTION_MOVE: tr("Another Day…"),
        Action.ACTION_DONE: tr("Done, Without Evidence"),
        Action.ACTION_DROP: tr("Drop It"),
    }
    built = section(action_text(found, today, tr), more_menu(offered, _FIRST_MENU + number))
    built["block_id"] = encode(HandleAction(found.action.id))
    return built


def action_text(found: NamedAction, today: date | None, tr: Translator) -> str:
    """Return an action as mrkdwn: its words, the day, and the skill that it is about."""
    return f"{safe(found.action.text, MAX_TEXT)}\n{_when(found, today, tr)}"


def _when(found: NamedAction, today: date | None, tr: Translator) -> str:
    action = found.action
    shown = tr.date(action.due)
    if today == action.due:
        shown = f"*{tr('Today')}*"
    elif today and action.due < today:
        shown = tr("{date}, which has passed", date=shown)
    parts = [shown, skill_name(found, tr)]
    if action.first_due != action.due:
        parts.append(tr("first planned for {date}", date=tr.date(action.first_due)))
    return " · ".join(parts)


def skill_name(found: NamedAction, tr: Translator) -> str:
    """Return the name of the skill as mrkdwn."""
    return safe(tr.of(found.skill_name), NAME)


def details_actions(
    found: Sequence[DatedAction],
    cell: CellKey,
    back: ShowCard | None,
    today: date | None,
    tr: Translator,
) -> list[Block]:
    """Show what is planned for one expectation, with the way to plan more."""
    plan = button(Action.ACTION_PLAN, tr("Plan an Action"), encode(PlanAction(cell, back)))
    blocks: list[Block] = [section(tr("*Your actions*"))] if found else []
    for number, each in enumerate(found[:PAGE]):
        blocks.append(_own_item(each, today, number, tr))
    return [*blocks, actions([plan])]


def _own_item(action: DatedAction, today: date | None, number: int, tr: Translator) -> Section:
    built = action_item(NamedAction(action, None), today, number, tr)
    # Which skill it is about is the title of the modal.
    shown = tr.date(action.due)
    passed = today and action.due < today
    when = tr("{date}, which has passed", date=shown) if passed else shown
    built["text"]["text"] = f"{safe(action.text, MAX_TEXT)}\n{when}"
    return built


def actions_view(
    found: Sequence[NamedAction], page: int, today: date | None, tr: Translator
) -> View:
    """Build a page of all open actions."""
    at, pages = page_of(len(found), page, PAGE)
    shown = found[at * PAGE : (at + 1) * PAGE]
    blocks: list[Block] = [action_item(each, today, n, tr) for n, each in enumerate(shown)]
    if not blocks:
        blocks = [
            section(
                tr("Nothing is planned. *Plan an Action* is in the Details of every expectation.")
            )
        ]
    turns: list[Button] = []
    for number, (to, label) in enumerate(
        ((at - 1, tr("Previous Page")), (at + 1, tr("Next Page")))
    ):
        if 0 <= to < pages:
            request = encode(ShowActions(to))
            turns.append(button(numbered(Action.ACTION_LIST, number), label, request))
    return {
        "type": "modal",
        "callback_id": Callback.ACTION_LIST,
        "title": plain(tr("Your actions"), limits.VIEW_TITLE),
        "close": plain(tr("Close"), limits.VIEW_TITLE),
        "private_metadata": encode(ShowActions(at)),
        "blocks": [*blocks, *([actions(turns)] if turns else [])],
    }


def reminder_card(found: NamedAction, tr: Translator, *, passed: bool = False) -> Card:
    """Build what comes on the day; `passed` where it came later, after days without work."""
    action = found.action
    title = tr("*For today:* {action}", action=safe(action.text, MAX_TEXT))
    if passed:
        date_ = tr.date(action.due)
        title = tr("*It was for {date}:* {action}", date=date_, action=safe(action.text, MAX_TEXT))
    about = tr("You planned it for {skill}.", skill=skill_name(found, tr))
    request = encode(HandleAction(action.id))
    row: list[Element] = [
        did_button(action, tr, primary=True),
        button(Action.ACTION_MOVE, tr("Another Day"), request),
        button(Action.ACTION_DONE, tr("Done, Without Evidence"), request),
        button(Action.ACTION_DROP, tr("Drop It"), request),
    ]
    blocks: list[Block] = [section(title), context(about), actions(row, request)]
    return Card(title.replace("*", ""), blocks)


def ended_card(found: NamedAction, tr: Translator) -> Card:
    """Build what stands in the reminder's place once the action has ended or has another day."""
    action, text = found.action, safe(found.action.text, MAX_TEXT)
    match action.state:
        case ActionState.DONE:
            told = tr("*Done:* {action}", action=text)
        case ActionState.DROPPED:
            told = tr("*Dropped:* {action}", action=text)
        case ActionState.OPEN:
            told = tr("*Now for {date}:* {action}", date=tr.date(action.due), action=text)
    about = context(tr("You planned it for {skill}.", skill=skill_name(found, tr)))
    return Card(told.replace("*", ""), [section(told), about])


def did_button(action: DatedAction, tr: Translator, *, primary: bool = False) -> Button:
    """Build the button that opens the form for evidence, bound to the action."""
    value = encode(AddEvidence(action.cell, action=action.id))
    built = button(numbered(Action.ADD_EVIDENCE, 0), tr("Did It"), value, primary=primary)
    return labelled(built, tr("Did it: {action}", action=action.text[: limits.BUTTON]))


def planned_text(action: DatedAction, tr: Translator) -> str:
    """Say that an action is planned, as mrkdwn."""
    return tr(
        "Planned for {date}: *{action}*. I remind you once, on that day.",
        date=tr.date(action.due),
        action=named(action.text, MAX_TEXT),
    )
