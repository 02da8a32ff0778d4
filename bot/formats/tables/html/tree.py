"""A web page as a stream of its parts: what a reader sees of it, scripts and frames left out.

selectolax (lexbor) reads it as a browser does; nothing is ever run or loaded. The walk keeps no
stack of calls, so that depth costs memory alone.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SILENT = frozenset(
    {
        *("script", "style", "template", "noscript", "nav", "footer", "svg", "button", "form"),
        *("iframe", "object", "embed", "select", "textarea", "audio", "video", "canvas", "map"),
        *("head", "math", "aside", "input", "link", "meta", "base", "noframes", "frameset"),
    }
)
_SILENT_IDS = frozenset(
    {
        *("breadcrumb-section", "breadcrumbs", "footer", "footer-logo", "navigation", "sidebar"),
        *("comments-section", "likes-and-labels-container", "attachments", "toc"),
    }
)
_SILENT_CLASSES = frozenset(
    {
        *("page-metadata", "toc-macro", "table_of_contents", "table-of-contents", "breadcrumb"),
        *(
            "breadcrumbs",
            "navbar",
            "sidebar",
            "toc",
            "pagination",
            "page-header-icon",
            "properties",
        ),
        *("pagesection", "user-mention", "footnotes"),
    }
)
TEXT = "-text"
DEEPEST = 500
_SEEN_AS_TABLE = frozenset({"tr", "td", "th"})
_UNSEEN = re.compile(r"(?:^|;)\s*display\s*:\s*none\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
# These need no end, or have one by what follows.
_ENDLESS = frozenset(
    {
        *("p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "img", "hr", "input", "meta"),
        *("link", "col", "area", "base", "wbr", "source", "track", "param", "thead", "tbody"),
        *("tfoot", "html", "body", "head", "colgroup"),
    }
)


class Turn(Enum):
    """Whether a part begins, ends, or is a text."""

    OPEN = "open"
    CLOSE = "close"
    WORDS = "words"


class Part(NamedTuple):
    """One step of the walk; `words` is a text's, `node` None for it."""

    turn: Turn
    tag: str
    words: str
    node: LexborNode | None


def is_too_deep(text: str) -> bool:
    """Whether a page is nested deeper than any that a person has written.

    What it costs to read grows with the square of the depth, so it is told beforehand.
    """
    depth = 0
    for closing, tag, closed in _TAG.findall(text):
        if closed or tag.lower() in _ENDLESS:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > DEEPEST:
            return True
    return False


def parsed(text: str) -> LexborHTMLParser:
    """Return a page that was read; what is broken in it is mended as a browser does."""
    return LexborHTMLParser(text)


def parts(root: LexborNode) -> Iterator[Part]:
    """Yield what stands below a node, in order; parts that say nothing to a reader are left out."""
    node = root.first_child
    open_nodes: list[tuple[str, LexborNode]] = []
    while node is not None or open_nodes:
        if node is None:
            tag, closed = open_nodes.pop()
            yield Part(Turn.CLOSE, tag, "", closed)
            node = closed.next
            continue
        tag = node.tag or ""
        if tag == TEXT:
            yield Part(Turn.WORDS, tag, node.text_content or "", None)
        elif not tag.startswith(("-", "!")) and not is_silent(node, tag):
            yield Part(Turn.OPEN, tag, "", node)
            open_nodes.append((tag, node))
            node = node.first_child
            continue
        node = node.next


def is_silent(node: LexborNode, tag: str) -> bool:
    """Whether a part says nothing of what the page is about: a script, a menu, who wrote it."""
    if tag in _SILENT:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    if (attributes.get("id") or "").lower() in _SILENT_IDS or "hidden" in attributes:
        return True
    if (attributes.get("role") or "") in {"navigation", "search", "banner"} and tag != "header":
        return True
    if tag in _SEEN_AS_TABLE and _UNSEEN.search(attributes.get("style") or ""):
        return True
    classes = attributes.get("class")
    return bool(classes) and not _SILENT_CLASSES.isdisjoint((classes or "").lower().split())


def words_below(root: LexborNode) -> str:
    """Return the text below a node, with a space wherever a part begins or ends."""
    found = [part.words if part.turn is Turn.WORDS else " " for part in parts(root)]
    return " ".join("".join(found).split())
