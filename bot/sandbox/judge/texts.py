"""Text objects, options and confirm dialogs."""

from typing import Any

from bot.sandbox.judge import limits
from bot.sandbox.judge.core import Node, as_node, check_length

PLAIN = ("plain_text",)
ANY = ("plain_text", "mrkdwn")


def check_text(
    node: Node, key: str, *, most: int, kinds: tuple[str, ...] = ANY, required: bool = False
) -> None:
    """Check a field that is a text object."""
    child = node.child(key, required=required)
    if child is not None:
        check_text_object(child, most=most, kinds=kinds)


def check_text_object(node: Node, *, most: int, kinds: tuple[str, ...] = ANY) -> None:
    """Check a text object: its type, its length, and `emoji` and `verbatim` where they belong."""
    if node.type not in kinds:
        node.fail(f"must be a text object of type: {', '.join(kinds)}", key="type")
        return
    if not isinstance(node.get("text"), str):
        node.fail("missing required field: text")
        return
    check_length(node.sheet, node.at("text"), node.get("text"), least=1, most=most)
    node.boolean("emoji")
    node.boolean("verbatim")
    if node.type == "mrkdwn" and node.get("emoji") is not None:
        node.fail("emoji is allowed in plain_text only", key="emoji")
    if node.type == "plain_text" and node.get("verbatim") is not None:
        node.fail("verbatim is allowed in mrkdwn only", key="verbatim")


def check_option(node: Node, *, rich: bool = False, url: bool = False) -> None:
    """Check an option; `rich` allows mrkdwn (check boxes, radio), `url` a link (overflow)."""
    kinds = ANY if rich else PLAIN
    check_text(node, "text", most=limits.OPTION_TEXT, kinds=kinds, required=True)
    node.string("value", most=limits.OPTION_VALUE, required=True)
    check_text(node, "description", most=limits.OPTION_TEXT, kinds=kinds)
    if node.get("url") is not None and not url:
        node.fail("url is allowed in overflow options only", key="url")
    node.string("url", most=limits.BUTTON_URL)


def check_options(
    node: Node, *, most: int, rich: bool = False, url: bool = False, least: int = 1
) -> None:
    """Check a required list of options."""
    for option in node.items("options", least=least, most=most, required=True):
        check_option(option, rich=rich, url=url)


def check_select_options(node: Node, *, least: int = 1) -> None:
    """Check `options` or `option_groups`, of which there must be exactly one."""
    has_options, has_groups = (node.get(k) is not None for k in ("options", "option_groups"))
    if has_options and has_groups:
        node.fail("options and option_groups exclude each other")
    if not has_groups:
        check_options(node, least=least, most=limits.OPTIONS)
        return
    for group in node.items("option_groups", least=least, most=limits.OPTION_GROUPS):
        check_text(group, "label", most=limits.OPTION_TEXT, kinds=PLAIN, required=True)
        check_options(group, most=limits.OPTIONS)


def check_confirm(node: Node) -> None:
    """Check an element's optional confirm dialog."""
    confirm = node.child("confirm")
    if confirm is None:
        return
    button = limits.CONFIRM_BUTTON
    check_text(confirm, "title", most=limits.CONFIRM_TITLE, kinds=PLAIN, required=True)
    check_text(confirm, "text", most=limits.CONFIRM_TEXT, required=True)
    check_text(confirm, "confirm", most=button, kinds=PLAIN, required=True)
    check_text(confirm, "deny", most=button, kinds=PLAIN, required=True)
    confirm.one_of("style", ("primary", "danger"))


def check_initial_option(node: Node, key: str) -> None:
    """Check that an initial option (or each of them) is among the options on offer."""
    initial = node.get(key)
    if initial is None:
        return
    groups = node.get("option_groups")
    offered: list[Any] = []
    for holder in (node.value, *(groups if isinstance(groups, list) else [])):
        options = holder.get("options") if isinstance(holder, dict) else None
        offered.extend(options if isinstance(options, list) else [])
    chosen = initial if isinstance(initial, list) else [initial]
    if key.endswith("s") and not isinstance(initial, list):
        node.fail("must be an array", key=key)
    for option in chosen:
        as_node(option, node.at(key), node.sheet)
        if option not in offered:
            node.fail("must be exactly one of the options", key=key)
