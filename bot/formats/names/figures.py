"""Cells that grade something: figures on a scale, depths in words, stars."""

import re
from collections.abc import Iterable

from bot.formats.mapping.vocabulary import is_depth_name

_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?\s?%?|\d\s?/\s?\d{1,2}|(?:level|lvl|l|stufe)\s?\d")
_MARKED = re.compile(
    r"\d\s?[-–—:=]\s?[^\W\d].{0,25}|[★☆●○◐]{1,10}|[^\W\d].{0,25}\(\d\)"
    r"|\d\s?[(（][^\W\d].{0,25}[)）]"
)


def is_depth(cell: str) -> bool:
    """Whether a cell is a depth in words, figures or stars: ``Working``, ``3 - Expert``, ``★★``."""
    return is_depth_name(cell) or is_number(cell) or bool(_MARKED.fullmatch(cell.strip()))


def is_number(cell: str) -> bool:
    """Whether a cell is a figure on some scale: ``3``, ``2.5``, ``75 %``, ``3/5``, ``Level 2``."""
    return bool(_NUMBER.fullmatch(cell.strip().lower()))


def are_numbers(cells: Iterable[str]) -> bool:
    """Whether cells are figures, the blank ones apart; not where all are blank."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(map(is_number, filled))
