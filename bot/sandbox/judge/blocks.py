"""Blocks, one rule each, and which of them may stand where."""

from typing import Any, Literal

from bot.sandbox.judge import limits
from bot.sandbox.judge.core import Node, Rule, Sheet, as_node
from bot.sandbox.judge.elements import (
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    check_element,
    image,
    image_source,
)
from bot.sandbox.judge.new_blocks import NEW_BLOCKS, check_container
from bot.sandbox.judge.rich_text import rich_text
from bot.sandbox.judge.tables import data_table, table
from bot.sandbox.judge.texts import PLAIN, check_text, check_text_object

Surface = Literal["message", "modal", "home"]

EVERYWHERE = frozenset(
    ("actions", "card", "context", "divider", "header", "image", "input", "rich_text", "section")
) | {"video"}
WIDE = frozenset(("carousel", "container", "data_table", "data_visualization", "table"))
SURFACES: dict[Surface, frozenset[str]] = {
    "message": EVERYWHERE | WIDE | {"markdown", "plan", "task_card", "context_actions", "file"},
    "modal": EVERYWHERE | {"alert"},
    "home": EVERYWHERE | WIDE,
}


def check_blocks(
    value: Any, *, pointer: str, sheet: Sheet, surface: Surface, most: int
) -> list[Any]:
    """Check a list of blocks on a surface; returns it ([] when it is none)."""
    if not isinstance(value, list):
        sheet.add(pointer, "must be an array")
        return []
    if len(value) > most:
        sheet.add(pointer, f"no more than {most} items allowed")
    for index, item in enumerate(value):
        node = as_node(item, f"{pointer}/{index}", sheet)
        if node is not None:
            check_block(node, surface)
    return value


def check_block(node: Node, surface: Surface) -> None:
    """Check one block, and that it may stand on the surface."""
    rule = BLOCKS.get(node.type)
    if rule is None and node.type != "container":
        node.fail(f"unsupported type: {node.type or 'no type'}", key="type")
        return
    if node.type not in SURFACES[surface]:
        node.fail(f"{node.type} blocks are not allowed in a {surface}", key="type")
        return
    node.string("block_id", most=limits.IDS)
    if rule is None:
        check_container(node, lambda child: check_block(child, surface))
        return
    rule(node)
    if node.type == "input" and surface != "modal":
        element = node.get("element")
        if isinstance(element, dict) and element.get("type") == "file_input":
            node.fail("file_input is allowed in modals only", key="element")


def section(node: Node) -> None:
    """A section: text, fields, an accessory."""
    if node.get("text") is None and node.get("fields") is None:
        node.fail("missing required field: text or fields")
    check_text(node, "text", most=limits.SECTION_TEXT)
    for field in node.items("fields", most=limits.SECTION_FIELDS):
        check_text_object(field, most=limits.FIELD_TEXT)
    accessory = node.child("accessory")
    if accessory is not None:
        check_element(accessory, allowed=IN_SECTION, where="a section")
    node.boolean("expand")


def header(node: Node) -> None:
    """A header."""
    check_text(node, "text", most=limits.HEADER_TEXT, kinds=PLAIN, required=True)


def divider(_: Node) -> None:
    """A divider has nothing of its own to check."""


def context(node: Node) -> None:
    """A context: small texts and images."""
    for item in node.items("elements", most=limits.CONTEXT_ELEMENTS, required=True):
        if item.type == "image":
            image(item)
        else:
            check_text_object(item, most=limits.SECTION_TEXT)


def actions(node: Node) -> None:
    """A row of buttons, menus and pickers."""
    for item in node.items("elements", most=limits.ACTIONS_ELEMENTS, required=True):
        check_element(item, allowed=IN_ACTIONS, where="actions")


def input_block(node: Node) -> None:
    """A labelled input."""
    check_text(node, "label", most=limits.INPUT_TEXT, kinds=PLAIN, required=True)
    check_text(node, "hint", most=limits.INPUT_TEXT, kinds=PLAIN)
    node.boolean("optional")
    node.boolean("dispatch_action")
    element = node.child("element", required=True)
    if element is not None:
        check_element(element, allowed=IN_INPUT, where="an input block")


def image_block(node: Node) -> None:
    """An image of its own."""
    image_source(node)
    node.string("alt_text", most=limits.ALT_TEXT, required=True)
    check_text(node, "title", most=limits.IMAGE_TITLE, kinds=PLAIN)


def markdown(node: Node) -> None:
    """Standard Markdown; the sum over a message is checked with the message."""
    node.string("text", most=limits.MARKDOWN_TEXT, required=True)


def video(node: Node) -> None:
    """A video."""
    node.string("alt_text", most=limits.ALT_TEXT, required=True)
    check_text(node, "title", most=limits.VIDEO_TITLE, kinds=PLAIN, required=True)
    check_text(node, "description", most=limits.VIDEO_TITLE, kinds=PLAIN)
    node.string("thumbnail_url", most=limits.VIDEO_URL, required=True)
    url = node.string("video_url", most=limits.VIDEO_URL, required=True)
    if url is not None and not url.startswith("https://"):
        node.fail("must be an https address", key="video_url")
    node.string("author_name", most=limits.VIDEO_NAME)
    node.string("provider_name", most=limits.VIDEO_NAME)


def file(node: Node) -> None:
    """A remote file."""
    node.string("external_id", most=limits.IDS, required=True)
    node.one_of("source", ("remote",), required=True)


BLOCKS: dict[str, Rule] = {
    "section": section,
    "header": header,
    "divider": divider,
    "context": context,
    "actions": actions,
    "input": input_block,
    "image": image_block,
    "markdown": markdown,
    "video": video,
    "file": file,
    "rich_text": rich_text,
    "table": table,
    "data_table": data_table,
    **NEW_BLOCKS,
}
