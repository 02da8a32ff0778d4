"""The promotion gap card: what changes between two rungs, five at a time, and what is done."""

from collections.abc import Callable
from dataclasses import replace

from bot.cards import limits
from bot.cards.blocks import Block, actions, context, divider, section
from bot.cards.card import (
    Card,
    Room,
    explanation,
    fit,
    show_button,
    try_next,
    typed,
)
from bot.cards.elements import Element
from bot.cards.ids import Action
from bot.cards.links import encode
from bot.cards.lookup.gap_check import check_blocks
from bot.cards.lookup.gap_head import control_row, figures, gap_head, gap_title
from bot.cards.lookup.gap_items import (
    GapPage,
    check_line,
    folded,
    list_line,
    open_items,
    page_of_gap,
)
from bot.cards.more_menu import more_menu
from bot.cards.mrkdwn import bold, safe
from bot.cards.progress_lines import progress_counts
from bot.domain.answers import Answer, GapReport, Start
from bot.domain.lookup.requests import ShowCard, ShowGap, ShowRole, ShowSkill
from bot.text.translator import Translator
from bot.text.words import rung_name

# What holds today gives way first, then the words of the target, and the controls never.
GAP_ROOMS = (
    Room(320, 80, 4, today=160),
    Room(320, 80, 4, today=80),
    Room(200, 80, 4, today=60),
    Room(200, 60, 4),
    Room(120, 60, 3),
    Room(80, 40, 2),
    Room(40, 24, 1),
    Room(24, 12, 1),
)
# Left free for what a press adds above the card, such as a goal that is reached.
_SPARE = 700


def gap_card(answer: Answer, report: GapReport, tr: Translator, *, shared: bool) -> Card:
    """Build a page of what changes between two rungs, with the rest folded under counts."""
    asked = answer.request if isinstance(answer.request, ShowGap) else ShowGap()
    page = page_of_gap(report, asked.page, check=asked.check)
    found = _Page(answer, report, page, tr, shared=shared)
    return fit(found.in_room, rooms=GAP_ROOMS, spare=_SPARE if report.own else 0)


class _Page:
    """A page of the card. What less room does not change is made once, however often it is fitted.

    The keys of `_made` are that part of a room on which something depends.
    """

    def __init__(
        self,
        answer: Answer,
        report: GapReport,
        page: GapPage,
        tr: Translator,
        *,
        shared: bool,
    ) -> None:
        self._answer = answer
        self._report = report
        self._page = page
        self._back = back = _request(report, page=page.number, check=page.check)
        self._tr = tr
        self._shared = shared
        self._above = explanation(answer, tr)
        self._figures = figures(report, tr)
        self._foot = [] if shared else _foot(answer, report, back, page, tr)
        self._text = _fallback(report, tr)
        self._open = [] if page.check else open_items(report, page.items, back, tr)
        self._made: dict[tuple[object, ...], list[Block]] = {}

    def in_room(self, room: Room) -> Card:
        """Build the card with so much room."""
        narrow = room is GAP_ROOMS[-1]
        blocks = [
            *self._above,
            *self._once(("head", room.name), lambda: gap_head(self._report, self._tr, room)),
            self._figures,
            *self._once(("controls", narrow), lambda: self._controls(narrow=narrow)),
        ]
        if self._page.check:
            blocks += self._checks(room)
        else:
            blocks += self._opened(room)
            blocks += self._once(("folded", room.name, room.rows), lambda: self._folded(room))
        return Card(text=self._text, blocks=[*blocks, *self._foot])

    def _once(self, key: tuple[object, ...], make: Callable[[], list[Block]]) -> list[Block]:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make()
        return found

    def _controls(self, *, narrow: bool) -> list[Block]:
        if self._shared:
            return [divider()]
        viewer = self._answer.viewer
        row = control_row(self._report, self._back, viewer, self._tr, narrow=narrow)
        return [*row, divider()]

    def _checks(self, room: Room) -> list[Block]:
        told = check_line(self._report, self._page, self._tr)
        checks = check_blocks(self._report, self._page.items, self._back, self._tr, room)
        return [*([context(told)] if told else []), *checks, divider()]

    def _opened(self, room: Room) -> list[Block]:
        if not self._page.items:
            return [section(_nothing_open(self._report, self._tr, room))]
        return [
            *self._once(("line",), self._line),
            *(block for item in self._open for block in item.blocks(room)),
        ]

    def _line(self) -> list[Block]:
        told = list_line(self._report, self._page, self._tr)
        return [context(told)] if told else []

    def _folded(self, room: Room) -> list[Block]:
        found = folded(self._report, self._tr, room)
        return [divider(), *found] if found else []


def _request(report: GapReport, *, page: int, check: bool) -> ShowGap:
    """Return what redraws this gap; the origin is named only where the member named it."""
    target, origin = report.gap.target, report.gap.origin
    role, levels = target.role.key, (target.level.key,)
    if origin is None or report.start is not Start.GIVEN:
        return ShowGap(role, levels, page=page, check=check)
    return ShowGap(role, levels, origin.role.key, (origin.level.key,), page, check)


def _nothing_open(report: GapReport, tr: Translator, room: Room) -> str:
    gap = report.gap
    target = bold(rung_name(gap.target, tr), room.name * 2)
    if report.own and report.own.likely:
        return tr("Nothing is open on the way to {rung}; some of it is to confirm.", rung=target)
    if gap.met or (report.own and report.own.not_relevant):
        return tr("Nothing is open any more on the way to {rung}.", rung=target)
    if not gap.carried:
        return tr("The catalogue defines no expectation for {rung} yet.", rung=target)
    return tr("Nothing new: everything that {rung} asks for is already covered.", rung=target)


def _foot(
    answer: Answer, report: GapReport, back: ShowGap, page: GapPage, tr: Translator
) -> list[Block]:
    gap = report.gap
    role, level = gap.target.role, gap.target.level
    elements: list[Element] = []
    if page.number:
        label = tr.plural("Previous {count}", "Previous {count}", page.size)
        elements.append(show_button(label, replace(back, page=back.page - 1), 90))
    if page.number < page.pages - 1:
        label = tr.plural("Next {count}", "Next {count}", page.coming)
        elements.append(show_button(label, replace(back, page=back.page + 1), 91))
    menu = more_menu(_more(report, tr))
    if menu is not None:
        elements.append(menu)
    row = [actions(elements, _foot_id(back))] if elements else []
    return [*row, try_next(_commands(answer, report) or [f"/skill {role.key} {level.key}"], tr)]


def _foot_id(back: ShowGap) -> str:
    """Return what the menu's choices are about.

    Keys as long as a file's may be leave room for the page; longer ones lead to the first.
    """
    block_id = encode(back)
    if len(block_id) <= limits.BLOCK_ID:
        return block_id
    return encode(replace(back, page=0, check=False))


def _more(report: GapReport, tr: Translator) -> dict[Action | ShowCard, str]:
    own, target = report.own, report.gap.target
    offered: dict[Action | ShowCard, str] = {}
    if own and (own.standings or report.gap.carried):
        offered[Action.EXPORT_PACKET] = tr("Export Packet")
    # One point is no line.
    if own and own.is_goal and own.standings.marked > 1:
        offered[Action.SHOW_CHART] = tr("Progress Chart")
    if own and own.is_goal:
        offered[Action.SHARE_GOAL] = tr("Share with a Person…")
    offered[Action.SHARE] = tr("Share in Channel")
    whole = ShowRole(target.role.key, (target.level.key,))
    offered[whole] = tr("All of {group}", group=tr.of(target.role.name))
    return offered


def _commands(answer: Answer, report: GapReport) -> list[str]:
    gap, level = report.gap, report.gap.target.level
    role = gap.target.role
    named = None if role.key == answer.viewer.role else role.key
    commands = [
        typed(ShowSkill(each.target.skill.key, (level.key,), named)) for each in gap.gaps[:1]
    ]
    above = role.ladder.above(level)
    return [*commands, f"/promote-gap {role.key} {above[0].key}"] if above else commands


def _fallback(report: GapReport, tr: Translator) -> str:
    gap = report.gap
    if report.own:
        total = progress_counts(report.own.progress, tr).replace("*", "")
    else:
        count = len(gap.gaps)
        total = tr.plural("{count} expectation changes", "{count} expectations change", count)
    return safe(tr("{gap}: {total}", gap=gap_title(gap, tr), total=total), 600)
