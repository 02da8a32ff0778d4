"""The hub: a member's role, goal and progress as a message, with the way to everything else."""

from collections.abc import Sequence

from bot.cards.blocks import Block, actions, header, section
from bot.cards.card import NAME, Card, explanation, listed, show_button, try_next
from bot.cards.elements import Button, button
from bot.cards.growth.home.goal import (
    behind_text,
    change_button,
    follow_buttons,
    follow_text,
    goal_name,
    lost_text,
    near_buttons,
    onward_buttons,
    recount_text,
)
from bot.cards.growth.home.items import assess_button
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import bold, named, safe
from bot.cards.progress_lines import progress_text
from bot.cards.role_select import role_search
from bot.domain.answers import Answer, GapReport, GoalReport
from bot.domain.growth.goal import GoalState
from bot.domain.growth.own_gap import goal_request
from bot.domain.home_page import HomePage
from bot.domain.lookup.requests import ShowGap
from bot.text.translator import Translator
from bot.text.words import progress_words, rung_name

NEXT = 3
EXAMPLES = ("/growth status", "/growth help")


def hub_card(
    page: HomePage,
    tr: Translator,
    *,
    note: str = "",
    explained: Answer | None = None,
    examples: Sequence[str] = EXAMPLES,
) -> Card:
    """Build the hub.

    `note` is safe mrkdwn on what was just done; `explained` how it was read; `examples` what to
    type next.
    """
    blocks: list[Block] = [*explanation(explained, tr)] if explained else []
    blocks.append(header(tr("Your growth")))
    if note:
        blocks.append(section(note))
    blocks += _you(page, tr)
    if page.goal:
        blocks.append(section(_goal(page.goal, tr)))
    elif page.steps and page.steps[0].own:
        blocks.append(section(_step(page.steps[0], tr)))
    blocks += [actions(_buttons(page, tr)), try_next(examples, tr)]
    return Card(text=_fallback(page, note, tr), blocks=blocks)


def _you(page: HomePage, tr: Translator) -> list[Block]:
    if page.rung:
        you = tr("You: *{rung}*", rung=named(rung_name(page.rung, tr), NAME * 2))
        return [section(you)]
    ask = tr("Which role is yours? Choose it, and then its level.")
    return [section(ask), actions([role_search(tr)])]


def _goal(goal: GoalReport, tr: Translator) -> str:
    """Say what the goal is, how far it is, and what comes next."""
    shown = bold(goal_name(goal, tr), NAME * 2)
    reached = goal.goal.state is GoalState.REACHED
    lines = [tr("Goal reached: {rung}", rung=shown) if reached else tr("Goal: {rung}", rung=shown)]
    if goal.goal.by and not reached:
        by = tr.date(goal.goal.by)
        lines = [tr("Goal: {rung}, by {date}", rung=shown, date=by)]
    report = goal.report
    if goal.lost and not reached and goal.follows:
        return "\n".join([*lines, follow_text(goal, goal.follows, tr)])
    if goal.lost and not reached:
        return "\n".join([*lines, lost_text(goal, tr)])
    if report is None or report.own is None:
        return "\n".join([*lines, *([] if reached else [behind_text(goal, tr)])])
    lines.append(progress_text(report.own.progress, tr))
    recount = recount_text(goal.goal, tr)
    if recount and not reached:
        lines.append(recount)
    names = [safe(tr.of(each.target.skill.name), NAME) for each in report.gap.gaps[:NEXT]]
    if names and not reached:
        lines.append(tr("Next: {names}", names=listed(names, tr)))
    if goal.moved:
        moved = tr.plural(
            "The catalogue changed {count} thing in your goal: your Home says what.",
            "The catalogue changed {count} things in your goal: your Home says what.",
            len(goal.moved),
        )
        lines.append(moved)
    return "\n".join(lines)


def _step(step: GapReport, tr: Translator) -> str:
    level = bold(tr.of(step.gap.target.level.name), NAME)
    lines = [tr("The next level is {level}.", level=level)]
    if step.own:
        lines.append(progress_text(step.own.progress, tr))
    return "\n".join(lines)


def _buttons(page: HomePage, tr: Translator) -> list[Button]:
    buttons = _goal_buttons(page, tr)
    if page.rung:
        buttons.append(button(Action.CHANGE_ROLE, tr("Change Role"), "role"))
    buttons.append(button(Action.SETTINGS, tr("Settings"), "settings"))
    return buttons


def _goal_buttons(page: HomePage, tr: Translator) -> list[Button]:
    """Offer what leads on: to the goal, from one that is reached, or to a first one."""
    buttons: list[Button] = []
    goal, preset = page.goal, ShowGap()
    if goal and goal.goal.state is GoalState.REACHED:
        seen = goal.report and not goal.lost
        see = [show_button(tr("See the Gap"), goal_request(goal.goal), 0)] if seen else []
        return [*onward_buttons(goal, page.rung, tr, primary=True), *see]
    if goal and goal.lost and goal.follows:
        return [*follow_buttons(goal.follows, tr), change_button(tr, primary=False)]
    if goal and goal.lost:
        return [*near_buttons(goal, tr), change_button(tr)]
    if goal and goal.report:
        request = goal_request(goal.goal)
        preset = ShowGap(request.role, request.levels)
        buttons += [
            show_button(tr("See the Gap"), request, 0, primary=True),
            assess_button(request, tr),
        ]
    elif page.steps:
        target = page.steps[0].gap.target
        request = ShowGap(target.role.key, (target.level.key,))
        label = tr("Set {level} as Goal", level=tr.of(target.level.name))
        buttons += [
            button(numbered(Action.PICK_GOAL, 0), label, encode(request), primary=True),
            show_button(tr("See the Gap"), request, 0),
        ]
    change = tr("Change Goal") if goal else tr("Choose a Goal")
    return [*buttons, button(Action.CHANGE_GOAL, change, encode(preset))]


def _fallback(page: HomePage, note: str, tr: Translator) -> str:
    parts = [note.replace("*", "")] if note else []
    if page.rung:
        parts.append(rung_name(page.rung, tr))
    if page.goal and page.goal.report and page.goal.report.own:
        parts.append(progress_words(page.goal.report.own.progress, tr))
    return safe(" · ".join(parts) or tr("Your growth"), 600)
