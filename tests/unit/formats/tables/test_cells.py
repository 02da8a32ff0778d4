"""A cell becomes clean text, and any text becomes a cell that reads the same."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.formats.tables.cells import as_cell, clean_cell, guarded, unguarded
from tests.properties import examples

PIECES = st.lists(
    st.sampled_from(
        [
            *("<b>", "</b>", "<li>", "<br>", "<", ">", "&", "amp;", "&#x3c;", "&amp;", "&nbsp;"),
            *("**", "*", " ", "  ", "\n", "- ", "• ", "– ", "\u200b", "\u200d", "👩", "💻", "\xa0"),
            *("\r", "\t", "=", "+", "'", "-", "@", "x", "中", "[a](https://example.com)", "\u0645"),
            *("\ufeff", "\u3000", "\u2028", "&#x20;", "\x00", "\x07", "_x000D_", "＝"),
        ]
    ),
    max_size=14,
).map("".join)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | PIECES


@examples(1500)
@given(text=ANY)
@example(" leading and trailing ")
@example("&#x3c;b>")
@example("'=1+1")
def test_any_text_comes_back_from_a_cell(text: str) -> None:
    cell = guarded(as_cell(text))
    assert clean_cell(unguarded(cell)) == text
    assert unguarded(guarded(text)) == text


@examples(500)
@given(text=ANY)
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    assert guarded(text).lstrip(" \xa0\u3000")[:1] not in set("=+-@\t\r\n＝＋－＠")


@examples(500)
@given(text=ANY)
def test_clean_text_holds_no_control_character_and_no_odd_line_break(text: str) -> None:
    # What `as_cell` writes as a reference is meant to be there.
    clean = clean_cell(text.replace("&#x", ""))
    assert clean == clean.strip()
    assert not any(each in clean for each in "\r\x00\x07\u2028\u2029\ufeff\u200b\xa0\t")
    assert all(line == line.rstrip(" ") for line in clean.split("\n"))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Team\xa0lead\u200b ", "Team lead"),
        ("one\r\ntwo\rthree\u2028four\u2029five\x0bsix", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("end of line  \nnext", "end of line\nnext"),
        ("mid\ufeffdle and \u00adsoft\x07", "middle and soft"),
        ("👩\u200d💻 ships 🏳️\u200d🌈", "👩\u200d💻 ships 🏳️\u200d🌈"),
        ("the \u202ednuor yaw gnorw\u202c word", "the dnuor yaw gnorw word"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("数\u200d据", "数据"),
        ("a &lt; b &amp;&amp; c&nbsp;&gt; d&#39;s", "a < b && c > d's"),
        ("R&D at AT&T, &unknown; and &copy", "R&D at AT&T, &unknown; and &copy"),
        ("List<String> if a < b", "List<String> if a < b"),
        ("<p>You can:</p>\n<ul>\n<li>plan</li>\n<li>ship</li>\n</ul>", "You can:\n- plan\n- ship"),
        ("<ol><li>first<li>second</ol>then", "1. first\n2. second\nthen"),
        ("one<br>two<BR/>three", "one\ntwo\nthree"),
        ("<b>Bold</b> and <span style='x'>red</span>", "Bold and red"),
        ('<a href="https://example.com/x">guide</a>', "guide (https://example.com/x)"),
        ('<a href="javascript:alert(1)">guide</a>', "guide"),
        ("safe<script>alert(1)</script><!-- note -->", "safe"),
        ("* plan\n• ship\n– run\n\uf0b7fix\n- test", "- plan\n- ship\n- run\n- fix\n- test"),
        ("3 * 4 - 2", "3 * 4 - 2"),
        (
            "**Owns** the plan; `**kwargs` and f(**a, **b)",
            "Owns the plan; `**kwargs` and f(**a, **b)",
        ),
        ("see [the guide](https://example.com)", "see the guide (https://example.com)"),
        ("NOT IN USE", "NOT IN USE"),
        ("-", "-"),
        ("", ""),
    ],
)
def test_what_a_person_reads(raw: str, clean: str) -> None:
    assert clean_cell(raw) == clean


@pytest.mark.parametrize(
    "text", ["plain words", "- a list\n- of two", "a < b", "R&D 中文，标点。", "👩\u200d💻"]
)
def test_clean_text_is_written_as_it_is(text: str) -> None:
    assert as_cell(text) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("+1", "'+1"),
        ("- item", "'- item"),
        ("@all", "'@all"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        (" =1", "' =1"),
        (" ' =1", "' ' =1"),
        ("'quoted'", "'quoted'"),
        ("plain", "plain"),
    ],
)
def test_formulas_are_guarded(text: str, cell: str) -> None:
    assert guarded(text) == cell
    assert unguarded(cell) == text


@pytest.mark.parametrize(
    "hostile",
    ["<a ", "<!--", "<script>", "[", "**", "**a", " * ", "<b ", "\n \x00", "&", "<a href=http:x "],
)
def test_hostile_cells_lose_nothing_but_markup(hostile: str) -> None:
    # As long as a cell may be: time in proportion to it, or this test would not end.
    text = hostile * (32_000 // len(hostile))
    assert clean_cell(as_cell(text)) == text
