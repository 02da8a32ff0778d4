"""Expectations as the options of a select, and back."""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from bot.cards import limits
from bot.cards.card import standing
from bot.cards.elements import Option, option
from bot.cards.links import decode, encode
from bot.cards.mrkdwn import clip
from bot.domain.errors import OutdatedCard
from bot.domain.framework import CellKey, Expectation
from bot.domain.growth.evidence import MAX_SUPPORTED
from bot.domain.growth.requests import AddEvidence
from bot.text.translator import Translator

# Long keys do not fit into an option's value; a digest stands for them.
_DIGEST = "cell~"
_DOT = " · "
# Where three names are longer than an option together, each keeps about a third of it.
_PART = limits.OPTION // 3 - len(_DOT)


def cell_option(cell: CellKey, expectation: Expectation | None, tr: Translator) -> Option:
    """Return the option of an expectation; None for one that no catalogue has any more."""
    stands = standing(expectation, tr) if expectation else None
    return option(cell_name(cell, expectation, tr), cell_value(cell), stands)


def cell_name(cell: CellKey, expectation: Expectation | None, tr: Translator) -> str:
    """Return the name of an expectation as plain text that an option holds, each part of it seen.

    "ML Experiment Tracking · LLM Engineer, Senior"
    """
    if expectation is None:
        skill, rung = cell.skill, tr("no longer in the catalogue")
    else:
        skill, level = tr.of(expectation.skill.name), clip(tr.of(expectation.level.name), _PART)
        joint = len(tr("{role}, {level}", role="", level=level)) + len(_DOT)
        role = clip(tr.of(expectation.role.name), limits.OPTION - joint - min(len(skill), _PART))
        rung = tr("{role}, {level}", role=role, level=level)
    return f"{clip(skill, limits.OPTION - len(rung) - len(_DOT))}{_DOT}{rung}"


def cell_value(cell: CellKey) -> str:
    """Return what an option carries: the keys, or a digest of them where they are too long."""
    value = encode(AddEvidence(cell))
    if len(value) <= limits.OPTION_VALUE:
        return value
    return _DIGEST + hashlib.blake2s(value.encode(), digest_size=16).hexdigest()


def cells_chosen(
    values: Sequence[str], known: Callable[[], Iterable[CellKey]]
) -> frozenset[CellKey]:
    """Return the cells that options carried.

    An expectation that has left the catalogue meanwhile is kept. `known` yields the cells that a
    digest may stand for; it is asked only where there is one.

    Raises:
        OutdatedCard: there are too many, a value is none that `cell_value` wrote, or its digest
            stands for nothing.
    """
    if len(values) > MAX_SUPPORTED:
        raise OutdatedCard
    by_digest: dict[str, CellKey] = {}
    found = set()
    for value in values:
        if value.startswith(_DIGEST):
            by_digest = by_digest or {cell_value(each): each for each in known()}
            cell = by_digest.get(value)
        else:
            request = decode(value)
            cell = request.cell if isinstance(request, AddEvidence) else None
        if cell is None or len(value) > limits.OPTION_VALUE or not _plausible(cell):
            raise OutdatedCard
        found.add(cell)
    return frozenset(found)


def _plausible(cell: CellKey) -> bool:
    """Tell whether these may be keys at all: what no catalogue has is not looked up anywhere."""
    return all(part.isprintable() for part in (cell.role, cell.level, cell.skill))
