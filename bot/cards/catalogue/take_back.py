"""The ways back: the button on a receipt, and the page that shows what ends with going back."""

import json
from dataclasses import replace

from bot.cards import limits
from bot.cards.blocks import Block, View, context, section
from bot.cards.card import Card
from bot.cards.catalogue.links import packed
from bot.cards.catalogue.publish_view import name_block
from bot.cards.catalogue.reach_lines import going_lines, reach_text
from bot.cards.elements import Button, button
from bot.cards.forms import confirmed
from bot.cards.ids import Action, Callback
from bot.cards.modals import form_view
from bot.domain.catalogue.goings import GoingPart
from bot.domain.catalogue.way_back import WayBack
from bot.domain.errors import OutdatedCard
from bot.text.translator import Translator
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Go back to an own revision, 0 for the built-in catalogue, while `base` is the newest one."""

    number: int
    base: int


@dataclass(frozen=True, slots=True)
class BackWish:
    """What somebody wants to go back to: as in `TakeBack`, with why, and the name to type."""

    number: int
    base: int | None = None
    note: str = ""
    name: str = ""


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


def comparing_card(tr: Translator) -> Card:
    """Build what stands while it is found out what ends."""
    text = tr("I compare it with what members see now…")
    return Card(text, [section(text)])


def back_view(way: WayBack, wish: BackWish, tr: Translator) -> View:
    """Build the page that shows what ends, and whom it reaches, before anything is done."""
    name = way.name.base
    gone = "\n".join(going_lines(way.goings, tr))
    blocks: list[Block] = [
        section(f":warning: {gone}"[: limits.SECTION]),
        section(reach_text(way.reach, tr)),
        context(
            tr(
                "What ends is shown no more; nothing is deleted, and going back once more brings "
                "it back."
            )
        ),
    ]
    if not wish.number:
        stay = tr(
            "Members see the one that comes with Nextrung. Your revisions stay: roll back to any "
            "of them whenever you like."
        )
        blocks.append(context(stay))
    if way.goings.of(GoingPart.ROLE):
        blocks.append(name_block(tr("Type the catalogue's name to go back: {name}", name=name)))
    # What is published from now on is not what was looked at.
    base = way.newest if wish.base is None else wish.base
    asked = replace(wish, base=base, name=name)
    return form_view(
        Callback.CATALOGUE_BACK,
        tr,
        title=tr("Roll back"),
        submit=tr("Roll Back"),
        blocks=blocks,
        metadata=encode_wish(asked),
    )


def encode_wish(wish: BackWish) -> str:
    """Return what the page carries: all of it is known by then."""
    return packed([wish.number, wish.base, wish.note, wish.name])


def decode_wish(text: str) -> BackWish:
    """Return what `encode_wish` wrote.

    Raises:
        OutdatedCard: it is not one of ours.
    """
    try:
        number, base, note, name = json.loads(text)
        return BackWish(int(number), int(base), str(note), str(name))
    except (ValueError, TypeError, RecursionError):
        raise OutdatedCard from None
