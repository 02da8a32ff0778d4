"""The head of the promotion gap card: from where to where, how far, and the way on."""

from datetime import date
from functools import lru_cache

from bot.cards.blocks import Block, actions, context, header, section
from bot.cards.card import Room, gap_request, show_button
from bot.cards.elements import Button, Element, Option, button, select
from bot.cards.elements import option as option_of
from bot.cards.ids import Action
from bot.cards.links import encode
from bot.cards.mrkdwn import named, unmarked
from bot.cards.progress_lines import progress_text
from bot.domain.answers import GapReport, Start
from bot.domain.framework import Level
from bot.domain.growth.requests import Assess
from bot.domain.lookup.gap import PromotionGap
from bot.domain.lookup.requests import ShowGap, Viewer
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator
from bot.text.words import rung_name


def gap_title(gap: PromotionGap, tr: Translator) -> str:
    """Return "LLM Engineer: Senior → Lead"; from another role both by their names."""
    target = gap.target
    if gap.origin is None:
        return rung_name(target, tr)
    if gap.is_transfer:
        return f"{rung_name(gap.origin, tr)} → {rung_name(target, tr)}"
    levels = f"{tr.of(gap.origin.level.name)} → {tr.of(target.level.name)}"
    return tr("{role}: {levels}", role=tr.of(target.role.name), levels=levels)


def gap_head(report: GapReport, tr: Translator, room: Room) -> list[Block]:
    """Say from where to where, why from there, and whether it is the member's goal."""
    gap = report.gap
    crumbs = [tr("Transfer gap") if gap.is_transfer else tr("Promotion gap")]
    own = report.own
    if own and own.is_goal and not (own.elsewhere or own.newer):
        crumbs[0] = _goal_by(own.by, tr)
    if gap.origin:
        crumbs.append(_why(report.start, gap.origin, tr, room))
    if own and own.elsewhere:
        crumbs.append(tr("to your goal, which starts elsewhere"))
    elif own and own.newer:
        crumbs.append(tr("to your goal, as a newer version of the framework has it"))
    return [header(gap_title(gap, tr)), context(" · ".join(crumbs))]


def _goal_by(by: date | None, tr: Translator) -> str:
    return tr("Your goal, by {date}", date=tr.date(by)) if by else tr("Your goal")


def _why(start: Start | None, origin: Rung, tr: Translator, room: Room) -> str:
    level = named(tr.of(origin.level.name), room.name)
    if start is Start.OWN_LEVEL:
        return tr("from {level}, your recorded level", level=level)
    if start is Start.LEVEL_BELOW:
        return tr("from {level}, the level below the target", level=level)
    if start is Start.GIVEN:
        return tr("from {level}, as you asked", level=level)
    return tr("from {level}", level=level)


def figures(report: GapReport, tr: Translator) -> Block:
    """Say how far the member is; where that is not known, how much changes."""
    if report.own is not None:
        return section(progress_text(report.own.progress, tr))
    gap = report.gap
    required = len(gap.required())
    parts = [
        tr.plural(
            "*{count}* expectation is new or asks for more",
            "*{count}* expectations are new or ask for more",
            len(gap.gaps),
        ),
        tr.plural("*{count} required*", "*{count} required*", required),
        tr.plural("{count} optional", "{count} optional", len(gap.gaps) - required),
    ]
    return section(" · ".join(parts))


def control_row(
    report: GapReport, back: ShowGap, viewer: Viewer, tr: Translator, *, narrow: bool
) -> list[Block]:
    """Offer another target and what to do with this one; `narrow` leaves out the targets."""
    targets = _targets(report)
    elements: list[Element] = []
    if len(targets) > 1 and not narrow:
        elements.append(_target_menu(targets, report.gap.target.level, tr))
    elements += _buttons(report, back, viewer, tr)
    if not elements:
        return []
    asked = ShowGap(back.role, (), back.origin_role, back.origin_levels, check=back.check)
    return [actions(elements, encode(asked))]


def _target_menu(targets: list[Level], chosen: Level, tr: Translator) -> Element:
    options = [_target_option(tr.of(each.name), each.key, tr) for each in targets]
    return select(Action.LEVEL, tr("Choose a level"), options, chosen.key)


@lru_cache(maxsize=256)
def _target_option(name: str, key: str, tr: Translator) -> Option:
    return option_of(tr("Target: {level}", level=unmarked(name)), key)


def _targets(report: GapReport) -> list[Level]:
    """Return the levels worth choosing: above where one stands, or all of another role's ladder."""
    gap = report.gap
    levels = gap.target.role.ladder.levels
    if gap.origin is None or gap.is_transfer:
        return list(levels)
    foot = levels[0] if report.start is Start.LEVEL_BELOW else gap.origin.level
    return [level for level in levels if level.rank > foot.rank]


def _buttons(report: GapReport, back: ShowGap, viewer: Viewer, tr: Translator) -> list[Button]:
    """Offer what the member can do with this gap; at most one button is the primary one."""
    own, gap = report.own, report.gap
    if own is None or not (own.standings or gap.carried):
        return []
    if back.check:
        start = ShowGap(back.role, back.levels, back.origin_role, back.origin_levels)
        return [show_button(tr("Back to Open"), start, 2)]
    assess = button(
        Action.ASSESS,
        tr("Assess Myself"),
        encode(Assess(back)),
        primary=own.is_goal and not own.progress.complete,
    )
    above = gap.target.role.ladder.above(gap.target.level)
    buttons = [assess]
    if not (own.is_goal or own.progress.complete):
        goal = button(Action.SET_GOAL, tr("Set as Goal"), encode(back), primary=True)
        buttons.insert(0, goal)
    elif own.progress.complete and above:
        label = tr("Gap to {level}", level=tr.of(above[0].name))
        following = gap_request(viewer, gap.target, above[0])
        buttons.insert(0, show_button(label, following, 1, primary=True))
    if report.to_check and not back.page:
        buttons.append(check_button(report, back, tr))
    return buttons


def check_button(report: GapReport, back: ShowGap, tr: Translator) -> Button:
    """Build the button that leads to what the member is to confirm."""
    request = ShowGap(back.role, back.levels, back.origin_role, back.origin_levels, check=True)
    return show_button(check_label(report, tr), request, 3)


def check_label(report: GapReport, tr: Translator) -> str:
    """Return how many there are to confirm, as a button says it."""
    own, count = report.own, len(report.to_check)
    if own and not own.due:
        return tr.plural("Check {count} Likely", "Check {count} Likely", count)
    return tr.plural("Look Again at {count}", "Look Again at {count}", count)
