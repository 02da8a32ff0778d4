"""What somebody reads where something went wrong, whatever it was."""

import secrets

from bot.cards.card import Card
from bot.cards.errors.card import card_of, incident_card
from bot.domain.errors import NextrungError
from bot.text.translator import Translator
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A card for a member. For a fault of ours, `incident` is the number that it names."""

    card: Card
    incident: str = ""


def failure_of(error: Exception, tr: Translator) -> Failure:
    """Explain an error; it is for the caller to log it."""
    if isinstance(error, NextrungError):
        return Failure(card_of(error, tr))
    incident = secrets.token_hex(4)
    return Failure(incident_card(incident, tr), incident)
