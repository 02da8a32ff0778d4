"""What a member agreed with somebody: that an expectation counts until a day."""

from datetime import date

from bot.domain.framework import CellKey
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """An expectation that counts until a day; `with_whom` is a Slack id."""

    cell: CellKey
    with_whom: str
    until: date
