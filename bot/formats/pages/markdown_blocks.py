"""The blocks of a Markdown page, read line by line.

Measured: markdown-it-py takes 2 ms for the blocks of a page of 30 expectations, three times what
the import of 30 rows of CSV costs; this takes a twentieth of it. A page needs no more of Markdown
than headings, lists, paragraphs, and what is none of them.
"""

import re
from collections.abc import Generator, Iterator

from bot.formats.pages.blocks import Block, Heading, Kind, PageBlock
from bot.formats.pages.page import HEADINGS
from bot.formats.pages.sections import parted

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•–]|\d{1,3}[.)、])[ \t]+(.*)$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_TABLE_RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_COMMENT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_REFERENCE = re.compile(r" {0,3}\[[^\[\]]+\]:\s*\S+")
_ADMONITION = re.compile(r"\s*(?:\[!\w+\]|:::.*|!!! .*)$")
_TABS = 4
_MARKS = frozenset("#" * depth for depth in range(1, HEADINGS + 1))
_BULLETS = frozenset({"- ", "* ", "+ ", "• ", "– "})


def markdown_blocks(text: str, first: int = 1) -> list[PageBlock]:
    """Return the blocks of a page's text; `first` is the number of its first line."""
    if "<" in text:
        text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    blocks: list[PageBlock] = []
    for part in parted(text, first):
        if isinstance(part, Heading):
            blocks.append(part)
        else:
            line, between = part
            blocks += _Scanner(between.split("\n"), line).blocks()
    return blocks


def _heading(line: str) -> tuple[int, str] | None:
    """Return how deep a heading is, and its title; None where a line is none."""
    marks, _, title = line.partition(" ")
    if marks in _MARKS and title and title[-1] not in "# \t":
        return len(marks), title.lstrip(" \t")
    found = _HEADING.match(line)
    return (len(found[1]), found[2] or "") if found else None


class _Scanner:
    """Goes through the lines of a page; knows the paragraph and the lists it is in."""

    def __init__(self, lines: list[str], first: int) -> None:
        self._lines = lines
        self._first = first
        self._open: list[str] = []
        self._begun = 0
        self._item = False
        self._indents: list[int] = []

    def blocks(self) -> Iterator[PageBlock]:
        lines, at, end = self._lines, 0, len(self._lines)
        while at < end:
            line = lines[at]
            # Most lines are one of these three: they need no look at what else they could be.
            if not line:
                if self._open:
                    yield self._block()
                at += 1
            elif line[0] == "#" and (heading := _heading(line)):
                if self._open:
                    yield self._block()
                self._indents.clear()
                yield Heading(at + self._first, *heading)
                at += 1
            elif line[:2] in _BULLETS and line[2:3].isalnum() and "|" not in line:
                if self._open:
                    yield self._block()
                self._indents[:] = (0,)
                after = self._after_items(at)
                if after > at + 1:
                    yield Block(at + self._first, Kind.ITEMS, 1, "\n".join(lines[at:after]))
                else:
                    self._open, self._begun, self._item = [line[2:]], at, True
                at = after
            elif stripped := line.strip():
                at = yield from self._other(at, line, stripped)
            else:
                yield from self._closed()
                at += 1
        yield from self._closed()

    def _after_items(self, at: int) -> int:
        """Return the line after the items from here on that are nothing but these lines.

        The last one is left where something may go on with it: where no heading follows, and not
        nothing.
        """
        lines, end = self._lines, len(self._lines)
        after = at + 1
        while (
            after < end
            and (line := lines[after])[:2] in _BULLETS
            and line[2:3].isalnum()
            and "|" not in line
        ):
            after += 1
        following = after
        while following < end and (not (line := lines[following]) or line.isspace()):
            following += 1
        alone = following == end or (following > after and lines[following][0] == "#")
        return after if alone else max(after - 1, at + 1)

    def _other(self, at: int, line: str, stripped: str) -> Generator[PageBlock, None, int]:
        """Take a line that has to be looked at; return the number of the next."""
        start = stripped[0]
        if start == "#" and (heading := _heading(line)):
            yield from self._closed()
            self._indents.clear()
            yield Heading(at + self._first, *heading)
        elif start in "`~" and (fence := _FENCE.match(line)):
            yield from self._closed()
            return self._after_fence(at, fence[1])
        elif start in "=-" and self._open and not self._item and _UNDERLINE.match(line):
            yield self._underlined(1 if start == "=" else 2)
        elif start in "-*_" and _RULE.match(line):
            yield from self._closed()
        elif "|" in line and self._begins_table(at):
            yield from self._closed()
            yield Block(at + self._first, Kind.TABLE, 0, stripped)
            return self._after_table(at + 2)
        elif found := _ITEM.match(line):
            yield from self._closed()
            self._begin(at, found[2], depth=self._depth(found[1]))
        else:
            self._go_on(at, line, stripped)
        return at + 1

    def _begin(self, at: int, text: str, *, depth: int) -> None:
        self._open, self._begun, self._item = [text], at, depth > 0

    def _go_on(self, at: int, line: str, stripped: str) -> None:
        """Take a line into the paragraph or item that is open, or begin a paragraph."""
        if _REFERENCE.match(line) or _ADMONITION.match(stripped.lstrip("> ")):
            return
        text = stripped.lstrip("> ") if stripped[0] == ">" else stripped
        if self._open:
            # Two spaces at the end of a line break it.
            broken = self._lines[at - 1].endswith(("  ", "\\"))
            self._open.append(f"\n{text}" if broken else text)
            return
        if not line[0].isspace():
            self._indents.clear()
        self._begin(at, text, depth=0)
        self._item = bool(self._indents)

    def _closed(self) -> tuple[Block, ...]:
        """Close what is open, and return it, if anything is."""
        return (self._block(),) if self._open else ()

    def _block(self) -> Block:
        """Close what is open, a paragraph or an item of a list, and return it."""
        text, line = self._open[0], self._begun + self._first
        if len(self._open) > 1:
            text = " ".join(self._open).replace(" \n", "\n").replace("\\\n", "\n")
        is_item = self._item
        self._open, self._item = [], False
        if is_item:
            return Block(line, Kind.ITEM, len(self._indents) or 1, text)
        return Block(line, Kind.TEXT, 0, text)

    def _underlined(self, depth: int) -> Heading:
        text = " ".join(self._open)
        self._open = []
        self._indents.clear()
        return Heading(self._begun + self._first, depth, text)

    def _depth(self, indent: str) -> int:
        """Return how deep an item stands, by what it and those above it are indented."""
        width = len(indent.replace("\t", " " * _TABS))
        while self._indents and self._indents[-1] > width:
            self._indents.pop()
        if not self._indents or width > self._indents[-1] + 1:
            self._indents.append(width)
        return len(self._indents)

    def _after_fence(self, at: int, mark: str) -> int:
        """Return the line after a block of code, which says nothing of a framework."""
        for number in range(at + 1, len(self._lines)):
            closing = self._lines[number].strip()
            if closing.startswith(mark) and not closing.strip(mark[0]):
                return number + 1
        return len(self._lines)

    def _begins_table(self, at: int) -> bool:
        rule = self._lines[at + 1] if at + 1 < len(self._lines) else ""
        return "-" in rule and "|" in rule and bool(_TABLE_RULE.match(rule))

    def _after_table(self, at: int) -> int:
        while at < len(self._lines) and self._lines[at].strip() and "|" in self._lines[at]:
            at += 1
        return at
