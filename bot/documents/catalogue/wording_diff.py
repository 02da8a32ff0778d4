"""What differs within a text: both versions in pieces, each the same on both sides or not."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

# Words, spaces, and all else sign by sign; so go scripts that put no spaces between words.
_ALONE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECE = re.compile(rf"[{_ALONE}]|(?:(?![{_ALONE}])[\w'’-])+|\s+|[^\w\s]")
# Beyond this, marking words takes long and tells little: all of it is marked.
_MOST_PIECES = 2_000
# Two texts with less in common are read as two texts, not as one with holes.
_LEAST_ALIKE = 0.25


class Piece(NamedTuple):
    """A stretch of a text."""

    text: str
    differs: bool


Side = tuple[Piece, ...]


def compared(before: str, after: str) -> tuple[Side, Side]:
    """Return both texts in pieces; put together they are the texts again."""
    if before == after:
        return _plain(before), _plain(after)
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if (
        max(len(old), len(new)) > _MOST_PIECES
        or matcher.quick_ratio() < _LEAST_ALIKE
        or matcher.ratio() < _LEAST_ALIKE
    ):
        return _other(before), _other(after)
    steps = matcher.get_opcodes()
    inside = range(1, len(steps) - 1)
    left: list[Piece] = []
    right: list[Piece] = []
    for at, (tag, one, end, other, last) in enumerate(steps):
        before, after = "".join(old[one:end]), "".join(new[other:last])
        # A space alone, between words that differ, would only tear them apart.
        differs = tag != "equal" or (at in inside and before.isspace())
        left.append(Piece(before, differs))
        right.append(Piece(after, differs))
    return _joined(left), _joined(right)


def _joined(pieces: Iterable[Piece]) -> Side:
    """Return the pieces that hold anything, neighbours of a kind as one."""
    filled = (each for each in pieces if each.text)
    return tuple(
        Piece("".join(each.text for each in group), differs)
        for differs, group in groupby(filled, key=lambda each: each.differs)
    )


def _plain(text: str) -> Side:
    return (Piece(text, False),) if text else ()


def _other(text: str) -> Side:
    return (Piece(text, True),) if text else ()
