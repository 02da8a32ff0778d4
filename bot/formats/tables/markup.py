"""HTML and Markdown inside a cell, turned into lines that read well as plain text.

Only tags that HTML knows are touched: ``List<String>`` and ``a < b`` stay as they are. Everything
here takes time in proportion to the text, whatever somebody put into it.
"""

import re

_BREAK = "\x00"
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("head", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
_INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "col", "del"),
        *("dfn", "em", "font", "i", "img", "ins", "kbd", "mark", "o:p", "q", "s", "samp"),
        *("small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{'|'.join(sorted(_BLOCKS | _INLINE, key=len, reverse=True))})"
    r"(?P<rest>(?:\s[^<>]*)?)/?>",
    re.IGNORECASE,
)
_HIDDEN = (
    (re.compile(r"<!--"), re.compile(r"-->")),
    *(
        (
            re.compile(rf"<{name}(?:\s[^<>]*)?>", re.IGNORECASE),
            re.compile(rf"</{name}>", re.IGNORECASE),
        )
        for name in ("script", "style")
    ),
)
_TARGET = re.compile(r"""\shref\s*=\s*["']?((?:https?|mailto):[^"'\s<>]+)""", re.IGNORECASE)
_BOLD = re.compile(r"(?<![\w`*])\*\*(?=[^\s*])([^*\n]*[^\s*])\*\*(?![\w`*])")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]+)\]\((https?://[^\s()]+|mailto:[^\s()]+)\)")


def without_markup(text: str) -> str:
    """Return the text with its HTML and Markdown turned into lines, lists and words."""
    if "<" in text:
        text = _without_tags(text)
    if "**" in text:
        text = _BOLD.sub(r"\1", text)
    if "](" in text:
        text = _MARKDOWN_LINK.sub(lambda match: _linked(match[1], match[2]), text)
    return text


def _without_tags(text: str) -> str:
    text = text.replace(_BREAK, "")
    for opening, closing in _HIDDEN:
        text = _without_spans(text, opening, closing)
    first, *rest = _TAG.sub(_Tags().replaced, text).split(_BREAK)
    if not rest:
        return first
    *middle, last = rest
    parts = [first.rstrip(), *(part.strip() for part in middle), last.lstrip()]
    return "\n".join(part for part in parts if part)


def _without_spans(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """Return the text without what stands from each opening to its closing mark."""
    kept, at = [], 0
    while (start := opening.search(text, at)) and (end := closing.search(text, start.end())):
        kept.append(text[at : start.start()])
        at = end.end()
    return "".join([*kept, text[at:]])


def _linked(words: str, target: str) -> str:
    address = target.removeprefix("mailto:")
    return words if not words.strip() or address in words else f"{words} ({address})"


class _Tags:
    """Replaces tags one after the other; knows the list and the link it is in."""

    def __init__(self) -> None:
        self._numbers: list[int | None] = []
        self._link: tuple[str, int] | None = None

    def replaced(self, match: re.Match[str]) -> str:
        name, closing = match["name"].lower(), bool(match["end"])
        if name == "br":
            return "\n"
        if name == "a":
            return self._address(match, closing)
        if name in {"td", "th"}:
            return " " if closing else ""
        if name in {"ol", "ul"}:
            self._list(name, closing)
        elif name == "li" and not closing:
            return f"{_BREAK}{self._marker()}"
        return _BREAK if name in _BLOCKS else ""

    def _address(self, match: re.Match[str], closing: bool) -> str:
        """Return the address of a link after its words, at its end."""
        if not closing:
            target = _TARGET.search(match["rest"])
            self._link = (target[1], match.end()) if target else None
            return ""
        if self._link is None:
            return ""
        target_text, start = self._link
        self._link = None
        words = match.string[start : match.start()]
        return _linked(words, target_text)[len(words) :]

    def _list(self, name: str, closing: bool) -> None:
        if not closing:
            self._numbers.append(0 if name == "ol" else None)
        elif self._numbers:
            self._numbers.pop()

    def _marker(self) -> str:
        number = self._numbers[-1] if self._numbers else None
        if number is None:
            return "- "
        self._numbers[-1] = number + 1
        return f"{number + 1}. "
