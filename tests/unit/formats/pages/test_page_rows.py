"""The rows of a page: their cells are clean, whether they are looked at together or each alone."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.formats.pages.blocks import Blocks
from bot.formats.pages.markdown_blocks import markdown_blocks
from bot.formats.pages.page import Page
from bot.formats.pages.reading import page_of
from bot.formats.pages.table import PageColumns, PageTable
from bot.formats.tables.model import TableLimits, TableRow
from bot.formats.tables.reading import Reading

_COLUMNS = (
    ("heading 1", "heading 2", "text"),
    ("heading 1", "label", "text"),
    ("title", "heading 1", "item"),
    ("heading 1", "heading 1 text", "heading 3"),
)
_PIECES = (
    *("# Two", "## Three", "### Four", "#### Five", "## **Six**", ""),
    *("* one", "* two", "* **three**: words ", "  * below", "- ", "words", "words  ", "more"),
    *("**Label**: words ", "**Label:**", "5 &lt; 6", "a\tb", "[a](https://example.com/)", "1. one"),
)


def page(pieces: list[str]) -> Page:
    return page_of("page.md", Blocks(markdown_blocks("\n".join(pieces)), {}))


def rows(pieces: list[str], columns: tuple[str, ...]) -> list[TableRow]:
    reading = Reading("page.md", TableLimits())
    return list(PageTable(page(pieces), PageColumns(columns), reading).rows())


@given(st.lists(st.sampled_from(_PIECES), max_size=12), st.sampled_from(_COLUMNS))
@example(["**Label &amp;**: words"], _COLUMNS[1])
@example(["## Two &amp; three", "* one"], _COLUMNS[0])
@example(["* one", "* two  ", "* three"], _COLUMNS[0])
def test_cells_are_the_same_beside_one_that_needs_a_look(
    pieces: list[str], columns: tuple[str, ...]
) -> None:
    pieces = ["# One", *pieces]
    assert rows(pieces, columns) == rows([*pieces, "", "# ◦", "", "* é&amp;"], columns)[:-1]


@pytest.mark.parametrize(
    ("written", "shown"),
    [("5 &lt; 6", "5 < 6"), ("a\tb", "a b"), ("one  ", "one"), ("\u200bone", "one"), ("é", "é")],
)
def test_a_cell_is_clean(written: str, shown: str) -> None:
    found = rows(["# One", "", f"* {written}"], ("heading 1", "text"))
    assert [row.cells for row in found] == [("heading 1", "text"), ("One", shown)]
