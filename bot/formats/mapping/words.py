"""How words of a spreadsheet are compared: what a person reads as the same is the same."""

import re
import unicodedata

from bot.domain.text import remembered

_GAPS = re.compile(r"[\W_]+")
_LINK = re.compile(r"!?\[([^\[\]]+)\]\([^()]*\)|\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_ADDRESS = re.compile(r"\s*\((?:https?://|mailto:)[^\s()]*\)")
_STRUCK = re.compile(r"~~[^~]+~~")
_MARKED = re.compile(r"(?<![\w*_`\\])([*_`]{1,3})(?=[^\s*_`])([^*_`]*?[^\s*_`])\1(?![\w*_`])")
_SIGNS = str.maketrans({"+": " plus ", "#": " sharp "})


@remembered(65_536)
def normal(text: str) -> str:
    """Return the form in which two names are compared: without case, width and punctuation.

    A name of signs alone (an emoji, ``✓``) is compared by its signs.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS)
    words = _GAPS.sub(" ", folded).strip()
    return words or " ".join(unicodedata.normalize("NFC", text).split())


def one_line(text: str) -> str:
    """Return a name as it is kept: on one line, single spaces."""
    return " ".join(text.split())


def plain_name(text: str) -> str:
    """Return a name without marks of Markdown: ``*Mastery*`` is Mastery, what is struck out goes.

    A name that is nothing but struck out stays as its words.
    """
    if not any(sign in text for sign in "*_`~[("):
        return text
    name = _ADDRESS.sub("", text)
    name = _LINK.sub(lambda match: match[1] or match[2], name)
    name = one_line(_STRUCK.sub(" ", name)) or name.replace("~~", "")
    for _ in range(2):  # bold within italic
        name = _MARKED.sub(r"\2", name)
    return one_line(name) or text


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, for a list of them that is easier to read so."""
    return frozenset(text.split())
