"""The skill that scenarios of `/skill` look at, and the table of a card in words."""

from bot.sandbox.handles.surface import Surface
from bot.sandbox.plain import plain_text

PROFILE = "ML Experiment Tracking"
SKILL = "ml-experiment-tracking"


def table(card: Surface) -> list[tuple[str, ...]]:
    """Return the rows of the one table of a card, in words."""
    (found,) = [block for block in card.blocks if block["type"] == "table"]
    return [tuple(plain_text([cell]) for cell in row) for row in found["rows"]]


def head(card: Surface) -> tuple[str, ...]:
    return table(card)[0]
