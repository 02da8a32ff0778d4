"""Items that stand one below the other are read at once, and say what each says alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.pages.blocks import Blocks, Kind
from bot.formats.pages.inline import plain, plain_lines, plain_runs
from bot.formats.pages.markdown_blocks import markdown_blocks
from bot.formats.pages.page import Entry
from bot.formats.pages.reading import page_of

_WORDS = (
    "one",
    "**two**",
    "** three",
    "*four*",
    "a_b",
    "`c`",
    "~~d~~",
    "[e](f)",
    "g  h",
    "中文",
    "",
)
_LINES = st.lists(st.lists(st.sampled_from(_WORDS), max_size=4).map(" ".join), min_size=1)
_PIECES = (
    "- one",
    "- two",
    "* **three** words",
    "+ four | five",
    "  - below",
    "  more",
    "# Six",
    "",
)


def entries(lines: list[str]) -> list[Entry]:
    page = page_of("page.md", Blocks(markdown_blocks("\n".join(lines)), {}))
    return list(page.entries)


@given(_LINES)
def test_lines_together_are_plain_as_each_of_them(lines: list[str]) -> None:
    assert plain_lines("\n".join(lines)) == [plain(line, links=True) for line in lines]


@given(st.lists(_LINES.map("\n".join), max_size=5))
def test_runs_together_are_plain_as_each_of_them(runs: list[str]) -> None:
    assert list(plain_runs(runs)) == [plain_lines(each) for each in runs]


@given(st.lists(st.sampled_from(_PIECES), max_size=9))
def test_runs_of_items_are_read_as_items_one_by_one(pieces: list[str]) -> None:
    # What is indented by a space is the same to a reader, and each line of it is looked at alone.
    aside = [f" {piece}" if piece else "" for piece in pieces]
    assert Kind.ITEMS not in {block.kind for block in markdown_blocks("\n".join(aside))}
    assert entries(pieces) == entries(aside)


@pytest.mark.parametrize(
    ("after", "text"),
    [
        (["", "# Next"], "- one\n- two\n- three"),
        (["  goes on"], "- one\n- two\n- three goes on"),
        (["", "more"], "- one\n- two\n- three\nmore"),
    ],
)
def test_the_last_item_has_what_goes_on_with_it(after: list[str], text: str) -> None:
    found = entries(["# Title", "", "- one", "- two", "- three", *after])
    assert [entry.text for entry in found] == [text]
    assert [entry.line for entry in found] == [3]
