"""The end of a walk-through: where one stands, what has changed, and what comes next."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cards.blocks import Block, actions, header, section
from bot.cards.card import NAME, listed
from bot.cards.elements import Button, button
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import bold, named, safe
from bot.cards.progress_lines import progress_text
from bot.cards.standing_lines import STATUSES
from bot.domain.growth.progress import Progress
from bot.domain.growth.requests import Assess
from bot.domain.growth.walkthrough import Walk
from bot.domain.lookup.gap import Gap
from bot.text.translator import Translator
from bot.text.words import rung_name, status_name

NAMED = 3
_CHANGED = 5


def result_blocks(walk: Walk, request: Assess, tr: Translator) -> list[Block]:
    """Build the result; `request` is what the walk was made for."""
    rung = bold(rung_name(walk.target, tr), 2 * NAME)
    return [
        header(tr("Where you stand")),
        section(f"{rung}\n{progress_text(walk.progress, tr)}"),
        section("\n".join(_changes(walk, tr))),
        section("\n".join(_next(walk, tr))),
        actions(_ways(walk, request, tr)),
    ]


def _changes(walk: Walk, tr: Translator) -> list[str]:
    """Say what was answered in this walk, and what that made of the figure."""
    lines = []
    for status in STATUSES:
        answered = walk.answered_with(status)
        if answered:
            lines.append(
                f"• {safe(status_name(status, tr), NAME)}: {_named(answered, tr, _CHANGED)}"
            )
    if not lines:
        return [tr("You changed nothing this time.")]
    return [tr("*What has changed*"), *lines, *_moved(walk.before, walk.progress, tr)]


def _moved(before: Progress | None, now: Progress, tr: Translator) -> list[str]:
    if before is None or before.required_met == now.required_met:
        return []
    counts = {"before": tr.number(before.required_met), "now": tr.number(now.required_met)}
    return [tr("Required and met: {before} before, {now} now.", **counts)]


def _next(walk: Walk, tr: Translator) -> list[str]:
    still, likely = walk.still_open(), walk.still_likely()
    lines = [tr("*What is next*")]
    if still:
        lines.append(tr("To work on next: {names}", names=_named(still, tr, NAMED)))
    if likely:
        waiting = _named(likely, tr, NAMED)
        lines.append(tr("Likely, for you to confirm: {names}", names=waiting))
    if not still and not likely:
        lines.append(tr("Nothing is open. Talk to your manager about the next step."))
    return lines


def _named(gaps: Sequence[Gap], tr: Translator, most: int) -> str:
    """Name the first of some skills, and count the rest."""
    names = [named(tr.of(each.target.skill.name), NAME // 2) for each in gaps[:most]]
    rest = len(gaps) - most
    if rest > 0:
        names.append(tr.plural("and {count} other skill", "and {count} other skills", rest))
    return listed(names, tr)


def _ways(walk: Walk, request: Assess, tr: Translator) -> list[Button]:
    """Build the ways on: to what was left out, to the gap, and to a goal."""
    left, target = walk.never_assessed(), encode(request.target)
    ways = []
    if left:
        label = tr.plural("Assess {count} More", "Assess {count} More", left)
        rest = encode(replace(request, skill=None))
        ways.append(button(numbered(Action.ASSESS_TO, 0), label, rest, primary=True))
    ways.append(button(Action.ASSESS_GAP, tr("See the Gap"), target))
    if not walk.is_goal and not walk.progress.complete:
        label = tr("Set as Goal")
        ways.append(button(Action.ASSESS_GOAL, label, target, primary=not left))
    return ways
