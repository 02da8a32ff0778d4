"""The page with both texts side by side: whole, marked, valid, and safe whatever a text says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.catalogue.comparison import comparison_html
from bot.documents.catalogue.wording_diff import Side, compared
from bot.domain.catalogue.diff import diff
from bot.domain.framework import CatalogueContent, Requirement
from bot.domain.text import LocalText
from bot.text.languages import load_languages
from tests.unit.documents.catalogue.test_site import HOSTILE, hostile
from tests.unit.documents.catalogue.written_page import Page
from tests.unit.samples import workshop


def page_of(old: CatalogueContent, new: CatalogueContent, locale: str = "en") -> Page:
    tr = load_languages().translators.for_locale(locale)
    return Page("".join(comparison_html(diff(old, new), f"old {HOSTILE}", "new", tr)))


def edited() -> CatalogueContent:
    """Return the workshop without its turner, one cell raised and one reworded."""
    found = workshop().content
    cells = [each for each in found.expectations if each.role.key != "turner"]
    cells[0] = replace(cells[0], requirement=Requirement.REQUIRED)
    cells[1] = replace(cells[1], text=LocalText("Does it twice", {"zh": "做两次"}))
    roles = tuple(each for each in found.roles if each.key != "turner")
    return replace(found, roles=roles, expectations=tuple(cells))


def kinds(page: Page) -> list[tuple[str, str]]:
    return [(each.get("data-kind"), each.get("data-role")) for each in page.all("article")]


def test_what_goes_stands_first_and_is_never_folded_away() -> None:
    page = page_of(workshop().content, edited())
    assert kinds(page) == [("removed", "turner"), ("raised", "joiner"), ("reworded", "joiner")]
    headings = ["".join(each.itertext()) for each in page.all("h2")]
    assert headings[0] == "What goes"
    (details,) = page.all("details")
    assert "Its expectations (3)" in "".join(details.itertext())
    first = page.all("article")[0]
    assert "Turner" in "".join(first.find("{*}h4").itertext())


def test_words_that_differ_are_marked_on_both_sides() -> None:
    page = page_of(workshop().content, edited())
    marked = ["".join(each.itertext()).strip() for each in page.all("ins")]
    assert marked[1:] == ["Required", "twice", "做两次"]
    assert "Optional" in ["".join(each.itertext()) for each in page.all("del")]
    assert {each.get("value") for each in page.all("option")} >= {"removed", "raised", "joiner"}


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("turned", [False, True])
def test_the_page_is_valid_and_escaped_and_loads_nothing(locale: str, turned: bool) -> None:
    old, new = workshop().content, hostile()
    page = page_of(new, old, locale) if turned else page_of(old, new, locale)
    assert page.loads == []
    assert len(page.all("script")) == 1
    assert page.all("img") == page.all("link") == []
    assert "\u202e" not in page.text
    assert max(page.ids.values()) == 1
    (html,) = page.all("html")
    assert html.get("lang") == locale


def test_nothing_that_differs_is_said() -> None:
    page = page_of(edited(), edited())
    assert "Nothing that a reader would notice differs." in page.words
    assert page.all("article") == []


def whole(side: Side) -> str:
    return "".join(each.text for each in side)


def same(side: Side) -> str:
    return "".join(each.text for each in side if not each.differs)


@given(st.text("ab cd.\n我们🙂'-", max_size=40), st.text("ab cd.\n我们🙂'-", max_size=40))
def test_pieces_are_the_texts_again_and_agree_on_what_is_the_same(one: str, other: str) -> None:
    before, after = compared(one, other)
    assert (whole(before), whole(after)) == (one, other)
    assert same(before) == same(after)


def test_texts_without_much_in_common_are_marked_as_wholes() -> None:
    before, after = compared("Kneads a dough by recipe", "Plans everything else entirely")
    assert [len(before), len(after), before[0].differs, after[0].differs] == [1, 1, True, True]
    assert len(compared("a " * 5_000, "b " * 5_000)[0]) == 1
