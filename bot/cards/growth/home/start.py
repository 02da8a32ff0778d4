"""Home for a member without a goal: the level above, and one press to aim for it."""

from bot.cards.blocks import Block, actions, button, header, section
from bot.cards.card import NAME
from bot.cards.growth.home.goal import assess_button
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import bold, safe
from bot.cards.standing_lines import progress_text
from bot.domain.answers import GapReport
from bot.domain.home_page import HomePage
from bot.domain.lookup.requests import ShowGap
from bot.text.translator import Translator

FOCUS = 300


def start_blocks(page: HomePage, tr: Translator) -> list[Block]:
    """Offer the levels above the recorded one as goals; at the top, any other role."""
    blocks: list[Block] = [header(tr("Choose your goal"))]
    if not page.steps:
        text = tr("You are at the top of your ladder. A goal may also be a level of another role.")
        choose = button(Action.CHANGE_GOAL, tr("Choose a Goal"), encode(ShowGap()), primary=True)
        return [*blocks, section(text), actions([choose])]
    blocks += [section(_step(step, tr)) for step in page.steps]
    alone = len(page.steps) == 1
    buttons = [
        button(
            numbered(Action.PICK_GOAL, number),
            tr("Set {level} as Goal", level=tr.of(step.gap.target.level.name)),
            encode(_request(step)),
            primary=alone,
        )
        for number, step in enumerate(page.steps)
    ]
    if alone:
        buttons.append(assess_button(_request(page.steps[0]), tr))
    buttons.append(button(Action.CHANGE_GOAL, tr("Another Goal"), encode(ShowGap())))
    return [*blocks, actions(buttons)]


def _request(step: GapReport) -> ShowGap:
    target = step.gap.target
    return ShowGap(target.role.key, (target.level.key,))


def _step(step: GapReport, tr: Translator) -> str:
    level = bold(tr.of(step.gap.target.level.name), NAME)
    lines = [tr("The next level is {level}.", level=level)]
    if step.own:
        lines.append(progress_text(step.own.progress, tr))
    focus = step.gap.target.role.focus.get(step.gap.target.level.key)
    if focus:
        lines.insert(1, safe(tr.of(focus), FOCUS))
    return "\n".join(lines)
