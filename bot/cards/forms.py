"""Typed builders for what members fill in, and for dialogs that ask once more."""

from collections.abc import Collection
from datetime import date, time

from bot.cards import limits
from bot.cards.blocks import Input
from bot.cards.elements import (
    Button,
    Confirm,
    DatePicker,
    FileInput,
    InputElement,
    MultiStaticSelect,
    MultiUsersSelect,
    Option,
    RadioButtons,
    TextInput,
    TimePicker,
    UsersSelect,
    plain,
)


def input_block(
    block_id: str,
    label: str,
    element: InputElement,
    *,
    hint: str = "",
    optional: bool = False,
    dispatch: bool = False,
) -> Input:
    """Build an input; `dispatch` tells us at once when something is chosen in it."""
    built: Input = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, limits.LABEL),
        "element": element,
        "optional": optional,
    }
    if hint:
        built["hint"] = plain(hint, limits.LABEL)
    if dispatch:
        built["dispatch_action"] = True
    return built


def text_input(
    action_id: str,
    *,
    value: str = "",
    multiline: bool = False,
    most: int = limits.TEXT_INPUT,
    focus: bool = False,
) -> TextInput:
    """Build a field for up to `most` characters."""
    built: TextInput = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": most,
    }
    if value:
        built["initial_value"] = value[:most]
    if focus:
        built["focus_on_load"] = True
    return built


def time_picker(action_id: str, chosen: time) -> TimePicker:
    """Build a field for a local time, to the minute."""
    return {"type": "timepicker", "action_id": action_id, "initial_time": f"{chosen:%H:%M}"}


def date_picker(action_id: str, chosen: date | None = None) -> DatePicker:
    """Build a field for a day."""
    built: DatePicker = {"type": "datepicker", "action_id": action_id}
    if chosen:
        built["initial_date"] = chosen.isoformat()
    return built


def radio(action_id: str, options: list[Option], chosen: str | None = None) -> RadioButtons:
    """Build radio buttons of 1 to 10 options; `chosen` is the value of the one set."""
    built: RadioButtons = {
        "type": "radio_buttons",
        "action_id": action_id,
        "options": options[: limits.RADIO],
    }
    initial = next((each for each in built["options"] if each["value"] == chosen), None)
    if initial:
        built["initial_option"] = initial
    return built


def multi_select(
    action_id: str, placeholder: str, options: list[Option], chosen: Collection[str] = ()
) -> MultiStaticSelect:
    """Build a select of 1 to 100 options, several of which may be taken."""
    built: MultiStaticSelect = {
        "type": "multi_static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "options": options[: limits.SELECT_OPTIONS],
    }
    initial = [each for each in built["options"] if each["value"] in chosen]
    if initial:
        built["initial_options"] = initial
    return built


def users_select(
    action_id: str, placeholder: str, chosen: Collection[str], *, most: int
) -> MultiUsersSelect:
    """Build a select of people of the workspace; `chosen` are the Slack ids of those taken."""
    built: MultiUsersSelect = {
        "type": "multi_users_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
        "max_selected_items": most,
    }
    if chosen:
        built["initial_users"] = sorted(chosen)[:most]
    return built


def person_select(action_id: str, placeholder: str, chosen: str | None = None) -> UsersSelect:
    """Build a select of one person of the workspace; `chosen` is the Slack id of the one taken."""
    built: UsersSelect = {
        "type": "users_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, limits.PLACEHOLDER),
    }
    if chosen:
        built["initial_user"] = chosen
    return built


def file_input(action_id: str, endings: Collection[str]) -> FileInput:
    """Build a field for one file whose name has one of these endings."""
    return {
        "type": "file_input",
        "action_id": action_id,
        "filetypes": [*endings],
        "max_files": 1,
    }


def confirmed(
    built: Button, *, title: str, text: str, confirm: str, deny: str, danger: bool = False
) -> Button:
    """Let Slack ask once more before the button counts."""
    dialog: Confirm = {
        "title": plain(title, limits.CONFIRM_TITLE),
        "text": plain(text, limits.CONFIRM_TEXT),
        "confirm": plain(confirm, limits.CONFIRM_BUTTON),
        "deny": plain(deny, limits.CONFIRM_BUTTON),
    }
    if danger:
        dialog["style"] = "danger"
    built["confirm"] = dialog
    return built
