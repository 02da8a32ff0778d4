"""The form of a dated action, and the list of all of them, as the member sees them."""

from datetime import timedelta

from bot.cards.blocks import View
from bot.cards.growth.action_view import ActionDraft, action_view
from bot.cards.links import encode
from bot.cards.lookup.details.actions import actions_view
from bot.domain.growth.holdings import Growth
from bot.domain.growth.planned.action import DatedAction, NamedAction
from bot.domain.growth.requests import HandleAction, PlanAction
from bot.domain.named_in import named_actions
from bot.slack.context import Here
from bot.slack.press import Asked, Press
from bot.slack.reply.forms import open_modal
from bot.slack.reply.opened_from import opened_from

_USUAL = timedelta(days=7)


async def open_plan(press: Press[PlanAction], here: Here) -> None:
    """Open the empty form, for the expectation that the control names.

    Raises:
        LeftCatalogue: the catalogue has it no longer.
    """
    cell = press.request.cell
    asked = await here.services.assessing.shown(
        here.member, here.shelf, cell, on_goal=press.request.back is None
    )
    day = here.services.actions.today(here.member) + _USUAL
    metadata = opened_from(encode(press.request), press)
    draft = ActionDraft(asked.skill, day)
    await open_modal(here, press, action_view(draft, here.tr, metadata=metadata))


async def open_move(press: Asked, action: DatedAction, here: Here) -> None:
    """Open the form with an action as it is; the day suggested is a later one."""
    today = here.services.actions.today(here.member)
    draft = ActionDraft(
        (await named(here, action)).skill, max(action.due, today) + _USUAL, action.text, moved=True
    )
    metadata = opened_from(encode(HandleAction(action.id)), press)
    await open_modal(here, press, action_view(draft, here.tr, metadata=metadata))


async def actions_modal(here: Here, page: int) -> View:
    """Build a page of all open actions; beyond the last page, the last."""
    growth = (await here.held()).growth
    former = await here.services.former_names.skills(growth, here.shelf)
    found = named_actions(growth.actions, here.shelf.catalogue, former)
    return actions_view(found, page, here.services.actions.today(here.member), here.tr)


async def named(here: Here, action: DatedAction) -> NamedAction:
    """Return an action with its skill, as the newest revision names it."""
    former = await here.services.former_names.skills(Growth(actions=(action,)), here.shelf)
    return named_actions((action,), here.shelf.catalogue, former)[0]
