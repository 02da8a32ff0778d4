"""Home for a member without a goal: what the next level asks, and one press to aim for it."""

from collections.abc import Sequence

from bot.cards.blocks import Block, actions, context, header, section
from bot.cards.card import NAME
from bot.cards.elements import Button, button
from bot.cards.growth.home.items import NEXT, assess_button, next_items, ways_on
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.mrkdwn import named
from bot.domain.answers import GapReport
from bot.domain.growth.own_gap import OwnState
from bot.domain.home_page import HomePage
from bot.domain.lookup.requests import ShowGap
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator
from bot.text.words import rung_name


def start_blocks(page: HomePage, rung: Rung, tr: Translator) -> list[Block]:
    """Show the first things on the way to the next level, and offer that as a goal.

    At the top of the ladder a goal may be any other role's level.
    """
    if not page.steps:
        text = tr("You are at the top of your ladder. A goal may also be a level of another role.")
        choose = button(Action.CHANGE_GOAL, tr("Choose a Goal"), encode(ShowGap()), primary=True)
        return [header(tr("Choose your goal")), section(text), actions([choose])]
    step, *others = page.steps
    own, request = step.own, _request(step)
    if own is None:
        return []
    buttons = [
        _aim(step, 0, tr, primary=bool(own.standings)),
        *ways_on(step, request, tr),
        assess_button(request, tr),
    ]
    blocks: list[Block] = [
        header(_title(step, tr)),
        context(_which(step, own, rung, tr)),
        *next_items(step, tr),
        actions(buttons),
        context(_consequence(step, tr)),
    ]
    return [*blocks, *_tracks(others, tr)]


def _request(step: GapReport) -> ShowGap:
    target = step.gap.target
    return ShowGap(target.role.key, (target.level.key,))


def _aim(step: GapReport, number: int, tr: Translator, *, primary: bool = False) -> Button:
    label = tr("Set {level} as My Goal", level=tr.of(step.gap.target.level.name))
    action = numbered(Action.PICK_GOAL, number)
    return button(action, label, encode(_request(step)), primary=primary)


def _title(step: GapReport, tr: Translator) -> str:
    level = tr.of(step.gap.target.level.name)
    match len(step.listed()[:NEXT]):
        case 0:
            return tr("Nothing is open on the way to {level}", level=level)
        case 1:
            return tr("One thing between you and {level}", level=level)
        case 2:
            return tr("Two things between you and {level}", level=level)
        case _:
            return tr("Three things between you and {level}", level=level)


def _which(step: GapReport, own: OwnState, rung: Rung, tr: Translator) -> str:
    """Say whose way it is, and why these are shown of all there are."""
    name = named(rung_name(rung, tr), NAME * 2)
    still = len(step.gap.gaps)
    if not still:
        told = tr("Everything it asks is met, put aside or to confirm.")
        return tr("{rung} · {text}", rung=name, text=told)
    if own.standings.marked:
        told = tr.plural(
            "required first, then the larger step, of {count} open",
            "required first, then the larger step, of {count} open",
            still,
        )
    else:
        told = tr.plural(
            "nothing of it marked yet: required first, then the larger step, of {count} "
            "expectation",
            "nothing of it marked yet: required first, then the larger step, of {count} "
            "expectations",
            still,
        )
    return tr("{rung} · {text}", rung=name, text=told)


def _consequence(step: GapReport, tr: Translator) -> str:
    """Say in one line what a goal brings, and how to end it."""
    return tr(
        "A goal keeps what {level} asks today, and sends one question at a time as a direct "
        "message: on Tuesdays at 10:00, unless you set it otherwise. `/growth stop` ends that at "
        "once.",
        level=named(tr.of(step.gap.target.level.name), NAME),
    )


def _tracks(others: Sequence[GapReport], tr: Translator) -> list[Block]:
    """Offer the other levels that come next where the ladder forks."""
    blocks: list[Block] = []
    for number, step in enumerate(others, 1):
        level = named(tr.of(step.gap.target.level.name), NAME)
        buttons = [
            _aim(step, number, tr),
            *ways_on(step, _request(step), tr, first=2 * number)[-1:],
        ]
        blocks += [section(tr("Your ladder also leads to {level}.", level=level)), actions(buttons)]
    return blocks
