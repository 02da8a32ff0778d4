"""What a sheet shows and hides beside the values that python-calamine gives of it."""

from dataclasses import field

from bot.formats.tables.books.unseen import Unseen
from bot.values import dataclass


@dataclass(slots=True)
class Looks:
    """How one sheet looks, by row and column as a person counts."""

    unseen: Unseen = field(default_factory=Unseen)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    """What cells show that hold another value: a percentage, an error; "" below a merged one."""
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    """Formulas that no program has worked out."""
    filled: set[int] = field(default_factory=set)
    """The columns (from 0) with a cell that says something, where any column is hidden."""

    def end(self) -> None:
        """Forget the hidden columns in which nothing stands: nobody misses them."""
        self.unseen.columns &= self.filled
