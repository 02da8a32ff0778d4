"""Reads a page, of Markdown or HTML, into what it says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import PurePosixPath

from bot.formats.mapping.headers import FIELD_BY_HEADER
from bot.formats.mapping.words import normal
from bot.formats.pages.blocks import Block, Blocks, Heading, Kind, PageBlock
from bot.formats.pages.inline import plain, plain_lists
from bot.formats.pages.page import DASH, HEADINGS, Entry, Page
from bot.formats.pages.titles import SIDE_PAGES, file_title, folders_of, has_wiki_id, heading_title
from bot.formats.problems import FileProblem

_LEAD = re.compile(
    r"(?P<mark>\*\*|__)(?=\S)(?P<label>[^*\n]{1,80}?)(?P=mark)(?P<sign>\s*[:：–—-]\s*|\s+|$)(?P<rest>.*)",
    re.DOTALL,
)
_CLOSED = (":", "：")
_STRONG = frozenset({"**", "__"})
_PROPERTY = re.compile(r"(?P<name>[^\W\d][\w /-]{0,30}): (?P<value>\S.*)")
_LONGEST_LABEL = 80
_NO_TITLES = ("",) * HEADINGS
_SENTENCE = re.compile(r"[.!?;。！？；]$|[:：]$")


def page_of(name: str, blocks: Blocks, warnings: Sequence[FileProblem] = ()) -> Page:
    """Return what a page says. `name` is its file, relative to what is imported.

    `warnings` are what the reader decided for itself.
    """
    stem = PurePosixPath(name).stem
    front = dict(blocks.front)
    body = blocks.blocks
    if has_wiki_id(stem) or not front:
        body = _without_properties(body, front, every=has_wiki_id(stem))
    title = front.get("title", "") or blocks.title
    has_first = any(block.depth == 1 and isinstance(block, Heading) for block in body)
    entries = tuple(_Reader("" if has_first else heading_title(title)).entries(body))
    first = next((entry.headings[0] for entry in entries if entry.headings[0]), "")
    return Page(
        file=name,
        title=heading_title(title) or first or file_title(stem),
        folders=folders_of(name),
        front=front,
        entries=entries,
        warnings=tuple(warnings),
        tables=sum(isinstance(each, Block) and each.kind is Kind.TABLE for each in body),
        is_side=normal(file_title(stem)) in SIDE_PAGES or stem.startswith("_"),
    )


def _without_properties(
    blocks: Sequence[PageBlock], front: dict[str, str], *, every: bool
) -> Sequence[PageBlock]:
    """Take the lines of names and values below a page's title over into `front`.

    They count as such where a wiki has exported the page (`every`), or all names are known.
    """
    for at, block in enumerate(blocks[:2]):
        if isinstance(block, Heading) or block.kind is not Kind.TEXT:
            continue
        # A paragraph's lines are joined by a space: so the names tell where each begins.
        found = _properties(block.text) if _PROPERTY.search(block.text) else {}
        known = all(normal(name) in FIELD_BY_HEADER or name in {"order", "title"} for name in found)
        if found and (every or known):
            for name, value in found.items():
                front.setdefault(name, value)
            return [*blocks[:at], *blocks[at + 1 :]]
        break
    return blocks


def _properties(text: str) -> Mapping[str, str]:
    parts = re.split(r"(?:^|[ \n])([^\W\d][\w/-]{0,30}): ", text)
    if parts[0].strip():
        return {}
    return {parts[at].lower(): parts[at + 1].strip() for at in range(1, len(parts) - 1, 2)}


class _Reader:
    """Goes through the blocks of a page; knows the headings above and the text that is open."""

    def __init__(self, title: str) -> None:
        self._above: tuple[str, ...] = (title, *_NO_TITLES[1:])
        self._label = ""
        self._label_depth = -1
        self._begun = 1
        self._lines: list[tuple[int, str]] = []
        self._lists: Iterator[str] = iter(())
        """What is shown of the lists that are to come."""

    def entries(self, blocks: Sequence[PageBlock]) -> Iterator[Entry]:
        self._lists = iter(plain_lists(list(_lists(blocks))))
        for block, after in zip(blocks, [*blocks[1:], None], strict=False):
            if isinstance(block, Heading):
                if entry := self._closed():
                    yield entry
                if entry := self._headed(block):
                    yield entry
            elif block.kind is Kind.ITEMS:
                if block.depth <= self._label_depth and (entry := self._closed()):
                    yield entry
                self._take(block)
            elif self._goes_on(block, after):
                self._lines.append((1, plain(block.text, links=True)))
            elif block.kind is not Kind.TABLE:
                yield from self._text(block, after)
        if entry := self._closed():
            yield entry

    def _goes_on(self, block: Block, after: PageBlock | None) -> bool:
        """Tell quickly that a block is one more item of the list, as most are."""
        if block.depth != 1 or block.kind is not Kind.ITEM or self._label or not self._lines:
            return False
        if _is_below(after):
            return False
        return block.text[:1].isalnum() and "\n" not in block.text

    def _take(self, block: Block) -> None:
        """Take several items as one: what stands in them changes nothing around them."""
        if not self._lines and not self._label:
            self._begun = block.line
        self._lines.append((1, next(self._lists).removeprefix(DASH)))

    def _headed(self, heading: Heading) -> Entry | None:
        """Go below a heading; return the list that it has, None where it has none."""
        title, depth = heading_title(heading.title), heading.depth
        if title:
            self._above = (*self._above[: depth - 1], title, *_NO_TITLES[depth:])
        items = next(self._lists)
        return Entry(heading.begun, self._above, "", items) if items else None

    def _text(self, block: Block, after: PageBlock | None) -> Iterator[Entry]:
        if block.depth <= self._label_depth:
            # An item beside the labelled one, or a paragraph behind the list.
            yield from filter(None, (self._closed(),))
        label = rest = ""
        if block.text[:2] in _STRONG:
            label, rest = _led(block.text)
        if not label and _is_below(after) and _may_be_label(block):
            label, rest = plain(block.text).rstrip(":： "), ""
        if label and block.depth <= max(self._label_depth, 1):
            yield from filter(None, (self._closed(),))
            self._label, self._label_depth = label, block.depth or 0
            self._begun = block.line
            if not block.depth:
                self._label_depth = -1
            self._lines += [(0, plain(rest, links=True))] if rest.strip() else []
            return
        if not self._lines and not self._label:
            self._begun = block.line
        if "\n" in block.text:
            self._lines += [(block.depth, each) for each in _plain_lines(block.text)]
        elif shown := plain(block.text, links=True):
            self._lines.append((block.depth, shown))

    def _closed(self) -> Entry | None:
        """Return what was open, None where nothing was."""
        if not self._lines and not self._label:
            return None
        is_item = self._label_depth > 0
        entry = Entry(self._begun, self._above, self._label, _drawn(self._lines), is_item)
        self._lines, self._label, self._label_depth = [], "", -1
        return entry


def _lists(blocks: Sequence[PageBlock]) -> Iterator[str]:
    """Yield the lists that are read at once: one of each heading, "" where it has none."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block.items
        elif block.kind is Kind.ITEMS:
            yield block.text


def _drawn(lines: list[tuple[int, str]]) -> str:
    """Return lines with the depth of their lists (0 for none) as one text, lists with dashes."""
    if len(lines) == 1:
        depth, text = lines[0]
        return DASH + text if depth else text
    depths = set(map(itemgetter(0), lines)) - {0}
    least = min(depths, default=1)
    if len(depths) <= 1:
        return "\n".join([DASH + text if depth else text for depth, text in lines])
    return "\n".join(
        [f"{'  ' * (depth - least)}{DASH}{text}" if depth else text for depth, text in lines]
    )


def _plain_lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        shown = plain(line, links=True)
        if shown:
            yield shown


def _led(text: str) -> tuple[str, str]:
    """Return the words in bold with which a text begins, and what stands behind them."""
    found = _LEAD.fullmatch(text)
    if not found:
        return "", text
    label, rest = found["label"].strip(), found["rest"]
    if rest.strip() and not found["sign"].strip() and not label.endswith(_CLOSED):
        return "", text  # emphasis within a sentence
    return plain(label).rstrip(":：. "), rest


def _is_below(block: PageBlock | None) -> bool:
    """Whether a block is an item of a list within a list."""
    return isinstance(block, Block) and block.depth > 1 and block.kind is Kind.ITEM


def _may_be_label(block: Block) -> bool:
    """Whether an item with others below it is a name over them."""
    if block.depth != 1:
        return False
    return len(block.text) <= _LONGEST_LABEL and not _SENTENCE.search(block.text.rstrip(":："))
