"""What is likely met: met in another role, and for the member to confirm or to decline."""

from dataclasses import dataclass

from bot.cards.blocks import Actions, Block, actions, button, context, section
from bot.cards.card import NAME, Room, listed, wording
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import bold, safe
from bot.cards.standing_lines import day, flat, mark_button
from bot.domain.answers import GapReport
from bot.domain.framework import key_of
from bot.domain.growth.assessment import Status
from bot.domain.growth.standing import MarkedElsewhere
from bot.domain.lookup.gap import Gap
from bot.domain.lookup.requests import ShowDetails, ShowGap
from bot.text.translator import Translator
from bot.text.words import met_where, requirement_name

# The next ones come as soon as these are answered.
MAX_LIKELY = 3
_SHOWN = {4: MAX_LIKELY, 3: 2, 2: 1, 1: 1}  # by the rows that a room has
_FIRST = 70  # numbers of action ids; below are those of other items


@dataclass(frozen=True, slots=True)
class LikelyItem:
    """One likely expectation, but for what depends on the room that there is."""

    gap: Gap
    met: MarkedElsewhere
    row: Actions


def likely_items(report: GapReport, back: ShowGap, tr: Translator) -> tuple[LikelyItem, ...]:
    """Prepare the first few with their two answers; `back` redraws the card after one."""
    own = report.own
    if own is None:
        return ()
    prepared = []
    for number, gap in enumerate(own.likely[:MAX_LIKELY]):
        met = own.standings[gap.target.skill.key].likely
        if met is not None:
            prepared.append(LikelyItem(gap, met, _row(gap, number, back, tr)))
    return tuple(prepared)


def _row(gap: Gap, number: int, back: ShowGap, tr: Translator) -> Actions:
    cell, first = key_of(gap.target), _FIRST + 3 * number
    details = encode(ShowDetails(cell.skill, cell.role, cell.level, back))
    return actions(
        [
            mark_button(cell, Status.MET, first, tr, back=back, label=tr("Met Here Too")),
            mark_button(cell, Status.NOT_YET, first + 1, tr, back=back),
            button(numbered(Action.DETAILS, first + 2), tr("Details"), details),
        ]
    )


def likely_blocks(
    report: GapReport, items: tuple[LikelyItem, ...], tr: Translator, room: Room
) -> list[Block]:
    """Show them with where each was met and both texts; the rest by name."""
    own = report.own
    if own is None or not items:
        return []
    title = tr.plural(
        "*{count} likely:* met in another role, for you to confirm; not counted as met",
        "*{count} likely:* met in another role, for you to confirm; not counted as met",
        len(own.likely),
    )
    blocks: list[Block] = [context(title)]
    shown = items[: _SHOWN[room.rows]]
    for item in shown:
        blocks += [section(_text(item, tr, room)), item.row]
    rest = own.likely[len(shown) :]
    if rest:
        names = [safe(tr.of(each.target.skill.name), room.name) for each in rest[: room.rows]]
        if len(rest) > len(names):
            names.append("…")
        blocks.append(context(tr("Then: {names}", names=listed(names, tr))))
    return blocks


def _text(item: LikelyItem, tr: Translator, room: Room) -> str:
    target, asked = item.gap.target, item.met.asked
    name = bold(tr.of(target.skill.name), room.name)
    where = safe(met_where(item.met, target.role, tr), NAME)
    lines = [
        f"{name} · {requirement_name(target.requirement, tr)}",
        tr("Met as {where} · {date}", where=where, date=day(item.met.mark.at, tr)),
    ]
    if asked.wording is not None:
        there = safe(flat(tr.of(asked.wording)), room.text)
        lines.append(tr("There: {text}", text=there))
    return "\n".join([*lines, tr("Here: {text}", text=wording(target, tr, room.text))])
