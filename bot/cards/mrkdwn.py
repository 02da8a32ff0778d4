"""Text for Slack's mrkdwn: escaped, so that no catalogue text or typed word can ping or format."""

import re

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Format characters switch bold, code and the like on; a joiner keeps them as plain characters.
_MARKS = "*_~`"
_SPECIAL = re.compile("[&<>*_~`]")
_ELLIPSIS = "…"
# Control characters, those that turn the direction of all that follows, also of our own words, and
# halves of surrogate pairs, which no answer can carry.
_UNSHOWN = re.compile("[\x00-\x08\x0e-\x1b\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


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


def clip(text: str, limit: int) -> str:
    """Return plain text of at most `limit` characters of JSON, cut at a word where one is near."""
    if not _is_plain(text):
        text = " ".join(_UNSHOWN.sub("", text).split())
    elif len(text) <= limit and not ('"' in text or "\\" in text):
        return text
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


def bold(text: str, limit: int) -> str:
    """Return escaped text in bold."""
    return f"*{safe(text, limit)}*"
