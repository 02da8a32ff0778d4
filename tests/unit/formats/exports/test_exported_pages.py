"""The pages for people: Markdown and HTML."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.domain.framework import CatalogueContent
from bot.domain.text import LocalText
from bot.formats.native import read_folder
from tests.unit.formats.exports.exported import exported

HOSTILE = "<script>alert('x')</script> & \"quoted\""


@pytest.fixture
def content(small: Path) -> CatalogueContent:
    return read_folder(small)


class Page(HTMLParser):
    """Collects the tags of a page with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_markdown_matrix(content: CatalogueContent, tmp_path: Path) -> None:
    text = exported(content, "markdown", tmp_path).read_text(encoding="utf-8")
    assert text.startswith("# Sample catalogue\n\n— means: not defined at this level.")
    assert (
        "## Role: Engineer\n\n"
        "- **Junior**: Learns the trade.\n"
        "- **Senior**: Decides what is built.\n\n"
        "| Skill | Junior | Senior |\n"
        "| --- | --- | --- |\n"
        "| ETL | Optional · Basic<br>Runs a job. | Required<br>Designs jobs. |\n"
    ) in text


def test_marks_of_markdown_are_shown_as_they_are(content: CatalogueContent, tmp_path: Path) -> None:
    first = replace(content.expectations[0], text=LocalText("a | b\n**c** <img> `d` _e_ \\"))
    text = exported(
        replace(content, expectations=(first, *content.expectations[1:])), "markdown", tmp_path
    ).read_text(encoding="utf-8")
    assert "a \\| b<br>" in text
    assert "<img>" not in text
    assert "**c**" not in text


def test_the_page_is_one_file_that_loads_nothing(content: CatalogueContent, tmp_path: Path) -> None:
    text = exported(content, "html", tmp_path).read_text(encoding="utf-8")
    page = Page(text)
    assert page.all("html") == [{"lang": "en"}]
    assert not page.all("script")
    assert not page.all("link")
    assert not page.all("img")
    assert "url(" not in text
    assert any("default-src 'none'" in (each.get("content") or "") for each in page.all("meta"))
    assert "@media print" in text


def test_the_page_can_be_found_through_without_eyes(
    content: CatalogueContent, tmp_path: Path
) -> None:
    page = Page(exported(content, "html", tmp_path).read_text(encoding="utf-8"))
    ids = {each["id"] for _, each in page.tags if "id" in each}
    targets = {(each["href"] or "")[1:] for each in page.all("a")}
    assert targets <= ids
    assert all("scope" in each for each in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table")) == 1
    assert len(page.all("main")) == len(page.all("h1")) == len(page.all("nav")) == 1
    assert "Required" in page.words
    assert "Designs jobs." in page.words
    assert "This role has no expectations yet." in page.words


def test_a_cell_that_is_not_defined_says_so(content: CatalogueContent, tmp_path: Path) -> None:
    page = Page(
        exported(
            replace(content, expectations=content.expectations[:1]), "html", tmp_path
        ).read_text(encoding="utf-8")
    )
    assert [each for each in page.all("span") if each.get("aria-label") == "Not defined"]


def test_texts_are_escaped(content: CatalogueContent, tmp_path: Path) -> None:
    hostile = replace(content.expectations[0], text=LocalText(HOSTILE))
    text = exported(
        replace(content, expectations=(hostile,), name=LocalText(HOSTILE)), "html", tmp_path
    ).read_text(encoding="utf-8")
    page = Page(text)
    assert not page.all("script")
    assert page.words.count(HOSTILE) == 3


def test_the_page_in_another_language(content: CatalogueContent, tmp_path: Path) -> None:
    page = Page(exported(content, "html", tmp_path, "zh").read_text(encoding="utf-8"))
    assert page.all("html") == [{"lang": "zh"}]
    assert "设计任务。" in page.words
