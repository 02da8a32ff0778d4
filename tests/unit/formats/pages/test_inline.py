"""Marks within a line of Markdown, and lines that are nothing but marks."""

import pytest

from bot.formats.pages.blocks import Blocks
from bot.formats.pages.inline import plain
from bot.formats.pages.markdown_blocks import markdown_blocks
from bot.formats.pages.reading import page_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** and *slanted* and _lined_", "bold and slanted and lined"),
        ("**bold with *slanted* words**", "bold with slanted words"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
        ("`code *as it is*` and ``a_b``", "code *as it is* and a_b"),
        ("~~old~~ new", "new"),
        ("[x] done", "done"),
        ("[[Page|words]] and [[Other]]", "words and Other"),
        ("[words](#here) and [ref][1] and ![picture](a.png)", "words and ref and picture"),
        (r"\*not bold\*", "*not bold*"),
        ("note[^1]", "note"),
    ],
)
def test_what_a_reader_sees(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    "mark", ["*", "_", "`", "[", "![", "[[", "**a", "a_b_ ", "~~", "<", "[a](", "\\", "| - ", "# "]
)
def test_a_line_of_marks_takes_no_longer_than_one_of_words(mark: str) -> None:
    """It would take hours, were it the square of the length."""
    line = mark * (200_000 // len(mark))
    page_of("a.md", Blocks(markdown_blocks(f"# Engineer\n\n{line}\n")))
