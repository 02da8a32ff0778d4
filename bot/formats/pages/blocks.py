"""What the readers of Markdown and of HTML make of a page: blocks, one after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a block is. Numbers of headings and lists are its depth."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    ITEMS = "items"
    TABLE = "table"


class Block(NamedTuple):
    """One block: `depth` is that of a heading (1 to 6) or of a list (from 1), else 0.

    `text` is one line of Markdown: HTML keeps strong words as ``**words**``. That of `ITEMS` has a
    line for each of several items, none of which begins with a mark or has anything below it.
    """

    line: int
    kind: Kind
    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a page, with what stands before them about the page itself."""

    blocks: list[Block]
    front: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    """What the page calls itself beside its headings, "" where it does not."""
