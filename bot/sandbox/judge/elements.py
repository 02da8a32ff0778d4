"""Block elements: buttons, menus, pickers, inputs."""

import re

from bot.sandbox.judge import limits
from bot.sandbox.judge.core import Node, Rule
from bot.sandbox.judge.texts import (
    PLAIN,
    check_confirm,
    check_initial_option,
    check_options,
    check_select_options,
    check_text,
)

SELECTS = ("static", "external", "users", "conversations", "channels")
MENUS = tuple(f"{kind}_select" for kind in SELECTS)
MULTI_MENUS = tuple(f"multi_{kind}_select" for kind in SELECTS)
PICKERS = ("datepicker", "timepicker")
CHOICES = ("checkboxes", "radio_buttons")
TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input")

IN_SECTION = frozenset(
    ("button", "workflow_button", "overflow", "image", *CHOICES, *MENUS, *MULTI_MENUS, *PICKERS)
)
IN_ACTIONS = frozenset(
    ("button", "workflow_button", "overflow", *CHOICES, *MENUS, *MULTI_MENUS, *PICKERS)
) | {"datetimepicker"}
IN_INPUT = frozenset(
    (*TYPED, "rich_text_input", "file_input", *CHOICES, *MENUS, *MULTI_MENUS, *PICKERS)
) | {"datetimepicker"}

DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
EPOCH_DIGITS = 10


def check_element(node: Node, *, allowed: frozenset[str], where: str) -> None:
    """Check an element, and that it may stand where it stands."""
    rule = ELEMENTS.get(node.type)
    if rule is None or node.type not in allowed:
        node.fail(f"unsupported element in {where}: {node.type or 'no type'}", key="type")
        return
    node.string("action_id", most=limits.IDS)
    check_confirm(node)
    rule(node)


def button(node: Node) -> None:
    """A button."""
    check_text(node, "text", most=limits.BUTTON_TEXT, kinds=PLAIN, required=True)
    node.string("value", most=limits.BUTTON_VALUE, least=0)
    node.string("url", most=limits.BUTTON_URL)
    node.one_of("style", ("primary", "danger"))
    node.string("accessibility_label", most=limits.ACCESSIBILITY_LABEL)


def workflow_button(node: Node) -> None:
    """A button that starts a workflow."""
    button(node)
    node.child("workflow", required=True)


def image(node: Node) -> None:
    """An image beside a section or within a context."""
    image_source(node)
    node.string("alt_text", most=limits.ALT_TEXT, required=True)


def image_source(node: Node) -> None:
    """Where an image comes from: exactly one of image_url and slack_file."""
    has_url, has_file = (node.get(key) is not None for key in ("image_url", "slack_file"))
    if has_url == has_file:
        node.fail("exactly one of image_url and slack_file is required")
    url = node.string("image_url", most=limits.IMAGE_URL)
    if url is not None and not url.startswith(("http://", "https://")):
        node.fail("must be a public address", key="image_url")
    node.child("slack_file")


def overflow(node: Node) -> None:
    """An overflow menu."""
    check_options(node, most=limits.OVERFLOW_OPTIONS, url=True)


def checkboxes(node: Node) -> None:
    """Check boxes."""
    check_options(node, most=limits.CHOICES, rich=True)
    check_initial_option(node, "initial_options")
    node.boolean("focus_on_load")


def radio_buttons(node: Node) -> None:
    """Radio buttons."""
    check_options(node, most=limits.CHOICES, rich=True)
    check_initial_option(node, "initial_option")
    node.boolean("focus_on_load")


def static_select(node: Node) -> None:
    """A menu with its own options."""
    placeholder(node)
    check_select_options(node)
    check_initial_option(node, "initial_option")


def multi_static_select(node: Node) -> None:
    """A menu with its own options, several at once."""
    placeholder(node)
    check_select_options(node)
    check_initial_option(node, "initial_options")
    node.integer("max_selected_items", least=1, most=limits.OPTIONS)


def external_select(node: Node) -> None:
    """A menu that asks the app for options."""
    placeholder(node)
    node.integer("min_query_length", least=0, most=limits.INPUT_VALUE)
    node.integer("max_selected_items", least=1, most=limits.OPTIONS)
    if node.get("options") is not None or node.get("option_groups") is not None:
        node.fail("an external select has no options of its own")


def other_select(node: Node) -> None:
    """A menu of members, conversations or channels."""
    placeholder(node)
    node.integer("max_selected_items", least=1, most=limits.OPTIONS)
    node.boolean("response_url_enabled")
    node.boolean("default_to_current_conversation")


def placeholder(node: Node) -> None:
    """The optional placeholder and the initial focus."""
    check_text(node, "placeholder", most=limits.PLACEHOLDER, kinds=PLAIN)
    node.boolean("focus_on_load")


def datepicker(node: Node) -> None:
    """A date picker."""
    placeholder(node)
    _matches(node, "initial_date", DATE, "YYYY-MM-DD")


def timepicker(node: Node) -> None:
    """A time picker."""
    placeholder(node)
    _matches(node, "initial_time", TIME, "HH:mm")
    node.string("timezone", most=limits.IDS)


def datetimepicker(node: Node) -> None:
    """A date and time picker."""
    value = node.integer("initial_date_time", least=0, most=10**EPOCH_DIGITS - 1)
    if value is not None and len(str(value)) != EPOCH_DIGITS:
        node.fail("must be a Unix timestamp of 10 digits", key="initial_date_time")
    node.boolean("focus_on_load")


def plain_text_input(node: Node) -> None:
    """A text field."""
    placeholder(node)
    node.boolean("multiline")
    least = node.integer("min_length", least=0, most=limits.INPUT_VALUE)
    most = node.integer("max_length", least=1, most=limits.INPUT_VALUE)
    if least is not None and most is not None and least > most:
        node.fail("must not be more than max_length", key="min_length")
    node.string("initial_value", most=limits.INPUT_VALUE, least=0)
    _dispatch_config(node)


def typed_input(node: Node) -> None:
    """A field for an address or a link."""
    placeholder(node)
    node.string("initial_value", most=limits.INPUT_VALUE, least=0)
    _dispatch_config(node)


def number_input(node: Node) -> None:
    """A field for a number; its bounds are written as text."""
    typed_input(node)
    if not isinstance(node.get("is_decimal_allowed"), bool):
        node.fail("missing required field: is_decimal_allowed")
    bounds = [node.string(key, most=limits.IDS) for key in ("min_value", "max_value")]
    for key, bound in zip(("min_value", "max_value"), bounds, strict=True):
        if bound is not None and not _number(bound):
            node.fail("must be a number written as text", key=key)


def rich_text_input(node: Node) -> None:
    """A field for formatted text."""
    placeholder(node)
    node.child("initial_value")
    _dispatch_config(node)


def file_input(node: Node) -> None:
    """A field for files (modals only)."""
    node.integer("max_files", least=1, most=limits.FILES)
    node.raw_items("filetypes", most=limits.OPTIONS)


def _dispatch_config(node: Node) -> None:
    config = node.child("dispatch_action_config")
    if config is None:
        return
    for trigger in config.raw_items("trigger_actions_on", most=2, required=True):
        if trigger not in ("on_enter_pressed", "on_character_entered"):
            config.fail("unknown trigger", key="trigger_actions_on")


def _matches(node: Node, key: str, pattern: re.Pattern[str], shape: str) -> None:
    value = node.string(key, most=limits.IDS)
    if value is not None and not pattern.fullmatch(value):
        node.fail(f"must have the form {shape}", key=key)


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


ELEMENTS: dict[str, Rule] = {
    "button": button,
    "workflow_button": workflow_button,
    "image": image,
    "overflow": overflow,
    "checkboxes": checkboxes,
    "radio_buttons": radio_buttons,
    "static_select": static_select,
    "external_select": external_select,
    "multi_static_select": multi_static_select,
    "multi_external_select": external_select,
    **{
        f"{prefix}{kind}_select": other_select
        for prefix in ("", "multi_")
        for kind in ("users", "conversations", "channels")
    },
    "datepicker": datepicker,
    "timepicker": timepicker,
    "datetimepicker": datetimepicker,
    "plain_text_input": plain_text_input,
    "email_text_input": typed_input,
    "url_text_input": typed_input,
    "number_input": number_input,
    "rich_text_input": rich_text_input,
    "file_input": file_input,
}
