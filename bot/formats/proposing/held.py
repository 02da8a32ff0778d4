"""What the cells of a wide table hold, decided for all of its columns together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from bot.domain.said import said
from bot.formats.grids.columns import Headed
from bot.formats.mapping.model import DepthSpec, Holds, LevelColumn
from bot.formats.mapping.vocabulary import (
    DENIALS,
    NOTHING_WORDS,
    depth_order,
    requirement_words,
)
from bot.formats.mapping.words import normal
from bot.formats.names.figures import is_depth, is_number
from bot.formats.problems import shortened
from bot.formats.proposing.questions import Choice, Deciding, Question

_REQUIREMENTS = requirement_words()
_NOTHING = frozenset(map(normal, NOTHING_WORDS))
_DENIALS = frozenset(map(normal, DENIALS))
_FEW, _CODE, _SHOWN = 3, 3, 8
_FEW_WORDS, _WORD = 6, 16
_EASTERN = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]")
_LETTERS = re.compile(r"[A-Z]{1,2}[+-]?")
_MARK = re.compile(r"[A-Z]|[^\W\d_a-z]")
_BINARY = frozenset({"0", "1"})
_SEVERAL = 2
_ZERO = re.compile(r"0(?:[.,]0+)?\s?%?")
_ZERO_NAMED = re.compile(r"0\s*[-–—:=(（]\s*([^)）]+)[)）]?")
_SILENT = re.compile(
    r"(?:none|nothing|not (?:needed|required|expected|applicable|relevant|defined|asked).*|n/?a|no"
    r"|unaware|no (?:knowledge|experience|skill)s?|keine?.*|nicht .*|无|不需要|不要求|没有|不适用"
    r"|no (?:requerid|necesari|aplica|se ).*|ningun[oa].*|nenhuma?.*|não .*|nessun[oa]?.*|non .*"
    r"|aucune?.*|pas .*|geen.*|niet .*|brak.*|nie .*|нет.*|не .*|不要|必要なし|なし|없음|불필요)",
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
    cells = [table.column(at) for at in open_at]
    if _are_circles(table, cells):
        holds = _of_codes(cells, deciding)
    else:
        holds = held_by_cells(cells, legend, deciding)
    found = [
        replace(column, holds=holds) if column.holds is Holds.TEXT else column
        for column, _ in columns
    ]
    _tell_joined(found, deciding)
    return found


def _are_circles(table: Headed, columns: Sequence[Sequence[str]]) -> bool:
    """Whether cells are O and X: yes and no in Korea and Japan, the other way round elsewhere."""
    marks = {normal(cell) for cells in columns for cell in cells if cell}
    return marks == {"o", "x"} and any(map(_EASTERN.search, table.header.cells))


def _tell_joined(columns: Sequence[LevelColumn], deciding: Deciding) -> None:
    """Say which columns are about one thing, so that their texts become lines of one."""
    alike: dict[LevelColumn, list[str]] = {}
    for column in columns:
        alike.setdefault(replace(column, column=""), []).append(column.column)
    joined = [
        ", ".join(names)
        for each, names in alike.items()
        if len(names) > 1 and each.holds is Holds.TEXT
    ]
    if joined:
        tell_joined(joined, deciding)


def tell_joined(columns: Sequence[str], deciding: Deciding) -> None:
    """Say of columns, those about one thing together, that their texts become lines of one."""
    deciding.remark(
        said(
            "{where}: the texts of these columns are joined as lines: {columns}",
            where=deciding.where,
            columns="; ".join(columns),
        )
    )


def held_by_cells(
    columns: Sequence[Sequence[str]], legend: Mapping[str, str], deciding: Deciding
) -> Holds:
    """Return what cells hold, taken by columns; what only their owner knows is asked."""
    filled = [
        [cell for cell in cells if cell and normal(cell) not in _NOTHING] for cells in columns
    ]
    words = set(chain.from_iterable(filled))
    if not words:
        return Holds.TEXT
    if _are_depths(words, legend):
        return Holds.PROFICIENCY
    if all(map(is_number, words)):
        if words <= {"0", "1"} and not legend and not deciding.graded:
            return _of_two(deciding)
        return Holds.PROFICIENCY
    if all(normal(word) in _REQUIREMENTS or _denies(word) for word in words):
        return _of_codes(filled, deciding) if _are_unclear(words) else Holds.REQUIREMENT
    if all(map(is_depth, words)):
        return Holds.PROFICIENCY
    return _of_codes(filled, deciding) if are_codes(filled) else Holds.TEXT


def _are_depths(words: set[str], legend: Mapping[str, str]) -> bool:
    """Whether cells are letters that a legend explains, and not as what must and what may be."""
    meant = [legend[word] for word in words if word in legend]
    must = [normal(name) in _REQUIREMENTS and not _SILENT.fullmatch(name) for name in meant]
    return len(words) == len(meant) > 1 and not any(must) and not any(map(str.isdigit, words))


def _are_unclear(words: set[str]) -> bool:
    """Whether marks say something else beside others: R beside M, (X) beside X."""
    plain = set(map(normal, words))
    bracketed = any(word[0] in "(（" for word in words)
    return {"m", "r"} <= plain or (bracketed and len(plain) < len(words))


def are_codes(columns: Sequence[Sequence[str]]) -> bool:
    """Whether cells are marks of a scale of their own, or figures for the most part: no texts."""
    filled = [*chain.from_iterable(columns)]
    words = set(filled)
    if sum(map(is_number, filled)) * 2 > len(filled) > _FEW:
        return True
    if all(not any(map(str.isalnum, word)) for word in words):
        return len(words) > 1 or len(filled) >= _FEW
    if len(words) == 1 and len(filled) >= _FEW and _MARK.fullmatch(filled[0]):
        return True
    if not 1 < len(words) <= len(filled) / 2:
        return False
    if all(map(_LETTERS.fullmatch, words)):
        return True
    if len(filled) < _FEW * 2:
        return False
    # A text is about one level; a mark of a scale is given at several.
    shared = [word for word in words if sum(word in cells for cells in columns) > 1]
    short = all(len(word) <= _CODE for word in words)
    few = len(words) <= _FEW_WORDS and all(len(word) <= _WORD for word in words)
    return (short or few) and len(shared) * 2 > len(words)


def _of_codes(columns: Sequence[Sequence[str]], deciding: Deciding) -> Holds:
    """Return what marks mean that nobody else knows: ``B``, ``I``, ``A``, or ○ and △."""
    marks = list(dict.fromkeys(chain.from_iterable(columns)))
    shown = ", ".join(f"'{shortened(mark)}'" for mark in marks[:_SHOWN])
    question = Question(
        "marks",
        said("The cells hold marks or figures, {marks}: what do they mean?", marks=shown),
        (
            Choice(
                "depth",
                said("they are how deep the skill goes"),
                f"holds: proficiency (proficiencies: [{', '.join(marks[:_SHOWN])}])",
            ),
            Choice("text", said("they are texts, to be shown as they are"), "holds: text"),
        ),
    )
    answer = deciding.ask(question)
    return Holds.PROFICIENCY if answer == "depth" else Holds.TEXT


def _denies(cell: str) -> bool:
    return normal(cell) in _DENIALS


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


def has_scale(table: Headed, tables: Sequence[Headed]) -> bool:
    """Whether columns of 0 and 1 alone go beyond 1 in others of these tables laid out alike."""
    head = tuple(map(normal, table.header.cells))
    alike = [each for each in tables if tuple(map(normal, each.header.cells)) == head]
    if len(alike) < _SEVERAL:
        return False
    for at in range(table.width):
        own = {cell for cell in table.column(at) if cell}
        cells = {cell for each in alike for cell in each.column(at) if cell}
        if own and own <= _BINARY and not cells <= _BINARY and all(map(is_number, cells)):
            return True
    return False


def denials(table: Headed, columns: Sequence[tuple[LevelColumn, int]]) -> tuple[str, ...]:
    """Return the cells of marks by which nothing is asked: ✗ beside ✓, No beside Yes.

    Where a header says that its cells are about a requirement, No is optional.
    """
    if any(column.holds is not Holds.TEXT for column, _ in columns):
        return ()
    return denials_in(cell for _, at in columns for cell in table.column(at))


def denials_in(cells: Iterable[str]) -> tuple[str, ...]:
    """Return the marks by which nothing is asked."""
    return tuple(sorted(filter(_denies, {cell for cell in cells if cell})))


def zeros(cells: Iterable[str], legend: Mapping[str, str]) -> tuple[str, ...]:
    """Return the cells that are a scale's zero: nothing is asked, which is no proficiency."""
    words = {cell for cell in cells if cell}
    silent = [word for word in words if _is_silent(word, legend) or _says_silent(word)]
    if silent:
        return tuple(sorted(silent))
    meant = legend.get("0")
    if meant is not None and not _SILENT.fullmatch(meant):
        return ()
    if not any(is_number(word) and not _ZERO.fullmatch(word) for word in words):
        return ()
    return tuple(sorted(word for word in words if _ZERO.fullmatch(word)))


def _is_silent(word: str, legend: Mapping[str, str]) -> bool:
    """Whether a legend says of a letter that nothing is asked there."""
    return not word.isdigit() and bool(_SILENT.fullmatch(legend.get(word, "")))


def _says_silent(word: str) -> bool:
    """Whether a cell is a scale's zero with its word: ``0 - none``."""
    found = _ZERO_NAMED.fullmatch(word)
    return bool(found and _SILENT.fullmatch(found[1].strip()))


def depths_of(legend: Mapping[str, str], used: Iterable[str]) -> tuple[DepthSpec, ...]:
    """Return the proficiencies of a legend, shallowest first; none where cells go beyond it."""
    words = {cell for cell in used if cell and normal(cell) not in _NOTHING}
    if not legend or not words <= legend.keys():
        return ()
    silent = legend.get("0") is not None and _SILENT.fullmatch(legend["0"])
    found = [
        DepthSpec(legend[code][:100], words=(code,))
        for code in _from_shallow(legend)
        if not (code == "0" and silent)
    ]
    names = {normal(each.name) for each in found}
    return tuple(found) if len(names) == len(found) else ()


def _from_shallow(legend: Mapping[str, str]) -> list[str]:
    """Return the codes of a legend: figures by height, letters by their names or as listed."""
    codes = [code for code in legend if not _is_silent(code, legend)]
    if all(map(str.isdigit, codes)):
        return sorted(codes, key=int)
    known = depth_order([legend[code] for code in codes])
    return codes if known is None else [codes[at] for at in known]
