"""What the readers of Markdown and of HTML make of a page: blocks, one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import Enum
from typing import NamedTuple

from bot.values import dataclass


class Kind(Enum):
    """What a block is that is no heading."""

    TEXT = "text"
    ITEM = "item"
    ITEMS = "items"
    TABLE = "table"


class Block(NamedTuple):
    """One block: `depth` is that of a list (from 1), else 0.

    `text` is one line of Markdown: HTML keeps strong words as ``**words**``. That of `ITEMS` is
    several lines, as `Heading.items` are.
    """

    line: int
    kind: Kind
    depth: int
    text: str


class Heading(NamedTuple):
    """A heading of a depth from 1 to 6, perhaps with the items of a list right below it.

    `items` has a line for each, which begins with a sign such as ``*``, a space and a letter or
    digit; blank lines may stand behind them. They are a whole list, and nothing is below an item.
    The first of them is on the line `begun`.
    """

    line: int
    depth: int
    title: str
    begun: int = 0
    items: str = ""


PageBlock = Block | Heading


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a page, with what stands before them about the page itself."""

    blocks: Sequence[PageBlock]
    front: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    """What the page calls itself beside its headings, "" where it does not."""
