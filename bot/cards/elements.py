"""Typed builders for the elements that stand in blocks: buttons, menus, inputs and their texts."""

from typing import Literal, NotRequired, TypedDict

from bot.cards import limits
from bot.cards.mrkdwn import clip


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


class UsersSelect(TypedDict):
    type: Literal["users_select"]
    action_id: str
    placeholder: PlainText
    initial_user: NotRequired[str]


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
    | UsersSelect
    | RadioButtons
    | FileInput
)


def plain(text: str, limit: int) -> PlainText:
    """Build plain text of at most `limit` characters; Slack takes none that is empty."""
    return {"type": "plain_text", "text": clip(text, limit) or "–", "emoji": False}


def button(action_id: str, label: str, value: str, *, primary: bool = False) -> Button:
    """Build a button; `primary` for the one that leads on."""
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
    """Build an option of a menu."""
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
    """Build a select whose options are asked for as somebody types."""
    return {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "min_query_length": min_query_length,
    }
