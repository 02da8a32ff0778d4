"""What a member agreed with somebody: that an expectation counts until a day."""

from dataclasses import dataclass
from datetime import date

from bot.domain.framework import CellKey


@dataclass(frozen=True, slots=True)
class Agreement:
    """An expectation that counts until a day; `with_whom` is a Slack id."""

    cell: CellKey
    with_whom: str
    until: date
