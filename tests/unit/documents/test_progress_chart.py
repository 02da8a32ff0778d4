"""The chart of progress: a picture that shows what its words say."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.documents.chart_drawing import SIZE
from bot.documents.progress_chart import alt_text, progress_chart
from bot.domain.growth.progress import Progress
from bot.domain.growth.progress_history import ProgressHistory, ProgressPoint
from bot.text.translator import load_translators
from tests.properties import examples
from tests.unit.documents.packets import way

TRANSLATORS = load_translators()
ENGLISH = TRANSLATORS.for_locale("en")
FIRST = date(2026, 1, 1)
LINE, GOAL = (0x1F, 0x4D, 0x45), (0xB2, 0x6A, 0x00)


def grown(*met: int, total: int = 20, every: int = 7, optional: bool = False) -> ProgressHistory:
    """Return a history with a point every so many days."""
    points = [
        ProgressPoint(
            FIRST + timedelta(days=every * number),
            Progress(0, 0, each, total) if optional else Progress(each, total, 0, 0),
        )
        for number, each in enumerate(met)
    ]
    return ProgressHistory(way().target, tuple(points))


def drawn(history: ProgressHistory) -> Image.Image:
    content = progress_chart(history, ENGLISH).content
    return Image.open(io.BytesIO(content)).convert("RGB")


def highest(image: Image.Image, colour: tuple[int, int, int]) -> int:
    """Return the topmost row that has about this colour, left of the count that is written out."""
    width, height = image.size
    pixels = image.load()
    assert pixels is not None
    for y in range(height):
        for x in range(100, width - 200):
            found = pixels[x, y]
            assert isinstance(found, tuple)
            if all(abs(a - b) < 10 for a, b in zip(found, colour, strict=True)):
                return y
    raise AssertionError(f"{colour} is nowhere")


def test_the_more_is_met_the_higher_the_line() -> None:
    heights = [highest(drawn(grown(0, met, met)), LINE) for met in (2, 6, 12, 19)]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 4


def test_the_line_meets_the_goal_where_all_is_met() -> None:
    reached = drawn(grown(0, 20, 20))
    assert abs(highest(reached, LINE) - highest(drawn(grown(0, 10, 10)), GOAL)) < 12


def test_the_file_says_what_it_is() -> None:
    file = progress_chart(grown(0, 3, 5), ENGLISH)
    assert file.name == "growth-progress-llm-engineer-lead-2026-01-15.png"
    assert file.content.startswith(b"\x89PNG")
    assert len(file.content) < 60_000
    assert drawn(grown(0, 3, 5)).size == SIZE
    assert file.alt_text == (
        "Required expectations met on the way to LLM Engineer, Lead: "
        "0 of 20 on Jan 1, 2026, 5 of 20 on Jan 15, 2026."
    )


def test_without_anything_required_the_optional_ones_are_drawn() -> None:
    words = alt_text(grown(0, 2, optional=True), ENGLISH)
    assert words.startswith("Optional expectations met")
    assert "2 of 20" in words


def test_the_words_are_in_the_members_language() -> None:
    words = alt_text(grown(0, 2), TRANSLATORS.for_locale("zh"))
    assert "20" in words
    assert "Required" not in words


def test_the_same_history_gives_the_same_picture() -> None:
    assert progress_chart(grown(0, 2), ENGLISH) == progress_chart(grown(0, 2), ENGLISH)


@pytest.mark.parametrize("total", [0, 1, 2, 21, 80, 99_999])
def test_any_total_can_be_drawn(total: int) -> None:
    assert drawn(grown(0, total // 2, total, total=total)).size == SIZE


@examples(15)
@given(
    st.lists(st.integers(0, 80), min_size=1, max_size=120),
    st.integers(0, 80),
    st.integers(1, 400),
)
def test_any_history_can_be_drawn(met: list[int], total: int, every: int) -> None:
    history = grown(*met, total=total, every=every)
    assert drawn(history).size == SIZE
    assert datetime(2026, 1, 1, tzinfo=UTC).date() == history.points[0].on


def test_the_day_of_a_recount_is_drawn_and_told_where_it_lies_in_the_picture() -> None:
    plain = grown(0, 5, 9)
    within = replace(plain, recounted_on=FIRST + timedelta(days=7))
    assert drawn(within).tobytes() != drawn(plain).tobytes()
    assert "The dashed upright line is Jan 8, 2026" in alt_text(within, ENGLISH)
    earlier = replace(plain, recounted_on=FIRST - timedelta(days=30))
    assert drawn(earlier).tobytes() == drawn(plain).tobytes()
    assert "dashed" not in alt_text(earlier, ENGLISH)
