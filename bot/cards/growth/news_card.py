"""What a member reads when a published revision changed their goal: in words, with a choice."""

from bot.cards import limits
from bot.cards.blocks import Block, actions, context, header, section
from bot.cards.card import NAME, Card, Room, fit
from bot.cards.elements import Element, button
from bot.cards.growth.home.goal import (
    change_button,
    follow_buttons,
    follow_text,
    goal_name,
    lost_text,
    near_buttons,
)
from bot.cards.growth.home.moved import keep_button, move_line
from bot.cards.ids import Action
from bot.cards.links import encode
from bot.cards.mrkdwn import bold, safe
from bot.domain.answers import GoalReport
from bot.domain.growth.goal_drift import Move, MoveKind
from bot.domain.growth.own_gap import goal_request
from bot.text.translator import Translator

MOVES = 8


def news_card(goal: GoalReport, tr: Translator) -> Card:
    """Build the message."""
    return fit(lambda room: _card(goal, room, tr))


def _card(goal: GoalReport, room: Room, tr: Translator) -> Card:
    title = tr("Your company's framework changed your goal")
    buttons: list[Element]
    if goal.lost and goal.follows:
        told = [section(follow_text(goal, goal.follows, tr))]
        buttons = [*follow_buttons(goal.follows, tr)]
    elif goal.lost:
        told = [section(lost_text(goal, tr))]
        buttons = [*near_buttons(goal, tr), keep_button(tr)]
    else:
        told = [section(text) for text in _moved(goal, room, tr)]
        adopt = button(Action.ADOPT_GOAL, tr("Adopt New Version"), "adopt", primary=True)
        buttons = [*([adopt] if goal.adoptable else []), keep_button(tr)]
    buttons += [
        change_button(tr, primary=False),
        button(Action.ASK_TO_DROP_GOAL, tr("Drop Goal…"), "drop"),
    ]
    # The row's id says that the message is the member's own: a press redraws it.
    row = actions(buttons, encode(goal_request(goal.goal)))
    blocks: list[Block] = [header(title), *told, row]
    if not goal.lost:
        kept = tr("Until you adopt the new version, your goal is measured as when you set it.")
        blocks.append(context(kept))
    return Card(f"{title}: {goal_name(goal, tr)}", blocks)


def _moved(goal: GoalReport, room: Room, tr: Translator) -> list[str]:
    lines = [bold(goal_name(goal, tr), NAME * 2)]
    lines += [_move(each, room, tr) for each in goal.moved[:MOVES]]
    rest = len(goal.moved) - MOVES
    if rest > 0:
        lines.append(tr.plural("and {count} more", "and {count} more", rest))
    return [each[: limits.SECTION] for each in lines]


def _move(move: Move, room: Room, tr: Translator) -> str:
    """Return one change; a text before and after, for it is the words that somebody works by."""
    before = move.before.wording if move.before else None
    after = move.after.wording if move.after else None
    if move.kind is not MoveKind.REWORDED or before is None or after is None:
        return f"• {move_line(move, tr)}"
    return "\n".join(
        [
            f"• {bold(tr.of(move.skill.name), NAME)}",
            "> " + tr("Before: {text}", text=safe(tr.of(before), room.text)),
            "> " + tr("Now: {text}", text=safe(tr.of(after), room.text)),
        ]
    )
