"""The menu "…": what is seldom needed, each as a button of that name would do it.

An option's value is the action of such a button, and its block's id is what the button would carry;
or it is a card to show.
"""

from collections.abc import Mapping

from bot.cards import limits
from bot.cards.elements import Overflow, option, overflow
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.domain.lookup.requests import ShowCard


def more_menu(offered: Mapping[Action | ShowCard, str], number: int = 0) -> Overflow | None:
    """Build the menu: labels by what they do. None where nothing fits.

    `number` tells it from others of the same view.
    """
    options = []
    for what, label in offered.items():
        value = what.value if isinstance(what, Action) else encode(what)
        if len(value) <= limits.OPTION_VALUE:
            options.append(option(label, value))
    action = numbered(Action.MORE, number)
    return overflow(action, options[: limits.OVERFLOW]) if options else None


def pressed_in_menu(chosen: str, block_id: str) -> tuple[str, str]:
    """Return the action id of the button that an option stands for, and what that carries."""
    return (numbered(Action.SHOW, 0), chosen) if "?" in chosen else (chosen, block_id)
