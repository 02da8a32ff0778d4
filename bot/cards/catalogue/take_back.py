"""The button on a receipt that takes back what was published."""

from bot.cards.elements import Button, button
from bot.cards.forms import confirmed
from bot.cards.ids import Action
from bot.domain.errors import OutdatedCard
from bot.text.translator import Translator
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Go back to an own revision, 0 for the built-in catalogue, while `base` is the newest one."""

    number: int
    base: int


def take_back_button(back: TakeBack, tr: Translator) -> Button:
    """Build the button. Slack asks once more: everybody sees what comes of it."""
    if back.number:
        text = tr(
            "Members see revision {number} again within two seconds. Nothing is deleted.",
            number=tr.number(back.number),
        )
    else:
        text = tr("Members see the built-in catalogue again. Nothing is deleted.")
    return confirmed(
        button(Action.CATALOGUE_TAKE_BACK, tr("Roll Back"), f"{back.number}:{back.base}"),
        title=tr("Roll back?"),
        text=text,
        confirm=tr("Roll Back"),
        deny=tr("Keep It"),
    )


def decode_take_back(text: str) -> TakeBack:
    """Return what the button carries.

    Raises:
        OutdatedCard: it is not one of ours.
    """
    number, _, base = text.partition(":")
    if not (number.isdecimal() and base.isdecimal() and (number + base).isascii()):
        raise OutdatedCard
    return TakeBack(int(number), int(base))
