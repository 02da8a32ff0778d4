"""Walking through Block Kit: the ids Slack adds, elements in reading order, entered values."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox.model import Blocks, Json

SELECTS = ("static", "external", "users", "conversations", "channels")
VALUE_KEYS: dict[str, str] = {
    "checkboxes": "selected_options",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
    "button": "value",
    "icon_button": "value",
    "feedback_buttons": "value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
# Buttons that are pressed as a whole; a pair of feedback buttons is one element with two of them.
PRESSED = ("button", "workflow_button", "icon_button")
# Where the choice that is shown already cannot be made again.
SINGLE_CHOICES = ("radio_buttons", *(f"{name}_select" for name in SELECTS))
_STATELESS = (*PRESSED, "feedback_buttons", "overflow", "image")
INITIAL_KEYS = {
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
}


def elements_of(block: Json) -> Iterator[Json]:
    """Yield the interactive elements of one block, in reading order, nested blocks included."""
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict):
            yield block[key]
    for key in ("elements", "actions"):
        for item in block.get(key) or []:
            if isinstance(item, dict) and item.get("type") in VALUE_KEYS:
                yield item
            elif isinstance(item, dict) and block.get("type") == "carousel":
                yield from elements_of(item)
    for child in block.get("child_blocks") or []:
        if isinstance(child, dict):
            yield from elements_of(child)


def elements(blocks: Blocks) -> Iterator[tuple[Json, Json]]:
    """Yield (block, element) for every interactive element, in reading order."""
    for block in blocks:
        for element in elements_of(block):
            yield block, element


def buttons_of(element: Json) -> list[Json]:
    """Return the buttons that an element shows, each with its `text`: itself, two, or none."""
    if element.get("type") in PRESSED:
        return [element]
    if element.get("type") != "feedback_buttons":
        return []
    return [element.get(key) or {} for key in ("positive_button", "negative_button")]


def with_ids(blocks: Any, new_id: Callable[[str], str]) -> Blocks:
    """Return a copy of the blocks, with the ids that Slack makes up where the app gave none."""
    copy: Blocks = copied(blocks) if isinstance(blocks, list) else []
    for block in copy:
        if not block.get("block_id"):
            block["block_id"] = new_id("b")
        for element in elements_of(block):
            if element.get("type") in VALUE_KEYS and not element.get("action_id"):
                element["action_id"] = new_id("a")
    return copy


def copied(value: Any) -> Any:
    """Return JSON that shares nothing changeable with `value`; twice as fast as `deepcopy`."""
    if isinstance(value, dict):
        return {key: copied(each) for key, each in value.items()}
    return [copied(each) for each in value] if isinstance(value, list) else value


def first_state(blocks: Blocks) -> Json:
    """Return `state.values` as it is before anyone entered anything: initial values, else None."""
    values: Json = {}
    for block, element in elements(blocks):
        kind = element.get("type", "")
        if kind in _STATELESS or kind not in VALUE_KEYS:
            continue
        key = VALUE_KEYS[kind]
        empty: Any = [] if key.endswith("s") else None
        value = element.get(INITIAL_KEYS.get(key, ""), empty)
        values.setdefault(block["block_id"], {})[element["action_id"]] = {"type": kind, key: value}
    return values


def state_of(blocks: Blocks, entered: Json) -> Json:
    """Return `state.values` as a client shows it: what was entered before, wherever it still fits.

    It fits an element of the same type under the same block_id and action_id, whatever initial
    value the app now sends: Slack's clients keep a choice until one of the ids changes.
    """
    values = first_state(blocks)
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            before = entered.get(block_id, {}).get(action_id)
            if before is not None and before.get("type") == value.get("type"):
                actions[action_id] = before
    return values


def same_value(one: Json, other: Json) -> bool:
    """Tell whether two value objects hold the same; of an option, its `value` counts."""
    key = VALUE_KEYS[one["type"]]
    return bool(one["type"] == other.get("type") and _bare(one.get(key)) == _bare(other.get(key)))


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(item) for item in value]
    return value["value"] if isinstance(value, dict) and "value" in value else value


def text_of(value: Any) -> str:
    """Return the text of a text object, "" for anything else."""
    return str(value.get("text", "")) if isinstance(value, dict) else ""


def label_of(block: Json, element: Json) -> str:
    """Return what names an element for a person: its text, its input's label or its placeholder."""
    if block.get("type") == "input":
        return text_of(block.get("label"))
    return (
        text_of(element.get("text"))
        or str(element.get("accessibility_label", ""))
        or text_of(element.get("placeholder"))
    )


def options_of(element: Json) -> list[Json]:
    """Return the options of an element, those in groups included, in order."""
    groups = element.get("option_groups") or []
    grouped = [option for group in groups for option in group.get("options", [])]
    return [*(element.get("options") or []), *grouped]
