"""The promotion gap card."""

from dataclasses import replace

from bot.cards.blocks import (
    Block,
    Button,
    Element,
    actions,
    button,
    context,
    divider,
    header,
    section,
)
from bot.cards.card import (
    ROOMS,
    Card,
    Room,
    explanation,
    fit,
    gap_request,
    level_select,
    page_buttons,
    page_of,
    share_button,
    show_button,
    try_next,
    typed,
)
from bot.cards.ids import Action
from bot.cards.links import encode
from bot.cards.lookup.gap_items import due_blocks, due_items, folded, item_blocks, open_items
from bot.cards.lookup.gap_likely import likely_blocks, likely_items
from bot.cards.mrkdwn import bold, safe
from bot.cards.standing_lines import progress_text
from bot.domain.answers import Answer, GapReport, Start
from bot.domain.framework import Level
from bot.domain.growth.requests import Assess
from bot.domain.lookup.gap import PromotionGap
from bot.domain.lookup.requests import ShowGap, ShowRole, ShowSkill
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator
from bot.text.words import progress_words, rung_name

PAGE = 5
# With the member's own state a card gives up less of the texts before it gives up buttons.
_OWN_ROOMS = (ROOMS[0], Room(240, 60, 3), Room(120, 60, 3), *ROOMS[2:])
# Left free for what a press adds above the card: what it did, and a way back.
_SPARE = 900


def gap_card(answer: Answer, report: GapReport, tr: Translator, *, shared: bool) -> Card:
    """Build a page of what changes between two rungs, with the rest folded under counts."""
    gap = report.gap
    asked = answer.request.page if isinstance(answer.request, ShowGap) else 0
    page, pages = page_of(len(gap.gaps), asked, PAGE)
    items = gap.gaps[page * PAGE : (page + 1) * PAGE]
    back = replace(_request(report), page=page)
    # What no room changes is made once, however often the card is fitted.
    opened, due = open_items(report, items, back, tr), due_items(report, back, tr)
    likely = likely_items(report, back, tr)
    explained, figures = explanation(answer, tr), _figures(report, tr)
    controls = () if shared else _controls(answer, report, back, tr)
    foot = [] if shared else _foot(answer, report, page, pages, tr)
    text = _fallback(report, tr)

    def build(room: Room) -> Card:
        blocks: list[Block] = [*explained, *_head(report, tr, room), figures]
        blocks += [*_control_row(report, controls, room), divider(), *item_blocks(opened, tr, room)]
        if not gap.gaps and not likely:
            blocks.append(section(_nothing_open(report, tr, room)))
        if page == 0:
            blocks += likely_blocks(report, likely, tr, room)
            blocks += due_blocks(report, due, tr, room)
        blocks += folded(report, tr, room)
        if pages > 1:
            blocks.append(context(tr("Page {page} of {pages}", page=page + 1, pages=pages)))
        return Card(text=text, blocks=[*blocks, *foot])

    if report.own is None:
        return fit(build)
    return fit(build, rooms=_OWN_ROOMS, spare=_SPARE)


def _request(report: GapReport) -> ShowGap:
    """Return what redraws this gap; the origin is named only where the member named it."""
    target, origin = report.gap.target, report.gap.origin
    request = ShowGap(role=target.role.key, levels=(target.level.key,))
    if origin is None or report.start is not Start.GIVEN:
        return request
    return replace(request, origin_role=origin.role.key, origin_levels=(origin.level.key,))


def _targets(report: GapReport) -> list[Level]:
    """Return the levels worth choosing: above where one stands, or all of another role's ladder."""
    gap = report.gap
    levels = gap.target.role.ladder.levels
    if gap.origin is None or gap.is_transfer:
        return list(levels)
    foot = levels[0] if report.start is Start.LEVEL_BELOW else gap.origin.level
    return [level for level in levels if level.rank > foot.rank]


def _title(gap: PromotionGap, tr: Translator) -> str:
    target = gap.target
    if gap.origin is None:
        return rung_name(target, tr)
    if gap.is_transfer:
        return f"{rung_name(gap.origin, tr)} → {rung_name(target, tr)}"
    levels = f"{tr.of(gap.origin.level.name)} → {tr.of(target.level.name)}"
    return tr("{role}: {levels}", role=tr.of(target.role.name), levels=levels)


def _head(report: GapReport, tr: Translator, room: Room) -> list[Block]:
    gap = report.gap
    crumbs = [tr("Transfer gap") if gap.is_transfer else tr("Promotion gap")]
    if gap.origin:
        crumbs.append(_why(report.start, gap.origin, tr, room))
    if report.own and report.own.is_goal:
        crumbs.append(tr("your goal"))
    return [header(_title(gap, tr)), context(" · ".join(crumbs))]


def _figures(report: GapReport, tr: Translator) -> Block:
    """Count what is open, after the progress where the card is the member's own."""
    gap, own = report.gap, report.own
    if own is None:
        return section(_sum(gap, tr))
    lines = [progress_text(own.progress, tr), *([_open(gap, tr)] if gap.gaps else [])]
    return section("\n".join(lines))


def _why(start: Start | None, origin: Rung, tr: Translator, room: Room) -> str:
    level = safe(tr.of(origin.level.name), room.name)
    if start is Start.OWN_LEVEL:
        return tr("from {level}, your recorded level", level=level)
    if start is Start.LEVEL_BELOW:
        return tr("from {level}, the level below the target", level=level)
    if start is Start.GIVEN:
        return tr("from {level}, as you asked", level=level)
    return tr("from {level}", level=level)


def _sum(gap: PromotionGap, tr: Translator) -> str:
    required = len(gap.required())
    optional = len(gap.gaps) - required
    parts = [
        tr.plural("*{count} required*", "*{count} required*", required),
        tr.plural("{count} optional", "{count} optional", optional),
    ]
    total = tr.plural(
        "*{count}* expectation is new or asks for more",
        "*{count}* expectations are new or ask for more",
        len(gap.gaps),
    )
    return " · ".join((total, *parts))


def _open(gap: PromotionGap, tr: Translator) -> str:
    required = len(gap.required())
    parts = [
        tr.plural("*{count} open*", "*{count} open*", len(gap.gaps)),
        tr.plural("{count} required", "{count} required", required),
        tr.plural("{count} optional", "{count} optional", len(gap.gaps) - required),
    ]
    return " · ".join(parts)


def _nothing_open(report: GapReport, tr: Translator, room: Room) -> str:
    gap = report.gap
    target = bold(rung_name(gap.target, tr), room.name * 2)
    if gap.met or (report.own and report.own.not_relevant):
        return tr("Nothing is open any more on the way to {rung}.", rung=target)
    if not gap.carried:
        return tr("The catalogue defines no expectation for {rung} yet.", rung=target)
    return tr("Nothing new: everything that {rung} asks for is already covered.", rung=target)


def _foot(answer: Answer, report: GapReport, page: int, pages: int, tr: Translator) -> list[Block]:
    gap, request = report.gap, _request(report)

    def at(number: int) -> ShowGap:
        return replace(request, page=number)

    role, level = gap.target.role, gap.target.level
    label = tr("All of {group}", group=tr.of(role.name))
    buttons = [
        *page_buttons(page, pages, at, tr),
        show_button(label, ShowRole(role.key, (level.key,)), 0),
        share_button(at(page), tr),
    ]
    named = None if role.key == answer.viewer.role else role.key
    commands = [
        typed(ShowSkill(each.target.skill.key, (level.key,), named)) for each in gap.gaps[:1]
    ]
    above = role.ladder.above(level)
    if above:
        commands.append(f"/promote-gap {role.key} {above[0].key}")
    return [actions(buttons), try_next(commands or [f"/skill {role.key}"], tr)]


def _controls(
    answer: Answer, report: GapReport, back: ShowGap, tr: Translator
) -> tuple[Element, ...]:
    """Offer another target, and what to do with this one; `back` is the page that is redrawn."""
    chooser = level_select(_targets(report), report.gap.target.level, tr)
    return (chooser, *_own_buttons(answer, report, back, tr))


def _control_row(report: GapReport, controls: tuple[Element, ...], room: Room) -> list[Block]:
    # The tightest room has none for choosing another target; `/promote-gap` does that too.
    shown = controls[1:] if room is ROOMS[-1] and len(controls) > 1 else controls
    return [actions(shown, encode(replace(_request(report), levels=())))] if shown else []


def _own_buttons(answer: Answer, report: GapReport, back: ShowGap, tr: Translator) -> list[Button]:
    """Offer what the member can do with this gap; at most one button is the primary one."""
    own, gap = report.own, report.gap
    if own is None or not (own.standings or gap.carried):
        return []
    buttons = [
        button(
            Action.ASSESS,
            tr("Assess Myself"),
            encode(Assess(back)),
            primary=own.is_goal and not own.progress.complete,
        ),
        button(Action.EXPORT_PACKET, tr("Export Packet"), encode(back)),
    ]
    above = gap.target.role.ladder.above(gap.target.level)
    if not (own.is_goal or own.progress.complete):
        goal = button(Action.SET_GOAL, tr("Set as Goal"), encode(back), primary=True)
        buttons.insert(0, goal)
    elif own.progress.complete and above:
        label = tr("Gap to {level}", level=tr.of(above[0].name))
        following = gap_request(answer.viewer, gap.target, above[0])
        buttons.insert(0, show_button(label, following, 1, primary=True))
    return buttons


def _fallback(report: GapReport, tr: Translator) -> str:
    gap = report.gap
    if report.own:
        total = progress_words(report.own.progress, tr)
        return safe(tr("{gap}: {total}", gap=_title(gap, tr), total=total), 600)
    total = tr.plural("{count} expectation changes", "{count} expectations change", len(gap.gaps))
    return safe(tr("{gap}: {total}", gap=_title(gap, tr), total=total), 600)
