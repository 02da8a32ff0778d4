"""A catalogue's texts on a card: whole lines, else whole sentences, as many as there is room for.

Also what is expected in full, and what to say where the catalogue says nothing.
"""

import re
from functools import lru_cache

from bot.cards.mrkdwn import escape, isolated, shown_text, unmarked
from bot.domain.framework import Expectation
from bot.text.translator import Translator

# Below this, a word about what is missing would take the room of the text itself.
_TALKATIVE = 60
# The least room in which the whole sentence about a missing cell is worth having.
MISSING = 100
FULL_TEXT = 2700
_MOST_PARTS = 20
_ITEM = re.compile(r"^(\s*)[-*+•‣◦▪·–]\s+(?=\S)")
_SENTENCE = re.compile(
    r"(?<=[.!?…])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!vs\.)\s+(?=[^\sa-z])|(?<=[。！？])"
)
# What a sign costs beyond itself: as an entity, between two joiners, behind a backslash.
_DEAR = (("&", 4), ("<", 3), (">", 3), *((mark, 2) for mark in "*_~`"), ('"', 1), ("\\", 1))
_DEAR_SIGN = re.compile(r"""[&<>*_~`"\\]""")
# All ASCII that can be shown but those, and what Markdown begins with.
_CAREFREE = bytes(code for code in range(0x20, 0x7F) if chr(code) not in '&<>*_~`"\\[#')
_WIDE_END = ("。", "！", "？")
_CLAUSE = re.compile(r"[,;:]\s|[，；：、]")


def lines_of(text: str) -> list[str]:
    """Return the lines of a text in plain characters: items behind "•", without markup."""
    if text.isprintable():
        line = _plain(text)
        return [line] if line else []
    lines = (_plain(line) for line in text.splitlines())
    return [line for line in lines if line]


def _plain(line: str) -> str:
    # Most lines begin with a letter, and are no item.
    item = None if line[:1].isalnum() else _ITEM.match(line)
    body = unmarked(shown_text(line[item.end() :] if item else line))
    if not item or not body:
        return body
    return f"   ◦ {body}" if item.group(1) else f"• {body}"


# Who has the same role reads the same, and so does who asks for a card in other words.
@lru_cache(maxsize=2048)
def excerpt(text: str, room: int, tr: Translator) -> str:
    """Return about `room` characters of a text as mrkdwn, its lines kept.

    A list is shortened by whole lines and says how many are left out; a paragraph by whole
    sentences, of which there is at least one. A sentence of more than one and a half times the
    room ends after a clause and says where it continues.
    """
    if _as_it_is(text, room):
        return text
    return "\n".join(escape(isolated(line)) for line in _chosen(text, room, tr))


def plain_excerpt(text: str, room: int, tr: Translator) -> str:
    """Return the same as plain text, for a cell of a table."""
    if _as_it_is(text, room):
        return text
    return "\n".join(isolated(line) for line in _chosen(text, room, tr))


def _as_it_is(text: str, room: int) -> bool:
    """Tell quickly that there is nothing to cut, take away or escape: a card has ten such texts."""
    return (
        len(text) <= room
        and text.isascii()
        and text[:1].isalnum()
        and text[-1:] != " "
        and "  " not in text
        # In a tenth of the time that a pattern takes: nothing is left of such a text.
        and not text.encode().translate(None, _CAREFREE)
    )


def _chosen(text: str, room: int, tr: Translator) -> list[str]:
    lines = lines_of(text)
    if not lines:
        return []
    if len(lines) == 1:
        return [_sentences(lines[0], room, tr)]
    kept: list[str] = []
    left = room
    for line in lines:
        if kept and _cost(line) > left:
            break
        shown = _sentences(line, max(left, 1), tr) if not kept else line
        kept.append(shown)
        left -= _cost(shown) + 1
    rest = len(lines) - len(kept)
    if rest and room >= _TALKATIVE:
        kept.append(
            tr.plural("{count} more line in Details", "{count} more lines in Details", rest)
        )
    elif rest:
        kept[-1] = f"{kept[-1].rstrip('…')}…"
    return kept


def _sentences(line: str, room: int, tr: Translator) -> str:
    if _cost(line) <= room:
        return line
    shown = ""
    for sentence in _split(line):
        longer = f"{shown}{sentence}"
        if shown and _cost(longer) > room:
            break
        shown = longer
    shown = shown.rstrip()
    if _cost(shown) > room * 3 // 2:
        return _clause(shown, room, tr)
    if len(shown) == len(line.rstrip()):
        return shown
    return f"{shown}…" if shown.endswith(_WIDE_END) else f"{shown} …"


def _split(line: str) -> list[str]:
    """Return the sentences of a line, each with the space behind it."""
    found, start = [], 0
    for end in _SENTENCE.finditer(line):
        if end.end() > start:
            found.append(line[start : end.end()])
            start = end.end()
    return [*found, line[start:]] if start < len(line) else found


def _clause(sentence: str, room: int, tr: Translator) -> str:
    """Cut a long sentence after a clause within the room, else after a word."""
    cut = sentence[:room]
    while len(cut) > 1 and _cost(cut) > room:
        cut = cut[: max(1, len(cut) - (_cost(cut) - room + 1) // 2)]
    ends = [each.start() for each in _CLAUSE.finditer(cut)]
    end = ends[-1] if ends else 0
    if end <= len(cut) // 3:
        end = cut.rfind(" ")
    if end > len(cut) // 3:
        cut = cut[:end]
    cut = cut.rstrip(" ,;:，；：、")
    if room < _TALKATIVE:
        return f"{cut}…"
    return tr("{text} … continues in Details", text=cut)


def _cost(text: str) -> int:
    """Count characters as escaped mrkdwn in JSON: what a card pays for them."""
    if not _DEAR_SIGN.search(text):
        return len(text)
    return len(text) + sum(text.count(sign) * more for sign, more in _DEAR if sign in text)


def behaviour(expectation: Expectation | None, room: int, tr: Translator) -> str:
    """Return about `room` characters of the behaviour as mrkdwn, or say that there is none."""
    if expectation is None:
        return missing(tr)
    if expectation.wording is None:
        return unwritten(tr)
    return excerpt(tr.of(expectation.wording), room, tr) or unwritten(tr)


def missing(tr: Translator) -> str:
    """Say that a cell is not defined, which is not the same as *not required*."""
    return tr("_The framework says nothing here; that is not the same as “not required”._")


def unwritten(tr: Translator) -> str:
    """Say that something is asked for, but nobody has described it."""
    return tr("_No description written yet._")


def full_text(expectation: Expectation | None, tr: Translator) -> str:
    """Return the behaviour as one section's mrkdwn, its lines kept; else say what is missing."""
    if expectation is None:
        return missing(tr)
    if expectation.wording is None:
        return unwritten(tr)
    return next(iter(in_parts(tr.of(expectation.wording), FULL_TEXT, FULL_TEXT)), unwritten(tr))


def in_parts(text: str, first: int, later: int) -> list[str]:
    """Return a text as mrkdwn in parts of whole lines: the first and the later of so many signs.

    A line that is longer than a part goes on in the next, from a word.
    """
    parts: list[str] = []
    kept: list[str] = []
    room = first
    for line in lines_of(text):
        left = line
        while left:
            shown = escape(isolated(left))
            if len(shown) <= room:
                kept.append(shown)
                room -= len(shown) + 1
                break
            if kept:
                parts.append("\n".join(kept))
                kept, room = [], later
                continue
            head, left = _cut(left, room)
            parts.append(escape(isolated(head)))
            room = later
    if kept:
        parts.append("\n".join(kept))
    return parts[:_MOST_PARTS]


def _cut(line: str, room: int) -> tuple[str, str]:
    """Cut a line so that its beginning fits as mrkdwn, after a word where one is near."""
    end = room
    while end > 1 and len(escape(isolated(line[:end]))) > room:
        end = max(1, end - max(1, (len(escape(isolated(line[:end]))) - room) // 3))
    space = line.rfind(" ", 0, end)
    if space > end * 2 // 3:
        end = space
    return line[:end].rstrip(), line[end:].lstrip()
