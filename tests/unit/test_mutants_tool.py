"""The tool behind `make mutants`: which faults it makes of a module, and which lines run them."""

import ast

import pytest

from tests.tools.mutants.edits import edits

MODULE = '''
"""What is said stays."""

from dataclasses import dataclass
from bot.log import get_logger

_DAYS = 7
_UNUSED = 3
log = get_logger()


def late(now: int, moment: int = 5, *others: int) -> bool:
    """Tell whether."""
    log.info("asked", now=1)
    return now - moment > _DAYS and all(others)


@dataclass(frozen=True)
class Kept:
    size: int = 30

    async def drop(self, name: str) -> None:
        if not self.size:
            raise KeyError(name)
        self.size -= 1
        await self.gone(name)
'''
MADE = {
    (7, "7", "8"),
    (8, "3", "4"),
    (12, "5", "6"),
    (15, "-", "+"),
    (15, ">", ">="),
    (15, "and", "or"),
    (15, "all", "any"),
    (20, "30", "31"),
    (23, "not self.size", "True"),
    (23, "not self.size", "False"),
    (23, "not self.size", "(self.size)"),
    (24, "raise KeyError(name)", "pass"),
    (25, "self.size -= 1", "pass"),
    (25, "1", "2"),
    (26, "await self.gone(name)", "pass"),
}


def test_every_fault_is_one_that_somebody_could_make() -> None:
    found = edits(MODULE)
    assert {(each.line, each.old, each.new) for each in found} == MADE
    assert len(found) == len(MADE)
    for each in found:
        ast.parse(each.applied(MODULE))


def test_a_fault_of_a_constant_is_met_where_it_is_read() -> None:
    lines = {each.old: each.lines for each in edits(MODULE) if each.new.isdecimal()}
    assert lines["7"] == {15}
    assert lines["3"] == frozenset()
    assert lines["30"] == {23}
    assert lines["5"] == {13, 14, 15}


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("a.where(b, c == d, *e)", {"a.where(b, c != d, *e)", "a.where(c == d, *e)"}),
        ("x = 0 <= a < b", {"x = 0 < a < b", "x = 0 <= a <= b", "x = 1 <= a < b"}),
        ("x = 数 + '数' * 2", {"x = 数 - '数' * 2", "x = 数 + '数' // 2", "x = 数 + '数' * 3"}),
        ("x = [a for a in b if a is None]", {"x = [a for a in b if True]"}),
        ("x = a if b else c", {"x = a if True else c", "x = a if False else c"}),
    ],
)
def test_expressions(code: str, made: set[str]) -> None:
    assert made <= {each.applied(code) for each in edits(code)}
