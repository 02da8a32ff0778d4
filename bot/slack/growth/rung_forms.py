"""The forms for a role and a level: what they offer, and what comes back."""

from dataclasses import replace
from datetime import date

from bot.cards.growth.rung_form import DAY_BLOCK, NO_DAY_BLOCK, RungForm
from bot.cards.ids import Action
from bot.domain.errors import OutdatedCard
from bot.domain.framework import Level, Role
from bot.domain.lookup.gone import gone
from bot.domain.lookup.requests import ShowGap, ShowRole
from bot.domain.lookup.rung import rung_of
from bot.slack.context import Here
from bot.slack.press import Surface, requested


def role_form(here: Here, origin: str, chosen: Role | None = None) -> RungForm:
    """Return the form for the member's own role; `chosen` is one that was just chosen in it."""
    own = rung_of(here.shelf.catalogue, here.viewer)
    role = chosen or (own.role if own else None)
    level = own.level if own and role == own.role else None
    levels = role.ladder.levels if role else ()
    return RungForm(here.shelf.catalogue.content.roles, role, levels, level, origin)


async def goal_form(
    here: Here, origin: str, preset: ShowGap, chosen: Role | None = None
) -> RungForm:
    """Return the form for a goal; `preset` is what it suggests, `chosen` as in `role_form`.

    The day of the member's goal stays where another goal is chosen: it may well be kept.
    """
    goal = (await here.held()).growth.active_goal
    return replace(_goal_form(here, origin, preset, chosen), by=goal.by if goal else None)


def _goal_form(here: Here, origin: str, preset: ShowGap, chosen: Role | None) -> RungForm:
    catalogue = here.shelf.catalogue
    own = rung_of(catalogue, here.viewer)
    suggested = catalogue.role(preset.role) if preset.role else None
    role = chosen or suggested or (own.role if own else None)
    if role is None:
        return RungForm(catalogue.content.roles, origin=origin)
    mine = own.level if own and own.role == role else None
    levels = targets_of(role, mine)
    wanted = role.ladder.level(preset.levels[0]) if preset.levels and role == suggested else None
    above = role.ladder.above(mine) if mine else ()
    level = next((each for each in (wanted, *above) if each in levels), None)
    return RungForm(catalogue.content.roles, role, levels, level, origin)


def targets_of(role: Role, own: Level | None) -> tuple[Level, ...]:
    """Return the levels that can be a goal: above one's own, or above the foot of the ladder."""
    foot = own or role.ladder.levels[0]
    return tuple(each for each in role.ladder.levels if each.rank > foot.rank)


def role_named(here: Here, request: ShowRole) -> Role:
    """Return the role that a request names.

    Raises:
        LeftCatalogue: it names none that the catalogue has.
    """
    role = here.shelf.catalogue.role(request.role)
    if role is None:
        raise gone("role", request.role)
    return role


def chosen_in(here: Here, form: Surface) -> tuple[Role, str]:
    """Return the role that a form was sent with, and the key of the level; empty without one.

    Raises:
        LeftCatalogue: the role is none that the catalogue has.
    """
    role = role_named(here, requested(ShowRole, form.of(Action.RUNG_ROLE).choice))
    return role, form.of(Action.RUNG_LEVEL).choice


def day_chosen_in(form: Surface) -> date | None:
    """Return the day of a form for a goal; None where it is to have none.

    Raises:
        OutdatedCard: it is no day.
    """
    day = form.at(DAY_BLOCK).text
    if not day or form.at(NO_DAY_BLOCK).choice:
        return None
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise OutdatedCard from None
