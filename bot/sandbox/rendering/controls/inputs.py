"""Elements that are filled in: text, numbers, dates, choices and files."""

from datetime import datetime

from markupsafe import Markup

from bot.sandbox.rendering.canvas import Place, as_json, control, naming
from bot.sandbox.rendering.markup import Attribute, join, tag
from bot.sandbox.rendering.nodes import (
    Node,
    flag_of,
    list_of,
    node_of,
    nodes_of,
    number_of,
    plain_of,
    text_of,
)
from bot.sandbox.rendering.text.objects import spoken, text_at
from bot.sandbox.rendering.words import Word, word

_TEXT_TYPES = {"email_text_input": "email", "url_text_input": "url", "number_input": "number"}
_PICKERS: dict[str, tuple[str, str, Word]] = {
    "datepicker": ("date", "initial_date", "choose_date"),
    "timepicker": ("time", "initial_time", "choose_time"),
    "datetimepicker": ("datetime-local", "initial_date_time", "choose_moment"),
}
_MULTILINE_ROWS = 4


def text_input(element: Node, at: Place) -> Markup:
    """One line or several lines of text."""
    placeholder = spoken(plain_of(element, "placeholder"))
    attributes: dict[str, Attribute] = control(element, at) | {
        "class_": "bk-field",
        "placeholder": placeholder or None,
        "minlength": number_of(element, "min_length"),
        "maxlength": number_of(element, "max_length"),
        "autocomplete": "off",
        **naming(at, placeholder or text_of(element, "type")),
    }
    initial = text_of(element, "initial_value")
    if flag_of(element, "multiline"):
        # A browser drops one line break after the opening tag; this one is ours to lose.
        return tag("textarea", "\n" + initial, rows=_MULTILINE_ROWS, **attributes)
    return tag("input", type="text", value=initial, **attributes)


def rich_text_input(element: Node, at: Place) -> Markup:
    """Rich text is typed as plain lines; its styles are not imitated."""
    pieces = _written(node_of(element, "initial_value"))
    attributes = control(element, at) | naming(
        at, spoken(plain_of(element, "placeholder")) or "Text"
    )
    return tag("textarea", "\n" + pieces, rows=_MULTILINE_ROWS, class_="bk-field", **attributes)


def _written(node: Node) -> str:
    own = text_of(node, "text")
    return own + "".join(_written(inner) for inner in nodes_of(node, "elements"))


def typed_input(element: Node, at: Place) -> Markup:
    """An address or a number."""
    kind = text_of(element, "type")
    placeholder = spoken(plain_of(element, "placeholder"))
    number: dict[str, Attribute] = {}
    if kind == "number_input":
        number = {
            "min": text_of(element, "min_value") or None,
            "max": text_of(element, "max_value") or None,
            "step": "any" if flag_of(element, "is_decimal_allowed") else "1",
        }
    attributes = control(element, at) | number | naming(at, placeholder or kind)
    return tag(
        "input",
        type=_TEXT_TYPES[kind],
        class_="bk-field",
        value=text_of(element, "initial_value"),
        placeholder=placeholder or None,
        autocomplete="off",
        **attributes,
    )


def picker(element: Node, at: Place) -> Markup:
    """A date, a time of day, or a moment (shown in the viewer's own zone)."""
    kind = text_of(element, "type")
    html_type, initial_key, default = _PICKERS[kind]
    name = spoken(plain_of(element, "placeholder")) or word(at.viewer, default)
    initial = text_of(element, initial_key)
    if kind == "datetimepicker":
        initial = _local_moment(number_of(element, initial_key), at)
    attributes = control(element, at) | naming(at, name)
    return tag(
        "input",
        type=html_type,
        class_="bk-field bk-picker",
        value=initial,
        title=name,
        **attributes,
    )


def _local_moment(seconds: int | None, at: Place) -> str:
    if seconds is None:
        return ""
    try:
        return datetime.fromtimestamp(seconds, tz=at.viewer.zone).strftime("%Y-%m-%dT%H:%M")
    except (ValueError, OverflowError, OSError):
        return ""


def choices(element: Node, at: Place) -> Markup:
    """Checkboxes or radio buttons."""
    kind = text_of(element, "type")
    single = kind == "radio_buttons"
    initial = (
        [node_of(element, "initial_option")] if single else nodes_of(element, "initial_options")
    )
    chosen = {text_of(option, "value") for option in initial if option}
    name = at.canvas.new_id()
    items = [
        _choice(option, at, group=name, single=single, checked=text_of(option, "value") in chosen)
        for option in nodes_of(element, "options")
    ]
    role = "radiogroup" if single else "group"
    attributes = control(element, at) | naming(at, kind.replace("_", " "))
    if not single:  # a group of checkboxes may not say that it is required
        attributes.pop("aria_required", None)
    return tag("div", join([*items]), role=role, class_="bk-choices", **attributes)


def _choice(option: Node, at: Place, *, group: str, single: bool, checked: bool) -> Markup:
    box = tag(
        "input",
        type="radio" if single else "checkbox",
        name=group,
        value=text_of(option, "value"),
        checked=checked,
        data_option=as_json(option),
    )
    words = [tag("span", text_at(option, "text", at.viewer))]
    if node_of(option, "description"):
        words.append(tag("small", text_at(option, "description", at.viewer)))
    return tag(
        "label", box, tag("span", join([*words]), class_="bk-choice-text"), class_="bk-choice"
    )


def file_input(element: Node, at: Place) -> Markup:
    """A chooser for files of the member's own machine."""
    endings = [f".{ending}" for ending in list_of(element, "filetypes")]
    attributes = control(element, at) | naming(at, word(at.viewer, "attach"))
    return tag(
        "input",
        type="file",
        class_="bk-field bk-file-input",
        accept=",".join(endings) or None,
        multiple=(number_of(element, "max_files") or 10) > 1,
        **attributes,
    )
