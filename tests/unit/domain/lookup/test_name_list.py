"""Searching a list of names finds what looking at each of them finds, in the same order."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.lookup.name_list import Names

NAMES = st.lists(st.text("abc机", min_size=1, max_size=6), unique=True).map(Names)


@given(NAMES, st.text("abc机", min_size=1, max_size=3))
def test_names_that_contain_a_part(names: Names, part: str) -> None:
    assert names.containing(part) == [name for name in names if part in name]


@given(NAMES, st.integers(1, 8), st.integers(0, 3))
def test_names_that_are_about_as_long(names: Names, length: int, most: int) -> None:
    expected = tuple(name for name in names if abs(len(name) - length) <= most)
    assert names.about(length, most) == expected
    assert names.about(length, most) == expected
