"""Ids that must not occur twice on one surface."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.judge.core import Sheet

_NESTED = ("element", "accessory", "elements", "actions", "child_blocks", "tasks")


def check_unique_ids(blocks: list[Any], *, pointer: str, sheet: Sheet) -> None:
    """Complain about a block_id used twice on a surface, or an action_id twice in one block."""
    seen: set[str] = set()
    for where, block_id in _block_ids(blocks, pointer):
        if block_id in seen:
            sheet.add(where, f"block_id {block_id!r} already exists")
        seen.add(block_id)
    for index, block in enumerate(blocks):
        actions: set[str] = set()
        for where, action_id in _action_ids(block, f"{pointer}/{index}"):
            if action_id in actions:
                sheet.add(where, f"action_id {action_id!r} already exists for this block")
            actions.add(action_id)


def _block_ids(blocks: list[Any], pointer: str) -> Iterator[tuple[str, str]]:
    for index, block in enumerate(blocks):
        if not isinstance(block, dict):
            continue
        where = f"{pointer}/{index}"
        if isinstance(block.get("block_id"), str):
            yield f"{where}/block_id", block["block_id"]
        for key in ("child_blocks", "elements"):
            nested = block.get(key)
            if isinstance(nested, list) and (
                key == "child_blocks" or block.get("type") == "carousel"
            ):
                yield from _block_ids(nested, f"{where}/{key}")


def _action_ids(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _action_ids(item, f"{pointer}/{index}")
    elif isinstance(value, dict):
        if isinstance(value.get("action_id"), str):
            yield f"{pointer}/action_id", value["action_id"]
        for key in _NESTED:
            if key in value:
                yield from _action_ids(value[key], f"{pointer}/{key}")
