"""Any text as Markdown (CommonMark, with GitHub's tables) that shows exactly this text."""

import re
from itertools import pairwise

from bot.domain.shown import shown

# Signs that mean something within a line; an underscore within a word means nothing.
_WITHIN = re.compile(r"[\\`*\[\]<>|~$]|(?<!&)#|(?<![^\W_])_|_(?![^\W_])")
# A reference such as ``&lt;`` is a sign of its own.
_REFERENCE = re.compile(r"&(?=#|\w+;)")
# What makes a line a list, a rule, a heading's underline or a quote.
_AT_START = re.compile(r"^([-+=>:]|\d{1,9}(?=[.)]))")
_NO_LINK = re.compile(r"[<>\s\x00-\x1f]")


def inline(text: str) -> str:
    """Return one line of Markdown; line ends become spaces."""
    return _escaped(" ".join(shown(text).split()))


def quoted(text: str, indent: str = "") -> str:
    """Return a block quote that keeps the text's lines."""
    lines = [" ".join(line.split()) for line in shown(text).strip().splitlines()]
    # A backslash at its end keeps a line apart from the next.
    ends = ["\\" if line and following else "" for line, following in pairwise([*lines, ""])]
    return "\n".join(
        f"{indent}> {_escaped(line)}{end}".rstrip() for line, end in zip(lines, ends, strict=True)
    )


def link(url: str) -> str:
    """Return a link that shows its own address; an address that is none, as text."""
    return _escaped(url) if _NO_LINK.search(url) else f"<{url}>"


def cell(text: str) -> str:
    """Return one cell of a table; references such as ``&#x3c;`` in it stay what they are."""
    return "<br>".join(_WITHIN.sub(r"\\\g<0>", line) for line in text.split("\n"))


def _escaped(line: str) -> str:
    escaped = _REFERENCE.sub(r"\\\g<0>", _WITHIN.sub(r"\\\g<0>", line))
    start = _AT_START.match(escaped)
    if not start:
        return escaped
    if start.group().isdigit():
        return f"{start.group()}\\{escaped[start.end() :]}"
    return f"\\{escaped}"
