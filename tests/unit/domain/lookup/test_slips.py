"""The rule of slips: one, in a long word, whose first letter is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.lookup.names.near_names import Names
from bot.domain.lookup.names.slips import DOUBLED, MISSING, REPLACED, SWAPPED, is_slip, put_right
from bot.services.lookup.matching import nearest

WORD = st.text("abcdefgh", min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mlosp", "mlops"),
        ("senoir", "senior"),
        ("planing", "planning"),
        ("kubernettes", "kubernetes"),
        ("kuberntes", "kubernetes"),
        ("observabolity", "observability"),
        ("streamming", "streaming"),
    ],
)
def test_a_slip(typed: str, meant: str) -> None:
    assert is_slip(typed, meant)
    assert is_slip(meant, typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mlops", "mlops"),
        ("from", "form"),  # short
        ("openai", "openapi"),
        ("tracking", "tracing"),
        ("caching", "coaching"),
        ("promoting", "prompting"),
        ("metabase", "database"),
        ("sentry", "entry"),
        ("vision", "version"),
        ("transactions", "translations"),
        ("monitoring", "mentoring"),
        ("product", "project"),
        ("http2server", "http3server"),
        ("kubernete5", "kubernetes"),  # a sign in one of both is enough
        ("observabilit学", "observability"),
        ("机器学系", "机器学习"),
    ],
)
def test_another_word(typed: str, meant: str) -> None:
    assert not is_slip(typed, meant)
    assert not is_slip(meant, typed)


def test_a_wrong_letter_may_be_excluded() -> None:
    assert is_slip("iotengineer", "iosengineer")
    assert not is_slip("iotengineer", "iosengineer", replaced=False)


@given(WORD, WORD)
def test_a_slip_is_mutual_and_of_long_words_alone(one: str, other: str) -> None:
    assert is_slip(one, other) == is_slip(other, one)
    if is_slip(one, other):
        assert one[0] == other[0]
        assert min(len(one), len(other)) >= min(SWAPPED, DOUBLED, MISSING, REPLACED)


@given(st.lists(WORD, unique=True).map(Names), WORD)
def test_put_right_finds_each_name_that_is_a_slip_away(names: Names, typed: str) -> None:
    assert set(put_right(typed, names, nearest)) == {n for n in names if is_slip(typed, n)}
