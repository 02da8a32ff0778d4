"""The list of a promotion gap: a page of what is open, and what is folded away under a count."""

from collections.abc import Sequence

from bot.cards.blocks import Block, context
from bot.cards.card import NAME, Room, listed, page_of
from bot.cards.lookup.item import Item
from bot.cards.mrkdwn import named, safe
from bot.domain.answers import GapReport
from bot.domain.framework import Skill
from bot.domain.growth.own_gap import OwnState
from bot.domain.lookup.gap import Gap, PromotionGap
from bot.domain.lookup.requests import ShowGap
from bot.text.translator import Translator
from bot.values import dataclass

_REASON = 60
PAGE = 5
# Two buttons each: more would be more than a dozen controls.
CHECK_PAGE = 3


@dataclass(frozen=True, slots=True)
class GapPage:
    """A page of what is open, or with `check` of what is to confirm.

    `total` counts what all pages have, `first` what comes before, `shown` what is here. What a
    press has just settled is among the `items`, and counted nowhere: no item moves to another page
    while its page is looked at.
    """

    items: Sequence[Gap]
    number: int
    pages: int
    total: int
    first: int
    shown: int
    check: bool

    @property
    def coming(self) -> int:
        """How many items the next page has."""
        return min(self.size, self.total - self.first - self.shown)

    @property
    def size(self) -> int:
        """How many items a full page has."""
        return CHECK_PAGE if self.check else PAGE


def page_of_gap(report: GapReport, number: int, *, check: bool) -> GapPage:
    """Return a page, the last one if there are fewer; with `check` only where anything is to do."""
    found = report.listed(check=True) if check else ()
    checking = bool(found)
    found = found or report.listed()
    size = CHECK_PAGE if checking else PAGE
    settled = _settled(report, found, check=checking)
    total = len(found) - len(settled)
    _, pages = page_of(total, 0, size)
    # Where all that stood on the last page is settled, it is a page of its own once more.
    most = max([pages - 1, *(at // size for at in settled)])
    number = min(number, most)
    first, past = number * size, (number + 1) * size
    begin, end = first + _before(settled, first), past + _before(settled, past)
    items = found[begin:end]
    shown = len(items) - sum(begin <= at < end for at in settled)
    return GapPage(items, number, max(pages, number + 1), total, first, shown, checking)


def _settled(report: GapReport, found: Sequence[Gap], *, check: bool) -> list[int]:
    """Return where among these stands what a press has just settled; without one none is made."""
    if report.receipt is None:
        return []
    still = {each.target.skill.key for each in (report.to_check if check else report.gap.gaps)}
    return [at for at, each in enumerate(found) if each.target.skill.key not in still]


def _before(settled: Sequence[int], end: int) -> int:
    """Count what was settled before a place, each of which puts that off by one."""
    return sum(at < end for at in settled)


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


def list_line(report: GapReport, page: GapPage, tr: Translator) -> str:
    """Say which of the open ones follow, and in which order they stand; empty where none does."""
    places = _places(page, tr)
    if not places:
        return ""
    if report.own is None:
        # Whether they are open is the member's matter.
        return tr("*{first} to {last} of {total}* · required first, then the larger step", **places)
    return tr(
        "*Open, {first} to {last} of {total}* · required first, then the larger step", **places
    )


def check_line(report: GapReport, page: GapPage, tr: Translator) -> str:
    """Say the same of what is to confirm."""
    places = _places(page, tr)
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


def _places(page: GapPage, tr: Translator) -> dict[str, str]:
    if not page.shown:
        return {}
    return {
        "first": tr.number(page.first + 1),
        "last": tr.number(page.first + page.shown),
        "total": tr.number(page.total),
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
