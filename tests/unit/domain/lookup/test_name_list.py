"""Searching a list of names finds what looking at each of them finds, in the same order."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.lookup.names.near_names import Names

NAMES = st.lists(st.text("abc机", min_size=1, max_size=6), unique=True).map(Names)


@given(NAMES, st.text("abc机", min_size=1, max_size=3))
def test_names_that_contain_a_part(names: Names, part: str) -> None:
    assert names.containing(part) == [name for name in names if part in name]


@given(NAMES, st.text("abc机", min_size=1, max_size=8), st.integers(0, 3))
def test_names_that_resemble_a_text(names: Names, typed: str, most: int) -> None:
    expected = {
        name for name in names if name[0] == typed[0] and abs(len(name) - len(typed)) <= most
    }
    found = names.resembling(typed, most)
    assert set(found) == expected
    assert len(found) == len(expected)


@given(NAMES, st.text("abc机", min_size=1, max_size=3), st.integers(1, 4))
def test_names_that_begin_so(names: Names, start: str, most: int) -> None:
    assert names.beginning(start, most) == sorted(n for n in names if n.startswith(start))[:most]
