"""The list of a promotion gap: a page of what is open, and what is folded away under a count."""

from collections.abc import Sequence

from bot.cards.blocks import Block, context
from bot.cards.card import NAME, Room, listed
from bot.cards.lookup.item import Item
from bot.cards.mrkdwn import named, safe
from bot.domain.answers import GapReport
from bot.domain.framework import Skill, key_of
from bot.domain.growth.own_gap import OwnState
from bot.domain.lookup.gap import Gap, PromotionGap
from bot.domain.lookup.requests import ShowGap
from bot.text.translator import Translator

_REASON = 60


def open_items(
    report: GapReport, items: Sequence[Gap], back: ShowGap, tr: Translator
) -> list[Item]:
    """Take a page of what is open, each with its own control."""
    own = report.own
    return [
        Item(
            gap,
            own.standings.of(gap) if own else None,
            number,
            report.gap.origin,
            tr,
            today=report.today,
            back=back if own else None,
            receipt=report.receipt,
        )
        for number, gap in enumerate(items)
    ]


def list_line(report: GapReport, items: Sequence[Gap], first: int, tr: Translator) -> str:
    """Say which of the open ones follow, and in which order they stand; empty where none does.

    `first` is how many of those that are listed come before.
    """
    places = _places(report, items, first, report.gap.gaps, tr)
    if not places:
        return ""
    if report.own is None:
        # Whether they are open is the member's matter.
        return tr("*{first} to {last} of {total}* · required first, then the larger step", **places)
    return tr(
        "*Open, {first} to {last} of {total}* · required first, then the larger step", **places
    )


def check_line(report: GapReport, items: Sequence[Gap], first: int, tr: Translator) -> str:
    """Say the same of what is to confirm."""
    places = _places(report, items, first, report.to_check, tr)
    if not places:
        return ""
    if not (report.own and report.own.due):
        return tr(
            "*To confirm, {first} to {last} of {total}* · what is likely counts once you say that "
            "it holds here",
            **places,
        )
    if not report.own.likely:
        return tr(
            "*To look at again, {first} to {last} of {total}* · it counts as met until you say "
            "otherwise",
            **places,
        )
    return tr(
        "*To confirm, {first} to {last} of {total}* · what is likely counts once you say that it "
        "holds here, what was met until you say otherwise",
        **places,
    )


def _places(
    report: GapReport, items: Sequence[Gap], first: int, still: Sequence[Gap], tr: Translator
) -> dict[str, str]:
    """Count which of `still` are among the items; nothing where none is.

    What a press has just settled stands among the items as well, on the page of the press.
    """
    done = report.receipt.cell if report.receipt else None
    settled = done is not None and all(key_of(each.target) != done for each in still)
    shown = [each for each in items if not settled or key_of(each.target) != done]
    if not shown:
        return {}
    return {
        "first": tr.number(first + 1),
        "last": tr.number(first + len(shown)),
        "total": tr.number(len(still)),
    }


def folded(report: GapReport, tr: Translator, room: Room) -> list[Block]:
    """Name what is met, likely, put aside, carried over and not defined, each under its count."""
    gap, own = report.gap, report.own
    lines = []
    if gap.met:
        names = _names(gap.met, tr, room)
        lines.append(
            tr.plural("*{count} met:* {names}", "*{count} met:* {names}", len(gap.met), names=names)
        )
    if own:
        lines += _own_lines(own, tr, room)
    if gap.carried:
        lines.append(_carried(gap, tr, room))
    if gap.undefined:
        undefined = tr.plural(
            "*{count} not defined at {level}:* {names}",
            "*{count} not defined at {level}:* {names}",
            len(gap.undefined),
            level=named(tr.of(gap.target.level.name), room.name),
            names=_named(gap.undefined[: room.rows], len(gap.undefined), tr, room),
        )
        lines.append(undefined)
    return [context("\n".join(lines))] if lines else []


def _own_lines(own: OwnState, tr: Translator, room: Room) -> list[str]:
    lines = []
    if own.due:
        names = _names(own.due, tr, room)
        lines.append(
            tr.plural(
                "*{count} of them is due for a fresh look:* {names}",
                "*{count} of them are due for a fresh look:* {names}",
                len(own.due),
                names=names,
            )
        )
    if own.likely:
        names = _names(own.likely, tr, room)
        lines.append(
            tr.plural(
                "*{count} likely*, met in another role: {names}",
                "*{count} likely*, met in another role: {names}",
                len(own.likely),
                names=names,
            )
        )
    optional = [each for each in own.not_relevant if not each.target.required]
    if own.put_aside:
        lines.append(_put_aside(own, tr, room))
    if optional:
        lines.append(
            tr.plural(
                "*{count} not relevant to you:* {names}",
                "*{count} not relevant to you:* {names}",
                len(optional),
                names=_names(optional, tr, room),
            )
        )
    return lines


def _put_aside(own: OwnState, tr: Translator, room: Room) -> str:
    """Name what is required and was put aside, each with the reason that was given."""
    shown = []
    for each in own.put_aside[: room.rows]:
        name = named(tr.of(each.target.skill.name), room.name)
        mark = own.standings.of(each).mark
        reason = safe(" ".join(mark.note.split()), _REASON) if mark and mark.note else ""
        shown.append(tr("{name}, “{reason}”", name=name, reason=reason) if reason else name)
    return tr.plural(
        "*{count} put aside:* {names}",
        "*{count} put aside:* {names}",
        len(own.put_aside),
        names=_and_more(shown, len(own.put_aside), tr),
    )


def _carried(gap: PromotionGap, tr: Translator, room: Room) -> str:
    """Say what the rung one comes from covers; from another role only that it often does."""
    names = _named([each.skill for each in gap.carried[: room.rows]], len(gap.carried), tr, room)
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


def _names(gaps: Sequence[Gap], tr: Translator, room: Room) -> str:
    return _named([each.target.skill for each in gaps[: room.rows]], len(gaps), tr, room)


def _named(shown: Sequence[Skill], total: int, tr: Translator, room: Room) -> str:
    limit = min(room.name, NAME)
    return _and_more([named(tr.of(skill.name), limit) for skill in shown], total, tr)


def _and_more(shown: Sequence[str], total: int, tr: Translator) -> str:
    rest = total - len(shown)
    names = listed(shown, tr)
    if not rest:
        return names
    return tr.plural("{names} and {count} more", "{names} and {count} more", rest, names=names)
