"""Small pieces of Block Kit for the rendering tests."""

from typing import Any

from bot.sandbox.rendering import Viewer, render_blocks
from tests.unit.rendering.checked_html import CheckedHtml

Json = dict[str, Any]
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a chart"}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str, **more: Any) -> Json:
    return {"text": plain(value.title()), "value": value, **more}


def read(block: Json, viewer: Viewer, **more: Any) -> CheckedHtml:
    return CheckedHtml(render_blocks([block], viewer, **more))


def in_actions(element: Json) -> Json:
    return {"type": "actions", "block_id": "b", "elements": [{"action_id": "a", **element}]}


def in_input(element: Json, **more: Any) -> Json:
    label = plain("Label")
    return {
        "type": "input",
        "block_id": "b",
        "label": label,
        "element": {"action_id": "a", **element},
        **more,
    }
