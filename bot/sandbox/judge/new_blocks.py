"""The newer blocks: card, carousel, container, alert, plan, task card, context actions, charts."""

from collections.abc import Callable

from bot.sandbox.judge import limits
from bot.sandbox.judge.core import Node, Rule
from bot.sandbox.judge.elements import check_element, image
from bot.sandbox.judge.rich_text import rich_text
from bot.sandbox.judge.texts import PLAIN, check_confirm, check_text

IN_CONTAINER = frozenset(
    ("actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section")
) | {"table", "video"}
IN_CARD = frozenset(("button",))
STATUSES = ("pending", "in_progress", "complete", "error")


def card(node: Node) -> None:
    """A card: something to show, and at most three buttons."""
    if all(node.get(key) is None for key in ("hero_image", "title", "actions", "body")):
        node.fail("one of hero_image, title, actions or body is required")
    if node.get("icon") is not None and node.get("slack_icon") is not None:
        node.fail("icon and slack_icon exclude each other")
    for key, most in (("title", limits.CARD_TITLE), ("subtitle", limits.CARD_TITLE)):
        check_text(node, key, most=most)
    for key in ("body", "subtext"):
        check_text(node, key, most=limits.CARD_BODY)
    for key in ("hero_image", "icon"):
        picture = node.child(key)
        if picture is not None:
            image(picture)
    for item in node.items("actions", most=limits.CARD_ACTIONS):
        check_element(item, allowed=IN_CARD, where="a card")


def carousel(node: Node) -> None:
    """Cards side by side."""
    for item in node.items("elements", most=limits.CAROUSEL_CARDS, required=True):
        if item.type != "card":
            item.fail("a carousel holds cards only", key="type")
        else:
            item.string("block_id", most=limits.IDS)
            card(item)


def check_container(node: Node, check_child: Callable[[Node], None]) -> None:
    """A titled group of blocks."""
    if node.get("title") is None and node.get("rich_text_title") is None:
        node.fail("one of title and rich_text_title is required")
    check_text(node, "title", most=limits.CONTAINER_TITLE, kinds=PLAIN)
    check_text(node, "subtitle", most=limits.CONTAINER_TITLE)
    node.one_of("width", ("narrow", "standard", "wide", "full"))
    if node.get("default_collapsed") and not node.get("is_collapsible"):
        node.fail("needs is_collapsible", key="default_collapsed")
    if node.get("has_header_divider") and node.get("is_collapsible"):
        node.fail("excludes is_collapsible", key="has_header_divider")
    for child in node.items("child_blocks", most=limits.CONTAINER_CHILDREN, required=True):
        if child.type not in IN_CONTAINER:
            child.fail(f"{child.type} blocks are not allowed in a container", key="type")
        else:
            check_child(child)


def alert(node: Node) -> None:
    """An alert in a modal."""
    check_text(node, "text", most=limits.ALERT_TEXT, required=True)
    node.one_of("level", ("default", "info", "warning", "error", "success"))


def task_card(node: Node) -> None:
    """One task; only a task within a plan may be pending."""
    task(node)
    if node.get("status") == "pending":
        node.fail("only tasks of a plan can be pending", key="status")


def task(node: Node) -> None:
    """What a task card and a plan's task have in common."""
    node.string("task_id", most=limits.IDS, required=True)
    node.string("title", most=limits.SECTION_TEXT, required=True)
    node.one_of("status", STATUSES, required=True)
    for key in ("details", "output"):
        text = node.child(key)
        if text is not None:
            rich_text(text)


def plan(node: Node) -> None:
    """A titled list of tasks."""
    node.string("title", most=limits.SECTION_TEXT, required=True)
    seen: set[str] = set()
    for item in node.items("tasks", least=0, most=limits.PLAN_TASKS, required=True):
        task(item)
        name = str(item.get("task_id"))
        if name in seen:
            item.fail("task_id must be unique", key="task_id")
        seen.add(name)


def context_actions(node: Node) -> None:
    """Feedback and icon buttons below a message."""
    most = limits.CONTEXT_ACTIONS_ELEMENTS
    for item in node.items("elements", most=most, required=True):
        item.string("action_id", most=limits.IDS)
        if item.type == "feedback_buttons":
            for key in ("positive_button", "negative_button"):
                choice = item.child(key, required=True)
                if choice is not None:
                    check_text(choice, "text", most=limits.BUTTON_TEXT, kinds=PLAIN, required=True)
                    choice.string("value", most=limits.BUTTON_VALUE, required=True)
                    choice.string("accessibility_label", most=limits.ACCESSIBILITY_LABEL)
        elif item.type == "icon_button":
            item.string("icon", most=limits.IDS, required=True)
            check_text(item, "text", most=limits.BUTTON_TEXT, kinds=PLAIN, required=True)
            item.string("value", most=limits.BUTTON_VALUE)
            item.string("accessibility_label", most=limits.ACCESSIBILITY_LABEL)
            check_confirm(item)
        else:
            item.fail("must be feedback_buttons or icon_button", key="type")


def data_visualization(node: Node) -> None:
    """A chart: the title's length; two at most in a message are checked with the message."""
    node.string("title", most=50, required=True)


NEW_BLOCKS: dict[str, Rule] = {
    "card": card,
    "carousel": carousel,
    "alert": alert,
    "task_card": task_card,
    "plan": plan,
    "context_actions": context_actions,
    "data_visualization": data_visualization,
}
