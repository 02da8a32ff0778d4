"""Packets as files: what they say, and that no text of a member breaks out of its place."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PageObject, PdfReader
from syrupy.assertion import SnapshotAssertion

from bot.documents.packet.as_html import packet_html
from bot.documents.packet.files import packet_documents
from bot.documents.packet.phrases import nothing_shows
from bot.documents.packet.words import packet_words
from bot.documents.safe_csv import csv_file
from bot.domain.document import Document
from bot.domain.growth.assessment import Status
from bot.domain.growth.evidence import Evidence, EvidenceKind
from bot.domain.guidance import Band, Guide
from bot.domain.markdown import inline, link, quoted
from bot.domain.shown import shown
from bot.domain.text import LocalText
from bot.formats.tables.cells import guarded
from bot.text.translator import load_translators
from tests.strategies import HOSTILE
from tests.unit.cards.snapshot_files import CardFiles
from tests.unit.documents.packets import NOTE, NOW, URL, packet

TRANSLATORS = load_translators()
ENGLISH = TRANSLATORS.for_locale("en")
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")
TEXTS = st.one_of(
    st.text(max_size=80),
    st.sampled_from(HOSTILE),
    st.text(alphabet="*_`~#>|[]()<>!&;:=+-.\\1a \n\t", max_size=40),
)
PICTURE = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1")


class Page(HTMLParser):
    """Reads a page: its texts, its links and which elements it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str | None] = []
        self.tags: dict[str, int] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@lru_cache(maxsize=4)
def files(note: str = NOTE, url: str | None = URL) -> Mapping[str, Document]:
    made = packet_documents(packet(note, url), ENGLISH)
    return {each.name.rpartition(".")[2]: each for each in made}


def page_of(note: str) -> Page:
    """Return the page of a packet alone."""
    return Page(packet_html(packet_words(packet(note), ENGLISH), "en").decode())


def text_of(file: Document) -> str:
    if file.name.endswith(".pdf"):
        return printed(file.content)
    return file.content.decode("utf-8-sig")


def printed(pdf: bytes) -> str:
    """Return the text that a PDF shows, each line end as a space."""
    return " ".join("\n".join(page.extract_text() for page in pages(pdf)).split())


def pages(pdf: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(pdf)).pages)


def spoken(markdown: str) -> str:
    """Return the text of Markdown as a reader sees it."""
    return "".join(Page(MARKDOWN.render(markdown)).texts)


def squeezed(text: str) -> str:
    return " ".join(shown(text).split())


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_a_packet_reads_like_this(locale: str, snapshot: SnapshotAssertion) -> None:
    made = packet_documents(packet(), TRANSLATORS.for_locale(locale))
    page, markdown, table = (each for each in made if not each.name.endswith(".pdf"))
    # The picture is looked at where it is drawn.
    html = PICTURE.sub("data:image/png;base64,…", text_of(page))
    every = "\n\n".join([text_of(markdown), text_of(table), html]).replace("\r\n", "\n")
    assert every == snapshot(extension_class=CardFiles, name=locale)


def test_files_are_named_for_the_target_and_the_day() -> None:
    assert [each.name for each in files().values()] == [
        f"growth-packet-llm-engineer-lead-2026-11-24.{ending}"
        for ending in ("html", "pdf", "md", "csv")
    ]


def test_every_change_on_the_way_is_in_every_format() -> None:
    names = [each.gap.target.skill.name.base for each in packet().items]
    made = files()
    page = "".join(Page(text_of(made["html"])).texts)
    for name in names:
        assert name in page
        assert f"### {inline(name)}\n" in text_of(made["md"])
    rows = list(csv.DictReader(io.StringIO(text_of(made["csv"]), newline="")))
    assert {row["Skill"] for row in rows} >= set(names)


def test_a_hole_says_what_could_fill_it() -> None:
    target = next(each for each in packet().items if not each.evidence).gap.target
    lines = (LocalText("A runbook | of yours.", {"zh": "你写的手册。"}), LocalText("An *incident*"))
    guides = dict.fromkeys(Band, Guide(evidence=(*lines, LocalText("A third one"))))
    asked = replace(target, skill=replace(target.skill, guides=guides))
    english = nothing_shows(asked, ENGLISH)
    assert english == "Nothing shows this yet. What could: A runbook | of yours; An *incident*."
    chinese = nothing_shows(asked, TRANSLATORS.for_locale("zh"))
    assert chinese == "还没有能证明这一点的内容。可以作为证据的有：你写的手册；An *incident*。"


def test_honest_holes_are_named_and_what_is_put_aside_is_none() -> None:
    items = packet().items
    holes = [
        each for each in items if not (each.evidence or each.standing.status is Status.NOT_RELEVANT)
    ]
    assert len([each for each in holes if each.standing.status is not Status.NOT_YET]) == 3
    made = files()
    for ending in ("html", "md", "csv"):
        assert text_of(made[ending]).count("Nothing shows this yet.") == len(holes)


def test_what_is_old_is_due_for_a_fresh_look_in_every_format() -> None:
    for file in files().values():
        assert "due for a fresh look" in text_of(file)


def test_a_mark_of_a_higher_level_says_so() -> None:
    assert "as marked for LLM Engineer, Principal" in text_of(files()["md"])


def test_of_much_evidence_the_newest_is_shown_and_the_rest_counted() -> None:
    given = packet()
    item = next(each for each in given.items if each.evidence)
    many = tuple(
        replace(item.evidence[0], id=number, note=f"Note {number}") for number in range(25)
    )
    changed = replace(given, items=(replace(item, evidence=many),))
    for file in packet_documents(changed, ENGLISH):
        text = text_of(file)
        assert "Note 19" in text
        assert "Note 20" not in text
        assert "and 5 older pieces" in text


def test_the_largest_packet_stays_small_enough_to_open() -> None:
    given = packet()
    long = Evidence(1, EvidenceKind.NOTE, "word " * 600, None, NOW)
    items = tuple(replace(each, evidence=(long,) * 1000) for each in given.items)
    for file in packet_documents(replace(given, items=items), ENGLISH):
        assert len(file.content) < 4_000_000


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = text_of(files()["html"])
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page
    assert not re.search(r"src=\"(?!data:)", page)
    read = Page(page)
    assert not set(read.tags) & {"script", "link", "iframe", "form", "object"}
    assert read.links == [URL, URL]  # in short before the details, and in full among them


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    made = files(url="javascript:alert(1)")
    assert Page(text_of(made["html"])).links == []
    assert "<javascript:" not in link("javascript:alert(1) <b>")


@given(TEXTS)
def test_no_note_changes_the_page_around_it(note: str) -> None:
    plain, hostile = page_of("x"), page_of(note)
    # An empty note has no quote: of two marks, of a piece and of its claim.
    extra = 0 if shown(note).strip() else -4
    tags = dict(plain.tags)
    tags["blockquote"] += extra
    assert {tag: count for tag, count in hostile.tags.items() if count} == tags
    assert hostile.links == plain.links
    assert squeezed(note) in " ".join("".join(hostile.texts).split())


@given(TEXTS)
@example("1. one\n2) two\n- three\n+ four\n# five\n> six\n=====\n---\n***")
@example("a_b_c _d_ __e__ ~~f~~ `g` &amp; &#35; <b>h</b> [i](j) ![k](l) | m \\")
def test_markdown_shows_exactly_the_text(text: str) -> None:
    assert squeezed(spoken(inline(text))) == squeezed(text)
    assert squeezed(spoken(f"- {inline(text)}")) == squeezed(text)
    assert squeezed(spoken(quoted(text))) == squeezed(text)
    assert squeezed(spoken(f"## x{inline(text)}")) == squeezed(f"x{' '.join(shown(text).split())}")


@given(TEXTS)
def test_a_table_row_keeps_its_cells(text: str) -> None:
    page = Page(MARKDOWN.render(f"| a | b |\n|---|---|\n| {inline(text)} | x |\n"))
    assert page.tags["td"] == 2
    assert squeezed("".join(page.texts)) == squeezed(f"a b {text} x")


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=4))
def test_a_spreadsheet_reads_every_cell_back_as_text(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_file(("a", "b"), rows).decode("utf-8-sig"), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in read[1:]] == [
        [cell.encode("utf-8", "replace").decode().removeprefix("'") for cell in row] for row in rows
    ]
    for row in read:
        assert not [cell for cell in row if re.match(r"\s*[=+\-@＝＋－＠]", cell)]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_made_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


def test_an_ordinary_cell_stays_as_it_is() -> None:
    assert guarded("Required") == "Required"
