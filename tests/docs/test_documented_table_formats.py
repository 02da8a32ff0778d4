"""The page of table formats names every format, column and limit as the code has them."""

from bot.formats.exports.language import Language
from bot.formats.exports.registry import EXPORTS
from bot.formats.exports.sheets import long_sheet
from bot.formats.imports.opening.listing import MOST_FILES, MOST_PAGES
from bot.formats.tables.books.spreadsheet import MOST_CELLS
from bot.formats.tables.model import MIB, TableLimits
from bot.formats.yaml_file import MOST_BYTES
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
        f"pages and JSON {limits.whole_bytes // MIB} MB; YAML {MOST_BYTES // MIB} MB |",
        f"| files in a folder | {MOST_PAGES:,} pages, {MOST_FILES} others |",
        f"| cells of an XLS or ODS sheet | {MOST_CELLS:,} |",
        f"| rows of a table | {limits.rows:,} |",
        f"| columns | {limits.columns:,} |",
        f"| one cell | {limits.cell_characters:,} characters |",
        f"| tables in a file | {limits.tables} |",
        f"{limits.expanded_bytes // MIB} MB, at most {limits.expansion} times",
        f"{limits.archive_entries:,} parts",
    ):
        assert shown in text
