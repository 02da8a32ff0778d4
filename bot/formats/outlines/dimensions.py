"""The parts of which the place of a text is made: folder, file, headings, keys of a document."""

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property

from bot.formats.mapping.fields import Field
from bot.formats.mapping.words import normal
from bot.values import dataclass


@dataclass(frozen=True)
class Dimension:
    """One part of the place, with what it says for each text, "" where it says nothing.

    `column` is how a mapping names it. `told` is the field that its own name says it is, as
    ``levels`` in a document or ``role`` before a page. `is_label` marks words in bold and the like,
    which are names only where all texts have them.
    """

    column: str
    values: Sequence[str]
    told: Field | None = None
    is_label: bool = False
    is_file: bool = False
    fixed: str = field(default="", compare=False)
    """A value for every row, in place of a column."""

    @cached_property
    def distinct(self) -> tuple[str, ...]:
        """The different values, in their order; "" is none."""
        found: dict[str, str] = {}
        for value in dict.fromkeys(self.values):
            if value:
                found.setdefault(normal(value), value)
        return tuple(found.values())

    @cached_property
    def filled(self) -> float:
        """The share of texts for which it says something."""
        return sum(map(bool, self.values)) / len(self.values) if self.values else 0.0

    def repeats(self, other: "Dimension") -> bool:
        """Whether each value of this one goes with one value of the other, and the reverse."""
        pairs = {
            (normal(a), normal(b))
            for a, b in zip(self.values, other.values, strict=True)
            if a and b
        }
        left, right = {a for a, _ in pairs}, {b for _, b in pairs}
        return len(pairs) == len(left) == len(right)
