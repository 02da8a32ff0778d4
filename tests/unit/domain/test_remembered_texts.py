"""What is remembered of texts has a bound in bytes."""

from collections import Counter

from bot.domain.text import LONGEST_REMEMBERED, remembered


def test_what_is_short_is_worked_out_once_and_what_is_long_each_time() -> None:
    asked: Counter[str] = Counter()

    @remembered(8)
    def shouted(text: str) -> str:
        """Return it in capitals."""
        asked[text] += 1
        return text.upper()

    name, longer = "a" * LONGEST_REMEMBERED, "a" * (LONGEST_REMEMBERED + 1)
    for _ in range(3):
        assert shouted(name) == name.upper()
        assert shouted(longer) == longer.upper()
    assert asked == {name: 1, longer: 3}
    assert shouted.__doc__ == "Return it in capitals."


def test_no_more_than_so_many_are_kept() -> None:
    asked: list[str] = []

    @remembered(2)
    def noted(text: str) -> str:
        asked.append(text)
        return text

    for each in ("one", "two", "three", "one"):
        assert noted(each) == each
    assert asked == ["one", "two", "three", "one"]
