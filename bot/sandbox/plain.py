"""The words a person sees in blocks, in reading order."""

from typing import Any

from bot.sandbox.blocks import options_of, text_of
from bot.sandbox.model import Blocks, Json

# In the order in which Slack shows them within one block or element.
_TEXT_KEYS = ("title", "subtitle", "label", "text", "body", "caption", "subtext", "description")
_LIST_KEYS = ("fields", "elements", "child_blocks", "rows", "tasks", "actions")
_NESTED_KEYS = ("accessory", "element", "hint", "positive_button", "negative_button")
_INNER_KEYS = (*_LIST_KEYS, *_NESTED_KEYS)


def plain_text(blocks: Blocks) -> str:
    """Return everything visible, one line per piece of text, in reading order.

    Options of a menu count as visible (a click away); values and ids do not.
    """
    lines: list[str] = []
    for block in blocks:
        _collect(block, lines)
    return "\n".join(lines)


def _collect(value: Any, lines: list[str]) -> None:
    if isinstance(value, list):
        _collect_list(value, lines)
    elif isinstance(value, dict):
        _collect_object(value, lines)


def _collect_list(items: list[Any], lines: list[str]) -> None:
    for item in items:
        _collect(item, lines)


def _collect_object(value: Json, lines: list[str]) -> None:
    if value.get("type") in ("rich_text_section", "rich_text_preformatted", "rich_text_quote"):
        lines.append("".join(_rich(item) for item in value.get("elements", [])))
        return
    # Of its two dozen keys an object has two or three.
    for key in filter(value.__contains__, _TEXT_KEYS):
        if isinstance(value[key], str):
            lines.append(value[key])
        else:
            _collect(value[key], lines)
    for key in filter(value.__contains__, _INNER_KEYS):
        _collect(value[key], lines)
    if "placeholder" in value:
        lines.append(text_of(value["placeholder"]))
    for option in options_of(value):
        _collect(option, lines)
    if value.get("type") == "image":
        lines.append(str(value.get("alt_text", "")))


def _rich(item: Json) -> str:
    if item.get("type") == "link":
        return str(item.get("text") or item.get("url", ""))
    for key in ("text", "name", "user_id", "channel_id", "fallback"):
        if key in item:
            return str(item[key])
    return ""
