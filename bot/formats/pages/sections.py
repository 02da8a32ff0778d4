"""Headings with a list right below them, as most of a page of Markdown is: found by one pattern."""

import re
from collections.abc import Iterator

from bot.formats.pages.blocks import Heading

# Each line is gone back over at most once: a page takes time in proportion to its length. A bar in
# a title may belong to a table; what follows a list and is no heading may go on with its last item.
_SECTION = re.compile(
    r"^(#{1,6}) +([^\s#|](?:[^\n|]*[^\s#|])?)(\n++)"
    r"((?:[-*+•–] [^\W_][^\n]*+\n)*+\n*+)(?=#{1,6} |\Z)",
    re.MULTILINE,
)
_FENCES = ("```", "~~~")


def parted(text: str, first: int) -> Iterator[Heading | tuple[int, str]]:
    """Part a page into its sections, and the texts between with the number of their first lines.

    Each such text can be read alone, for what is open at its end is closed by the heading behind.
    In a page with blocks of code nothing is parted: a section may be a part of them.
    """
    if any(fence in text for fence in _FENCES):
        yield first, text
        return
    between, *found = _SECTION.split(text if text.endswith("\n") else f"{text}\n")
    line = first
    if between:
        yield line, between
        line += between.count("\n")
    for marks, title, gap, items, between in zip(*[iter(found)] * 5, strict=True):
        begun = line + len(gap)
        yield Heading(line, len(marks), title, begun, items)
        line = begun + items.count("\n")
        if between:
            yield line, between
            line += between.count("\n")
