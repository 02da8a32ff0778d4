"""The blocks of a web page: of a wiki's export, or any other."""

from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.formats.pages.blocks import Block, Blocks, Heading, Kind, PageBlock
from bot.formats.tables.html.tree import Part, Turn, parsed, parts, words_below

_HEADINGS: Final = {f"h{depth}": depth for depth in range(1, 7)}
_BLOCKS = frozenset(
    {
        *("p", "div", "section", "article", "main", "header", "blockquote", "dd", "figure", "body"),
        *("details", "hr", "dl", "address", "center", "figcaption", "html", "fieldset", "li"),
    }
)
_LABELS = frozenset({"summary", "dt"})
_STRONG = frozenset({"strong", "b"})
_ROOTS = ("#main-content", "main", "article")
_SPACE_SIGN = " : "
_BREAK = "\x00"


def html_blocks(text: str) -> Blocks:
    """Return the blocks of a web page, from the part of it that is the page itself."""
    page = parsed(text)
    root = _root(page)
    title = _title(page)
    if root is None:
        return Blocks([], {}, title)
    return Blocks(list(_Walk(root, text).blocks()), dict(_properties(page)), title)


def _root(page: LexborHTMLParser) -> LexborNode | None:
    for selector in _ROOTS:
        found = page.css(selector)
        if len(found) == 1:
            return found[0]
    return page.body or page.root


def _title(page: LexborHTMLParser) -> str:
    """Return what the page is called; a wiki puts the name of its space before it."""
    for selector in ("#title-text", "#title-heading", "h1.page-title", "h1", "title"):
        node = page.css_first(selector, default=None)
        words = words_below(node) if node is not None else ""
        if words:
            is_wiki = selector != "h1" and _SPACE_SIGN in words
            return words.split(_SPACE_SIGN, 1)[1].strip() if is_wiki else words
    return ""


def _properties(page: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Yield what a table of properties above a page says, as Notion exports it."""
    for row in page.css("table.properties tr"):
        name, value = row.css_first("th", default=None), row.css_first("td", default=None)
        if name is not None and value is not None:
            yield words_below(name).strip().lower(), words_below(value).strip()


class _Walk:
    """Goes through a page once; knows the block that is open, and the lists it stands in."""

    def __init__(self, root: LexborNode, source: str) -> None:
        self._root = root
        self._source = source
        self._at = 0
        self._line = 1
        self._words: list[str] = []
        self._lists = 0
        self._items = 0
        self._heading = 0
        self._table = 0

    def blocks(self) -> Iterator[PageBlock]:
        for part in parts(self._root):
            if part.turn is Turn.WORDS:
                if not self._table:
                    self._words.append(part.words)
            elif part.tag == "table":
                yield from self._in_table(part)
            elif not self._table:
                yield from self._element(part)
        yield from self._closed()

    def _in_table(self, part: Part) -> Iterator[PageBlock]:
        """Pass over a table of data; one that only lays the page out is no table."""
        opening = part.turn is Turn.OPEN
        if opening and part.node is not None and not self._table and _lays_out(part.node):
            yield from self._closed()
            return
        if opening:
            yield from self._closed()
            if not self._table:
                yield Block(self._line, Kind.TABLE, 0, "")
            self._table += 1
        elif self._table:
            self._table -= 1

    def _element(self, part: Part) -> Iterator[PageBlock]:
        tag, opening = part.tag, part.turn is Turn.OPEN
        if tag in _STRONG:
            self._words.append("**")
        elif tag == "br":
            self._words.append(_BREAK if opening else "")
        elif tag in _HEADINGS:
            yield from self._closed()
            self._heading = _HEADINGS[tag] if opening else 0
        elif tag in {"ul", "ol"}:
            yield from self._closed()
            self._lists += 1 if opening else -1
        elif tag == "li":
            yield from self._closed()
            self._items += 1 if opening else -1
        elif tag in _LABELS:
            yield from self._closed()
            self._words.append("**" if opening else "")
        elif tag in _BLOCKS:
            yield from self._closed()

    def _closed(self) -> Iterator[PageBlock]:
        """Yield what is open, if it says anything."""
        raw = "".join(self._words)
        self._words = []
        text = _lined(raw)
        if not text:
            return
        self._advance(text)
        if self._heading:
            yield Heading(self._line, self._heading, text.replace("**", ""))
        elif self._lists and self._items:
            yield Block(self._line, Kind.ITEM, max(1, self._lists), text)
        else:
            yield Block(self._line, Kind.TEXT, 0, text)

    def _advance(self, text: str) -> None:
        """Find the line of a text in the source; where it is broken by tags, the one before."""
        words = text.replace("**", "").split("\n", 1)[0][:40].rstrip()
        at = self._source.find(words, self._at) if words else -1
        if at >= 0:
            self._line += self._source.count("\n", self._at, at)
            self._at = at


def _lined(raw: str) -> str:
    """Return words as lines: white space of the source is none, but for breaks."""
    text = raw.replace("****", "")
    if text.count("**") % 2:
        text += "**"
    lines = (" ".join(line.split()) for line in text.split(_BREAK))
    found = "\n".join(filter(None, lines))
    return found if found.strip("* \n") else ""


def _lays_out(table: LexborNode) -> bool:
    """Whether a table only arranges a page: it holds headings or other tables."""
    return any(each.mem_id != table.mem_id for each in table.css("table, h1, h2, h3"))
