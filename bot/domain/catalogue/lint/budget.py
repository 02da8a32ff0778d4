"""How much of a text Slack's cards show. Tests hold these figures against the cards' own."""

CARD_TEXT = 320
"""Most of a text or summary on a card of ordinary size; what is longer ends in "…" there."""

DETAILS_TEXT = 2700
"""Most of a text in the Details view, the longest that a member can ever read."""

PROMPT = 400
"""Most of a growth prompt."""

NAME = 75
"""Most of a name, in a selector."""

_MARKS = "*_~`"


def card_length(text: str) -> int:
    """Return how much of a card's budget a text takes.

    Slack needs some characters escaped, and JSON others: a text with many of them takes more room
    than it has letters. Line breaks and double spaces are one space on a card.
    """
    line = " ".join(text.split())
    in_json = len(line) + line.count('"') + line.count("\\")
    escaped = len(line) + 4 * line.count("&") + 3 * (line.count("<") + line.count(">"))
    # A word joiner on both sides keeps Slack from reading a mark as formatting.
    return max(in_json, escaped + 2 * sum(line.count(mark) for mark in _MARKS))
