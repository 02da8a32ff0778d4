"""A card as it is sent: JSON, measured in characters."""

import json

import pytest

from bot.cards.blocks import section
from bot.cards.card import Card

CARDS = {
    "plain": Card("Plain", [section("a" * 300)]),
    "wide": Card("高级", [section("能独立交付。" * 50)]),
    "escaped": Card('"', [section('say "yes"\n' * 30)]),
}


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_card_is_measured_in_characters(card: Card) -> None:
    size = len(card.blocks_json)
    assert card.fits(size)
    assert not card.fits(size - 1)


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_card_is_written_whole(card: Card) -> None:
    assert json.loads(card.json) == {"text": card.text, "blocks": card.blocks}
    assert json.loads(card.blocks_json) == card.blocks
