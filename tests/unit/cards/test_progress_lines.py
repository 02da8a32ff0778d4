"""Progress: words that add up, and a bar of two tones that says the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.progress_lines import MOST_CELLS, progress_bar, progress_counts, progress_text
from bot.domain.growth.progress import Progress
from bot.text.translator import load_translators

EN = load_translators().for_locale("en")
ZH = load_translators().for_locale("zh")


@st.composite
def progresses(draw: st.DrawFn) -> Progress:
    """Draw counts as they can be: what is shown is met, and the parts make up the totals."""
    parts: dict[str, int] = {}
    for kind in ("required", "optional"):
        shown, word, likely, still, aside = (draw(st.integers(0, 90)) for _ in range(5))
        parts |= {
            f"{kind}_met": shown + word,
            f"{kind}_total": shown + word + likely + still,
            f"{kind}_likely": likely,
            f"{kind}_aside": aside,
            f"{kind}_shown": shown,
        }
    return Progress(**parts)


@given(progresses())
def test_each_part_that_exists_has_a_cell(progress: Progress) -> None:
    bar, kind = progress_bar(progress), "required" if progress.required_total else "optional"
    met, shown, total, likely = (
        getattr(progress, f"{kind}_{part}") for part in ("met", "shown", "total", "likely")
    )
    parts = {"█": shown, "▓": met - shown, "▒": likely, "░": total - met - likely}
    assert len(bar) == min(total, MOST_CELLS)
    for tone, count in parts.items():
        assert (tone in bar) == (count > 0), (tone, count, bar)
        if total <= MOST_CELLS:
            assert bar.count(tone) == count
    assert list(bar) == sorted(bar, key="█▓▒░".index)


@given(progresses())
def test_the_words_add_up_to_the_total(progress: Progress) -> None:
    words = progress_counts(progress, EN)
    numbers = [int(each) for each in re.findall(r"\d+", words)]
    assert sum(numbers[:-1]) == numbers[-1] if numbers else words == "Nothing to count"


@pytest.mark.parametrize(
    ("progress", "lines"),
    [
        (
            Progress(6, 22, 0, 2, 5, 0, 1, 0, 4),
            [
                "*6 met · 5 likely · 11 open* · 1 put aside, of 23 required",
                "4 of the 6 met are shown by evidence · optional: 0 of 2 met",
            ],
        ),
        (
            Progress(1, 9, 0, 0),
            ["*1 met · 8 open*, of 9 required", "Nothing shows what is met yet"],
        ),
        (Progress(0, 0, 1, 3), ["*1 met · 2 open*, of 3 optional"]),
    ],
)
def test_words_stand_around_the_bar(progress: Progress, lines: list[str]) -> None:
    first, bar, *rest = progress_text(progress, EN).split("\n")
    assert [first, *rest] == lines
    assert bar == progress_bar(progress)


def test_nothing_to_count_has_no_bar() -> None:
    assert progress_text(Progress(0, 0, 0, 0), EN) == "Nothing to count"


def test_chinese_puts_no_bold_before_a_letter() -> None:
    words = progress_counts(Progress(6, 22, 0, 2, 5, 0, 1, 0, 4), ZH)
    assert words == "6 项已达到 · 5 项很可能达到 · 11 项待完成 · 1 项已搁置，共 23 项必要期望"
