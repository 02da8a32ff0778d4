"""The page of table formats names every format, column and limit as the code has them."""

from bot.formats.exports.language import Language
from bot.formats.exports.registry import EXPORTS
from bot.formats.exports.sheets import long_sheet
from bot.formats.tables.model import MIB, TableLimits
from tests.docs.pages import Page
from tests.factories import big_catalogue

PAGE = Page("docs/reference/table-formats.md")


def test_every_format_is_there() -> None:
    assert set(EXPORTS) <= set(PAGE.code)


def test_every_column_is_there() -> None:
    header = long_sheet(big_catalogue(skills=4, roles=1, expectations=4), Language(None)).header
    named = {name for name in header if not name.startswith("depth_")}
    assert named < set(header)
    assert named <= set(PAGE.code)


def test_the_limits_are_those_of_the_code() -> None:
    limits, text = TableLimits(), PAGE.path.read_text(encoding="utf-8")
    for shown in (
        f"| file | {limits.file_bytes // MIB} MB;",
        f"Markdown and JSON {limits.whole_bytes // MIB} MB |",
        f"| rows of a table | {limits.rows:,} |",
        f"| columns | {limits.columns:,} |",
        f"| one cell | {limits.cell_characters:,} characters |",
        f"| tables in a file | {limits.tables} |",
        f"{limits.expanded_bytes // MIB} MB, at most {limits.expansion} times",
        f"{limits.archive_entries:,} parts",
    ):
        assert shown in text
