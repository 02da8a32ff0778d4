"""An expectation as an item of a list: what is asked, what holds today, and one control.

The gap card, Home and the walk to a goal show the same item. Its control is a menu that shows the
status and offers every answer; what a press has done stands in the item's place.
"""

from functools import lru_cache

from bot.cards import limits
from bot.cards.blocks import Block, Section, actions, context, section
from bot.cards.card import NAME, Room
from bot.cards.elements import (
    Button,
    Element,
    GroupedSelect,
    OptionGroup,
    button,
    grouped_select,
    labelled,
)
from bot.cards.evidence_lines import add_button
from bot.cards.excerpt import behaviour
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.lookup.steps import today_lines
from bot.cards.mrkdwn import bold, named, safe
from bot.domain.answers import Receipt
from bot.domain.framework import CellKey, key_of
from bot.domain.growth.assessment import Status
from bot.domain.growth.requests import MarkOtherwise, UndoMark
from bot.domain.growth.standing import Standing
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.requests import ShowCard, ShowDetails
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator
from bot.text.words import status_name

# What the menu of an item offers beside the statuses.
EVIDENCE, DETAILS = "evidence", "details"
_DEPTH = 40
_REASON = 200


class Item:
    """One item. What less room does not change is made once, however often a card is fitted."""

    def __init__(
        self,
        gap: Gap,
        standing: Standing | None,
        number: int,
        origin: Rung | None,
        tr: Translator,
        *,
        today: bool,
        back: ShowCard | None = None,
        receipt: Receipt | None = None,
    ) -> None:
        """Take what an item is made of.

        Args:
            gap: what changes.
            standing: where the member stands with it; None where that is not known or not to be
                shown.
            number: the item's place on the page.
            origin: where one comes from.
            tr: the member's language.
            today: whether that is where the member said that they stand.
            back: the card to redraw after a press; None on Home.
            receipt: what a press has just done, perhaps to this item.
        """
        self._gap = gap
        self._standing = standing
        self._number = number
        self._origin = origin
        self._here = today
        self._tr = tr
        self._back = back
        self._cell = key_of(gap.target)
        self._done = receipt if receipt and receipt.cell == self._cell else None
        self._titles: dict[int, Block] = {}
        self._words: dict[int, Block] = {}
        self._today: dict[tuple[int, int], list[Block]] = {}

    def blocks(self, room: Room) -> list[Block]:
        """Build the item; `room` tells how much may be said."""
        done = self._done
        if done and done.status is not None:
            return receipt_blocks(self._gap, done, self._number, self._tr, back=self._back)
        title = self._titles.get(room.name)
        if title is None:
            title = self._titles[room.name] = self._title(room)
        words = self._words.get(room.text)
        if words is None:
            words = section(behaviour(self._gap.target, room.text, self._tr))
            self._words[room.text] = words
        today = self._today.get((room.today, room.name))
        if today is None:
            lines = today_lines(
                self._gap, self._standing, self._origin, self._tr, room, today=self._here
            )
            today = [context("\n".join(lines))] if lines else []
            self._today[room.today, room.name] = today
        return [title, words, *today]

    def _title(self, room: Room) -> Block:
        gap, tr = self._gap, self._tr
        name = bold(tr.of(gap.target.skill.name), room.name)
        title = f"{name}\n{_kind(gap, self._standing, self._done, tr, room)}"
        return _titled(title, self._cell, self._standing, self._number, self._back, tr)


def _kind(
    gap: Gap, standing: Standing | None, done: Receipt | None, tr: Translator, room: Room
) -> str:
    """Return group, what changes besides the words, and evidence, in one line of mrkdwn."""
    depth = min(_DEPTH, room.name)
    parts = [
        named(tr.of(gap.target.skill.group.name), room.name),
        *change_parts(gap, tr, depth),
    ]
    if standing is not None and standing.evidence:
        parts.append(tr("evidence: {count}", count=tr.number(standing.evidence)))
    if done is not None:
        parts.append(tr("as it was before"))
    return " · ".join(parts)


def change_parts(gap: Gap, tr: Translator, room: int = _DEPTH) -> list[str]:
    """Say how requirement and depth change, each only where it does; optional is always said.

    `room` is for the name of a depth.
    """
    before, target = gap.before, gap.target
    parts = []
    if before is not None and before.requirement is not target.requirement:
        parts.append(tr("Optional → Required") if target.required else tr("Required → Optional"))
    elif not target.required:
        parts.append(tr("Optional"))
    if before is None:
        parts.append(tr("New"))
    after = target.proficiency
    if after is None:
        return parts
    was = before.proficiency if before else None
    if was is None:
        parts.append(named(tr.of(after.name), room))
    elif was.rank != after.rank:
        depths = (named(tr.of(each.name), room) for each in (was, after))
        parts.append(" → ".join(depths))
    return parts


def _titled(
    title: str,
    cell: CellKey,
    standing: Standing | None,
    number: int,
    back: ShowCard | None,
    tr: Translator,
) -> Section:
    if standing is None:
        return section(title, details_button(cell, number, back, tr))
    control, block_id = status_menu(cell, standing.marked, number, back, tr)
    built = section(title, control)
    if block_id:
        built["block_id"] = block_id
    return built


def status_menu(
    cell: CellKey, now: Status | None, number: int, back: ShowCard | None, tr: Translator
) -> tuple[Element, str]:
    """Build the control that shows a status and offers every answer, and the id of its block.

    The block carries the item. Where keys are too long for that it is a button to Details, which
    has the same choices, and there is no id.
    """
    block_id = encode(MarkOtherwise(cell, back))
    # The sign of a redraw needs room as well.
    if len(block_id) > limits.BLOCK_ID - _SIGN_ROOM:
        return details_button(cell, number, back, tr), ""
    return _status_select(now, number, tr), block_id


_SIGN_ROOM = 16


# The same few on all cards.
@lru_cache(maxsize=256)
def _status_select(now: Status | None, number: int, tr: Translator) -> GroupedSelect:
    action, placeholder = numbered(Action.MARK_MENU, number), tr("Not assessed")
    return grouped_select(action, placeholder, _choices(tr), now)


@lru_cache(maxsize=64)
def _choices(tr: Translator) -> list[OptionGroup]:
    """Build what every item offers, once per language: it is most of a card's size."""
    aside = tr("Not relevant to me…")
    labels = {
        Status.MET: status_name(Status.MET, tr),
        Status.WORKING: status_name(Status.WORKING, tr),
        Status.NOT_YET: status_name(Status.NOT_YET, tr),
        Status.NOT_RELEVANT: aside,
    }
    more = {
        EVIDENCE: tr("Add evidence…"),
        DETAILS: tr("Details…"),
    }
    return [
        OptionGroup(
            label={"type": "plain_text", "text": title},
            options=[
                {"text": {"type": "plain_text", "text": label}, "value": value}
                for value, label in offered.items()
            ],
        )
        for title, offered in ((tr("Mark as"), labels), (tr("More"), more))
    ]


def details_button(cell: CellKey, number: int, back: ShowCard | None, tr: Translator) -> Button:
    """Build the button that opens an expectation in full."""
    request = ShowDetails(cell.skill, cell.role, cell.level, back)
    return button(numbered(Action.DETAILS, number), tr("Details"), encode(request))


def receipt_blocks(
    gap: Gap, done: Receipt, number: int, tr: Translator, *, back: ShowCard | None
) -> list[Block]:
    """Say in an item's place what was just done to it, with a way back and a way on."""
    name = bold(tr.of(gap.target.skill.name), NAME)
    told = section(f"{name}\n{_told(gap, done, tr)}")
    buttons: list[Element] = []
    if done.stamp:
        undo = button(Action.UNDO_MARK, tr("Undo"), encode(UndoMark(done.cell, done.stamp, back)))
        spoken = tr("Undo: {skill}", skill=tr.of(gap.target.skill.name))
        buttons.append(labelled(undo, spoken))
    if done.status is Status.MET and not done.evidence:
        buttons.append(add_button(tr, done.cell, back=back, number=number))
        return [told, actions(buttons)]
    if buttons:
        told["accessory"] = buttons[0]
    return [told]


def _told(gap: Gap, done: Receipt, tr: Translator) -> str:
    match done.status:
        case Status.MET if done.evidence:
            return tr.plural(
                "Marked *met* just now. {count} piece of evidence shows it.",
                "Marked *met* just now. {count} pieces of evidence show it.",
                done.evidence,
            )
        case Status.MET:
            return tr("Marked *met* just now. Nothing shows it yet.")
        case Status.WORKING:
            return tr("Marked *working on it* just now.")
        case Status.NOT_RELEVANT if not gap.target.required:
            return tr("Marked *not relevant to me* just now.")
        case Status.NOT_RELEVANT if done.note:
            reason = safe(" ".join(done.note.split()), _REASON)
            return tr("*Put aside* just now, and out of the open ones: “{reason}”", reason=reason)
        case Status.NOT_RELEVANT:
            return tr("*Put aside* just now, and out of the open ones. No reason is given.")
        case _:
            return tr("Marked *not yet* just now.")
