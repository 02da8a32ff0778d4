"""Controls that choose a role, and then a level of it."""

from bot.cards import limits
from bot.cards.elements import (
    Button,
    ExternalSelect,
    Option,
    StaticSelect,
    button,
    option,
    select,
    typeahead,
)
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.domain.framework import Role
from bot.domain.lookup.requests import ShowRole
from bot.text.translator import Translator


def role_option(role: Role, tr: Translator) -> Option:
    """Return the option of a role; its value is the encoded request for it."""
    return option(tr.of(role.name), encode(ShowRole(role.key)))


def role_finder(
    roles: tuple[Role, ...],
    chosen: Role | None,
    tr: Translator,
    *,
    action: Action = Action.CHOOSE_ROLE,
) -> StaticSelect | ExternalSelect:
    """Build a menu of all roles for a view; where no menu can hold them, one to type into."""
    options = [role_option(each, tr) for each in roles]
    fits = all(len(each["value"]) <= limits.OPTION_VALUE for each in options)
    placeholder = tr("Choose a role")
    if options and fits and len(options) <= limits.SELECT_OPTIONS:
        initial = encode(ShowRole(chosen.key)) if chosen else None
        return select(action, placeholder, options, initial)
    finder = role_search(tr, action=action)
    if chosen and len(encode(ShowRole(chosen.key))) <= limits.OPTION_VALUE:
        finder["initial_option"] = role_option(chosen, tr)
    return finder


def role_search(tr: Translator, *, action: Action = Action.CHOOSE_ROLE) -> ExternalSelect:
    """Build a menu of roles that opens with suggestions: in a message, all would take its room."""
    return typeahead(action, tr("Choose a role"), min_query_length=0)


def level_buttons(role: Role, tr: Translator) -> list[Button]:
    """Build one button per level; a press records role and level."""
    return [
        button(
            numbered(Action.PICK_ROLE, number),
            tr.of(level.name),
            encode(ShowRole(role.key, (level.key,))),
        )
        for number, level in enumerate(role.ladder.levels)
    ]
