"""What a new revision moves in a goal, on Home and wherever else it is told."""

from collections.abc import Sequence

from bot.cards import limits
from bot.cards.blocks import Block, actions, context, divider, section
from bot.cards.card import NAME
from bot.cards.elements import Button, button
from bot.cards.ids import Action
from bot.cards.mrkdwn import bold, safe
from bot.domain.growth.goal_drift import Move, MoveKind
from bot.text.translator import Translator

MOVES = 10
MOVED_TEXT = 120


def keep_button(tr: Translator) -> Button:
    """Build the button that keeps a goal in its old words."""
    return button(Action.KEEP_GOAL, tr("Keep It as It Is"), "keep")


def moved_blocks(moved: Sequence[Move], tr: Translator, *, adoptable: bool = True) -> list[Block]:
    """Say exactly what a newer revision changed in the goal, and offer to adopt it.

    Not `adoptable` is a goal whose beginning that revision has no longer.
    """
    if not moved:
        return []
    title = tr.plural(
        "*The catalogue changed {count} thing in your goal*",
        "*The catalogue changed {count} things in your goal*",
        len(moved),
    )
    lines = [title, *(f"• {move_line(each, tr)}" for each in moved[:MOVES])]
    rest = len(moved) - MOVES
    if rest > 0:
        lines.append(tr.plural("and {count} more", "and {count} more", rest))
    text = "\n".join(lines)[: limits.SECTION]
    if not adoptable:
        lost = tr(
            "The catalogue no longer has the level that you set your goal from, so your goal is "
            "measured as when you set it. *Change Goal…* begins from where you are now."
        )
        return [divider(), section(text), context(lost)]
    kept = tr("Until you adopt the new version, your goal is measured as when you set it.")
    adopt = button(Action.ADOPT_GOAL, tr("Adopt New Version"), "adopt")
    return [divider(), section(text), context(kept), actions([adopt, keep_button(tr)])]


def move_line(move: Move, tr: Translator) -> str:
    """Return one change as mrkdwn: "*MLOps*: now required"."""
    name = bold(tr.of(move.skill.name), NAME)
    match move.kind:
        case MoveKind.ADDED:
            said = tr("now asked for")
        case MoveKind.REMOVED:
            said = tr("no longer asked for")
        case MoveKind.NOW_REQUIRED:
            said = tr("required now, was optional")
        case MoveKind.NOW_OPTIONAL:
            said = tr("optional now, was required")
        case MoveKind.REWORDED:
            said = _reworded(move, tr)
        case MoveKind.RAISED:
            said = tr("more depth: {depths}", depths=_depths(move, tr))
        case MoveKind.LOWERED:
            said = tr("less depth: {depths}", depths=_depths(move, tr))
        case MoveKind.OTHER_DEPTH:
            said = tr("another depth: {depths}", depths=_depths(move, tr))
    return tr("{skill}: {change}", skill=name, change=said)


def _reworded(move: Move, tr: Translator) -> str:
    """Say how the expectation reads now, as far as there is room."""
    wording = move.after.wording if move.after else None
    if wording is None:
        return tr("no longer described")
    return tr("described differently: “{text}”", text=safe(tr.of(wording), MOVED_TEXT))


def _depths(move: Move, tr: Translator) -> str:
    pair = (each.proficiency for each in (move.before, move.after) if each)
    return " → ".join(safe(tr.of(each.name), 40) if each else tr("none stated") for each in pair)
