"""The next few expectations on Home, as the gap card shows them, and the way to all of them."""

from dataclasses import replace

from bot.cards.blocks import Block
from bot.cards.card import NAME, Room
from bot.cards.elements import Button, button
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.lookup.gap_head import check_label
from bot.cards.lookup.item import Item
from bot.domain.answers import GapReport
from bot.domain.growth.requests import Assess
from bot.domain.lookup.requests import ShowGap
from bot.text.translator import Translator

NEXT = 3
ROOM = Room(320, NAME, 4, today=160)


def next_items(report: GapReport, tr: Translator) -> list[Block]:
    """Show the first few open ones, in the one order that all cards share."""
    own, blocks = report.own, list[Block]()
    if own is None:
        return blocks
    for number, gap in enumerate(report.listed()[:NEXT]):
        standing = own.standings.of(gap)
        origin, receipt = report.gap.origin, report.receipt
        item = Item(gap, standing, number, origin, tr, today=report.today, receipt=receipt)
        blocks += item.blocks(ROOM)
    return blocks


def ways_on(report: GapReport, request: ShowGap, tr: Translator, *, first: int = 0) -> list[Button]:
    """Build the ways to what is to confirm and to everything; `first` numbers their ids."""
    own = report.own
    if own is None:
        return []
    buttons = []
    if report.to_check:
        checking = encode(replace(request, check=True))
        buttons.append(button(numbered(Action.SEE_ALL, first), check_label(report, tr), checking))
    label = tr("See All {count}", count=tr.number(len(own.standings)))
    return [*buttons, button(numbered(Action.SEE_ALL, first + 1), label, encode(request))]


def assess_button(target: ShowGap, tr: Translator, *, primary: bool = False) -> Button:
    """Build the button that opens the walk-through."""
    return button(Action.ASSESS, tr("Assess Myself"), encode(Assess(target)), primary=primary)
