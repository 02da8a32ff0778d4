"""A page as what it says: texts, each with the headings and the words that stand above it."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.formats.problems import FileProblem
from bot.values import dataclass

HEADINGS = 6
DASH = "- "


class Entry(NamedTuple):
    """What stands below a heading, or behind a word in bold or an item with items of its own.

    `headings` are the titles above it from the first heading on, "" where one is left out. `label`
    is such a word or item, "" for a text that has none; `is_item` whether it stands in a list.
    `text` has a line for each paragraph, and for each item of a list with a dash before it.
    """

    line: int
    headings: tuple[str, ...]
    label: str
    text: str
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `file` is relative to what is imported, `front` what stands before the page.

    `tables` counts the tables that it holds, which are read as tables and not as texts.
    """

    file: str
    title: str
    folders: tuple[str, ...]
    front: Mapping[str, str]
    entries: tuple[Entry, ...]
    tables: int = 0
    warnings: tuple[FileProblem, ...] = ()
    """What the reader decided for itself: its encoding."""
    is_side: bool = False
    """Whether its name is one of a page beside a framework, such as README."""


def shown(text: str) -> str:
    """Return a text as it is kept: an item that stands alone needs no dash."""
    return text[len(DASH) :] if text.startswith(DASH) and "\n" not in text else text
