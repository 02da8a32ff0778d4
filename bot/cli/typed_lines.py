"""Commands from standard input, one a line."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from bot.values import dataclass

LONGEST = 4_000
"""Characters of a line. Slack takes fewer in a message; the bot itself answers up to 300."""

_MOST_BYTES = 4 * LONGEST


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line that is a command; `trouble` says why it cannot be typed, in words that help."""

    number: int
    text: str
    trouble: str | None = None


def typed_lines(source: BinaryIO) -> Iterator[TypedLine]:
    """Yield the commands in order, each as soon as its line is there.

    Empty lines and those that begin with `#` are left out. However long a line is, no more of it
    is held than a command may have.
    """
    number = 0
    while line := source.readline(_MOST_BYTES):
        number += 1
        whole = _rest_skipped(line, source)
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        found = _typed(number, line, whole=whole)
        if found is not None:
            yield found


def _typed(number: int, line: bytes, *, whole: bool) -> TypedLine | None:
    shown = line.decode("utf-8", errors="replace").strip()
    if not shown or shown.startswith("#"):
        return None
    if not whole or len(shown) > LONGEST:
        trouble = f"line {number} has more than {LONGEST:,} characters; shorten it"
        return TypedLine(number, f"{shown[:60]}…", trouble)
    try:
        return TypedLine(number, line.decode("utf-8").strip())
    except UnicodeDecodeError:
        return TypedLine(number, shown, f"line {number} is not UTF-8; save the file as UTF-8")


def _rest_skipped(line: bytes, source: BinaryIO) -> bool:
    """Read on to the end of the line; True where it was whole already."""
    if line.endswith(b"\n") or len(line) < _MOST_BYTES:
        return True
    while (more := source.readline(_MOST_BYTES)) and not more.endswith(b"\n"):
        pass
    return False
