"""What is exported as tables is read back cell for cell, whatever the texts are."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from bot.domain.framework import CatalogueContent
from bot.domain.revision import Catalogue
from bot.formats.exports.columns import LONG_FIRST
from bot.formats.exports.language import Language, itemised, language_of
from bot.formats.exports.rows import Sheet
from bot.formats.exports.sheets import book_sheets, long_sheet
from bot.formats.exports.wide import wide_sheet
from bot.formats.mapping.fields import slot_of
from bot.formats.native import read_folder
from tests.factories import big_catalogue
from tests.properties import examples
from tests.strategies import SMALL, catalogues
from tests.unit.formats.exports.exported import Rows, exported, records, tables


def trimmed(sheet: Sheet) -> Rows:
    """Return a sheet as a reader gives it: no blank cells at the end of a row, no blank rows."""
    rows: Rows = []
    for row in (sheet.header, *sheet.rows()):
        cells = list(row)
        while cells and not cells[-1]:
            cells.pop()
        rows += [tuple(cells)] if cells else []
    return rows


@examples(25)
@given(catalogue=catalogues(SMALL))
def test_any_catalogue_comes_back_cell_for_cell(
    tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue
) -> None:
    content, folder = catalogue.content, tmp_path_factory.mktemp("export")
    language = language_of(content, None)
    long, wide = long_sheet(content, language), wide_sheet(content, language)
    assert tables(exported(content, "long-csv", folder)) == {"": trimmed(long)}
    (folder / "catalogue.csv").unlink()
    assert tables(exported(content, "wide-csv", folder)) == {"": trimmed(wide)}
    for name in ("xlsx", "markdown"):
        found = tables(exported(content, name, folder))
        for sheet in book_sheets(content, language):
            assert found[sheet.name] == trimmed(sheet)


@pytest.fixture
def content(small: Path) -> CatalogueContent:
    return read_folder(small)


def test_the_long_table_has_a_row_for_each_expectation(tmp_path: Path) -> None:
    content = big_catalogue(skills=30, roles=4, expectations=200)
    (rows,) = tables(exported(content, "long-csv", tmp_path)).values()
    assert rows[0][:6] == LONG_FIRST == ("role", "level", "skill", *LONG_FIRST[3:])
    full = [row for row in records(rows) if "requirement" in row]
    assert [
        (row["role"], row["level"], row["skill"], row["requirement"], row["text"]) for row in full
    ] == [
        (
            each.role.name.base,
            each.level.name.base,
            each.skill.name.base,
            each.requirement.value,
            each.wording.base if each.wording else "",
        )
        for each in content.expectations
    ]


def test_the_long_table_names_what_nothing_is_expected_of(
    content: CatalogueContent, tmp_path: Path
) -> None:
    (rows,) = tables(exported(content, "long-csv", tmp_path)).values()
    found = records(rows)
    assert [row.get("skill_key") for row in found] == ["etl", "etl", None, None, "checks"]
    assert [row.get("role_key") for row in found] == [
        "engineer",
        "engineer",
        "analyst",
        "analyst",
        None,
    ]
    first, second = found[0], found[1]
    assert first["skill_aliases"] == "spark"
    assert "skill_aliases" not in second
    assert (first["depth_basic"], first["text"]) == ("Runs jobs.", "Runs a job.")
    assert (second["text"], second["text.zh"]) == ("Designs jobs.", "设计任务。")
    assert second["prompts"] == "Draw a job."
    assert [row["level_summary"] for row in found[:2]] == [
        "Learns the trade.",
        "Decides what is built.",
    ]


def test_every_column_is_known_to_the_import(content: CatalogueContent) -> None:
    language = language_of(content, None)
    for sheet in (long_sheet(content, language), *book_sheets(content, language)):
        for name in sheet.header:
            assert slot_of(name) is not None or name.startswith("depth_"), name


def test_an_expectation_without_text_shows_the_skills_own(content: CatalogueContent) -> None:
    bare = tuple(replace(each, text=None) for each in content.expectations)
    sheet = long_sheet(replace(content, expectations=bare), Language(None))
    at = sheet.header.index("text")
    assert [row[at] for row in sheet.rows()][:2] == ["Runs jobs.", ""]


def test_the_wide_table_has_a_column_for_each_level(
    content: CatalogueContent, tmp_path: Path
) -> None:
    (rows,) = tables(exported(content, "wide-csv", tmp_path)).values()
    assert rows[0][:10] == (
        *("role", "skill", "Junior", "Senior", "Junior requirement", "Senior requirement"),
        *("Junior proficiency", "Senior proficiency", "Junior prompts", "Senior prompts"),
    )
    (row,) = records(rows)
    assert (row["Junior"], row["Senior"]) == ("Runs a job.", "Designs jobs.")
    assert (row["Junior requirement"], row["Senior requirement"]) == ("optional", "required")
    assert row["Junior proficiency"] == "Basic"
    assert "Senior proficiency" not in row
    assert row["Senior prompts"] == "Draw a job."


def test_levels_that_share_a_name_get_columns_of_their_own(content: CatalogueContent) -> None:
    (ladder,) = content.ladders
    junior, senior = ladder.levels
    same = replace(ladder, levels=(junior, replace(senior, name=junior.name)))
    sheet = wide_sheet(replace(content, ladders=(same,)), Language(None))
    assert sheet.header[2:4] == ("Junior [junior]", "Junior [senior]")


def test_one_language_alone(content: CatalogueContent, tmp_path: Path) -> None:
    (rows,) = tables(exported(content, "long-csv", tmp_path, "zh")).values()
    assert [row["level"] for row in records(rows)[:2]] == ["Junior", "高级"]
    assert [row["text"] for row in records(rows)[:2]] == ["Runs a job.", "设计任务。"]
    assert not any(name.endswith(".zh") for name in rows[0])


def test_lists_in_a_cell() -> None:
    assert itemised(["Draw a job."]) == "Draw a job."
    assert itemised(["Draw a job.", "First\nthen"]) == "- Draw a job.\n- First\n  then"
    assert itemised([]) == ""


def test_formulas_are_never_written(content: CatalogueContent, tmp_path: Path) -> None:
    role = replace(content.roles[0], name=replace(content.roles[0].name, base='=HYPERLINK("x")'))
    cells = tuple(replace(each, role=role) for each in content.expectations)
    hostile = replace(content, roles=(role, content.roles[1]), expectations=cells)
    path = exported(hostile, "long-csv", tmp_path)
    assert '\r\n"\'=HYPERLINK(""x"")",' in path.read_text(encoding="utf-8-sig").replace(
        "\n", "\r\n"
    )
    assert records(tables(path)[""])[0]["role"] == '=HYPERLINK("x")'
