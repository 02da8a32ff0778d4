"""The items of a promotion gap: what is open, and what is folded away under a count."""

from dataclasses import dataclass
from functools import lru_cache

from bot.cards.blocks import Actions, Block, Button, button, context, section
from bot.cards.card import Room, listed, wording
from bot.cards.evidence_lines import add_button
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.lookup.steps import news
from bot.cards.mrkdwn import bold, clip, safe
from bot.cards.standing_lines import (
    beside_lines,
    mark_button,
    mark_row,
    pieces,
    reworded_lines,
    status_line,
    without_menu,
)
from bot.domain.answers import GapReport
from bot.domain.framework import CellKey, Skill, key_of
from bot.domain.growth.assessment import Status
from bot.domain.growth.own_gap import OwnState
from bot.domain.growth.standing import Standing
from bot.domain.lookup.gap import Gap, PromotionGap
from bot.domain.lookup.requests import ShowDetails, ShowGap
from bot.text.translator import Translator

# Buttons for more than these would crowd out what is open.
MAX_DUE = 3
_SHOWN_DUE = {4: MAX_DUE, 3: 1, 2: 1, 1: 0}  # by the rows that a room has
_FIRST_DUE = 50  # numbers of action ids; below are those of the open items


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open item, but for what depends on the room that there is: its name and wording.

    `state` and `row` are empty where the card shows nothing of the member's own.
    """

    gap: Gap
    number: int
    news: str
    state: tuple[str, ...]
    row: Actions | None


def open_items(
    report: GapReport, items: tuple[Gap, ...], back: ShowGap, tr: Translator
) -> tuple[OpenItem, ...]:
    """Prepare a page of what is open; `back` redraws that page after a mark."""
    gap, own = report.gap, report.own
    today = gap.origin.level if gap.origin and not gap.is_transfer else None
    prepared = []
    for number, item in enumerate(items):
        standing = own.standings[item.target.skill.key] if own else None
        prepared.append(
            OpenItem(
                gap=item,
                number=number,
                news=news(item, today, tr, grouped=True),
                state=tuple(_state(standing, gap, tr)) if standing else (),
                row=_row(standing.cell, standing.marked, number, back, tr) if standing else None,
            )
        )
    return tuple(prepared)


def item_blocks(items: tuple[OpenItem, ...], tr: Translator, room: Room) -> list[Block]:
    """Show items under headings, in the room that there is."""
    blocks: list[Block] = []
    heading: bool | None = None
    domain = ""
    for item in items:
        target = item.gap.target
        if target.required is not heading:
            heading = target.required
            kind = tr("Required") if target.required else tr("Optional")
            blocks.append(context(f"*{kind}*"))
        title = f"{bold(tr.of(target.skill.name), room.name)} · {item.news}"
        if target.skill.group.domain.key != domain:
            domain = target.skill.group.domain.key
            title = f"{title} · {safe(tr.of(target.skill.group.domain.name), room.name)}"
        text = "\n".join([title, *item.state, wording(target, tr, room.text)])
        if item.row and room.rows > 1:
            blocks += [section(text), item.row if room.rows > 2 else without_menu(item.row)]
        else:  # nobody's card, or one so full that Details must do for the other buttons
            blocks.append(section(text, _details_button(key_of(target), item.number, None, tr)))
    return blocks


def _details_button(cell: CellKey, number: int, back: ShowGap | None, tr: Translator) -> Button:
    request = ShowDetails(cell.skill, cell.role, cell.level, back)
    return button(numbered(Action.DETAILS, number), tr("Details"), encode(request))


# A quarter of what a card takes to build, and the same for all members of a role.
@lru_cache(maxsize=1024)
def _row(cell: CellKey, now: Status | None, number: int, back: ShowGap, tr: Translator) -> Actions:
    others = [
        add_button(tr, cell, back=back, number=number),
        _details_button(cell, number, back, tr),
    ]
    return mark_row(cell, now, others, tr, number=number, back=back)


def _state(standing: Standing, gap: PromotionGap, tr: Translator) -> list[str]:
    """Return status and evidence as a line, or no line where there is neither."""
    roles = [gap.target.role, *([gap.origin.role] if gap.origin else [])]
    parts = [status_line(standing, tr, roles), pieces(standing.evidence, tr)]
    shown = " · ".join(each for each in parts if each)
    return [*([f"_{shown}_"] if shown else []), *beside_lines(standing, gap.target.role, tr)]


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something met that deserves a fresh look, but for its name."""

    gap: Gap
    state: tuple[str, ...]
    still: Button


def due_items(report: GapReport, back: ShowGap, tr: Translator) -> tuple[DueItem, ...]:
    """Prepare what was met and deserves a fresh look, each with a button that confirms it."""
    own = report.own
    if own is None:
        return ()
    prepared = []
    for number, item in enumerate(own.due[:MAX_DUE]):
        cell, standing = key_of(item.target), own.standings[item.target.skill.key]
        still = mark_button(
            cell, Status.MET, _FIRST_DUE + number, tr, back=back, label=tr("Still Met")
        )
        state = (*_state(standing, report.gap, tr), *reworded_lines(standing, item.target, tr))
        prepared.append(DueItem(item, state, still))
    return tuple(prepared)


def due_blocks(
    report: GapReport, items: tuple[DueItem, ...], tr: Translator, room: Room
) -> list[Block]:
    """Show what is due in the room that there is, the rest of it by name."""
    if report.own is None or not items:
        return []
    title = tr.plural(
        "*{count} met, due for a fresh look*",
        "*{count} met, due for a fresh look*",
        len(report.own.due),
    )
    blocks: list[Block] = [context(title)]
    shown = items[: _SHOWN_DUE[room.rows]]
    for item in shown:
        name = bold(tr.of(item.gap.target.skill.name), room.name)
        blocks.append(section("\n".join([name, *item.state]), item.still))
    rest = report.own.due[len(shown) :]
    if rest:
        blocks.append(context(_names([each.target.skill for each in rest], tr, room)))
    return blocks


def folded(report: GapReport, tr: Translator, room: Room) -> list[Block]:
    """Name what is met, put aside, carried over and not defined, each under its count."""
    gap, own = report.gap, report.own
    blocks: list[Block] = []
    if gap.met:
        names = _names([each.target.skill for each in gap.met], tr, room)
        met = tr.plural(
            "*{count} already met:* {names}",
            "*{count} already met:* {names}",
            len(gap.met),
            names=names,
        )
        blocks.append(context(met))
    if own:
        blocks += _put_aside(own, tr, room)
    if gap.carried:
        blocks.append(context(_carried(gap, tr, room)))
    if gap.undefined:
        level = safe(tr.of(gap.target.level.name), room.name)
        undefined = tr.plural(
            "*{count} not defined at {level}:* {names}",
            "*{count} not defined at {level}:* {names}",
            len(gap.undefined),
            level=level,
            names=_names(list(gap.undefined), tr, room),
        )
        blocks.append(context(undefined))
    return blocks


def _put_aside(own: OwnState, tr: Translator, room: Room) -> list[Block]:
    """Name what the member put aside: what is required apart, for it has left the count."""
    blocks: list[Block] = []
    required = [each.target.skill for each in own.put_aside]
    optional = [each.target.skill for each in own.not_relevant if not each.target.required]
    if required:
        told = tr.plural(
            "*{count} required put aside, and out of the count:* {names}",
            "*{count} required put aside, and out of the count:* {names}",
            len(required),
            names=_names(required, tr, room),
        )
        blocks.append(context(told))
    if optional:
        told = tr.plural(
            "*{count} not relevant to you:* {names}",
            "*{count} not relevant to you:* {names}",
            len(optional),
            names=_names(optional, tr, room),
        )
        blocks.append(context(told))
    return blocks


def _carried(gap: PromotionGap, tr: Translator, room: Room) -> str:
    """Say what the rung one comes from covers; from another role only that it often does."""
    names = _names([each.skill for each in gap.carried], tr, room)
    if gap.is_transfer:
        return tr.plural(
            "*{count} often carries over*, not marked and not counted: {names}",
            "*{count} often carry over*, not marked and not counted: {names}",
            len(gap.carried),
            names=names,
        )
    return tr.plural(
        "*{count} carries over:* {names}",
        "*{count} carry over:* {names}",
        len(gap.carried),
        names=names,
    )


def _names(skills: list[Skill], tr: Translator, room: Room) -> str:
    shown = [safe(clip(tr.of(skill.name), room.name), room.name) for skill in skills[: room.rows]]
    if len(skills) > len(shown):
        shown.append("…")
    return listed(shown, tr)
