"""What a member has filled into a form, as a view brings it back."""

from collections.abc import Mapping
from typing import Any

View = Mapping[str, Any]


def field_in(view: View, block_id: str) -> Mapping[str, Any]:
    """Return what the one field of a block holds; empty where the form has no such field."""
    return next(iter(_blocks(view).get(block_id, {}).values()), None) or {}


def field_of(view: View, action_id: str) -> tuple[str, Mapping[str, Any]]:
    """Return (block id, what it holds) of the field with this id; empty both where there is none.

    For fields whose block has another id each time, so that Slack shows them empty.
    """
    for block_id, fields in _blocks(view).items():
        if action_id in fields:
            return block_id, fields[action_id] or {}
    return "", {}


def _blocks(view: View) -> Mapping[str, Mapping[str, Any]]:
    values = (view.get("state") or {}).get("values") or {}
    return {block_id: fields or {} for block_id, fields in values.items()}
