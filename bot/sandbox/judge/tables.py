"""table and data_table."""

from typing import Any

from bot.sandbox.judge import limits
from bot.sandbox.judge.core import Node, as_node
from bot.sandbox.judge.rich_text import rich_text

ALIGN = ("left", "center", "right")


def table(node: Node) -> None:
    """A table: raw text, numbers or rich text in its cells."""
    rows = node.raw_items("rows", most=limits.TABLE_ROWS, required=True)
    for index, row in enumerate(rows):
        _row(node, index, row, header=False)
    settings = node.raw_items("column_settings", least=0, most=limits.TABLE_COLUMNS)
    for index, setting in enumerate(settings):
        if setting is None:
            continue
        child = as_node(setting, f"{node.at('column_settings')}/{index}", node.sheet)
        if child is not None:
            child.one_of("align", ALIGN)
            child.boolean("is_wrapped")
    if characters(rows) > limits.TABLE_CHARACTERS:
        node.fail(f"no more than {limits.TABLE_CHARACTERS} characters in all cells", key="rows")


def data_table(node: Node) -> None:
    """A data table: a caption, a header row, and rows of equal length."""
    node.string("caption", most=limits.SECTION_TEXT, required=True)
    node.integer("page_size", least=1, most=limits.DATA_TABLE_PAGE)
    rows = node.raw_items("rows", least=2, most=limits.DATA_TABLE_ROWS, required=True)
    for index, row in enumerate(rows):
        _row(node, index, row, header=index == 0)
    widths = {len(row) for row in rows if isinstance(row, list)}
    if len(widths) > 1:
        node.fail("all rows must have the same number of cells", key="rows")
    node.integer("row_header_column_index", least=0, most=max(widths, default=1) - 1)
    if characters(rows) > limits.DATA_TABLE_CHARACTERS:
        node.fail(
            f"no more than {limits.DATA_TABLE_CHARACTERS} characters in all cells", key="rows"
        )


def characters(value: Any) -> int:
    """Count the characters of all texts within cells."""
    if isinstance(value, list):
        return sum(characters(item) for item in value)
    if isinstance(value, dict):
        text = value.get("text")
        own = len(text) if isinstance(text, str) else 0
        return own + sum(characters(v) for k, v in value.items() if k != "text")
    return 0


def _row(node: Node, index: int, row: Any, *, header: bool) -> None:
    pointer = f"{node.at('rows')}/{index}"
    if not isinstance(row, list):
        node.sheet.add(pointer, "must be an array")
        return
    if len(row) > limits.TABLE_COLUMNS:
        node.sheet.add(pointer, f"no more than {limits.TABLE_COLUMNS} items allowed")
    if not row:
        node.sheet.add(pointer, "must contain at least 1 items")
    for column, value in enumerate(row):
        cell = as_node(value, f"{pointer}/{column}", node.sheet)
        if cell is not None:
            _cell(cell, header=header)


def _cell(cell: Node, *, header: bool) -> None:
    if cell.type == "raw_text":
        cell.string("text", most=limits.DATA_TABLE_CHARACTERS, required=True)
    elif cell.type == "raw_number":
        if not isinstance(cell.get("value"), int | float) or isinstance(cell.get("value"), bool):
            cell.fail("missing required field: value")
    elif cell.type == "rich_text" and not header:
        rich_text(cell)
    else:
        cell.fail(
            "must be raw_text, raw_number or rich_text (no rich_text in a header)", key="type"
        )
