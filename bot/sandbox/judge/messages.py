"""Whole messages."""

import json
from typing import Any

from bot.sandbox.judge import limits
from bot.sandbox.judge.blocks import check_blocks
from bot.sandbox.judge.core import Json, Sheet, Verdict, Violation
from bot.sandbox.judge.unique import check_unique_ids

TABLES = ("table", "data_table")
CHARTS = 2


def check_message(payload: Json) -> list[Violation]:
    """Return every rule that a message breaks, [] where Slack would take it."""
    return judge_message(payload).violations


def judge_message(payload: Json, *, text_limit: int = limits.MESSAGE_TEXT) -> Verdict:
    """Check a message: what chat.postMessage, an ack body or a response URL may carry."""
    sheet = Sheet()
    text, blocks = payload.get("text"), payload.get("blocks")
    attachments = payload.get("attachments")
    if not (text or blocks or attachments or payload.get("file_ids")):
        sheet.add("/text", "a message needs text, blocks or attachments", code="no_text")
    if text is not None and not isinstance(text, str):
        sheet.add("/text", "must be a string", code="invalid_arguments")
    elif text and len(text) > text_limit:
        sheet.add("/text", f"must be less than {text_limit + 1} characters", code="msg_too_long")
    if blocks:
        _check_blocks(blocks, sheet)
        if not text and not attachments:
            sheet.warn(
                "missing_text_fallback", "/text", "screen readers and notifications need text"
            )
    if attachments:
        _check_attachments(attachments, sheet)
    _check_metadata(payload.get("metadata"), sheet)
    return sheet.verdict


def _check_blocks(blocks: Any, sheet: Sheet) -> None:
    checked = check_blocks(
        blocks, pointer="/blocks", sheet=sheet, surface="message", most=limits.MESSAGE_BLOCKS
    )
    kinds = [block.get("type") for block in _flat(checked)]
    if sum(kind in TABLES for kind in kinds) > 1:
        sheet.add(
            "/blocks", "only one table is allowed in a message", code="only_one_table_allowed"
        )
    if kinds.count("data_visualization") > CHARTS:
        sheet.add("/blocks", f"no more than {CHARTS} charts are allowed in a message")
    written = [b.get("text") for b in _flat(checked) if b.get("type") == "markdown"]
    if sum(len(text) for text in written if isinstance(text, str)) > limits.MARKDOWN_TEXT:
        sheet.add(
            "/blocks", f"no more than {limits.MARKDOWN_TEXT} characters in all markdown blocks"
        )
    check_unique_ids(checked, pointer="/blocks", sheet=sheet)
    # What stands in a table has limits of its own.
    told = [b for b in checked if not (isinstance(b, dict) and b.get("type") in TABLES)]
    size = len(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
    if size > limits.BUDGET:
        sheet.warn("over_budget", "/blocks", f"{size} characters of JSON, over {limits.BUDGET}")


def _check_attachments(attachments: Any, sheet: Sheet) -> None:
    if not isinstance(attachments, list) or not all(isinstance(a, dict) for a in attachments):
        sheet.add("/attachments", "must be an array of objects", code="invalid_attachments")
        return
    if len(attachments) > limits.ATTACHMENTS:
        sheet.add(
            "/attachments",
            f"no more than {limits.ATTACHMENTS} items allowed",
            code="too_many_attachments",
        )
    for index, attachment in enumerate(attachments):
        if attachment.get("blocks") is not None:
            check_blocks(
                attachment["blocks"],
                pointer=f"/attachments/{index}/blocks",
                sheet=sheet,
                surface="message",
                most=limits.MESSAGE_BLOCKS,
            )


def _check_metadata(metadata: Any, sheet: Sheet) -> None:
    if metadata is None:
        return
    if (
        not isinstance(metadata, dict)
        or not isinstance(metadata.get("event_type"), str)
        or not isinstance(metadata.get("event_payload"), dict)
    ):
        sheet.add("/metadata", "needs event_type and event_payload", code="invalid_metadata_format")
    elif len(json.dumps(metadata).encode()) > limits.METADATA_BYTES:
        sheet.add("/metadata", "the metadata is too large", code="metadata_too_large")


def _flat(blocks: list[Any]) -> list[Json]:
    found: list[Json] = []
    for block in blocks:
        if isinstance(block, dict):
            found.append(block)
            children = block.get("child_blocks")
            found.extend(_flat(children) if isinstance(children, list) else [])
    return found
