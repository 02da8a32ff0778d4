"""The small memory of finished work."""

import pytest

from bot.services.memo import Memo


def test_the_least_recently_used_is_forgotten_first() -> None:
    memo: Memo[str] = Memo(2)
    assert memo.get("a", lambda: "first a") == "first a"
    memo.get("b", lambda: "b")
    assert memo.get("a", lambda: "second a") == "first a"
    memo.get("c", lambda: "c")
    assert memo.get("a", lambda: "third a") == "first a"
    assert memo.get("b", lambda: "second b") == "second b"


def test_an_error_is_not_remembered() -> None:
    memo: Memo[int] = Memo(2)

    def fails() -> int:
        raise RuntimeError("once")

    with pytest.raises(RuntimeError, match="once"):
        memo.get("a", fails)
    assert memo.get("a", lambda: 1) == 1


def test_together_they_weigh_no_more_than_they_may_and_the_newest_stays() -> None:
    memo: Memo[int] = Memo(9, weigh=lambda each: each, heaviest=10)
    for each in (4, 5):
        memo.put(each, each)
    assert memo.weight == 9
    memo.put(6, 6)
    assert (memo.known(4), memo.known(5), memo.known(6), memo.weight) == (None, None, 6, 6)
    # Else what is large would be made anew each time that it is asked for.
    memo.put(50, 50)
    assert (memo.known(6), memo.known(50), memo.weight) == (None, 50, 50)
    memo.put(1, 1)
    assert (memo.known(50), memo.known(1), memo.weight) == (None, 1, 1)
