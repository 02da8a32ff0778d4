"""What the cells of a wide table hold, decided for all of its columns together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.said import said
from bot.formats.grids.columns import Headed
from bot.formats.mapping.model import DepthSpec, Holds, LevelColumn
from bot.formats.mapping.vocabulary import NOTHING_WORDS, requirement_words
from bot.formats.mapping.words import normal
from bot.formats.names.figures import is_depth, is_number
from bot.formats.proposing.questions import Choice, Deciding, Question

_REQUIREMENTS = requirement_words()
_NOTHING = frozenset(map(normal, NOTHING_WORDS))
_ZERO = re.compile(r"0(?:[.,]0+)?\s?%?")
_SILENT = re.compile(
    r"(?:none|nothing|not (?:needed|required|expected|applicable|relevant|defined|asked).*|n/?a|no"
    r"|unaware|no (?:knowledge|experience|skill)s?|keine?.*|nicht .*|无|不需要|不要求|没有|不适用)",
    re.IGNORECASE,
)


def with_held(
    table: Headed,
    columns: Sequence[tuple[LevelColumn, int]],
    legend: Mapping[str, str],
    deciding: Deciding,
) -> list[LevelColumn]:
    """Return the columns with what they hold; those whose header says it keep that."""
    open_at = [at for column, at in columns if column.holds is Holds.TEXT]
    holds = _held((cell for at in open_at for cell in table.column(at)), legend, deciding)
    return [
        replace(column, holds=holds) if column.holds is Holds.TEXT else column
        for column, _ in columns
    ]


def _held(cells: Iterable[str], legend: Mapping[str, str], deciding: Deciding) -> Holds:
    words = {cell for cell in cells if cell and normal(cell) not in _NOTHING}
    if not words:
        return Holds.TEXT
    if all(map(is_number, words)):
        if words <= {"0", "1"} and not legend:
            return _of_two(deciding)
        return Holds.PROFICIENCY
    if all(normal(word) in _REQUIREMENTS for word in words):
        return Holds.REQUIREMENT
    if all(map(is_depth, words)):
        return Holds.PROFICIENCY
    return Holds.TEXT


def _of_two(deciding: Deciding) -> Holds:
    """Return what a table of 0 and 1 alone holds, which only its owner knows."""
    question = Question(
        "numbers",
        said("All cells are 0 or 1: what do they mean?"),
        (
            Choice("required", said("1 is required, 0 is not asked"), "holds: requirement"),
            Choice("depth", said("they are how deep the skill goes"), "holds: proficiency"),
        ),
    )
    return Holds.PROFICIENCY if deciding.ask(question) == "depth" else Holds.REQUIREMENT


def zeros(cells: Iterable[str], legend: Mapping[str, str]) -> tuple[str, ...]:
    """Return the cells that are a scale's zero: nothing is asked, which is no proficiency."""
    words = {cell for cell in cells if cell}
    meant = legend.get("0")
    if meant is not None and not _SILENT.fullmatch(meant):
        return ()
    if not any(is_number(word) and not _ZERO.fullmatch(word) for word in words):
        return ()
    return tuple(sorted(word for word in words if _ZERO.fullmatch(word)))


def depths_of(legend: Mapping[str, str], used: Iterable[str]) -> tuple[DepthSpec, ...]:
    """Return the proficiencies of a legend, shallowest first; none where cells go beyond it."""
    words = {cell for cell in used if cell and normal(cell) not in _NOTHING}
    if not legend or not words <= legend.keys():
        return ()
    silent = legend.get("0") is not None and _SILENT.fullmatch(legend["0"])
    found = [
        DepthSpec(legend[number][:100], words=(number,))
        for number in sorted(legend, key=int)
        if not (number == "0" and silent)
    ]
    names = {normal(each.name) for each in found}
    return tuple(found) if len(names) == len(found) else ()
