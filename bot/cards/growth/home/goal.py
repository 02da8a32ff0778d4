"""The member's goal: how far it is, what comes next, and what the catalogue changed in it."""

from collections.abc import Sequence
from datetime import date

from bot.cards import limits
from bot.cards.blocks import Block, View, actions, context, divider, header, section
from bot.cards.card import NAME
from bot.cards.elements import Button, Element, button, plain
from bot.cards.growth.home.items import assess_button, next_items, ways_on
from bot.cards.growth.home.moved import keep_button, moved_blocks
from bot.cards.ids import Action, Callback, numbered
from bot.cards.links import encode
from bot.cards.more_menu import more_menu
from bot.cards.mrkdwn import bold, named, safe
from bot.cards.progress_lines import progress_text
from bot.cards.standing_lines import day
from bot.domain.answers import AtFoot, AtTop, GapReport, GoalReport, NotAbove, Start
from bot.domain.growth.goal import Goal, GoalState
from bot.domain.growth.own_gap import OwnState, goal_request
from bot.domain.lookup.requests import ShowCard, ShowGap, ShowRole
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator
from bot.text.words import rung_name


def goal_blocks(
    goal: GoalReport, rung: Rung | None, tr: Translator, *, today: date | None = None
) -> list[Block]:
    """Build the goal's part of Home. `rung` is the member's recorded role and level.

    `today` is their local day; None where that does not matter.
    """
    report = goal.report
    if goal.goal.state is GoalState.REACHED:
        return _reached(goal, rung, tr)
    if goal.lost and goal.follows:
        choose = _choose_anew(
            goal, [*follow_buttons(goal.follows, tr), change_button(tr, primary=False)], tr
        )
        return [header(tr("Your goal")), section(follow_text(goal, goal.follows, tr)), choose]
    if goal.lost:
        keep = keep_button(tr)
        choose = _choose_anew(goal, [*near_buttons(goal, tr), change_button(tr), keep], tr)
        return [header(tr("Your goal")), section(lost_text(goal, tr)), choose]
    if report is None or report.own is None:
        return _behind(goal, rung, tr)
    request = goal_request(goal.goal)
    controls = [
        assess_button(request, tr, primary=True),
        *ways_on(report, request, tr),
        *_more(report.own, tr),
    ]
    return [
        header(tr("Goal: {rung}", rung=rung_name(report.gap.target, tr))),
        section(progress_text(report.own.progress, tr)),
        context(_since(goal, report, tr)),
        *_passed(goal.goal, today, tr),
        *recount_blocks(goal.goal, tr),
        *_first_step(report.own, tr),
        actions(controls, encode(request)),
        *moved_blocks(goal.moved, tr, adoptable=goal.adoptable),
        divider(),
        *_next(report, tr),
    ]


def _more(own: OwnState, tr: Translator) -> list[Element]:
    """Build the menu of what is seldom needed; a chart needs two marks to be a line."""
    offered: dict[Action | ShowCard, str] = {Action.EXPORT_PACKET: tr("Export Packet")}
    if own.standings.marked > 1:
        offered[Action.SHOW_CHART] = tr("Progress Chart")
    offered[Action.CHANGE_GOAL] = tr("Change Goal…")
    offered[Action.ASK_TO_DROP_GOAL] = tr("Drop Goal…")
    menu = more_menu(offered)
    return [menu] if menu else []


def _choose_anew(goal: GoalReport, aims: Sequence[Element], tr: Translator) -> Block:
    """Build the row of what else to aim for; all that is left to do with the goal is to drop it."""
    menu = more_menu({Action.ASK_TO_DROP_GOAL: tr("Drop Goal…")})
    return actions([*aims, *([menu] if menu else [])], encode(goal_request(goal.goal)))


def _next(report: GapReport, tr: Translator) -> list[Block]:
    """Show the next few open expectations, or say that none is."""
    if not report.listed():
        return [section(tr("Nothing is open on the way to your goal."))]
    return [section(tr("*What to work on next*")), *next_items(report, tr)]


def lost_text(goal: GoalReport, tr: Translator) -> str:
    """Say that the catalogue has the goal no longer, and what that means, as mrkdwn."""
    lines = [
        tr(
            "The catalogue no longer has *{rung}*, your goal. Your marks and evidence stay, and "
            "nudges rest until you choose another goal.",
            rung=named(goal_name(goal, tr), NAME * 2),
        )
    ]
    if goal.near:
        lines.append(tr("Nearest to it, by name and by the skills that both ask for:"))
    return "\n".join(lines)


def follow_text(goal: GoalReport, follows: Rung, tr: Translator) -> str:
    """Say what takes over from the goal, as an owner of the catalogue said, as mrkdwn."""
    return tr(
        "*{old}*, your goal, is *{new}* in the catalogue now. Your marks have followed. Take it, "
        "or keep your goal as you set it.",
        old=named(goal_name(goal, tr), NAME * 2),
        new=named(rung_name(follows, tr), NAME * 2),
    )


def follow_buttons(follows: Rung, tr: Translator) -> list[Button]:
    """Build what takes the goal along, and what keeps it in its old words."""
    take = tr("Take {rung}", rung=rung_name(follows, tr))
    return [button(Action.ADOPT_GOAL, take, "adopt", primary=True), keep_button(tr)]


def near_buttons(goal: GoalReport, tr: Translator) -> list[Button]:
    """Build what sets the nearest levels of roles as the goal instead."""
    return [
        button(
            numbered(Action.PICK_GOAL, number),
            rung_name(each, tr),
            encode(ShowGap(each.role.key, (each.level.key,))),
        )
        for number, each in enumerate(goal.near)
    ]


def change_button(tr: Translator, *, primary: bool = True) -> Button:
    """Build the button that opens the form for a goal, with nothing suggested."""
    return button(Action.CHANGE_GOAL, tr("Change Goal"), encode(ShowGap()), primary=primary)


def recount_blocks(goal: Goal, tr: Translator) -> list[Block]:
    """Say once why the goal's figures are not those of the days before; a press puts it away."""
    told = recount_text(goal, tr)
    if not told:
        return []
    return [section(told, button(Action.RECOUNT_SEEN, tr("Got It"), "recount"))]


def recount_text(goal: Goal, tr: Translator) -> str:
    """Return why the figures changed as mrkdwn; empty where they did not, or it is known."""
    if goal.recounted_at is None or goal.recount_told_at is not None:
        return ""
    return tr(
        "*Your figures changed on {date}:* only what you marked yourself counts as met now, for "
        "that level and those below. What you met elsewhere stands beside it.",
        date=day(goal.recounted_at, tr),
    )


def _since(goal: GoalReport, report: GapReport, tr: Translator) -> str:
    since = tr("Set {date}", date=day(goal.goal.set_at, tr))
    if goal.goal.by:
        since = f"*{tr('By {date}', date=tr.date(goal.goal.by))}* · {since}"
    origin = report.gap.origin
    if origin is None:
        return since
    name = rung_name(origin, tr) if report.gap.is_transfer else tr.of(origin.level.name)
    level = safe(name, NAME * 2)
    if report.start is Start.LEVEL_BELOW:
        return f"{since} · {tr('from {level}, the level below the target', level=level)}"
    return f"{since} · {tr('from {level}', level=level)}"


def _passed(goal: Goal, today: date | None, tr: Translator) -> list[Block]:
    """Say once the goal's day is over; what follows is the member's to decide."""
    if goal.by is None or today is None or today <= goal.by:
        return []
    told = tr(
        "*{date} has passed.* The goal stays as it is. *Change Goal…* takes another day, or none.",
        date=tr.date(goal.by),
    )
    return [section(told)]


def _first_step(own: OwnState, tr: Translator) -> list[Block]:
    """Say how to begin, while nothing on the way is assessed."""
    if own.standings.marked:
        return []
    told = tr(
        "Nothing on the way is assessed yet. *Assess Myself* asks about one expectation after the "
        "other; stop and go on as you like."
    )
    return [context(told)]


def drop_view(tr: Translator) -> View:
    """Build the modal that asks once more."""
    kept = tr(
        "What you marked and your evidence stay. Whatever you share of this goal ends with it. You "
        "can set the goal again at any time."
    )
    return {
        "type": "modal",
        "callback_id": Callback.DROP_GOAL,
        "title": plain(tr("Drop this goal?"), limits.VIEW_TITLE),
        "submit": plain(tr("Drop Goal"), limits.VIEW_TITLE),
        "close": plain(tr("Keep It"), limits.VIEW_TITLE),
        "private_metadata": "drop",
        "blocks": [section(kept)],
    }


def _reached(goal: GoalReport, rung: Rung | None, tr: Translator) -> list[Block]:
    """Celebrate soberly, and name what could come next."""
    name = goal_name(goal, tr)
    rung_in_bold, own = named(name, NAME * 2), goal.report.own if goal.report else None
    lines = [tr("Nothing required of *{rung}* is open.", rung=rung_in_bold)]
    if own and not own.progress.complete:
        # What was said since takes no goal back.
        lines = [tr("Not all that *{rung}* requires is met any more.", rung=rung_in_bold)]
    if own:
        lines.append(progress_text(own.progress, tr))
    request = goal_request(goal.goal)
    buttons = [
        button(Action.EXPORT_PACKET, tr("Export Packet"), encode(request), primary=True),
        *onward_buttons(goal, rung, tr),
    ]
    blocks: list[Block] = [
        header(tr("Goal reached: {rung}", rung=name)),
        section("\n".join(lines)),
        actions(buttons),
    ]
    if goal.goal.ended_at:
        reached = tr("Reached {date}", date=day(goal.goal.ended_at, tr))
        advice = tr("The packet has all you need for your promotion talk.")
        blocks.insert(2, context(f"{reached} · {advice}"))
    return blocks


def onward_buttons(
    goal: GoalReport, rung: Rung | None, tr: Translator, *, primary: bool = False
) -> list[Button]:
    """Build what leads on from a reached goal: the next one, and its level as the recorded one."""
    target = None if goal.lost else target_of(goal)
    above = target.role.ladder.above(target.level) if target else ()
    following = ShowGap(goal.goal.role, (above[0].key,)) if above else ShowGap()
    buttons = [button(Action.CHANGE_GOAL, tr("Next Goal"), encode(following), primary=primary)]
    if target and target != rung:
        label = tr("Record {level} as My Level", level=tr.of(target.level.name))
        value = encode(ShowRole(target.role.key, (target.level.key,)))
        buttons.append(button(numbered(Action.PICK_ROLE, 0), label, value))
    return buttons


def target_of(goal: GoalReport) -> Rung | None:
    """Return the goal's role and level with their names; None where the catalogue lost them."""
    match goal.body:
        case GapReport(gap):
            return gap.target
        case NotAbove(target):
            return target
        case AtTop(rung):
            return rung
        case AtFoot(target):
            return target
        case _:
            return None


def goal_name(goal: GoalReport, tr: Translator) -> str:
    """Return the goal's role and level as plain text; their keys where the names are lost."""
    target = target_of(goal)
    if target:
        return rung_name(target, tr)
    return tr("{role}, {level}", role=goal.goal.role, level=goal.goal.level)


def _behind(goal: GoalReport, rung: Rung | None, tr: Translator) -> list[Block]:
    """Show a goal to which there is no way any more, and what the member could aim for instead."""
    above = rung.role.ladder.above(rung.level) if rung else ()
    aims: list[Element] = [
        button(
            numbered(Action.PICK_GOAL, number),
            tr("Set {level} as My Goal", level=tr.of(level.name)),
            encode(ShowGap(rung.role.key, (level.key,))),
            primary=not number,
        )
        for number, level in enumerate(above)
        if rung
    ]
    change = change_button(tr, primary=not aims)
    choose = _choose_anew(goal, [*aims, change], tr)
    return [header(tr("Your goal")), section(behind_text(goal, tr)), choose]


def behind_text(goal: GoalReport, tr: Translator) -> str:
    """Say why no way leads to a goal, such as one at the recorded level, as mrkdwn."""
    target = target_of(goal)
    if target is None:
        name = bold(goal_name(goal, tr), NAME * 2)
        return tr("The catalogue has no way to {rung} any more.", rung=name)
    name = bold(rung_name(target, tr), NAME * 2)
    return tr("{rung} is not above your recorded level any more.", rung=name)
