"""Pressing what a card shows, by the words on it: a button, a menu's option, a modal's submit."""

from bot.sandbox.blocks import elements, options_of, text_of
from bot.sandbox.handles.shown import ViewHandle
from bot.sandbox.handles.surface import BUTTONS, Surface
from bot.sandbox.model import Json


class NothingToPress(Exception):
    """Nothing on the card is called like that; the message says what there is."""


async def press(surface: Surface, label: str) -> Surface:
    """Press the first thing of this name, in any case, and return what the member then looks at.

    Raises:
        NothingToPress: the card has no such button, option or submit.
        NoAnswer: the bot did not answer; the message is what Slack tells the member.
    """
    wanted = label.casefold()
    for name in surface.buttons:
        if name.casefold() == wanted:
            return await surface.press(name)
    for block, element in elements(surface.blocks):
        for option in [] if element["type"] in BUTTONS else _options(element):
            if option.casefold() == wanted:
                return await surface.choose(_name(surface, block, element), option)
    if isinstance(surface, ViewHandle) and wanted == _submit(surface).casefold():
        return await surface.submit()
    raise NothingToPress(f"Nothing is called “{label}” here. There is: {_offered(surface)}.")


def _name(surface: Surface, block: Json, element: Json) -> str:
    """Return what finds this element: a block's id names its first element alone."""
    first = next(each for at, each in elements(surface.blocks) if at is block)
    return str(block["block_id"] if first is element else element["action_id"])


def _options(element: Json) -> list[str]:
    return [text_of(each["text"]) for each in options_of(element)]


def _submit(view: ViewHandle) -> str:
    return text_of(view.view.payload.get("submit"))


def _offered(surface: Surface) -> str:
    names = list(surface.buttons)
    for _, element in elements(surface.blocks):
        if element["type"] not in BUTTONS:
            names += _options(element)
    if isinstance(surface, ViewHandle):
        names.append(_submit(surface))
    return ", ".join(dict.fromkeys(each for each in names if each)) or "nothing"
