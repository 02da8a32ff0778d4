"""The hub in Slack: shown, redrawn in place after a change, and opened as forms."""

from collections.abc import Awaitable, Sequence
from datetime import date

from bot.cards.card import NAME, Card
from bot.cards.growth.home.goal import target_of
from bot.cards.growth.hub_card import EXAMPLES, hub_card
from bot.cards.mrkdwn import bold
from bot.cards.nudges.cadence_words import opt_in_text
from bot.cards.unshared_lines import unshared_text
from bot.domain.answers import Answer
from bot.domain.growth.goal import GoalState, Unshared
from bot.domain.lookup.requests import ShowGap
from bot.domain.lookup.rung import rung_of
from bot.services.growth.goals import Kept
from bot.slack.context import Here
from bot.slack.press import Asked
from bot.slack.reply.forms import FROM_MESSAGE, FROM_VIEW, with_member
from bot.slack.reply.home import refresh_home
from bot.slack.reply.replies import redraw, reply_later
from bot.slack.reply.return_path import return_url
from bot.text.words import rung_name


async def hub_of(
    here: Here,
    *,
    note: str = "",
    explained: Answer | None = None,
    examples: Sequence[str] = EXAMPLES,
) -> Card:
    """Build the member's hub as everything stands now; see `hub_card`."""
    page = await here.services.home_pages.of(here.member, here.shelf)
    return hub_card(page, here.tr, note=note, explained=explained, examples=examples)


async def recorded(here: Here, role: str, level: str) -> Here:
    """Record role and level, and return what holds from now on."""
    member = await here.services.members.choose_role(here.member, here.shelf, role, level)
    return await with_member(here, member)


def role_note(here: Here) -> str:
    """Say which role and level are recorded now."""
    rung = rung_of(here.shelf.catalogue, here.viewer)
    name = bold(rung_name(rung, here.tr), NAME * 2) if rung else ""
    return here.tr("Recorded: you are {rung}.", rung=name)


async def goal_note(here: Here, told: str = "") -> str:
    """Say which goal there is now, and below it what `set_goal` told."""
    return "\n".join(each for each in (await _goal_set(here), told) if each)


async def _goal_set(here: Here) -> str:
    report = await here.services.measuring.report(here.member, here.shelf)
    target = target_of(report) if report else None
    if report is None or target is None:
        return ""
    name = bold(rung_name(target, here.tr), NAME * 2)
    if report.goal.state is GoalState.REACHED:
        return here.tr("Nothing required of {rung} is open.", rung=name)
    if report.goal.by:
        by = here.tr.date(report.goal.by)
        return here.tr("Your goal is {rung}, by {date}.", rung=name, date=by)
    return here.tr("Your goal is {rung}.", rung=name)


async def set_goal(here: Here, request: ShowGap, *, by: date | Kept | None = Kept.DAY) -> str:
    """Set a goal; return what has to be said of what that began and ended, as mrkdwn.

    Nudges begin with the first goal; what was shared of the one before ends with it.

    Raises:
        LeftCatalogue, NoGoalThere, UnusableDay, StoreUnavailable: see `Goals.set`; nothing was set.
    """
    first = (await here.held()).growth.goal is None
    ended = await here.services.goals.set(here.member, here.shelf, request, by=by)
    if not first:
        return await unshared_note(here, ended)
    member, settings = here.member, here.services.nudge_settings
    # Once in a member's life: a guest, to whom nothing is sent, is promised nothing.
    accounts = here.services.help_offers.accounts
    is_guest = await accounts.is_member(member.tenant, member.slack_id) is False
    return opt_in_text(await (settings.asked if is_guest else settings.of)(member), here.tr)


async def unshared_note(here: Here, ended: Unshared) -> str:
    """Say who sees the member's goal no more, as mrkdwn; empty where nothing ended."""
    has_goal = (await here.held()).growth.active_goal is not None
    return unshared_text(ended, here.tr, has_goal=has_goal)


async def show_change(here: Here, press: Asked, note: str) -> None:
    """Show what a press changed: on Home, and in the message where it was made."""
    refresh_home(here)
    if press.is_message:
        await redraw(here, press, await hub_of(here, note=note))


def show_saved(here: Here, origin: str, note: str) -> None:
    """Show what a form changed, beside the answer: on Home, and where it was opened."""
    refresh_home(here)

    def draw() -> Awaitable[Card]:
        return hub_of(here, note=note)

    reply_later(
        here,
        return_url(here, origin),
        draw,
        # Home shows by itself what was saved from there.
        otherwise=None if origin.startswith(FROM_VIEW) else draw,
        response_type="ephemeral",
        replace_original=origin.startswith(FROM_MESSAGE),
    )
