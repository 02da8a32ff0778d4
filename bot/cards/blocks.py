"""Typed builders for the Block Kit blocks that cards use. Each keeps within Slack's limits."""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from bot.cards import limits
from bot.cards.elements import Element, InputElement, Mrkdwn, PlainText, plain
from bot.cards.mrkdwn import unmarked

# Slack wants text in every table cell; this shows as nothing.
BLANK = "\u00a0"


class Header(TypedDict):
    type: Literal["header"]
    text: PlainText


class Section(TypedDict):
    type: Literal["section"]
    text: NotRequired[Mrkdwn]
    fields: NotRequired[list[Mrkdwn]]
    accessory: NotRequired[Element]
    block_id: NotRequired[str]
    expand: NotRequired[bool]


class Context(TypedDict):
    type: Literal["context"]
    elements: list[Mrkdwn]


class Divider(TypedDict):
    type: Literal["divider"]


class Actions(TypedDict):
    type: Literal["actions"]
    elements: Sequence[Element]
    block_id: NotRequired[str]


class RawText(TypedDict):
    type: Literal["raw_text"]
    text: str


class Style(TypedDict, total=False):
    bold: bool


class TextPiece(TypedDict):
    type: Literal["text"]
    text: str
    style: NotRequired[Style]


class TextRun(TypedDict):
    type: Literal["rich_text_section"]
    elements: Sequence[TextPiece]


class TextList(TypedDict):
    type: Literal["rich_text_list"]
    style: Literal["bullet"]
    elements: Sequence[TextRun]


class RichText(TypedDict):
    """Text in pieces: nothing in it is read as mrkdwn."""

    type: Literal["rich_text"]
    elements: Sequence[TextRun | TextList]


TableCell = RawText | RichText


class ColumnSetting(TypedDict, total=False):
    align: Literal["left", "center", "right"]
    is_wrapped: bool


class Table(TypedDict):
    type: Literal["table"]
    rows: list[list[TableCell]]
    column_settings: list[ColumnSetting]


class DataTable(TypedDict):
    """A table that readers sort and page through; its first row is the head."""

    type: Literal["data_table"]
    caption: str
    rows: list[list[TableCell]]
    row_header_column_index: int
    page_size: int


class Input(TypedDict):
    type: Literal["input"]
    block_id: str
    label: PlainText
    element: InputElement
    optional: bool
    hint: NotRequired[PlainText]
    dispatch_action: NotRequired[bool]


Block = Header | Section | Context | Divider | Actions | RichText | Table | DataTable | Input


class View(TypedDict):
    """A modal as `views.open` takes it."""

    type: Literal["modal"]
    callback_id: str
    title: PlainText
    close: PlainText
    private_metadata: str
    blocks: Sequence[Block]
    submit: NotRequired[PlainText]
    notify_on_close: NotRequired[bool]


class HomeView(TypedDict):
    """An App Home as `views.publish` takes it."""

    type: Literal["home"]
    blocks: Sequence[Block]


def header(text: str) -> Header:
    return {"type": "header", "text": plain(unmarked(text), limits.HEADER)}


def section(text: str, accessory: Element | None = None) -> Section:
    """Build a section; `text` is mrkdwn already made safe."""
    block: Section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    if accessory:
        block["accessory"] = accessory
    return block


def unfolded(text: str) -> Section:
    """Build a section that Slack shows in full, however long it is."""
    return {**section(text), "expand": True}


def fields(texts: Sequence[str]) -> Section:
    """Build a section of up to ten short mrkdwn fields, two a row."""
    return {"type": "section", "fields": [{"type": "mrkdwn", "text": text} for text in texts]}


def context(text: str) -> Context:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def divider() -> Divider:
    return {"type": "divider"}


def actions(elements: Sequence[Element], block_id: str | None = None) -> Actions:
    block: Actions = {"type": "actions", "elements": elements}
    if block_id:
        block["block_id"] = block_id
    return block


def titled(title: str, rest: str) -> TextRun:
    """Build a run of plain text with a bold beginning."""
    pieces: list[TextPiece] = [{"type": "text", "text": title, "style": {"bold": True}}]
    if rest:
        pieces.append({"type": "text", "text": rest})
    return {"type": "rich_text_section", "elements": pieces}


def bullets(items: Sequence[TextRun]) -> RichText:
    """Build a list."""
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}],
    }


def titled_cell(title: str, rest: str = "") -> RichText:
    """Build a cell of a table with a bold beginning."""
    return {"type": "rich_text", "elements": [titled(title, rest)]}


def text_cell(text: str) -> TableCell:
    """Build a cell of plain text; Slack keeps lines in rich text alone."""
    if "\n" not in text:
        return {"type": "raw_text", "text": text or BLANK}
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
    }


def table(rows: Sequence[Sequence[TableCell]], *, wrapped: Sequence[bool]) -> Table:
    """Build a table; the first row is its head. `wrapped` says of each column whether it wraps."""
    columns = len(wrapped)
    return {
        "type": "table",
        "rows": [list(row[:columns]) for row in rows[: limits.TABLE_ROWS]],
        "column_settings": [{"align": "left", "is_wrapped": each} for each in wrapped],
    }


def data_table(caption: str, rows: Sequence[Sequence[TableCell]]) -> DataTable:
    """Build Slack's newer table, which not every workspace has; the first column heads its rows."""
    return {
        "type": "data_table",
        "caption": caption,
        "rows": [list(row[: limits.TABLE_COLUMNS]) for row in rows[: limits.TABLE_ROWS]],
        "row_header_column_index": 0,
        # Slack shows five rows otherwise.
        "page_size": max(1, min(len(rows), limits.TABLE_ROWS) - 1),
    }
