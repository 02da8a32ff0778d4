"""Showing what was entered: Slack keeps entered values apart from the blocks that were sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.rendering.nodes import Node, node_of, text_of

_INITIAL_KEYS = {
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
}
_STATELESS = frozenset({"button", "overflow"})


def with_state(blocks: Sequence[Node], values: Node) -> list[Node]:
    """The blocks with each element's initial value replaced by the one in ``state.values``.

    ``values`` maps block ids to action ids to Slack's value objects; elements it does not name
    keep their own initial value. Nothing that was given is changed.
    """
    return [_block(block, values) for block in blocks]


def _block(block: Node, values: Node) -> Node:
    entered = node_of(values, text_of(block, "block_id"))
    children = block.get("child_blocks")
    changed: dict[str, Any] = dict(block)
    if isinstance(children, list):
        changed["child_blocks"] = [
            _block(c, values) if isinstance(c, Mapping) else c for c in children
        ]
    if not entered:
        return changed
    for key in ("element", "accessory"):
        if isinstance(block.get(key), Mapping):
            changed[key] = _element(node_of(block, key), entered)
    elements = block.get("elements")
    if isinstance(elements, list):
        changed["elements"] = [
            _element(e, entered) if isinstance(e, Mapping) else e for e in elements
        ]
    return changed


def _element(element: Node, entered: Node) -> Node:
    value = node_of(entered, text_of(element, "action_id"))
    if not value or text_of(element, "type") in _STATELESS:
        return element
    changed = dict(element)
    for key, initial in _INITIAL_KEYS.items():
        if key not in value:
            continue
        if value[key] in (None, [], ""):
            changed.pop(initial, None)
        else:
            changed[initial] = value[key]
    return changed
