"""Headings and lists that are read at once say what each line of them says alone."""

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.formats.pages.blocks import Block, Blocks, Heading, Kind
from bot.formats.pages.inline import plain, plain_lists
from bot.formats.pages.markdown_blocks import markdown_blocks
from bot.formats.pages.page import Entry
from bot.formats.pages.reading import page_of

_WORDS = (
    "one",
    "**two**",
    "** three",
    "**\tfour**",
    "*five*",
    "a_b",
    "`c`",
    "~~d~~",
    "[e](f)",
    "g  h",
    "中文",
    "",
)
_ITEMS = st.lists(st.sampled_from(_WORDS), max_size=4).map(lambda words: " ".join(["x", *words]))
_LISTS = st.lists(st.tuples(st.sampled_from("-*+•–"), _ITEMS), max_size=5)
_PARAGRAPH = "#ten"
_PIECES = (
    "- one",
    "- two",
    "* **three** words",
    "+ four | five",
    "  - below",
    "  more",
    "# Six",
    "## Seven ##",
    "### **Eight** | nine",
    _PARAGRAPH,
    "",
)
_OTHER_PIECES = (
    *_PIECES,
    "",
    "- one",
    "words",
    "---",
    "| a | b |",
    "|---|---|",
    "**Label**: words",
)


def entries(lines: list[str]) -> list[Entry]:
    page = page_of("page.md", Blocks(markdown_blocks("\n".join(lines)), {}))
    return list(page.entries)


@given(st.lists(_LISTS, max_size=5), st.integers(0, 2))
@example([[("*", "x *y*")]], 0)
@example([[("*", "x ***y***"), ("-", "x **y**")]], 1)
@example([[("*", "x ** y** z")]], 0)
@example([[("*", "x **y **z")]], 0)
@example([[("*", "x ****"), ("*", "y")], [("*", "x **y")], [("*", "y** z")]], 2)
def test_lists_together_are_plain_as_each_of_their_items(
    lists: list[list[tuple[str, str]]], blank: int
) -> None:
    written = ["\n".join(f"{sign} {item}" for sign, item in each) for each in lists]
    shown = ["\n".join(f"- {plain(item, links=True)}" for _, item in each) for each in lists]
    assert plain_lists([each + "\n" * blank for each in written]) == (shown or [""])


@pytest.mark.parametrize(
    "space", [each for each in map(chr, range(sys.maxunicode)) if each.isspace() and each != "\n"]
)
def test_every_space_beside_what_is_bold_is_shown_as_one(space: str) -> None:
    item = f"x {space}y{space} **z**{space}"
    assert plain_lists([f"* {item}"]) == [f"- {plain(item)}"] == ["- x y z"]


@given(st.lists(st.sampled_from(_PIECES), max_size=9))
def test_runs_of_items_are_read_as_items_one_by_one(pieces: list[str]) -> None:
    # What is indented by a space is the same to a reader, and each line of it is looked at alone.
    # A paragraph below an item is not: indented it belongs to the item.
    aside = [f" {piece}" if piece and piece != _PARAGRAPH else piece for piece in pieces]
    found = markdown_blocks("\n".join(aside))
    assert not any(isinstance(each, Block) and each.kind is Kind.ITEMS for each in found)
    assert not any(isinstance(each, Heading) and each.items for each in found)
    assert entries(pieces) == entries(aside)


@given(st.lists(st.sampled_from(_OTHER_PIECES), max_size=12))
@example(["# Six", "- one", "", "#ten"])
@example(["# Six", "- one", "", "more"])
@example(["# Six", "- one", "  more"])
@example(["# Six", "- one | two", "--- | ---", "three | four", "", "# Seven"])
@example(["| a | b |", "|---|---|", "# Six | c", "", "## Seven", "", "- one"])
def test_headings_with_their_lists_are_read_as_line_by_line(pieces: list[str]) -> None:
    # A page with a block of code is gone through line by line, and the block says nothing.
    coded = markdown_blocks("\n".join([*pieces, "", "```", "```"]))
    assert not any(isinstance(each, Heading) and each.items for each in coded)
    assert entries(pieces) == entries([*pieces, "", "```", "```"])


def test_a_list_right_below_a_heading_belongs_to_it() -> None:
    found = markdown_blocks("\n".join(["# One", "", "## Two", "", "* a", "* b", "", "# Three"]), 5)
    assert found == [Heading(5, 1, "One", 7), Heading(7, 2, "Two", 9, "* a\n* b\n\n"), *found[2:]]
    assert found[2:] == [Heading(12, 1, "Three", 13)]


@pytest.mark.parametrize(
    "lines",
    [
        ["```", "# None", "", "- no item", "", "# None", "```"],
        ["~~~", "# None", "", "- no item", "", "# None", "~~~"],
        ["<!--", "# None", "", "- no item", "", "# None", "-->"],
        ["| a | b |", "|---|---|", "# None | c", "", "## Two", "", "- one"],
    ],
)
def test_what_stands_in_code_comments_and_tables_is_no_heading(lines: list[str]) -> None:
    found = entries(["# Title", "", "- one", "", *lines])
    assert {(entry.headings[0], entry.text) for entry in found} == {("Title", "- one")}


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
