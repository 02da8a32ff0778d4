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
