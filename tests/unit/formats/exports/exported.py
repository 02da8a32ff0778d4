"""Short ways to export a catalogue and to look at what came out."""

from pathlib import Path

from bot.domain.framework import CatalogueContent
from bot.formats.exports.registry import EXPORTS, export
from bot.formats.mapping.headers import is_heading
from bot.formats.tables.source import open_tables

Rows = list[tuple[str, ...]]


def exported(content: CatalogueContent, name: str, folder: Path, locale: str | None = None) -> Path:
    """Export into a folder and return the path of what was written."""
    path = folder / f"catalogue{EXPORTS[name].suffix}"
    export(content, name, path, locale=locale)
    return path


def tables(path: Path) -> dict[str, Rows]:
    """Return every table of an exported file, which must be without any problem."""
    with open_tables(path, is_heading=is_heading) as file:
        found = {table.name: [row.cells for row in table.rows()] for table in file}
        assert file.problems == []
        assert file.warnings == []
    return found


def records(rows: Rows) -> list[dict[str, str]]:
    """Return the rows under a header by column; blank cells are left out."""
    header, *rest = rows
    return [
        {name: cell for name, cell in zip(header, cells, strict=False) if cell} for cells in rest
    ]
