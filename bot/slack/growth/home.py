"""The App Home, and a member's own role and level wherever it is said."""

from collections.abc import Sequence

from bot.cards.elements import Option
from bot.cards.growth.rung_form import goal_view, role_view
from bot.cards.ids import Action, Callback
from bot.cards.links import encode
from bot.cards.lookup.finding.suggestions import suggestion_options
from bot.cards.lookup.gap_view import gap_view
from bot.cards.lookup.role_choice_card import role_choice_card
from bot.domain.lookup.profiles import RoleOverview
from bot.domain.lookup.requests import ShowGap, ShowRole
from bot.services.lookup.role_choice import chosen_role
from bot.services.lookup.typeahead import suggest_roles
from bot.slack.context import Here
from bot.slack.growth.hub import recorded, role_note, show_change, show_saved
from bot.slack.growth.rung_forms import chosen_in, goal_form, role_form, role_named
from bot.slack.press import Form, Press, Suggestion, Told, Turned, as_it_is
from bot.slack.reply.answering import card_for
from bot.slack.reply.forms import form_origin, open_modal, turn
from bot.slack.reply.home import publish_home, refresh_home
from bot.slack.reply.replies import redraw
from bot.slack.routes import FormAnswer, Routes


def register(on: Routes) -> None:
    """Register what Home and its role controls do."""
    on.event("app_home_opened", opened)
    on.press(Action.CHOOSE_ROLE, ShowRole, choose_role)
    on.presses(Action.PICK_ROLE, ShowRole, pick_role)
    on.presses(Action.SEE_ALL, ShowGap, see_all)
    on.press(Action.CHANGE_ROLE, as_it_is, open_role_form)
    on.press(Action.RUNG_ROLE, ShowRole, turn_form)
    on.form(Callback.ROLE, as_it_is, save_role)
    on.suggestion(Action.CHOOSE_ROLE, suggest)
    on.suggestion(Action.RUNG_ROLE, suggest)


async def opened(told: Told, here: Here) -> None:
    """Publish the Home that was opened."""
    if told.tab == "home":
        refresh_home(here)


async def choose_role(press: Press[ShowRole], here: Here) -> None:
    """Ask for the level of the chosen role, where the role was chosen."""
    role = role_named(here, press.request)
    if press.is_message:
        answer = chosen_role(here.shelf.catalogue, ShowRole(role.key), here.viewer)
        await redraw(here, press, role_choice_card(answer, here.tr))
    else:
        here.later(publish_home(here, choosing=role.key))


async def pick_role(press: Press[ShowRole], here: Here) -> None:
    """Record the role and level that a button names; without a level, ask for it."""
    answer = chosen_role(here.shelf.catalogue, press.request, here.viewer)
    if not isinstance(answer.body, RoleOverview) or answer.body.level is None:
        await redraw(here, press, role_choice_card(answer, here.tr))
        return
    here = await recorded(here, answer.body.role.key, answer.body.level.key)
    await show_change(here, press, role_note(here))


async def see_all(press: Press[ShowGap], here: Here) -> None:
    """Open the whole gap over Home, where there is no message to put it in."""
    card = await card_for(here, press.request)
    await open_modal(here, press, gap_view(card, here.tr, encode(press.request)))


async def open_role_form(press: Press[str], here: Here) -> None:
    """Open the form for role and level."""
    await open_modal(here, press, role_view(role_form(here, form_origin(press)), here.tr))


async def turn_form(press: Press[ShowRole], here: Here) -> None:
    """Offer the levels of the role that was chosen in a form."""
    view, role = press.surface, role_named(here, press.request)
    if view.callback_id == Callback.GOAL:
        turned = goal_view(await goal_form(here, view.metadata, ShowGap(), role), here.tr)
    else:
        turned = role_view(role_form(here, view.metadata, role), here.tr)
    await turn(here, view, turned)


async def save_role(form: Form[str], here: Here) -> FormAnswer:
    """Record the role and level of a form."""
    origin = form.view.metadata
    role, level = chosen_in(here, form.view)
    if not level:
        return Turned(role_view(role_form(here, origin, role), here.tr))
    here = await recorded(here, role.key, level)
    show_saved(here, origin, role_note(here))
    return None


async def suggest(suggestion: Suggestion, here: Here) -> Sequence[Option]:
    """Suggest roles for what was typed so far."""
    return suggestion_options(suggest_roles(here.shelf, suggestion.typed), here.tr)
