"""Text for Slack's mrkdwn: escaped, so that no catalogue text or typed word can ping or format."""

import re
from functools import lru_cache

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Format characters switch bold, code and the like on; a joiner keeps them as plain characters.
_MARKS = "*_~`"
_SPECIAL = re.compile("[&<>*_~`]")
_ELLIPSIS = "…"
# Control characters, those that turn the direction of all that follows, also of our own words, and
# halves of surrogate pairs, which no answer can carry.
_UNSHOWN = re.compile("[\x00-\x08\x0e-\x1b\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Letters that are written from right to left. Such a text stands in an isolate, so that its own
# full stop and what follows it keep their places.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ISOLATE, _END = "\u2068", "\u2069"
# Markdown that an owner's spreadsheet may have around a name or within a text.
_LINK = re.compile(r"!?\[([^\[\]]+)\]\([^()\s]*\)")
_EMPHASIS = re.compile(
    r"(?<![\w*_~`])(\*{1,3}|_{1,3}|~~|`{1,3})(?=\S)(.{1,200}?)(?<=\S)\1(?![\w*_~`])"
)
_HEADING = re.compile(r"^#{1,6}\s+")
_MARKUP = re.compile(r"[*_~`\[#]")


def escape(text: str) -> str:
    """Return `text` so that mrkdwn shows exactly these characters on one paragraph.

    Slack resolves only ``&``, ``<`` and ``>``; formatting marks are kept apart from letters with a
    word joiner, which is invisible.
    """
    if not _SPECIAL.search(text):
        return text
    escaped = text.translate(_ESCAPES)
    for mark in _MARKS:
        if mark in escaped:
            escaped = escaped.replace(mark, f"\u2060{mark}\u2060")
    return escaped


def unmarked(text: str) -> str:
    """Return one line without the Markdown that an owner may have typed: links, bold, headings.

    What only looks like it (``snake_case``, ``a * b``, ``C#``) stays.
    """
    if not _MARKUP.search(text):
        return text
    text = _LINK.sub(r"\1", _HEADING.sub("", text))
    for _ in range(3):  # one within the other
        text = _EMPHASIS.sub(r"\2", text)
    return text


def shown_text(text: str) -> str:
    """Return one line without what cannot be shown, its spaces single."""
    return text if _is_plain(text) else " ".join(_UNSHOWN.sub("", text).split())


def isolated(text: str) -> str:
    """Return one line so that letters written from right to left move nothing around it."""
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return text
    return f"{_ISOLATE}{text}{_END}"


def clip(text: str, limit: int) -> str:
    """Return plain text of at most `limit` characters of JSON, cut at a word where one is near."""
    if not text.isascii() and _RIGHT_TO_LEFT.search(text):
        return isolated(_clip(text, max(1, limit - 2)))
    # A card clips a hundred texts, almost all of which are fine as they are.
    if len(text) <= limit and _is_plain(text) and '"' not in text and "\\" not in text:
        return text
    return _clip(text, limit)


def _clip(text: str, limit: int) -> str:
    text = shown_text(text)
    if _json_length(text) <= limit:
        return text
    cut = text[: limit - 1]
    while cut and (over := _json_length(cut) - limit + 1) > 0:
        cut = cut[: -max(1, over // 2)]
    space = cut.rfind(" ")
    if space > limit * 2 // 3:
        cut = cut[:space]
    return cut.rstrip() + _ELLIPSIS


def _is_plain(text: str) -> bool:
    """Tell quickly that there is nothing to take out: so it is with almost every text."""
    return text.isprintable() and "  " not in text and text == text.strip()


def _json_length(text: str) -> int:
    """Count characters as JSON writes them: a card has a budget of those."""
    return len(text) + text.count('"') + text.count("\\")


def safe(text: str, limit: int) -> str:
    """Return mrkdwn of at most `limit` characters *after* escaping, never cutting an entity."""
    shown = clip(text, limit)
    escaped = escape(shown)
    while len(escaped) > limit:
        shown = clip(shown, max(1, len(shown) - max(1, (len(escaped) - limit) // 3)))
        escaped = escape(shown)
    return escaped


# Names are few, and each card has some that the one before had.
@lru_cache(maxsize=4096)
def named(text: str, limit: int) -> str:
    """Return a name as mrkdwn, without markup."""
    return safe(unmarked(text), limit)


def address_link(url: str, label: str) -> str:
    """Return mrkdwn that opens a web address; empty where it is none that a link can hold."""
    if not url.startswith(("https://", "http://")) or set("<>| ") & set(url):
        return ""
    # No "|" ends up in a label: it would end the address.
    return f"<{url.replace('&', '&amp;')}|{escape(label.replace('|', '/'))}>"


def bold(text: str, limit: int) -> str:
    """Return a name in bold, without markup of its own."""
    return f"*{named(text, limit)}*"
