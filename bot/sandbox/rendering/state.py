"""Showing what was entered: Slack keeps entered values apart from the blocks that were sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.blocks import INITIAL_KEYS
from bot.sandbox.rendering.nodes import Node, node_of, text_of

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
    for key, initial in INITIAL_KEYS.items():
        if key not in value:
            continue
        if value[key] in (None, [], ""):
            changed.pop(initial, None)
        else:
            changed[initial] = value[key]
    return changed
