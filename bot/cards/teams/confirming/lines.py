"""What colleagues said of an expectation, in its Details: beside the status, never part of it."""

from collections.abc import Sequence

from bot.cards.blocks import Block, actions, context, section
from bot.cards.card import Card
from bot.cards.elements import Element, button
from bot.cards.ids import Action, numbered
from bot.cards.links import encode
from bot.cards.standing_lines import day
from bot.cards.teams.confirming.letters import (
    answer_text,
    packet_button,
    packet_text,
    quoted,
)
from bot.cards.teams.share_words import person
from bot.domain.framework import CellKey
from bot.domain.lookup.requests import ShowCard
from bot.domain.teams.confirmation import AskColleague, Confirmation, OfConfirmation
from bot.text.translator import Translator

MOST = 5
_WORDS = 400


def confirmation_blocks(
    found: Sequence[Confirmation], cell: CellKey, back: ShowCard | None, tr: Translator
) -> list[Block]:
    """List who was asked and what they said, with all that changes it, and the way to ask."""
    blocks: list[Block] = [section(f"*{tr('What colleagues saw')}*")]
    if not found:
        told = tr("Nobody was asked yet. An answer stands here, and never counts as met.")
        blocks.append(context(told))
    for number, each in enumerate(found[:MOST]):
        blocks += _answered(each, number, tr) if each.answered else _asked(each, number, tr)
    rest = len(found) - MOST
    if rest > 0:
        blocks.append(context(tr.plural("{count} older one", "{count} older ones", rest)))
    ask = button(Action.CONFIRM_ASK, tr("Ask a Colleague"), encode(AskColleague(cell, True, back)))
    return [*blocks, actions([ask])]


def asked_card(found: Confirmation, tr: Translator) -> Card:
    """Say that somebody was asked, and what follows."""
    told = tr("I asked {person}.", person=person(found.other))
    rest = tr(
        "The answer comes to you as a direct message, and stands in Details. It is open until "
        "{date}; there you can withdraw it.",
        date=day(found.until, tr),
    )
    return Card(told, [section(told), context(rest)])


def over_card(tr: Translator) -> Card:
    """Say that an ask or an answer is gone, on the asker's word."""
    told = tr("That is gone, and the message to your colleague with it.")
    return Card(told, [section(told)])


def _asked(found: Confirmation, number: int, tr: Translator) -> list[Block]:
    told = tr(
        "{person} was asked on {date}, and can answer until {until}.",
        person=person(found.other),
        date=day(found.asked_at, tr),
        until=day(found.until, tr),
    )
    return [
        section(f"{told}\n{quoted(found.sentence, _WORDS)}"),
        actions([_withdraw(found, number, tr("Withdraw"))]),
    ]


def _answered(found: Confirmation, number: int, tr: Translator) -> list[Block]:
    lines = [answer_text(found, tr), *([quoted(found.words, _WORDS)] if found.words else [])]
    buttons = [
        packet_button(found, tr, number),
        _withdraw(found, number, tr("Delete")),
    ]
    return [section("\n".join(lines)), context(packet_text(found, tr)), actions(buttons)]


def _withdraw(found: Confirmation, number: int, label: str) -> Element:
    request = encode(OfConfirmation(found.id))
    return button(numbered(Action.CONFIRM_WITHDRAW, number), label, request)
