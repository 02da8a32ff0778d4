"""Whole views: modals and App Homes."""

import json
from typing import Any

from bot.sandbox.judge import limits
from bot.sandbox.judge.blocks import Surface, check_blocks
from bot.sandbox.judge.core import Node, Sheet, Verdict, Violation, as_node
from bot.sandbox.judge.texts import PLAIN, check_text
from bot.sandbox.judge.unique import check_unique_ids

CODE = "invalid_arguments"


def check_view(view: Any) -> list[Violation]:
    """Return every rule that a view breaks, [] where Slack would take it."""
    return judge_view(view).violations


def judge_view(view: Any, *, surface: Surface | None = None) -> Verdict:
    """Check a view; `surface` is what it must be ("modal" or "home"), None allows both."""
    sheet = Sheet(code=CODE)
    node = as_node(view, "/view", sheet)
    if node is None:
        return sheet.verdict
    kind = node.type
    if kind not in ("modal", "home") or surface not in (None, kind):
        node.fail(f"must be {surface or 'modal or home'}", key="type")
        return sheet.verdict
    node.string("callback_id", most=limits.IDS, least=0)
    node.string("external_id", most=limits.IDS, least=0)
    node.string("private_metadata", most=limits.PRIVATE_METADATA, least=0)
    if kind == "modal":
        _check_modal(node)
    if not node.missing("blocks", required=True):
        checked = check_blocks(
            view["blocks"],
            pointer="/view/blocks",
            sheet=sheet,
            surface="modal" if kind == "modal" else "home",
            most=limits.VIEW_BLOCKS,
        )
        check_unique_ids(checked, pointer="/view/blocks", sheet=sheet)
    _check_size(node)
    return sheet.verdict


def _check_modal(node: Node) -> None:
    check_text(node, "title", most=limits.VIEW_TITLE, kinds=PLAIN, required=True)
    check_text(node, "submit", most=limits.VIEW_TITLE, kinds=PLAIN)
    check_text(node, "close", most=limits.VIEW_TITLE, kinds=PLAIN)
    for key in ("clear_on_close", "notify_on_close", "submit_disabled"):
        node.boolean(key)
    blocks = node.get("blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )
    if has_input and node.get("submit") is None:
        node.fail("missing required field: submit (the view has input blocks)")


def _check_size(node: Node) -> None:
    size = len(json.dumps(node.value, ensure_ascii=False, separators=(",", ":")).encode())
    if size > limits.VIEW_BYTES:
        node.fail(f"{size} bytes of JSON, over {limits.VIEW_BYTES}", code="view_too_large")
