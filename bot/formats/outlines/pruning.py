"""Leaves out the parts of an outline that say nothing of their own."""

from collections.abc import Sequence

from bot.formats.mapping.words import normal
from bot.formats.outlines.dimensions import Dimension
from bot.formats.outlines.names import MOSTLY, level_share

_PART_WORDS = frozenset(
    {
        *("skills", "competencies", "competences", "expectations", "behaviours", "behaviors"),
        *("levels", "requirements", "roles", "responsibilities", "capabilities", "criteria"),
        *("ladder", "topics", "技能", "能力", "级别", "要求", "期望", "职责", "角色"),
    }
)


def pruned(dimensions: Sequence[Dimension]) -> list[Dimension]:
    """Return the parts that say something of their own.

    Words for a kind of thing ("Skills" over all skills) are no name, and a file's name that goes
    with one title only is that title.
    """
    kept = [each for each in dimensions if each.distinct and not _is_word_for_parts(each)]
    titles = [each for each in kept if not each.is_file and not each.is_label]
    return [
        each
        for each in kept
        if not each.is_file
        or not any(each.repeats(title) and _better(title, each) for title in titles)
    ]


def _better(title: Dimension, file: Dimension) -> bool:
    """Whether a title says what a file's name says: not where only that reads like levels."""
    return (
        len(file.distinct) == 1
        or level_share(file.distinct) < MOSTLY
        or level_share(title.distinct) >= MOSTLY
    )


def _is_word_for_parts(dimension: Dimension) -> bool:
    return (
        len(dimension.distinct) == 1
        and normal(dimension.distinct[0]) in _PART_WORDS
        and not dimension.is_file
    )
