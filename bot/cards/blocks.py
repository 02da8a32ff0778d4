"""Typed builders for the Block Kit blocks that cards use. Each keeps within Slack's limits."""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from bot.cards import limits
from bot.cards.mrkdwn import clip, unmarked

# Slack wants text in every table cell; this shows as nothing.
BLANK = "\u00a0"


class PlainText(TypedDict):
    type: Literal["plain_text"]
    text: str
    emoji: NotRequired[bool]


class Mrkdwn(TypedDict):
    type: Literal["mrkdwn"]
    text: str


class Option(TypedDict):
    text: PlainText
    value: str
    description: NotRequired[PlainText]


class Confirm(TypedDict):
    title: PlainText
    text: PlainText
    confirm: PlainText
    deny: PlainText
    style: NotRequired[Literal["primary", "danger"]]


class Button(TypedDict):
    type: Literal["button"]
    action_id: str
    text: PlainText
    value: str
    style: NotRequired[Literal["primary", "danger"]]
    accessibility_label: NotRequired[str]
    confirm: NotRequired[Confirm]


class StaticSelect(TypedDict):
    type: Literal["static_select"]
    action_id: str
    placeholder: PlainText
    options: list[Option]
    initial_option: NotRequired[Option]


class OptionGroup(TypedDict):
    label: PlainText
    options: list[Option]


class GroupedSelect(TypedDict):
    type: Literal["static_select"]
    action_id: str
    placeholder: PlainText
    option_groups: list[OptionGroup]
    initial_option: NotRequired[Option]


class ExternalSelect(TypedDict):
    type: Literal["external_select"]
    action_id: str
    placeholder: PlainText
    min_query_length: int
    initial_option: NotRequired[Option]


class Overflow(TypedDict):
    type: Literal["overflow"]
    action_id: str
    options: list[Option]


class MultiStaticSelect(TypedDict):
    type: Literal["multi_static_select"]
    action_id: str
    placeholder: PlainText
    options: list[Option]
    initial_options: NotRequired[list[Option]]


class MultiExternalSelect(TypedDict):
    type: Literal["multi_external_select"]
    action_id: str
    placeholder: PlainText
    min_query_length: int
    max_selected_items: int
    initial_options: NotRequired[list[Option]]


class RadioButtons(TypedDict):
    type: Literal["radio_buttons"]
    action_id: str
    options: list[Option]
    initial_option: NotRequired[Option]
    focus_on_load: NotRequired[bool]


class TimePicker(TypedDict):
    type: Literal["timepicker"]
    action_id: str
    initial_time: NotRequired[str]


class DatePicker(TypedDict):
    type: Literal["datepicker"]
    action_id: str
    initial_date: NotRequired[str]


class TextInput(TypedDict):
    type: Literal["plain_text_input"]
    action_id: str
    multiline: bool
    max_length: NotRequired[int]
    initial_value: NotRequired[str]
    focus_on_load: NotRequired[bool]


class MultiUsersSelect(TypedDict):
    type: Literal["multi_users_select"]
    action_id: str
    placeholder: PlainText
    max_selected_items: int
    initial_users: NotRequired[list[str]]


class FileInput(TypedDict):
    type: Literal["file_input"]
    action_id: str
    filetypes: list[str]
    max_files: int


Element = Button | StaticSelect | GroupedSelect | ExternalSelect | Overflow | RadioButtons
InputElement = (
    TextInput
    | TimePicker
    | DatePicker
    | StaticSelect
    | ExternalSelect
    | MultiStaticSelect
    | MultiExternalSelect
    | MultiUsersSelect
    | RadioButtons
    | FileInput
)


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


class Input(TypedDict):
    type: Literal["input"]
    block_id: str
    label: PlainText
    element: InputElement
    optional: bool
    hint: NotRequired[PlainText]
    dispatch_action: NotRequired[bool]


Block = Header | Section | Context | Divider | Actions | RichText | Table | Input


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


def plain(text: str, limit: int) -> PlainText:
    return {"type": "plain_text", "text": clip(text, limit) or "–", "emoji": False}


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


def button(action_id: str, label: str, value: str, *, primary: bool = False) -> Button:
    built: Button = {
        "type": "button",
        "action_id": action_id,
        "text": plain(label, limits.BUTTON),
        "value": value,
    }
    if primary:
        built["style"] = "primary"
    return built


def labelled(built: Button, spoken: str) -> Button:
    """Give a button a longer label for screen readers, where its own says too little."""
    built["accessibility_label"] = clip(spoken, limits.BUTTON)
    return built


def option(label: str, value: str, description: str | None = None) -> Option:
    built: Option = {"text": plain(label, limits.OPTION), "value": value}
    if description:
        built["description"] = plain(description, limits.OPTION)
    return built


def select(
    action_id: str, placeholder: str, options: list[Option], chosen: str | None = None
) -> StaticSelect:
    """Build a select of 1 to 100 options; `chosen` is the value of the one shown first."""
    built: StaticSelect = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "options": options[: limits.SELECT_OPTIONS],
    }
    initial = next((each for each in built["options"] if each["value"] == chosen), None)
    if initial:
        built["initial_option"] = initial
    return built


def grouped_select(
    action_id: str, placeholder: str, groups: list[OptionGroup], chosen: str | None = None
) -> GroupedSelect:
    """Build a select whose options stand in groups; `chosen` is the value of the one shown."""
    built: GroupedSelect = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "option_groups": groups,
    }
    options = (each for group in groups for each in group["options"])
    initial = next((each for each in options if each["value"] == chosen), None)
    if initial:
        built["initial_option"] = initial
    return built


def overflow(action_id: str, options: list[Option]) -> Overflow:
    """Build a menu of 1 to 5 options."""
    return {"type": "overflow", "action_id": action_id, "options": options}


def typeahead(action_id: str, placeholder: str, *, min_query_length: int = 1) -> ExternalSelect:
    return {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "min_query_length": min_query_length,
    }


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
    return {
        "type": "table",
        "rows": [list(row[: len(wrapped)]) for row in rows[: limits.TABLE_ROWS]],
        "column_settings": [{"align": "left", "is_wrapped": each} for each in wrapped],
    }
