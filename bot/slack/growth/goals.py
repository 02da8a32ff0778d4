"""Goals: set, changed, dropped, and brought to a newer revision of the catalogue."""

from bot.cards.blocks import section
from bot.cards.growth.home.goal import drop_view
from bot.cards.growth.rung_form import DAY_BLOCK, goal_view, level_block
from bot.cards.ids import Action, Callback
from bot.cards.standing_lines import with_lead
from bot.domain.errors import NoGoalThere, UnusableDay
from bot.domain.growth.goal import Goal
from bot.domain.growth.own_gap import goal_request
from bot.domain.lookup.requests import ShowGap
from bot.slack.context import Here
from bot.slack.growth.hub import goal_note, set_goal, show_change, show_saved, unshared_note
from bot.slack.growth.rung_forms import chosen_in, day_chosen_in, goal_form
from bot.slack.press import Form, Press, Turned, as_it_is
from bot.slack.reply.answering import card_for, told_at
from bot.slack.reply.forms import form_origin, open_modal
from bot.slack.reply.home import refresh_home
from bot.slack.reply.replies import redraw
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register what the controls of a goal do."""
    on.press(Action.SET_GOAL, ShowGap, set_from_gap)
    on.presses(Action.PICK_GOAL, ShowGap, pick)
    on.press(Action.CHANGE_GOAL, ShowGap, open_form)
    on.press(Action.ASK_TO_DROP_GOAL, as_it_is, ask_to_drop)
    on.form(Callback.DROP_GOAL, as_it_is, drop_asked)
    on.press(Action.ADOPT_GOAL, as_it_is, adopt)
    on.press(Action.KEEP_GOAL, as_it_is, keep)
    on.press(Action.RECOUNT_SEEN, as_it_is, recount_seen)
    on.form(Callback.GOAL, as_it_is, save)


async def set_from_gap(press: Press[ShowGap], here: Here) -> None:
    """Make the target of a gap card the goal, and redraw the card as that of a goal."""
    told = await set_goal(here, press.request)
    refresh_home(here)
    if press.is_message or press.view:
        card = await card_for(here, press.request)
        await redraw(here, press, with_lead(card, [section(told)] if told else []))


async def pick(press: Press[ShowGap], here: Here) -> None:
    """Make what a button names the goal."""
    told = await set_goal(here, press.request)
    await show_change(here, press, await goal_note(here, told))


async def open_form(press: Press[ShowGap], here: Here) -> None:
    """Open the form for a goal, with what the button suggests."""
    form = await goal_form(here, form_origin(press), press.request)
    await open_modal(here, press, goal_view(form, here.tr))


async def save(form: Form[str], here: Here) -> FormAnswer:
    """Make what a form names the goal; where there is no way to it, say so beside the level."""
    origin = form.view.metadata
    role, level = chosen_in(here, form.view)
    if not level:
        return Turned(goal_view(await goal_form(here, origin, ShowGap(), role), here.tr))
    try:
        request = await _goal_at(here, role.key, level)
        told = await set_goal(here, request, by=day_chosen_in(form.view))
    except NoGoalThere as error:
        return told_at(level_block(role), error, here.tr)
    except UnusableDay as error:
        return told_at(DAY_BLOCK, error, here.tr)
    show_saved(here, origin, await goal_note(here, told))
    return None


async def _goal_at(here: Here, role: str, level: str) -> ShowGap:
    """Return the way to a level: the member's own, from where they set out, if it is their goal."""
    goal = (await here.held()).growth.active_goal
    if goal is not None and (goal.role, goal.level) == (role, level) and _begins(here, goal):
        return goal_request(goal)
    return ShowGap(role, (level,))


def _begins(here: Here, goal: Goal) -> bool:
    """Tell whether the catalogue has the level that a goal was set from."""
    if goal.origin_role is None:
        return True
    begins = here.shelf.catalogue.role(goal.origin_role)
    return begins is not None and begins.ladder.level(goal.origin_level or "") is not None


async def ask_to_drop(press: Press[str], here: Here) -> None:
    """Ask once more, where a menu cannot."""
    await open_modal(here, press, drop_view(here.tr))


async def drop_asked(_form: Form[str], here: Here) -> FormAnswer:
    """Drop the goal of Home, once that was confirmed."""
    await here.services.goals.drop(here.member)
    refresh_home(here)
    return None


async def adopt(press: Press[str], here: Here) -> None:
    """Measure the goal on the newest revision from now on."""
    ended = await here.services.goals.adopt(here.member, here.shelf)
    told = await unshared_note(here, ended)
    await show_change(here, press, await goal_note(here, told))


async def keep(press: Press[str], here: Here) -> None:
    """Keep the goal in its old words."""
    await here.services.goals.keep(here.member, here.shelf)
    await show_change(here, press, await goal_note(here))


async def recount_seen(_press: Press[str], here: Here) -> None:
    """Note that the member has read why the figures of their goal changed."""
    await here.services.goals.told_of_recount(here.member)
    refresh_home(here)
