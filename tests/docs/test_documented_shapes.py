"""The table of shapes says what an import does with each: tried with a file of the kind."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.formats.imports.catalogue_import import import_catalogue
from bot.formats.mapping.reader import read_mapping
from tests.docs.pages import Page
from tests.unit.formats.imports.shapes import company_shapes
from tests.unit.formats.imports.test_corpus import CORPUS
from tests.unit.formats.imports.test_open_questions import TABLES as OPEN
from tests.unit.formats.pages.kinds_of_documents import NESTED
from tests.unit.formats.pages.kinds_of_pages import PAGES
from tests.unit.formats.pages.kinds_of_tables import TABLES
from tests.unit.formats.pages.shapes import write

PAGE = Page("docs/reference/shapes.md")
COMPANY = {each.name: each.table for each in company_shapes()}
Bring = Callable[[Path], Path]


def company(name: str) -> Bring:
    def bring(folder: Path) -> Path:
        path = folder / "Engineer.csv"
        path.write_text(COMPANY[name], encoding="utf-8")
        return path

    return bring


def open_(key: str) -> Bring:
    def bring(folder: Path) -> Path:
        path = folder / "Engineer.csv"
        path.write_text(OPEN[key], encoding="utf-8")
        return path

    return bring


def kind(name: str) -> Bring:
    files, _ = {**PAGES, **TABLES, **NESTED}[name]
    return lambda folder: write(folder / "Engineering", files)


def corpus(name: str) -> Bring:
    return lambda _: CORPUS / name


def with_mapping(mapping: str, **files: str) -> Bring:
    """Return what brings tables, by the stem of their files, with a mapping beside them."""

    def bring(folder: Path) -> Path:
        tables = folder / "tables"
        write(tables, {f"{stem}.csv": text for stem, text in files.items()})
        tables.with_suffix(".yaml").write_text(mapping, encoding="utf-8")
        return tables

    return bring


PARTED = """\
tables:
  - shape: long
    columns: {text: Text}
    split: [{column: Path, by: /, into: [role, level, skill]}]
"""
TRANSLATED = """\
tables:
  - files: [en.csv]
    shape: long
    columns: {role: Role, level: Level, skill: Skill, text: Text}
  - files: [zh.csv]
    shape: long
    columns: {role: Role, level: Level, skill: Skill, text.zh: Text}
"""
HEAD = "Role,Level,Skill,Text\n"

SHAPES: dict[str, dict[str, Bring]] = {
    "Tables": {
        "a row for each role, level and skill": company("01 long"),
        "a column for each level, the skill's column called anything": company("01 at the end"),
        "figures in the columns of levels": company("03 one to five"),
        "figures with a legend beside the table": company("03 legend below"),
        "percentages in the columns of levels": company("03 percentages"),
        "several rows for one skill, one for each behaviour": company("05 blank below the name"),
        "roles over levels in two rows of headers": company("07 three roles"),
        "levels over text and depth in two rows of headers": company("13 three levels, marks"),
        "titles such as Senior QA above the columns": company("08 level behind"),
        "titles such as Senior Data Analyst in the rows": company("26 words"),
        "several tables below each other on one sheet": company("09 four tables"),
        "tables beside each other on one sheet": company("09 beside each other"),
        "rows that are headings: groups": company("10 two heights"),
        "rows that are headings: levels": company("10 levels as headings"),
        "a level in each row, roles as columns": company("11 a level in each row, roles across"),
        "a job family, a department or a track in place of the role": company(
            "Job Family instead of roles, wide"
        ),
        "lying on its side: levels in the rows, skills as columns": company(
            "12 levels down the side"
        ),
        "a line above that lists the levels in their order": company("04 a line lists them"),
        "texts in two languages side by side": company("27 two languages"),
        "totals, sources and remarks below the table": company("totals and footers"),
        "several things in one cell, such as Backend/Junior/Review": with_mapping(
            PARTED,
            framework="Path,Text\nBackend/Junior/Review,Answers.\nBackend/Senior/Review,Asks.\n",
        ),
        "translations in a second file of the same layout": with_mapping(
            TRANSLATED,
            en=f"{HEAD}Dev,Junior,Review,Answers.\n",
            zh=f"{HEAD}Dev,Junior,Review,回答。\n",
        ),
        "headers repeated on each printed page": corpus("header-repeated.csv"),
        "rows that differ about one thing, to be joined": corpus("joined-rows.csv"),
        "columns that may be roles or levels": open_("axis"),
        "titles that may be one ladder or several roles": open_("columns"),
        "cells of 0 and 1 alone": open_("numbers"),
        "levels whose names say no order": open_("order-Amber"),
        "marks of a scale that nothing explains": open_("marks"),
        "columns beside level and skill that may be roles or texts": open_("others"),
        "several roles in one cell": open_("roles"),
        "several roles in one cell, each of which another cell names": open_("role-lists"),
        "several skills in one cell, each of which another cell names": open_("skill-lists"),
        "several levels in one cell, each of which another cell names": open_("level-lists"),
        "a column beside the levels that may be one": open_("levels"),
        "a title beside each level in the rows": open_("title-column"),
        "levels down the side beside columns called Scope or Description": open_("beside-levels"),
        "tables below each other whose titles may be roles or groups": open_("tables"),
    },
    "Pages": {name: kind(name) for name in (*PAGES, *TABLES)},
    "Documents": {name: kind(name) for name in NESTED},
    "What is no framework": {
        "a list of skills without levels": corpus("skills-without-levels.csv"),
        "a PDF under the name of a table": corpus("portable.csv"),
        "a picture under the name of a table": corpus("picture.csv"),
        "a drawing": corpus("drawing.svg"),
        "rich text": corpus("rich-text.csv"),
        "TeX": corpus("tex.tex"),
        "reStructuredText": corpus("restructured.rst"),
        "AsciiDoc": corpus("asciidoc.adoc"),
        "a web archive": corpus("web-archive.mht"),
        "the page of a log-in": corpus("html-login.html"),
        "YAML that unfolds without end": corpus("yaml-alias-bomb.yml"),
        "YAML with objects of a programming language": corpus("yaml-python-object.yml"),
        "a workbook that is none": corpus("archive-of-nothing.xlsx"),
        "an empty file": corpus("empty.csv"),
    },
}


def outcome(bring: Bring, folder: Path) -> str:
    """Return what an import does: how it reads the file, what it asks, or why it refuses."""
    path = bring(folder)
    mapping = path.with_suffix(".yaml")
    if mapping.exists() and mapping != path:
        lines = [each for each in mapping.read_text("utf-8").splitlines() if each.strip()]
        result = import_catalogue(path, mapping=read_mapping(mapping))
        told = f"with a mapping of {sum(not each.startswith('#') for each in lines)} lines"
    else:
        result, told = import_catalogue(path), "without a mapping"
    if result.questions:
        return f"asked: `{result.questions[0].key}`"
    if result.content is None:
        return f"refused: “{result.problems[0].message}”"
    return told


def test_every_shape_is_listed() -> None:
    for heading, shapes in SHAPES.items():
        assert [row[0] for row in PAGE.rows(heading)] == list(shapes)


@pytest.mark.parametrize("heading", SHAPES)
def test_what_is_said_of_a_shape_is_so(heading: str, tmp_path: Path) -> None:
    found = {}
    for number, (shape, bring) in enumerate(SHAPES[heading].items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        found[shape] = outcome(bring, folder)
    assert {row[0]: row[1] for row in PAGE.rows(heading)} == found
